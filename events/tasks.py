"""What is sent, and when it is due. Everything here may run again at any time, in several workers at once."""

import datetime
import smtplib
import socket

from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from .announcements import pages_of
from .letters import email_of, letter_of
from .models import Message, Registration, Session

# Each reminder is due from so long before the first half-day until the next one is.
REMINDERS = [
    (Message.Kind.WEEK, datetime.timedelta(days=7), datetime.timedelta(days=1)),
    (Message.Kind.DAY, datetime.timedelta(days=1), datetime.timedelta(hours=1)),
    (Message.Kind.HOUR, datetime.timedelta(hours=1), datetime.timedelta()),
]
# The server said no, or was not reached: nothing left. Any other failure may have come after it said yes.
REFUSED = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    ConnectionRefusedError,
    socket.gaierror,
)


@task(backend="background")
def send_waiting():
    send_all(timezone.now())


def send_all(now):
    """How many were sent."""
    sent = 0
    for pk in Message.objects.filter(state=Message.State.WAITING).order_by("pk").values_list("pk", flat=True):
        if Message.objects.claim(pk, now):
            sent += send(Message.objects.with_letters().get(pk=pk), now)
    return sent


def send(message, now):
    """Sends one that was claimed, and writes down what became of it. Too late, or without a
    page, there is nothing to say."""
    session = message.registration.session
    event = None if message.is_stale(now) else pages_of([session], message.language).get(session.key)
    state = attempt(email_of(message, letter_of(message, event, now))) if event else Message.State.FAILED
    sent_at = timezone.now() if state == Message.State.SENT else None
    Message.objects.filter(pk=message.pk, state=Message.State.CLAIMED).update(state=state, sent_at=sent_at)
    return state == Message.State.SENT


def attempt(email):
    try:
        email.send()
    except REFUSED:
        return Message.State.FAILED
    except (smtplib.SMTPException, OSError):
        return Message.State.UNCERTAIN
    return Message.State.SENT


def write_due(now):
    """Tells the changes that nobody told yet, then writes the reminders that are due, each once."""
    announced = Q(status__in=[Session.Status.OPEN, Session.Status.CLOSED, Session.Status.CANCELLED])
    for session in Session.objects.filter(announced).coming(now):
        Registration.objects.tell_changes(session, now)
    for kind, early, late in REMINDERS:
        near = Session.objects.filter(status__in=[Session.Status.OPEN, Session.Status.CLOSED]).coming(now)
        for session in near.filter(first_start__gt=now + late, first_start__lte=now + early).prefetch_related("slots"):
            remind(session, kind, session.first_start - early, now)


def remind(session, kind, since, now):
    """Whoever registered later has just had the confirmation."""
    people = Registration.objects.standing().filter(session=session, at__lte=since)
    people = people.exclude(messages__kind=kind, messages__starts_at=session.first_start)
    Message.objects.write(kind, people.select_related("learner", "detail"), session, now)
