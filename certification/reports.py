"""The report of a virtual class, from the file to the marks: a person confirms who each participant is.

Between the two screens nothing is kept here: what was read travels in the form, signed, for one half-day.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing
from django.db import transaction
from django.utils import timezone

from . import presence
from .imports import by_participant, minutes_in, read
from .imports.matching import proposed
from .imports.stays import merged
from .models import AttendanceMark
from .refusals import Refused

SALT = "certification.report"


@dataclass(frozen=True)
class Participant:
    """`spans` are pairs of seconds since 1970, inside the half-day."""

    name: str
    email: str
    spans: list

    @property
    def moments(self):
        return [tuple(datetime.fromtimestamp(second, UTC) for second in span) for span in self.spans]

    def minutes(self, slot):
        return minutes_in(self.moments, slot.starts_at, slot.ends_at)


def participants(slot, content):
    """Who was there during the half-day, longest first. Raises Unreadable."""
    stays = read(content, timezone.localtime(slot.starts_at))
    found = [Participant(name, email, spans_of(group, slot)) for (name, email), group in by_participant(stays).items()]
    return sorted((one for one in found if one.minutes(slot)), key=lambda one: -one.minutes(slot))


def spans_of(stays, slot):
    kept = merged([(stay.start, stay.end) for stay in stays], slot.starts_at, slot.ends_at)
    return [[int(a.timestamp()), int(b.timestamp())] for a, b in kept]


def sealed(slot, found):
    rows = [[one.name, one.email, one.spans] for one in found]
    return signing.dumps({"slot": str(slot.code), "rows": rows}, salt=SALT, compress=True)


def opened(slot, text):
    """What `sealed` closed for this half-day. Refused otherwise."""
    try:
        held = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise Refused("report") from error
    if held["slot"] != str(slot.code):
        raise Refused("report")
    return [Participant(*row) for row in held["rows"]]


def proposals(found, learners):
    """The code of the learner that each participant may be, or nothing."""
    people = [(str(learner.code), str(learner), learner.email) for learner in learners]
    return [proposed(one.name, one.email, people) or "" for one in found]


@transaction.atomic
def save(slot, chosen, author, now):
    """`chosen` pairs a learner with a participant; several participants may be one learner. Returns the marks added."""
    spans = {}
    for learner, participant in chosen:
        spans.setdefault(learner, []).extend(participant.moments)
    added = [save_one(slot, learner, moments, author, now) for learner, moments in spans.items()]
    return [mark for mark in added if mark]


def save_one(slot, learner, moments, author, now):
    minutes = minutes_in(moments, slot.starts_at, slot.ends_at)
    after_start = min(start for start, _end in moments) > slot.starts_at
    status = presence.status_for(minutes, slot.minutes, after_start)
    return status and AttendanceMark.objects.bring_in(
        slot=slot, learner=learner, author=author, status=status, minutes=minutes, now=now
    )
