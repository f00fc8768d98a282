"""Minutes spent in an online room become marks, by the way of an imported report: nobody is asked who is who, since
everybody entered under their own code."""

import datetime

from events.due import survived
from events.models import Room, RoomFact, Slot
from events.stays import stays, within

from .imports import minutes_in
from .models import AttendanceMark, expected_in
from .presence import Source, standing
from .reports import save_one

# What was under way when the half-day ended has arrived by then; what comes later is brought in when it comes.
GRACE = datetime.timedelta(minutes=2)
NEARLY = 1


def settle(now):
    """Writes the marks of the half-days that are over, and of those of which more was heard. How many it added."""
    until, added = now - GRACE, 0
    for room in Room.objects.to_settle(until):
        with survived(room.meeting):
            added += settle_room(room, until, now)
    return added


def settle_room(room, until, now):
    slots = Slot.objects.filter(session=room.session, modality=Slot.Modality.VIRTUAL, ends_at__lte=until)
    heard = RoomFact.objects.filter(session=room.session).heard()
    added = [mark for slot in slots.select_related("lock", "session") for mark in marks_of(slot, heard, room, now)]
    Room.objects.filter(pk=room.pk).update(settled_at=until)
    return len(added)


def marks_of(slot, heard, room, now):
    """A person who is not expected in the half-day is nobody here."""
    found = stays(heard, slot.ends_at, room.polled_at)
    known = known_minutes(slot)
    for learner in expected_in(slot):
        spans = within(found.get(str(learner.code), []), slot.starts_at, slot.ends_at)
        minutes = minutes_in(spans, slot.starts_at, slot.ends_at)
        if all(abs(minutes - before) > NEARLY for before in known.get(learner.pk, [])):
            mark = save_one(slot, learner, spans, room.opened_by, now) if minutes else None
            yield from [mark] if mark else []


def known_minutes(slot):
    """By learner, what was brought in last and, once it is signed, what stands: less than two minutes from them
    there is nothing to say, and nothing to decide."""
    marks = list(AttendanceMark.objects.filter(slot=slot).select_related("decision").order_by("position"))
    known = {mark.learner_id: [mark.minutes] for mark in marks if mark.source == Source.IMPORT}
    if hasattr(slot, "lock"):
        for learner, mark in standing(mark.value for mark in marks).items():
            known.setdefault(int(learner), []).append(mark.minutes)
    return known
