"""Who may sit in a jury and what it may decide: values in, values out. The machine never decides in its place."""

from dataclasses import dataclass
from enum import StrEnum

FEWEST = 2


class Decision(StrEnum):
    ADMITTED = "ADMIS"
    PARTIAL = "VALIDATION_PARTIELLE"
    POSTPONED = "AJOURNE"
    ABSENT = "ABSENT"
    FRAUD = "FRAUDE"


class Seat(StrEnum):
    CHAIR = "chair"
    PROFESSIONAL = "professional"
    TRAINER = "trainer"


@dataclass(frozen=True)
class Member:
    """`conflicts`: the candidates of whom they declared a conflict of interest; None before they declared anything.
    `inside`: they train the candidates."""

    person: str
    seat: Seat
    conflicts: frozenset[str] | None = None
    inside: bool = False

    def judges(self, candidate):
        return self.conflicts is not None and candidate != self.person and candidate not in self.conflicts


@dataclass(frozen=True)
class Fault:
    code: str
    who: str = ""


def faults(members):
    """Why these people are not a jury yet."""
    if len({member.person for member in members}) < FEWEST:
        yield Fault("too_few")
    if sum(member.seat == Seat.CHAIR for member in members) != 1:
        yield Fault("one_chair")
    if not any(member.seat == Seat.PROFESSIONAL for member in members):
        yield Fault("no_professional")
    for member in members:
        if member.inside and member.seat != Seat.TRAINER:
            yield Fault("inside", member.person)
    for member in members:
        if member.conflicts is None:
            yield Fault("undeclared", member.person)


@dataclass(frozen=True)
class Proposal:
    """What a jury is about to decide of one candidate. `blocks`: those that it validates."""

    candidate: str
    decision: Decision
    reason: str = ""
    blocks: frozenset[str] = frozenset()


def objections(proposal, members, blocks, has_blocks):
    """Why a decision cannot stand. `blocks`: all those of the framework; `has_blocks`: whether the title has any.

    Validated in part is for a title of the RNCP alone, for some of its blocks and never for all of them.
    """
    yield from faults(members)
    if len({member.person for member in members if member.judges(proposal.candidate)}) < FEWEST:
        yield Fault("too_few_judges", proposal.candidate)
    if proposal.decision != Decision.ADMITTED and not proposal.reason.strip():
        yield Fault("no_reason")
    if proposal.decision != Decision.PARTIAL:
        if proposal.blocks:
            yield Fault("blocks_elsewhere")
        return
    if not has_blocks:
        yield Fault("title_without_blocks")
    elif not proposal.blocks or not proposal.blocks < frozenset(blocks):
        yield Fault("some_blocks")


def doubts(decided, members, blocks, has_blocks):
    """Why what was decided cannot be signed. `decided`: pairs of a proposal and of the person who wrote it. A conflict
    that is declared later, or a member who left, may undo what stood."""
    found = dict.fromkeys(faults(members))
    for proposal, author in decided:
        found |= dict.fromkeys(objections(proposal, members, blocks, has_blocks))
        if author not in speakers(members, proposal.candidate):
            found[Fault("decide_again", proposal.candidate)] = None
    return list(found)


def speakers(members, candidate):
    """Who may say what the jury decided of a candidate: its chair or, when the chair may not judge them, those who
    may."""
    judging = [member for member in members if member.judges(candidate)]
    chairs = [member for member in judging if member.seat == Seat.CHAIR]
    return {member.person for member in chairs or judging}
