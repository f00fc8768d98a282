"""The verbs of a jury. Each takes its turn on the row of the jury, and nothing is written once all have signed."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from home.documents.fonts import MissingGlyph, missing
from people.models import TrailEntry
from people.models.trail import note

from . import chain, practice
from .jury import Decision, Proposal, Seat, doubts, objections, speakers
from .minutes import content_of, facts_of
from .models import (
    ConflictDeclaration,
    Jury,
    JuryCandidate,
    JuryClosing,
    JuryDecision,
    JuryMember,
    JuryMinutes,
    JurySignature,
    Scheme,
)
from .models.practice import in_the_path
from .refusals import Conflict, Refused
from .tasks import make_minutes


class Objected(Refused):
    """What keeps a jury from deciding: `faults` lists everything."""

    def __init__(self, found):
        super().__init__("objected")
        self.faults = found


def hold(jury):
    """The jury, alone in its transaction until the end of it."""
    return refuse_closed(Jury.objects.select_for_update().get(pk=jury.pk))


def refuse_closed(held):
    if held.is_closed:
        raise Refused("jury_cancelled" if held.is_cancelled else "jury_closed")
    return held


@transaction.atomic
def open_jury(edition, learners, author, now, **values):
    """With the code that a form carries: sent again it is opened once."""
    opened = {"edition": edition, "scheme": Scheme.objects.of(edition), "opened_by": author, "opened_at": now}
    code = values.pop("code")
    jury, new = Jury.objects.get_or_create(code=code, defaults={**opened, **values})
    if new:
        hears(jury, learners)
        note(TrailEntry.Action.JURY, author, now, subject=str(jury))
    return jury


def hears(jury, learners):
    JuryCandidate.objects.filter(jury=jury).exclude(learner__in=learners).delete()
    for learner in learners:
        JuryCandidate.objects.get_or_create(jury=jury, learner=learner)


@transaction.atomic
def move(jury, learners, author, now, at, place):
    """Another time, another place or, before anybody declared anything, other candidates."""
    held = hold(jury)
    changed = {person.pk for person in held.learners} != {person.pk for person in learners}
    if changed and ConflictDeclaration.objects.filter(member__jury=held).exists():
        raise Refused("jury_declared")
    first = held.decisions.order_by("at").first()
    if first and timezone.localdate(first.at) < timezone.localdate(at):
        raise Refused("jury_decided")
    held.at, held.place = at, place
    held.save(update_fields=["at", "place"])
    hears(held, learners)
    note(TrailEntry.Action.JURY, author, now, subject=str(held))


@transaction.atomic
def cancel(jury, reason, author, now):
    """It does not meet any more: only before it decided anything. Twice is harmless."""
    held = Jury.objects.select_for_update().get(pk=jury.pk)
    if held.is_cancelled:
        return
    refuse_closed(held)
    if held.decisions.exists():
        raise Refused("jury_decides")
    JuryClosing.objects.create(jury=held, reason=reason, at=now)
    note(TrailEntry.Action.JURY_OFF, author, now, subject=str(held))


@transaction.atomic
def name_member(jury, person, seat, author, now):
    """Twice is harmless: the first seat stays. Whoever was withdrawn and comes back keeps their conflicts."""
    held = hold(jury)
    sitting = JuryMember.objects.standing().filter(jury=held)
    if member := sitting.filter(person=person).first():
        return member
    if seat == Seat.CHAIR and sitting.filter(seat=Seat.CHAIR).exists():
        raise Refused("one_chair")
    if seat != Seat.TRAINER and in_the_path(held.edition).filter(pk=person.pk).exists():
        raise Refused("inside")
    note(TrailEntry.Action.JURY, author, now, person, str(held))
    member = JuryMember.objects.create(jury=held, person=person, seat=seat, named_at=now)
    if known := sorted(set().union(*conflicts_of(person, held))):
        ConflictDeclaration.objects.create(member=member, candidates=known, at=now)
    return member


def conflicts_of(person, jury):
    """The codes of each declaration that this person made in any seat of this jury."""
    made = ConflictDeclaration.objects.filter(member__jury=jury, member__person=person)
    return made.values_list("candidates", flat=True)


@transaction.atomic
def end_member(member, author, now):
    """What they declared and decided stays. Twice is harmless."""
    held = hold(member.jury)
    if JuryMember.objects.standing().filter(pk=member.pk).update(ended_at=now):
        note(TrailEntry.Action.JURY, author, now, member.person, str(held))


@transaction.atomic
def declare(member, candidates, now):
    """A conflict that was declared stays declared. The same declaration twice is written once."""
    jury = hold(member.jury)
    known = {str(learner.code) for learner in jury.learners}
    codes = sorted({str(learner.code) for learner in candidates} & known)
    if member.conflicts is None or set(codes) - member.conflicts:
        ConflictDeclaration.objects.create(member=member, candidates=codes, at=now)


@transaction.atomic
def decide(member, learner, decision, now, reason="", blocks=()):
    """Writes what the jury decided of a candidate; the same again is written once. Raises Objected."""
    jury = hold(member.jury)
    if timezone.localdate(now) < timezone.localdate(jury.at):
        raise Refused("jury_early")
    members, candidate = jury.values(jury.sitting), str(learner.code)
    proposal = Proposal(candidate, Decision(decision), reason, frozenset(blocks))
    if found := list(objections(proposal, members, *possible_blocks(jury))):
        raise Objected(found)
    speaking = speakers(members, candidate)
    if str(member.person.code) not in speaking:
        raise Refused("not_speaker")
    values = {"decision": str(proposal.decision), "reason": reason, "blocks": sorted(blocks)}
    last = jury.standing().get(learner.pk)
    if last and last.body == tuple(values.values()) and str(last.author.code) in speaking:
        return last
    note(TrailEntry.Action.JURY_DECIDED, member.person, now, learner, str(jury), after={"jury_decision": decision})
    return JuryDecision.objects.create(jury=jury, learner=learner, author=member.person, at=now, **values)


def possible_blocks(jury):
    """(the blocks of the framework, whether the title has any)."""
    return [block.code for block in practice.framework_of(jury.edition).blocks], jury.scheme.has_blocks


def doubts_of(jury, sitting, standing):
    """Why the decisions that stand cannot be signed."""
    decided = [
        (standing[learner.pk].proposal(str(learner.code)), str(standing[learner.pk].author.code))
        for learner in jury.learners
        if learner.pk in standing
    ]
    return doubts(decided, jury.values(sitting), *possible_blocks(jury))


def refuse_doubts(jury, sitting, standing):
    if found := doubts_of(jury, sitting, standing):
        raise Objected(found)


def state_of(jury):
    """(members, decisions, facts) as they stand."""
    sitting, standing = jury.sitting, jury.standing()
    return sitting, standing, facts_of(jury, sitting, standing)


@transaction.atomic
def draw_up(jury, now):
    """The minutes as they are signed: those that stand, or the next ones when something changed since."""
    jury = hold(jury)
    sitting, standing, facts = state_of(jury)
    refuse_doubts(jury, sitting, standing)
    left = sum(learner.pk not in standing for learner in jury.learners)
    if left or not standing:
        raise Refused("undecided", count=left)
    last = jury.last_minutes
    if last and last.content["facts"] == facts:
        return last
    content = content_of(jury, facts, now)
    text = chain.canonical(content)
    if unprintable := missing(text):
        raise MissingGlyph(unprintable)
    values = {"content": content, "digest": chain.hashed(text), "at": now}
    return JuryMinutes.objects.create(jury=jury, number=last.number + 1 if last else 1, **values)


@transaction.atomic
def sign(member, digest, strokes, now):
    """The signature of a member under the minutes that they read: `digest` is theirs. The last one closes the jury.

    Twice is harmless. Conflict when the minutes are not, or not any more, those that stand. Raises Objected.
    """
    jury = Jury.objects.select_for_update().get(pk=member.jury_id)
    minutes = jury.last_minutes
    if signed := JurySignature.objects.filter(minutes=minutes, member=member, digest=digest).first():
        return signed
    refuse_closed(jury)
    sitting, standing, facts = state_of(jury)
    if minutes is None or minutes.digest != digest or minutes.content["facts"] != facts:
        raise Conflict("minutes_changed")
    seats = {one.pk for one in sitting}
    if member.pk not in seats:
        raise Refused("not_sitting")
    refuse_doubts(jury, sitting, standing)
    values = {"digest": digest, "strokes": strokes, "at": now}
    signature = JurySignature.objects.create(minutes=minutes, member=member, **values)
    note(TrailEntry.Action.JURY_SIGNED, member.person, now, subject=str(jury))
    if seats <= set(minutes.signatures.values_list("member", flat=True)):
        closing = JuryClosing.objects.create(jury=jury, minutes=minutes, at=now)
        transaction.on_commit(partial(make_minutes.enqueue, closing.pk))
    return signature
