"""What was said of one person on several devices that did not see each other: rows in, rows out."""

from .presence import Source, Status


def disagreeing(marks):
    """The last marks of each device, for the learners of whom they say different things: all are shown.

    A mark is the last one of its device when no other has seen it. A correction has seen whatever arrived before it.
    The report of a platform is no device: it yields to people. A signature says that somebody was there, no more.
    """
    told = {}
    for mark in last_said(marks):
        told.setdefault(mark.learner_id, []).append(mark)
    return {learner: said for learner, said in told.items() if differ(said)}


def differ(said):
    signed = any(mark.source == Source.SIGNATURE for mark in said)
    others = {(Status(mark.status), mark.minutes) for mark in said if mark.source != Source.SIGNATURE}
    return len(others) > 1 or (signed and any(not status.attended for status, _minutes in others))


def last_said(marks):
    marks = [mark for mark in marks if mark.counts and mark.source != Source.IMPORT]
    seen = {mark.seen for mark in marks}
    corrected = {mark.learner_id: mark.position for mark in marks if mark.source == Source.CORRECTION}
    return [mark for mark in marks if mark.uuid not in seen and mark.position >= corrected.get(mark.learner_id, 0)]
