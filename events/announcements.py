"""A session as it is announced outside of the site, in one language: its page, its address, its entry in a calendar."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from .calendars import HalfDay, Meeting
from .models import Event, Session


def pages_of(sessions, language):
    """The page of each session by its key, in the first language where it is not translated: one query."""
    pages = Event.objects.live().filter(translation_key__in=[session.key for session in sessions])
    pages = sorted(pages.select_related("locale"), key=lambda page: page.locale.language_code == language)
    return {page.translation_key: page for page in pages}


def address_of(event):
    return settings.PUBLIC_ORIGIN + event.get_url_parts()[2]


def joining_lines(session, guest=None):
    """How those who take part join from afar: the address, the telephone. `guest` is the registration of somebody
    without an account, which opens the room of the platform to them."""
    url = session.join_url
    if session.on_platform:
        where = reverse("events:seat_room", args=[guest.code]) if guest else reverse("events:room", args=[session.code])
        url = settings.PUBLIC_ORIGIN + where
    return [
        *([_("Link to join: %(url)s") % {"url": url}] if url else []),
        *([_("By phone: %(phone)s") % {"phone": session.by_phone}] if session.by_phone else []),
    ]


def meeting_in_calendar(session, event, language, *, joins=False, guest=None, cancelled=False):
    """What a calendar shows; `joins` for those who take part, `cancelled` for one that leaves it."""
    return Meeting(
        title=event.title,
        description="\n\n".join(
            part for part in (event.summary, event.practical, *(joining_lines(session, guest) if joins else [])) if part
        ),
        place=session.where,
        url=address_of(event),
        language=language,
        half_days=[HalfDay(str(slot.code), slot.starts_at, slot.ends_at) for slot in session.half_days],
        sequence=session.sequence,
        cancelled=cancelled or session.status == Session.Status.CANCELLED,
    )
