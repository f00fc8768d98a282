"""When it happens: sessions, who registers, what they are told, the pages that announce it."""

from .sessions import Session, Slot
from .messages import Message
from .registrations import Registration, RegistrationDetail
from .feeds import CalendarFeed
from .pages import Event, EventIndex, EventTopic

__all__ = [
    "CalendarFeed",
    "Event",
    "EventIndex",
    "EventTopic",
    "Message",
    "Registration",
    "RegistrationDetail",
    "Session",
    "Slot",
]
