"""What a message says, in the language of whoever reads it: an e-mail with its invitations, or a text to share.

The subject never says what the session is about: others see it on a telephone.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _

from home.interface import spoken_in

from . import moments
from .announcements import address_of, joining_lines, meeting_in_calendar
from .calendars import HalfDay, Party, invitations
from .models import Message

Kind = Message.Kind
SUBJECTS = {
    Kind.CONFIRMATION: lambda: _("You have a place: %(when)s"),
    Kind.LINE: lambda: _("You are on the waiting list: %(when)s"),
    Kind.MOVED: lambda: _("A place is free for you: %(when)s"),
    Kind.WEEK: lambda: _("In one week: %(when)s"),
    Kind.DAY: lambda: _("Tomorrow: %(when)s"),
    Kind.HOUR: lambda: _("In one hour: %(when)s"),
    Kind.CHANGE: lambda: _("Something changes: %(when)s"),
    Kind.CANCELLATION: lambda: _("Cancelled: %(when)s"),
    Kind.LEFT: lambda: _("You are no longer registered: %(when)s"),
}
OPENINGS = {
    Kind.CONFIRMATION: lambda: _("You are registered. We look forward to seeing you."),
    Kind.LINE: lambda: _("All places are taken. We write to you as soon as one is free for you."),
    Kind.MOVED: lambda: _("A place is free: you are now registered. If you cannot come, please tell us."),
    Kind.WEEK: lambda: _("We see each other in one week. If you cannot come, please tell us: somebody may be waiting."),
    Kind.DAY: lambda: _("We see each other soon. If you cannot come, please tell us."),
    Kind.HOUR: lambda: _("We start in one hour."),
    Kind.CHANGE: lambda: _("Something changes. Here is what holds now."),
    Kind.CANCELLATION: lambda: _("This event is cancelled."),
    Kind.LEFT: lambda: _("You are no longer registered. You may come back at any time."),
}
INVITING = {Kind.CONFIRMATION, Kind.MOVED, Kind.CHANGE, *Message.CANCELS}


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    invitations: tuple[bytes, ...] = ()
    cancels: bool = False


def letter_of(message, event, now):
    with spoken_in(message.language):
        half_days = message.registration.session.half_days
        when = moments.beginning(half_days) if half_days else ""
        return Letter(
            subject=SUBJECTS[message.kind]() % {"when": when},
            text=text_of(message, event),
            invitations=tuple(invitations_of(message, event, now)),
            cancels=message.kind in Message.CANCELS,
        )


def text_of(message, event):
    registration = message.registration
    session, gone = registration.session, message.kind in Message.CANCELS
    joins = [] if gone or registration.waiting else joining_lines(session, guest_of(registration))
    parts = [
        _("Hello %(name)s,") % {"name": name_of(registration)} if name_of(registration) else _("Hello,"),
        OPENINGS[message.kind](),
        session.get_reason_display() if message.kind == Kind.CANCELLATION else "",
        "\n".join([event.title, *(f"{day}, {hours}" for day, hours in moments.days(session.half_days)), session.where]),
        *joins,
        event.practical if not gone else "",
        _("To read more, or to say that you cannot come: %(url)s") % {"url": seat_of(registration, event)},
    ]
    return "\n\n".join(str(part) for part in parts if part) + "\n"


def name_of(registration):
    return registration.learner.get_short_name() if registration.learner_id else registration.name.strip("—")


def guest_of(registration):
    return None if registration.learner_id else registration


def seat_of(registration, event):
    """Without an account, the code of the registration opens it."""
    if registration.learner_id:
        return address_of(event)
    return settings.PUBLIC_ORIGIN + reverse("events:seat", args=[registration.code])


def invitations_of(message, event, now):
    registration = message.registration
    if message.kind not in INVITING or registration.waiting or not message.address:
        return []
    meeting = meeting_in_calendar(
        registration.session,
        event,
        message.language,
        joins=True,
        guest=guest_of(registration),
        cancelled=message.kind in Message.CANCELS,
    )
    name, organiser = parseaddr(settings.DEFAULT_FROM_EMAIL)
    party = Party(organiser, name, message.address)
    gone = [HalfDay(uid, *map(datetime.fromisoformat, times)) for uid, *times in message.gone]
    left = replace(meeting, half_days=gone, cancelled=True)
    return [*invitations(meeting, party, now), *invitations(left, party, now)]


def email_of(message, letter):
    """The first invitation is a part of its own, which mail programs show as buttons; the files hold them all."""
    email = EmailMultiAlternatives(letter.subject, letter.text, to=[message.address])
    method = "CANCEL" if letter.cancels else "REQUEST"
    for number, invitation in enumerate(letter.invitations, 1):
        if number == 1:
            email.attach_alternative(invitation.decode(), f"text/calendar; method={method}")
        email.attach(f"invitation-{number}.ics", invitation.decode(), "text/calendar")
    email.extra_headers["Message-ID"] = f"<{message.code}@{settings.PUBLIC_ORIGIN.partition('://')[2].split(':')[0]}>"
    return email
