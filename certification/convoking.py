"""Asking the members and the candidates of a jury to come: a row, a message that is claimed before it is sent, a PDF.

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
from .deliberating import hold
from .documents.convocation import ConvocationText
from .jury_words import SEATS
from .models import JuryConvocation
from .pages import course_titles

State = JuryConvocation.State
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
    asked = JuryConvocation.objects.filter(**here, person__in=people)
    JuryConvocation.objects.bulk_create(
        [
            JuryConvocation(
                **here,
                person=person,
                language=spoken(person, language),
                address=person.email,
                state=State.WAITING if person.email else State.TO_SHARE,
                at=now,
            )
            for person in people
        ],
        ignore_conflicts=True,
    )
    asked.send_again(now)
    transaction.on_commit(send_convocations.enqueue)
    return asked.filter(state=State.WAITING).count()


def spoken(person, language):
    """Their own language, else that of whoever asks them to come."""
    return person.interface_language if person.interface_language in dict(settings.LANGUAGES) else language


@task(backend="background")
def send_convocations():
    send_convoked(timezone.now())


def send_convoked(now):
    """How many were sent."""
    return send_each(JuryConvocation.objects.select_related("person", "jury"), letter_of, now)


def letter_of(convocation, now):
    """Nothing to somebody who is not expected any more, or who is expected elsewhere."""
    if not convocation.stands_at(now):
        return None
    with spoken_in(convocation.language):
        when = when_of(convocation)
        url = settings.PUBLIC_ORIGIN + reverse("certification:jury_convocation", args=[convocation.code])
        parts = [
            _("Hello %(name)s,") % {"name": convocation.person.get_short_name()},
            _("You are expected on %(when)s, at this place: %(place)s.") % {"when": when, "place": convocation.place},
            _("Your convocation, once you are signed in: %(url)s") % {"url": url},
            _("If you cannot come, or if you need an adaptation, please answer this message."),
        ]
        subject = _("An appointment: %(when)s") % {"when": when}
        return EmailMessage(subject, "\n\n".join(parts) + "\n", to=[convocation.address])


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
