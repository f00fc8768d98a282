"""When it happens: sessions, who registers, what they are told, the pages that announce it, what trainers publish."""

from .feeds import CalendarFeed
from .materials import Material
from .messages import Message
from .pages import Event, EventIndex, EventTopic
from .registrations import Registration, RegistrationDetail
from .rooms import Room, RoomFact
from .sessions import Session
from .slots import Slot

__all__ = [
    "CalendarFeed",
    "Event",
    "EventIndex",
    "EventTopic",
    "Material",
    "Message",
    "Registration",
    "RegistrationDetail",
    "Room",
    "RoomFact",
    "Session",
    "Slot",
]
