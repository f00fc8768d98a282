"""What a set of attendance marks says: values in, values out. Minutes count (docs/architecture.md, decision 9)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum, StrEnum


class Status(StrEnum):
    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    EXCUSED = "excused"
    ABSENT = "absent"

    @property
    def attended(self):
        return self in (Status.PRESENT, Status.LATE, Status.LEFT_EARLY)


class Source(IntEnum):
    """Who says so, weakest first: a correction outweighs a signature, a signature a mark, a mark an import.

    What a trainer copies from a paper sheet weighs as much as their own mark.
    """

    IMPORT = 1
    TRAINER = 2
    SIGNATURE = 3
    CORRECTION = 4
    PAPER = 5

    @property
    def weight(self):
        return Source.TRAINER if self is Source.PAPER else self


@dataclass(frozen=True)
class Mark:
    learner: str
    status: Status
    minutes: int
    source: Source
    at: datetime
    uuid: str
    counts: bool = True
    """False for a mark that came after the lock and was not accepted."""


def weight(mark):
    return (mark.source.weight, mark.at, mark.uuid)


def standing(marks):
    """The mark that stands for each learner, whatever the order in which the marks arrived."""
    counted = [mark for mark in marks if mark.counts]
    said = heaviest(mark for mark in counted if mark.source is not Source.SIGNATURE)
    return {learner: measured(mark, said.get(learner)) for learner, mark in heaviest(counted).items()}


def heaviest(marks):
    result = {}
    for mark in marks:
        best = result.get(mark.learner)
        if best is None or weight(mark) > weight(best):
            result[mark.learner] = mark
    return result


def measured(mark, said):
    """A signature proves the presence; its minutes are those that others gave, before it or after."""
    if mark.source is Source.SIGNATURE and said and said.status.attended:
        return replace(mark, status=said.status, minutes=said.minutes)
    return mark


def minutes_for(status, minutes, planned):
    """The minutes that a status gives: all for present, none for absent, those given within the plan otherwise.

    Raises ValueError when late or left early comes without minutes, or with more than planned.
    """
    if status == Status.PRESENT:
        return planned
    if not Status(status).attended:
        return 0
    if minutes is None or not 0 < minutes <= planned:
        raise ValueError("minutes")
    return minutes


def percent(minutes, planned):
    """Of what was planned, rounded down, and never of the half-days that happen to be entered."""
    return min(100 * minutes // planned, 100) if planned else 0


def status_for(minutes, planned, after_start):
    """The status that so many minutes of presence amount to; none is nothing that a report can tell."""
    if minutes <= 0:
        return None
    if minutes >= planned:
        return Status.PRESENT
    return Status.LATE if after_start else Status.LEFT_EARLY
