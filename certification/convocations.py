"""The convocation of somebody who is registered: facts to the strings that are printed, in one language."""

from django.utils.translation import gettext as _

from events.announcements import joining_lines
from events.moments import day, days
from home.documents.typography import colon
from home.interface import spoken_in
from home.models import SiteSettings

from .documents.convocation import ConvocationText
from .pages import course_titles, events_of

SHORT = 8


def convocation_text(registration, language, now):
    """None when the session has no page to speak of."""
    session = registration.session
    event = events_of([session], language).get(session.key)
    if event is None:
        return None
    with spoken_in(language):
        site = SiteSettings.load()
        return ConvocationText(
            lang=language,
            labels=labels(),
            provider=site.provider,
            nda=site.nda,
            learner=registration.name,
            title=event.title,
            number=session.code.hex[:SHORT].upper(),
            sections=[(heading, lines) for heading, lines in sections(registration, event, site, language) if lines],
            day=_("Written on %(day)s.") % {"day": day(now)},
            objectives=[str(line.value) for line in event.objectives][:3],
            enclosed=[material.value["title"] for material in event.materials],
            eu=site.funding_sentence if site.funding else "",
            programme=site.programme if site.funding else "",
        )


def sections(registration, event, site, language):
    """Pairs of a heading and lines; a line that nobody filled is not printed."""
    session = registration.session
    course = course_titles([session.edition], language).get(session.edition.course_id, "") if session.edition else ""
    trainers = ", ".join(str(trainer) for trainer in session.trainers.order_by("printed_name", "pk"))
    guest = None if registration.learner_id else registration
    joining = joining_lines(session, guest) if session.online else []
    test = _("Open the link a few minutes before, to try the sound.") if joining and not session.has_room else ""
    contact = ", ".join(filter(None, [trainers, site.email]))
    yield _("Training"), filled(course)
    yield _("Days and hours"), [f"{when}{colon(language)} {hours}" for when, hours in days(session.half_days)]
    yield _("Place"), filled(session.where, *joining, test, event.access)
    yield _("Trainers"), filled(trainers)
    yield _("What to bring"), filled(event.bring)
    yield _("Languages and interpretation"), filled(event.languages)
    yield _("Childcare and transport"), filled(event.support)
    yield _("Practical"), filled(event.practical)
    yield _("Whom to ask"), filled(contact)
    yield _("Do you need an adaptation?"), filled(site.email and _("Write to %(email)s.") % {"email": site.email})
    yield _("Disability contact"), filled(site.disability_contact)


def filled(*lines):
    return [str(line) for line in lines if line]


def labels():
    return {
        "convocation": _("Convocation"),
        "session": _("Session no."),
        "objectives": _("What we will do"),
        "enclosed": _("Documents"),
        "read": _("I have read this convocation. Date and signature:"),
        "nda": _("Activity declaration number"),
        "page": _("Page {page} of {pages}"),
        "flag": _("Flag of the European Union"),
    }
