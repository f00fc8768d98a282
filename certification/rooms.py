"""Minutes spent in an online room become marks, by the way of an imported report: nobody is asked who is who, since
everybody entered under their own code."""

import datetime

from events.models import Room, RoomFact, Slot
from events.stays import stays, within

from .imports import minutes_in
from .models import AttendanceMark, expected_in
from .presence import Source
from .reports import save_one

# What was under way when the half-day ended has arrived by then; what comes later is brought in when it comes.
GRACE = datetime.timedelta(minutes=5)
NEARLY = 1


def settle(now):
    """Writes the marks of the half-days that are over, and of those of which more was heard. How many it added."""
    until = now - GRACE
    return sum(settle_room(room, until, now) for room in Room.objects.to_settle(until))


def settle_room(room, until, now):
    slots = Slot.objects.filter(session=room.session, modality=Slot.Modality.VIRTUAL, ends_at__lte=until)
    heard = RoomFact.objects.filter(session=room.session).heard()
    added = [mark for slot in slots for mark in marks_of(slot, heard, room, now)]
    Room.objects.filter(pk=room.pk).update(settled_at=until)
    return len(added)


def marks_of(slot, heard, room, now):
    """A person who is not expected in the half-day is nobody here."""
    found = stays(heard, slot.ends_at, room.polled_at)
    for learner in expected_in(slot):
        spans = within(found.get(str(learner.code), []), slot.starts_at, slot.ends_at)
        if spans and is_news(slot, learner, spans) and (mark := save_one(slot, learner, spans, room.opened_by, now)):
            yield mark


def is_news(slot, learner, spans):
    """What a later source says counts when it is more than a minute away from what was brought in."""
    brought = AttendanceMark.objects.filter(slot=slot, learner=learner, source=Source.IMPORT).order_by("position")
    last = brought.last()
    return last is None or abs(last.minutes - minutes_in(spans, slot.starts_at, slot.ends_at)) > NEARLY
