"""The attendance of the past workshops, marked and countersigned as a trainer does it; one certificate."""

import datetime

from django.utils import timezone

from certification.issuing import issue
from certification.models import AttendanceMark, AuditorLink, Exchange, SlotLock
from certification.models.auditors import digest_of
from certification.presence import Status

from .blocks import key_of
from .cast import stages

HALF_DAY = 3  # hours
# The demo tells the address of its auditor; only these settings ever make it (lms/settings/production.py).
AUDITOR = "demo-audit"


def load_presence(users, sessions):
    """The last workshops first: who has six hours was there the whole last day, who has nine came half a day before."""
    now, trainer = timezone.now(), users["formatrice"]
    past = [session for session in sessions.values() if session.edition_id and session.has_ended(now)]
    slots = [
        slot
        for session in sorted(past, key=lambda session: session.half_days[0].starts_at, reverse=True)
        for slot in session.half_days
    ]
    for number, slot in enumerate(slots):
        for username, _modules, hours in stages():
            mark(slot, users[username], trainer, came=hours >= HALF_DAY * (number + 1))
        SlotLock.objects.countersign(slot, trainer, slot.ends_at + datetime.timedelta(minutes=10))


def mark(slot, learner, trainer, came):
    AttendanceMark.objects.record(
        slot=slot,
        learner=learner,
        author=trainer,
        status=Status.PRESENT if came else Status.ABSENT,
        uuid=key_of(slot.code, learner.code),
        device_at=slot.starts_at + datetime.timedelta(minutes=15),
        now=slot.starts_at + datetime.timedelta(minutes=16),
    )


def load_certificates(users, edition):
    """For the learners who have met everything."""
    for username, modules, hours in stages():
        if modules == 5 and hours * 60 >= edition.presence_minutes:
            issue(users[username], edition, users["coordinateur"], timezone.now() - datetime.timedelta(days=5))


def load_exchanges(users, edition):
    """How the trainer answered the demo's learner between the workshops."""
    began = datetime.datetime.combine(edition.starts_on, datetime.time(10), timezone.get_default_timezone())
    for days, channel, subject, hours in (
        (6, "whatsapp", "tool", 2),
        (13, "phone", "lesson", 26),
        (27, "site", "pace", 5),
    ):
        asked = began + datetime.timedelta(days=days)
        Exchange.objects.get_or_create(
            edition=edition,
            learner=users["ambassadrice"],
            channel=channel,
            asked_at=asked,
            defaults={
                "tutor": users["formatrice"],
                "subject": subject,
                "answered_at": asked + datetime.timedelta(hours=hours),
            },
        )


def load_auditor(users, edition):
    """A link for an auditor, open for thirty days from each loading."""
    now = timezone.now()
    link, made = AuditorLink.objects.get_or_create(
        digest=digest_of(AUDITOR),
        defaults={
            "cohort": edition.cohort,
            "who": "Région Hauts-de-France",
            "author": users["coordinateur"],
            "starts_at": now,
            "ends_at": now + datetime.timedelta(days=30),
            "made_at": now,
        },
    )
    if not made:
        link.ends_at = now + datetime.timedelta(days=30)
        link.save(update_fields=["ends_at"])
