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
from .models.posts import State

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
    return send_each(Message.objects.with_letters(), email_now, now)


def email_now(message, now):
    """Nothing when it is too late, or without a page."""
    session = message.registration.session
    event = None if message.is_stale(now) else pages_of([session], message.language).get(session.key)
    return event and email_of(message, letter_of(message, event, now))


def send_each(posts, email, now):
    """Sends each post that waits, once, and writes down what became of it: how many were sent. `email(post, now)` is
    nothing when there is nothing to say any more."""
    sent = 0
    for pk in posts.filter(state=State.WAITING).order_by("pk").values_list("pk", flat=True):
        if posts.claim(pk, timezone.now()):
            post = posts.get(pk=pk)
            sent += post.settle(attempt(email(post, now)), timezone.now())
    return sent


def attempt(email):
    if not email:
        return State.FAILED
    try:
        email.send()
    except REFUSED:
        return State.FAILED
    except (smtplib.SMTPException, OSError):
        return State.UNCERTAIN
    return State.SENT


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
