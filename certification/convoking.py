"""Asking the members and the candidates of a jury to come, and telling them when it is cancelled: a row, a message that
is claimed before it is sent, a PDF.

The subject never says what it is about: others see it on a telephone.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from events.moments import clock, day
from events.tasks import send_each
from home.interface import spoken_in
from home.models import SiteSettings

from .convocations import SHORT, filled, labels
from .deliberating import cancel, hold
from .documents.convocation import ConvocationText
from .jury_words import SEATS
from .models import JuryConvocation
from .pages import course_titles

State, Kind = JuryConvocation.State, JuryConvocation.Kind
BEFORE_SITTING = gettext_lazy(
    "Say on the site whether you have a conflict of interest: only then do you read the files of the candidates."
)
BEFORE_BEING_HEARD = gettext_lazy("You have nothing to prepare. The jury has read your path, and listens to you.")


@transaction.atomic
def convoke(jury, language, now):
    """One message to each, once for each date and place; what did not leave, or may not have, is sent again.
    How many leave now."""
    jury = hold(jury)
    people = [*(member.person for member in jury.sitting), *jury.learners]
    here = {"jury": jury, "starts_at": jury.at, "place": jury.place}
    write([JuryConvocation(**here, person=one, language=spoken(one, language)) for one in people], now)
    asked = JuryConvocation.objects.filter(**here, person__in=people)
    asked.send_again(now)
    return asked.filter(state=State.WAITING).count()


def write(convocations, now):
    """Each once, to be sent to who has an address."""
    for one in convocations:
        one.at, one.address = now, one.person.email
        one.state = State.WAITING if one.address else State.TO_SHARE
    JuryConvocation.objects.bulk_create(convocations, ignore_conflicts=True)
    transaction.on_commit(send_convocations.enqueue)


@transaction.atomic
def call_off(jury, reason, author, now):
    """Cancels a jury, and tells whoever was asked to come, for the last time and place that they were told."""
    cancel(jury, reason, author, now)
    asked = JuryConvocation.objects.filter(jury=jury, kind=Kind.ASKED)
    asked.filter(state=State.WAITING).update(state=State.FAILED)
    known = asked.exclude(state=State.FAILED).select_related("person").order_by("at", "pk")
    last = {one.person_id: one for one in known}.values()
    told = [{name: getattr(one, name) for name in ("person", "starts_at", "place", "language")} for one in last]
    write([JuryConvocation(jury=jury, kind=Kind.OFF, **one) for one in told], now)


@transaction.atomic
def tell_again(jury, now):
    """The cancellations that did not leave, or may not have. How many."""
    transaction.on_commit(send_convocations.enqueue)
    return JuryConvocation.objects.filter(jury=jury, kind=Kind.OFF).send_again(now)


def spoken(person, language):
    """Their own language, else that of whoever asks them to come."""
    return person.interface_language if person.interface_language in dict(settings.LANGUAGES) else language


@task(backend="background")
def send_convocations():
    send_convoked(timezone.now())


def send_convoked(now):
    """How many were sent."""
    return send_each(JuryConvocation.objects.select_related("person", "jury__closing"), letter_of, now)


def letter_of(convocation, now):
    """Nothing to somebody who is not expected any more, or who is expected elsewhere."""
    if not convocation.stands_at(now):
        return None
    with spoken_in(convocation.language):
        subject, *parts = cancellation(convocation) if convocation.kind == Kind.OFF else invitation(convocation)
        hello = _("Hello %(name)s,") % {"name": convocation.person.get_short_name()}
        return EmailMessage(subject, "\n\n".join([hello, *parts]) + "\n", to=[convocation.address])


def invitation(convocation):
    when, place = when_of(convocation), convocation.place
    url = settings.PUBLIC_ORIGIN + reverse("certification:jury_convocation", args=[convocation.code])
    yield _("An appointment: %(when)s") % {"when": when}
    yield _("You are expected on %(when)s, at this place: %(place)s.") % {"when": when, "place": place}
    yield _("Your convocation, once you are signed in: %(url)s") % {"url": url}
    yield _("If you cannot come, or if you need an adaptation, please answer this message.")


def cancellation(convocation):
    when, place = when_of(convocation), convocation.place
    yield _("Cancelled: the appointment of %(when)s") % {"when": when}
    yield _("You need not come on %(when)s, at this place: %(place)s. This appointment is cancelled.") % {
        "when": when,
        "place": place,
    }
    yield _("If another day is chosen, we write to you.")


def when_of(convocation):
    start = convocation.starts_at
    return _("%(day)s, %(time)s") % {"day": day(start), "time": clock(start)}


def convocation_text(convocation, language, now):
    """What the letter prints."""
    jury, person = convocation.jury, convocation.person
    with spoken_in(language):
        site = SiteSettings.load()
        return ConvocationText(
            lang=language,
            labels={**labels(), "session": _("Jury no.")},
            provider=site.provider,
            nda=site.nda,
            learner=str(person),
            title=jury.scheme.title,
            number=jury.code.hex[:SHORT].upper(),
            sections=[(heading, lines) for heading, lines in sections(convocation, site, language) if lines],
            day=_("Written on %(day)s.") % {"day": day(now)},
            eu=site.funding_sentence if site.funding else "",
            programme=site.programme if site.funding else "",
        )


def sections(convocation, site, language):
    jury, person = convocation.jury, convocation.person
    member = jury.members.standing().filter(person=person).first()
    course = course_titles([jury.edition], language).get(jury.edition.course_id, "")
    yield _("Training"), filled(course, jury.edition.cohort)
    yield _("Days and hours"), [capfirst(when_of(convocation))]
    yield _("Place"), filled(convocation.place)
    yield _("Your part"), [capfirst(str(SEATS[member.seat])) if member else _("Candidate")]
    yield _("Before you come"), filled(BEFORE_SITTING if member else BEFORE_BEING_HEARD)
    yield _("Whom to ask"), filled(site.email)
    yield _("Do you need an adaptation?"), filled(site.email and _("Write to %(email)s.") % {"email": site.email})
    yield _("Disability contact"), filled(site.disability_contact)
