"""The people of a session as its trainers read them."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from .announcements import pages_of
from .letters import letter_of
from .models import Message, Registration


@dataclass(frozen=True)
class Line:
    """One message. A text to share by hand opens WhatsApp or the messages of the telephone."""

    message: Message
    state: str
    again: bool = False
    text: str = ""
    phone: str = ""

    @property
    def whatsapp(self):
        number = "".join(filter(str.isdigit, self.phone)) if self.phone.startswith("+") else ""
        return f"https://wa.me/{number}?text={quote(self.text)}"

    @property
    def sms(self):
        return f"sms:{quote(self.phone, safe='+')}?&body={quote(self.text)}"


@dataclass(frozen=True)
class Person:
    registration: Registration
    lines: list[Line]


class People:
    """`registrations` come with their messages and all that a letter needs."""

    def __init__(self, session, registrations, now):
        self.session, self.registrations, self.now = session, registrations, now

    @cached_property
    def pages(self):
        return {language: pages_of([self.session], language).get(self.session.key) for language in ("fr", "nl")}

    @cached_property
    def all(self):
        return [Person(one, [self.line(message) for message in one.messages.all()]) for one in self.registrations]

    @property
    def registered(self):
        return [one for one in self.all if not one.registration.cancelled_at and not one.registration.waiting]

    @property
    def in_line(self):
        return [one for one in self.all if not one.registration.cancelled_at and one.registration.waiting]

    @property
    def gone(self):
        return [one for one in self.all if one.registration.cancelled_at]

    def line(self, message):
        state, event = message.state_at(self.now), self.pages[message.language]
        if state == Message.State.TO_SHARE and event:
            return line_to_share(message, event, self.now)
        return Line(message, state, again=message.may_be_sent_again(self.now))


def line_to_share(message, event, now):
    text = letter_of(message, event, now).text
    return Line(message, message.state_at(now), text=text, phone=message.registration.phone)
