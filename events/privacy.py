"""What this room holds on a person."""

from django.utils.translation import gettext_lazy as _

from people.privacy import Basis, Fate, Kind, register

from .models import Registration, Session, Slot


def to_come(registrations, now):
    """Whoever is erased gives back the seats of the sessions that are not over."""
    return registrations.filter(session__in=Slot.objects.filter(ends_at__gt=now).values("session"))


register(
    "events",
    Kind(
        key="registrations",
        name=_("Registrations for webinars and workshops"),
        why=_("To keep a seat, and to know who is expected."),
        basis=Basis.CONTRACT,
        model=Registration,
        person="learner",
        values=("session__code", "at", "cancelled_at"),
        fate=Fate.UNNAMED,
        term="learning",
        since="fact",
        at="at",
        goes=to_come,
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
)
