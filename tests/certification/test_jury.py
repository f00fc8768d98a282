"""A jury declares, decides, draws up its minutes and signs them; then nothing is added, whoever tries."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import DatabaseError, transaction
from django.utils import timezone

from certification import deliberating, due, issuing, practice
from certification.batching import issue_some
from certification.competence import Proof
from certification.jury import Decision, Seat
from certification.minutes import paper_of
from certification.models import (
    Batch,
    Certificate,
    ConflictDeclaration,
    Jury,
    JuryClosing,
    JuryDecision,
    JuryMember,
    JuryMinutes,
    JurySignature,
    MinutesFile,
    RuleVersion,
    Scheme,
)
from certification.models.jury import possible_members
from certification.refusals import Conflict, NotYet, Refused
from certification.rules import RuleSet
from certification.tasks import make_minutes
from people.append_only import REFUSAL
from people.models import TrailEntry
from tests.certification.declared import register_title
from tests.certification.facts import STROKES, make_ready
from tests.certification.practising import make_assessor, make_practice
from tests.certification.sitting import ADMITTED, PARTIAL, POSTPONED, make_jury
from tests.certification.test_published_rules import long_ago, publish
from tests.reading import text

REASON = "Revoir l’écoute : trois entretiens de plus."


@pytest.fixture
def sitting(edition, coordinator, learner, other_learner):
    return make_jury(edition, coordinator, learner, other_learner)


def printed_in(file):
    with storages["private"].open(file.name) as content:
        return text(content.read(), "-raw")


def refused(code, verb, *arguments, **values):
    with pytest.raises(Refused) as found, transaction.atomic():
        verb(*arguments, **values)
    return found.value.code == code


def codes(verb, *arguments, **values):
    with pytest.raises(deliberating.Objected) as found, transaction.atomic():
        verb(*arguments, **values)
    return [fault.code for fault in found.value.faults]


def test_all_sign_and_the_minutes_are_made_once(sitting, learner, other_learner):
    sitting.declare().decide(learner)
    sitting.decide(other_learner, POSTPONED, REASON)
    sitting.sign_all()
    file = sitting.jury.closing.file
    make_minutes.call(sitting.jury.closing.pk)
    assert Jury.objects.get().closing.file == file
    paper = printed_in(file)
    for printed in ("Amina Diallo", "Tesfay Gebremedhin", "Marc Wattrelot", "Hanne De Smet", "Claire Dubois", REASON):
        assert printed in paper
    assert "Procès-verbal du jury" in paper and "Proces-verbaal van de jury" in paper
    assert sitting.jury.last_minutes.is_whole and sitting.jury.last_minutes.digest in paper


def test_minutes_whose_job_was_lost_are_made(sitting):
    sitting.declare().admit_all()
    minutes = sitting.draw_up()
    for member in sitting.members:
        sitting.sign(member, minutes)
    due.late_minutes(timezone.now())
    assert not MinutesFile.objects.exists()
    due.late_minutes(timezone.now() + timedelta(minutes=11))
    assert MinutesFile.objects.get().closing.minutes == minutes
    due.late_minutes(timezone.now() + timedelta(minutes=11))


def test_nobody_decides_before_everybody_declared(sitting, learner):
    assert codes(sitting.decide, learner) == ["undeclared"] * 3 + ["too_few_judges"]
    sitting.declare()
    assert sitting.decide(learner).decision == ADMITTED


def test_nobody_decides_before_the_day(edition, coordinator, learner):
    sitting = make_jury(edition, coordinator, learner, days=2).declare()
    assert refused("jury_early", sitting.decide, learner)


def test_only_the_chair_writes_but_of_their_own_conflict(sitting, learner, other_learner):
    sitting.declare(chair=[learner])
    assert refused("not_speaker", sitting.decide, learner)
    assert refused("not_speaker", sitting.decide, other_learner, by=sitting.professional)
    assert sitting.decide(learner, by=sitting.professional).author == sitting.professional.person
    sitting.decide(other_learner)
    assert "ne s’est pas prononcé" in sitting.draw_up().content["fr"]["conflicts"][0]


def test_a_conflict_stays_and_two_judges_are_needed(sitting, learner):
    sitting.declare(chair=[learner], professional=[learner])
    sitting.declare()
    assert ConflictDeclaration.objects.count() == 3
    assert codes(sitting.decide, learner, by=sitting.trainer) == ["too_few_judges"]


def test_a_conflict_that_shows_late_undoes_the_decision(sitting, learner, other_learner):
    sitting.declare().admit_all().draw_up()
    sitting.declare(chair=[learner])
    assert codes(sitting.draw_up) == ["decide_again"]
    for _time in range(2):
        sitting.decide(learner, by=sitting.trainer)
    assert JuryDecision.objects.filter(learner=learner).count() == 2
    assert sitting.draw_up().number == 2
    sitting.declare(professional=[learner])
    assert codes(sitting.draw_up) == ["too_few_judges"]


def test_whoever_chairs_next_decides_again(sitting, learner, coordinator):
    sitting.declare().admit_all()
    now = timezone.now()
    deliberating.end_member(sitting.chair, coordinator, now)
    person = make_assessor("next", "Paul Next", "jury")
    sitting.chair = deliberating.name_member(sitting.jury, person, Seat.CHAIR, coordinator, now)
    assert codes(sitting.draw_up) == ["undeclared", "decide_again", "decide_again"]
    sitting.declare().admit_all().sign_all()
    assert {one.author for one in sitting.jury.standing().values()} == {person}


def test_nobody_signs_what_cannot_stand_any_more(sitting, learner):
    register_title(registration="rncp", register_code="RNCP41674", level=4)
    make_practice(sitting.jury.edition, learner, sitting.jury.opened_by)
    sitting.declare().admit_all().decide(learner, PARTIAL, REASON, ["B2"])
    minutes = sitting.draw_up()
    register_title(registration="rs", register_code="RS1234", level=None)
    assert codes(sitting.sign, sitting.chair, minutes) == ["title_without_blocks"]


@pytest.mark.parametrize(
    ("decision", "values", "wrong"),
    [
        (POSTPONED, {}, ["no_reason"]),
        (Decision.FRAUD, {}, ["no_reason"]),
        (PARTIAL, {"reason": REASON, "blocks": ["B1"]}, ["title_without_blocks"]),
        (ADMITTED, {"blocks": ["B1"]}, ["blocks_elsewhere"]),
    ],
)
def test_what_a_jury_may_not_decide(sitting, learner, decision, values, wrong):
    sitting.declare()
    assert codes(sitting.decide, learner, decision, **values) == wrong


def test_the_last_decision_counts_and_the_same_is_written_once(sitting, learner, other_learner):
    sitting.declare().admit_all().admit_all()
    assert JuryDecision.objects.count() == 2
    first = sitting.draw_up()
    assert sitting.draw_up() == first
    sitting.sign(sitting.professional, first)
    sitting.decide(learner, POSTPONED, REASON)
    with pytest.raises(Conflict):
        sitting.sign(sitting.chair, first)
    sitting.sign_all()
    assert JuryMinutes.objects.count() == 2 and JuryClosing.objects.get().minutes.number == 2
    latest = JuryDecision.objects.latest([learner, other_learner], sitting.jury.edition)
    assert [latest[one.pk].decision for one in (learner, other_learner)] == [POSTPONED, ADMITTED]


def test_minutes_wait_for_every_decision(sitting, learner):
    sitting.declare().decide(learner)
    with pytest.raises(Refused) as found:
        sitting.draw_up()
    assert (found.value.code, found.value.values) == ("undecided", {"count": 1})


def test_signed_twice_it_is_signed_once(sitting):
    sitting.declare().admit_all()
    for _time in range(2):
        sitting.sign(sitting.chair)
    assert JurySignature.objects.count() == 1
    sitting.sign_all()
    assert sitting.sign(sitting.trainer, sitting.jury.last_minutes).member == sitting.trainer


def test_once_all_signed_nothing_is_added(sitting, learner, coordinator, stranger):
    sitting.declare().admit_all().sign_all()
    now, late = timezone.now(), make_assessor("late", "Paul Late")
    assert refused("jury_closed", sitting.decide, learner, POSTPONED, REASON)
    assert refused("jury_closed", sitting.draw_up)
    assert refused("jury_closed", sitting.declare, chair=[learner])
    assert refused("jury_closed", deliberating.name_member, sitting.jury, late, Seat.TRAINER, coordinator, now)
    assert refused("jury_closed", deliberating.end_member, sitting.chair, coordinator, now)
    assert refused("jury_closed", deliberating.move, sitting.jury, [learner], coordinator, now, now, "Ailleurs")


def test_the_database_itself_takes_nothing_late(sitting, learner, coordinator, stranger):
    sitting.declare().admit_all().sign_all()
    jury, now = sitting.jury, timezone.now()
    late = [
        lambda: JuryDecision.objects.create(
            jury=jury, learner=learner, decision="FRAUDE", reason="X", author=coordinator, at=now
        ),
        lambda: JuryMinutes.objects.create(jury=jury, number=9, content={}, digest="", at=now),
        lambda: JuryMember.objects.create(jury=jury, person=stranger, seat="trainer", named_at=now),
        lambda: jury.candidates.create(learner=stranger),
        lambda: JurySignature.objects.create(
            minutes=jury.last_minutes, member=sitting.chair, strokes=STROKES, digest="", at=now
        ),
    ]
    for write in late:
        with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
            write()


def test_a_member_who_is_withdrawn_changes_the_minutes(sitting, coordinator):
    sitting.declare().admit_all()
    first = sitting.draw_up()
    deliberating.end_member(sitting.trainer, coordinator, timezone.now())
    with pytest.raises(Conflict):
        sitting.sign(sitting.chair, first)
    second = sitting.draw_up()
    for member in (sitting.chair, sitting.professional):
        sitting.sign(member, second)
    assert JuryClosing.objects.get().minutes == second
    assert refused("jury_closed", sitting.sign, sitting.trainer, first)


def test_whoever_is_named_again_declares_and_signs_again(sitting, coordinator):
    sitting.declare().admit_all()
    minutes, now = sitting.draw_up(), timezone.now()
    sitting.sign(sitting.trainer, minutes)
    deliberating.end_member(sitting.trainer, coordinator, now)
    sitting.trainer = deliberating.name_member(sitting.jury, sitting.trainer.person, Seat.TRAINER, coordinator, now)
    assert codes(sitting.sign, sitting.trainer, minutes) == ["undeclared"]
    sitting.declare()
    for member in (sitting.trainer, sitting.chair):
        sitting.sign(member, minutes)
        assert not JuryClosing.objects.exists()
    sitting.sign_all()
    assert JuryClosing.objects.get().minutes == minutes
    assert minutes.signatures.count() == 4 and len(paper_of(minutes).signatures) == 3


def test_whoever_comes_back_keeps_their_conflicts(sitting, learner, coordinator):
    now = timezone.now()
    sitting.declare(professional=[learner])
    deliberating.end_member(sitting.professional, coordinator, now)
    person, seat = sitting.professional.person, Seat.PROFESSIONAL
    sitting.professional = deliberating.name_member(sitting.jury, person, seat, coordinator, now)
    sitting.declare()
    assert sitting.fresh(sitting.professional).conflicts == {str(learner.code)}


def test_the_same_text_again_is_signed_again_by_all(sitting, learner):
    first = sitting.declare().admit_all().draw_up()
    sitting.sign(sitting.chair, first)
    sitting.decide(learner, POSTPONED, "Il manque une observation.")
    sitting.draw_up()
    sitting.decide(learner)
    assert sitting.draw_up().number == 3
    sitting.sign_all()
    assert sitting.jury.closing.minutes.signatures.count() == 3


def test_a_jury_that_decided_does_not_meet_later(sitting, coordinator):
    jury, now = sitting.declare().admit_all().jury, timezone.now()
    later, before = now + timedelta(days=200), now - timedelta(days=2)
    assert refused("jury_decided", deliberating.move, jury, jury.learners, coordinator, now, later, "Lille")
    deliberating.move(jury, jury.learners, coordinator, now, before, "Lille")


def test_who_may_sit(edition, sitting, trainer, learner, coordinator, stranger):
    people = set(possible_members(edition))
    assert {trainer, sitting.chair.person} <= people and not {learner, stranger, coordinator} & people
    now = timezone.now()
    assert refused(
        "inside", deliberating.name_member, make_bare(edition, coordinator), trainer, Seat.CHAIR, coordinator, now
    )
    other = make_assessor("other", "Other")
    assert refused("one_chair", deliberating.name_member, sitting.jury, other, Seat.CHAIR, coordinator, now)


def make_bare(edition, coordinator):
    now = timezone.now()
    return deliberating.open_jury(edition, [], coordinator, now, code=uuid.uuid4(), at=now, place="Lille")


def test_each_step_leaves_a_line(sitting, learner):
    sitting.declare().admit_all().sign_all()
    actions = list(TrailEntry.objects.values_list("action", flat=True))
    assert (actions.count("jury"), actions.count("jury_decided"), actions.count("jury_signed")) == (4, 2, 3)


@pytest.fixture
def asked(session, trainer, coordinator):
    """Everything is there but the jury, which the rule asks for."""
    make_ready(session, trainer)
    publish(Scheme.objects.get(key="ambassador"), RuleSet(jury=True), coordinator, long_ago())
    assert RuleVersion.objects.asked_by(session.edition).jury
    return session.edition


def issue_to_all(edition, author, now):
    batch = Batch.objects.begin(edition, author, now)
    issue_some(batch)
    batch.finish(now)
    return batch


def test_without_signed_minutes_no_certificate_leaves(asked, learner, other_learner, coordinator):
    now, sitting = timezone.now(), make_jury(asked, coordinator, learner, other_learner).declare()
    for step in (lambda: None, sitting.admit_all, sitting.draw_up):
        step()
        for by in (learner, coordinator):
            with pytest.raises(NotYet) as found:
                issuing.issue(learner, asked, by, now)
            assert [finding.values for finding in found.value.verdict.missing] == [{"decision": ""}]
        issue_to_all(asked, coordinator, now)
        assert not Certificate.objects.exists()
    sitting.decide(other_learner, POSTPONED, REASON)
    sitting.sign_all()
    batch = issue_to_all(asked, coordinator, now)
    assert [item.learner for item in batch.items.refused()] == [other_learner]
    certificate = Certificate.objects.get()
    assert (certificate.learner, certificate.rules_met["jury"]) == (learner, "ADMIS")


def test_the_latest_signed_minutes_count(asked, learner, coordinator):
    make_jury(asked, coordinator, learner).declare().admit_all().sign_all()
    second = make_jury(asked, coordinator, learner).declare()
    second.decide(learner, Decision.FRAUD, "Copie.")
    second.sign_all()
    with pytest.raises(NotYet):
        issuing.issue(learner, asked, learner, timezone.now())


def test_a_part_that_is_validated_stands_for_good(session, learner, other_learner, coordinator):
    make_practice(session.edition, other_learner, coordinator)
    register_title(registration="rncp", register_code="RNCP41674", level=4)
    sitting = make_jury(session.edition, coordinator, learner).declare()
    assert codes(sitting.decide, learner, PARTIAL, REASON, ["B1", "B2"]) == ["some_blocks"]
    sitting.decide(learner, PARTIAL, REASON, ["B2"])
    assert not practice.of(learner, session.edition).validated
    sitting.sign_all()
    verdicts = practice.of(learner, session.edition).verdicts
    assert [(one.block, one.proofs) for one in verdicts if one.validated] == [("B2", (Proof.JURY,))]
    assert "Validé : B2 · Accompagner" in printed_in(sitting.jury.closing.file)
