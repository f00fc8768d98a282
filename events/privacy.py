"""What this room holds on a person."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.privacy import Basis, Fate, Kind, register

from .models import (
    CalendarFeed,
    Material,
    Message,
    Registration,
    RegistrationDetail,
    Room,
    RoomFact,
    Session,
    Slot,
)


def to_come(registrations, now):
    """Whoever is erased gives back the seats of the sessions that are not over."""
    return registrations.filter(session__in=Slot.objects.filter(ends_at__gt=now).values("session"))


def over(rows, registration, moment):
    """Those of sessions that have no half-day after `moment`, and of people registered before it."""
    later = Slot.objects.filter(ends_at__gte=moment).values("session")
    return rows.filter(**{f"{registration}at__lt": moment}).exclude(**{f"{registration}session__in": later})


class SaidBefore(Kind):
    def expired(self, now):
        return over(self.model._base_manager, "registration__", now - self.days)


class Sent(Kind):
    """What was sent to somebody without an account goes with what they told us."""

    def expired(self, now):
        rows = self.model._base_manager
        guests = rows.filter(registration__learner=None)
        brief = now - timedelta(days=settings.RETENTION_DAYS["beforehand"])
        return rows.filter(Q(at__lt=now - self.days) | Q(pk__in=over(guests, "registration__", brief).values("pk")))


register(
    "events",
    Kind(
        key="registrations",
        name=_("Registrations for webinars and workshops"),
        why=_("To keep a seat, and to know who is expected."),
        basis=Basis.CONTRACT,
        model=Registration,
        person="learner",
        values=("session__code", "at", "cancelled_at", "read_at"),
        fate=Fate.UNNAMED,
        term="learning",
        since="fact",
        at="at",
        goes=to_come,
    ),
    SaidBefore(
        key="registration_details",
        name=_("What the person needs to take part, and their question to the trainers"),
        why=_("To welcome each person. Only the trainers of that session read it."),
        basis=Basis.CHOICE,
        model=RegistrationDetail,
        person="registration__learner",
        values=("registration__session__code", "needs", "question"),
        fate=Fate.DELETED,
        term="beforehand",
        since="session",
        at="registration__at",
    ),
    Sent(
        key="messages",
        name=_("Messages about webinars and workshops"),
        why=_("To know who was told what, and never to write twice."),
        basis=Basis.CONTRACT,
        model=Message,
        person="registration__learner",
        values=("registration__session__code", "kind", "language", "address", "state", "at", "sent_at"),
        fate=Fate.DELETED,
        term="message",
        since="fact",
        at="at",
    ),
    Kind(
        key="calendar_feeds",
        name=_("Addresses of the person’s calendar"),
        why=_("To show their sessions in their own calendar."),
        basis=Basis.CHOICE,
        model=CalendarFeed,
        person="person",
        values=("made_at", "revoked_at"),
        fate=Fate.DELETED,
    ),
    Kind(
        key="room_facts",
        name=_("When the person came into an online room, and when they left it"),
        why=_("To count the minutes of presence in a virtual class."),
        basis=Basis.CONTRACT,
        model=RoomFact,
        person="person",
        values=("session__code", "kind", "source", "at"),
        fate=Fate.DELETED,
        term="connection",
        since="fact",
        at="at",
    ),
    Kind(
        key="rooms_opened",
        name=_("Online rooms that the person opened"),
        why=_("To say in whose name the presences of a virtual class were noted."),
        basis=Basis.CONTRACT,
        model=Room,
        person="opened_by",
        values=("session__code", "opened_at"),
        fate=Fate.UNNAMED,
    ),
    Kind(
        key="sessions_led",
        name=_("Sessions that the person leads"),
        why=_("To open a session to its trainers only, and to say who gave it."),
        basis=Basis.CONTRACT,
        model=Session.trainers.through,
        person="user",
        values=("session__code",),
        fate=Fate.UNNAMED,
    ),
    Kind(
        key="materials",
        name=_("Files and links that the person published"),
        why=_("To know who published them, and who may withdraw them."),
        basis=Basis.CONTRACT,
        model=Material,
        person="author",
        values=("code", "title_fr", "title_nl", "at", "withdrawn_at"),
        fate=Fate.UNNAMED,
    ),
)
