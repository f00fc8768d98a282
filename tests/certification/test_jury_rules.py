"""Who may sit in a jury and what it may decide, as tables of plain values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.jury import Decision, Fault, Member, Proposal, Seat, faults, objections, speakers

NONE = frozenset()
CHAIR = Member("chair", Seat.CHAIR, NONE)
PROFESSIONAL = Member("pro", Seat.PROFESSIONAL, NONE)
TRAINER = Member("trainer", Seat.TRAINER, frozenset({"amina"}))
JURY = (CHAIR, PROFESSIONAL, TRAINER)
BLOCKS = ("B1", "B2", "B3")


@pytest.mark.parametrize(
    ("members", "wrong"),
    [
        (JURY, []),
        ((CHAIR, PROFESSIONAL), []),
        ((), ["too_few", "one_chair", "no_professional"]),
        ((CHAIR, TRAINER), ["no_professional"]),
        ((PROFESSIONAL, TRAINER), ["one_chair"]),
        ((CHAIR, PROFESSIONAL, Member("second", Seat.CHAIR, NONE)), ["one_chair"]),
        ((CHAIR, Member("chair", Seat.PROFESSIONAL, NONE)), ["too_few"]),
        ((CHAIR, Member("pro", Seat.PROFESSIONAL)), ["undeclared"]),
        ((CHAIR, PROFESSIONAL, Member("own", Seat.TRAINER, NONE, True)), []),
        ((Member("own", Seat.CHAIR, NONE, True), PROFESSIONAL), ["inside"]),
        ((CHAIR, Member("own", Seat.PROFESSIONAL, NONE, True)), ["inside"]),
    ],
)
def test_who_makes_a_jury(members, wrong):
    assert [fault.code for fault in faults(members)] == wrong


@pytest.mark.parametrize(
    ("proposal", "has_blocks", "wrong"),
    [
        (Proposal("amina", Decision.ADMITTED), True, []),
        (Proposal("amina", Decision.ADMITTED), False, []),
        (Proposal("amina", Decision.ADMITTED, blocks=frozenset({"B1"})), True, ["blocks_elsewhere"]),
        (Proposal("amina", Decision.POSTPONED, " "), True, ["no_reason"]),
        (Proposal("amina", Decision.ABSENT, "Malade."), False, []),
        (Proposal("amina", Decision.FRAUD, "Copie."), False, []),
        (Proposal("amina", Decision.FRAUD), False, ["no_reason"]),
        (Proposal("amina", Decision.PARTIAL, "B3.", frozenset({"B1", "B2"})), True, []),
        (Proposal("amina", Decision.PARTIAL, "B3.", frozenset({"B1"})), False, ["title_without_blocks"]),
        (Proposal("amina", Decision.PARTIAL, "B3."), True, ["some_blocks"]),
        (Proposal("amina", Decision.PARTIAL, "Tout.", frozenset(BLOCKS)), True, ["some_blocks"]),
        (Proposal("amina", Decision.PARTIAL, "B9.", frozenset({"B9"})), True, ["some_blocks"]),
    ],
)
def test_what_a_jury_may_decide(proposal, has_blocks, wrong):
    assert [fault.code for fault in objections(proposal, JURY, BLOCKS, has_blocks)] == wrong


def test_a_conflict_of_interest_leaves_too_few_judges():
    jury = (CHAIR, Member("pro", Seat.PROFESSIONAL, frozenset({"amina"})))
    admitted = Proposal("amina", Decision.ADMITTED)
    assert list(objections(admitted, jury, BLOCKS, True)) == [Fault("too_few_judges", "amina")]
    assert not list(objections(Proposal("tesfay", Decision.ADMITTED), jury, BLOCKS, True))
    assert not CHAIR.judges("chair")


def test_the_chair_speaks_or_those_who_may_judge_in_its_place():
    assert speakers(JURY, "amina") == {"chair"}
    aside = (Member("chair", Seat.CHAIR, frozenset({"amina"})), PROFESSIONAL, TRAINER)
    assert speakers(aside, "amina") == {"pro"} and speakers(aside, "tesfay") == {"chair"}
    assert speakers((Member("chair", Seat.CHAIR), PROFESSIONAL), "amina") == {"pro"}


MEMBERS = st.lists(
    st.builds(
        Member,
        st.sampled_from("abcd"),
        st.sampled_from(Seat),
        st.none() | st.frozensets(st.sampled_from(["amina", "tesfay"])),
    ),
    max_size=5,
)


@given(MEMBERS, st.sampled_from(Decision))
def test_whoever_did_not_declare_anything_keeps_the_jury_from_deciding(members, decision):
    found = {fault.code for fault in objections(Proposal("amina", decision, "Vu."), members, BLOCKS, True)}
    assert ("undeclared" in found) == any(member.conflicts is None for member in members)
