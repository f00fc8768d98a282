"""What observations prove, as tables of plain values; and that evidence only ever works one way."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification import competence
from certification.competence import (
    Block,
    Competence,
    Criterion,
    Fault,
    Finding,
    Framework,
    Lack,
    Mark,
    Moment,
    Observation,
    Proof,
)

START = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
TEXT = {"fr": "a", "nl": "a"}
NOT, PART, YES = Mark


def criterion(code, critical=False):
    return Criterion(code, TEXT, critical)


def block_of(code="B1"):
    """Two critical criteria and one that is not."""
    criteria = (criterion(f"{code}.C1.K1", True), criterion(f"{code}.C1.K2", True), criterion(f"{code}.C1.K3"))
    return Block(code, TEXT, TEXT, TEXT, (Competence(f"{code}.C1", TEXT, criteria),))


ONE = Framework((block_of(),))
TWO = Framework((block_of("B1"), block_of("B2")))
CODES = [found.code for block in TWO.blocks for found in block.criteria]


def saw(assessor, *marks, outside=False, moment=Moment.AFTER, at=0, block="B1"):
    """The marks of an assessor on the criteria of a block in order; None: not seen."""
    given = {f"{block}.C1.K{number}": mark for number, mark in enumerate(marks, 1) if mark is not None}
    return Observation(assessor, outside, block, moment, given, START + datetime.timedelta(days=at), f"{assessor}{at}")


K1, K2 = "B1.C1.K1", "B1.C1.K2"


@pytest.mark.parametrize(
    ("observations", "missing"),
    [
        ([], [Finding(Lack.NOT_SEEN, K1), Finding(Lack.NOT_SEEN, K2)]),
        ([saw("a", YES, YES), saw("b", YES, YES, outside=True)], []),
        ([saw("a", YES, YES, NOT), saw("b", YES, YES, NOT, outside=True)], []),
        ([saw("a", YES, YES), saw("b", YES, YES)], [Finding(Lack.OUTSIDE, K1), Finding(Lack.OUTSIDE, K2)]),
        ([saw("a", YES, YES, outside=True)], [Finding(Lack.NOT_SEEN, K1), Finding(Lack.NOT_SEEN, K2)]),
        ([saw("a", YES, PART), saw("b", YES, YES, outside=True)], [Finding(Lack.NOT_REACHED, K2, ("a",))]),
        ([saw("a", NOT, YES), saw("b", PART, YES, outside=True)], [Finding(Lack.NOT_REACHED, K1, ("a", "b"))]),
        ([saw("a", YES, None), saw("b", YES, YES, outside=True)], [Finding(Lack.NOT_SEEN, K2)]),
        # A third one who does not see it reached weighs as much as the others.
        ([saw("a", YES, YES), saw("b", YES, YES, outside=True), saw("c", None, NOT)],
         [Finding(Lack.NOT_REACHED, K2, ("c",))]),
        # The last look of an assessor stands, and leaves what it did not see.
        ([saw("a", NOT, YES), saw("a", YES, None, at=1), saw("b", YES, YES, outside=True)], []),
        ([saw("a", YES, YES), saw("a", NOT, None, at=1), saw("b", YES, YES, outside=True)],
         [Finding(Lack.NOT_REACHED, K1, ("a",))]),
        # What was seen before or during the training counts for nothing here.
        ([saw("a", YES, YES, moment=Moment.BEFORE), saw("b", YES, YES, outside=True, moment=Moment.DURING)],
         [Finding(Lack.NOT_SEEN, K1), Finding(Lack.NOT_SEEN, K2)]),
        # Whoever came from outside first still did when they look again as a trainer.
        ([saw("a", YES, YES), saw("b", YES, YES, outside=True), saw("b", YES, YES, at=1)], []),
    ],
)  # fmt: skip
def test_a_block_lacks_exactly_this(observations, missing):
    verdict = competence.verdict_of(ONE.blocks[0], observations)
    assert list(verdict.missing) == missing
    assert verdict.validated == (not missing)
    assert verdict.proofs == (() if missing else (Proof.PRACTICE,))


def test_experience_or_another_title_stands_for_a_block_alone():
    verdicts = competence.judge(TWO, [], [("B2", "experience"), ("B2", "equivalence"), ("B9", "experience")])
    assert [verdict.validated for verdict in verdicts] == [False, True]
    assert verdicts[1].proofs == (Proof.EQUIVALENCE, Proof.EXPERIENCE)
    assert verdicts[1].missing


def test_what_is_lost_is_named():
    before = [saw("a", YES, YES), saw("b", YES, YES, outside=True)]
    after = [*before, saw("b", YES, NOT, at=1)]
    lost = competence.lost(competence.judge(ONE, before), competence.judge(ONE, after))
    assert [verdict.missing for verdict in lost] == [(Finding(Lack.NOT_REACHED, K2, ("b",)),)]
    assert not competence.lost(competence.judge(ONE, after), competence.judge(ONE, before))


observations = st.builds(
    Observation,
    assessor=st.sampled_from("abc"),
    outside=st.booleans(),
    block=st.sampled_from(["B1", "B2"]),
    moment=st.sampled_from(Moment),
    marks=st.dictionaries(st.sampled_from(CODES), st.sampled_from(Mark), max_size=6),
    at=st.datetimes(datetime.datetime(2026, 1, 1), datetime.datetime(2026, 2, 1), timezones=st.just(datetime.UTC)),
    uuid=st.uuids().map(str),
)
recognitions = st.lists(st.tuples(st.sampled_from(["B1", "B2"]), st.sampled_from(["experience", "equivalence"])))


def validated(seen, recognised=()):
    return {verdict.block for verdict in competence.judge(TWO, seen, recognised) if verdict.validated}


def enough(block, outside):
    """What validates a block on its own, so that there is something to lose."""
    return [saw("a", YES, YES, outside=outside, block=block), saw("b", YES, YES, outside=not outside, block=block)]


@given(st.lists(observations), st.booleans(), st.booleans(), observations, recognitions, recognitions)
def test_favourable_evidence_never_loses_a_block(seen, full, outside, new, recognised, more):
    seen = [*seen, *(enough("B1", outside) if full else [])]
    favourable = Observation(**{**vars(new), "marks": dict.fromkeys(new.marks, Mark.REACHED)})
    assert validated(seen, recognised) <= validated([*seen, favourable], [*recognised, *more])


@given(st.lists(observations), st.booleans(), observations)
def test_unfavourable_evidence_names_what_it_removed(seen, outside, new):
    seen = [*seen, *enough("B1", outside)]
    before, after = competence.judge(TWO, seen), competence.judge(TWO, [*seen, new])
    removed = competence.lost(before, after)
    assert {verdict.block for verdict in removed} == validated(seen) - validated([*seen, new])
    for verdict in removed:
        assert verdict.block == new.block
        assert {finding.criterion for finding in verdict.missing} <= set(new.marks)
        assert all(new.assessor in finding.assessors for finding in verdict.missing)


@given(st.lists(observations))
def test_the_order_of_arrival_changes_nothing(seen):
    one, other = competence.judge(TWO, seen), competence.judge(TWO, seen[::-1])
    assert len({found.uuid for found in seen}) < len(seen) or one == other


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        # Cohen's own kind of table: 20 yes-yes, 15 no-no, 5 + 10 apart (p_o 0.70, p_e 0.50).
        ([(2, 2)] * 20 + [(2, 0)] * 5 + [(0, 2)] * 10 + [(0, 0)] * 15, 0.4),
        ([(2, 2), (1, 1), (0, 0)], 1.0),
        ([(2, 0), (0, 2)], -1.0),
        ([(2, 2), (2, 0), (0, 2), (0, 0)], 0.0),
        ([(2, 2), (2, 1)], 0.0),
        ([(2, 2), (2, 2)], None),
        ([(0, 0)], None),
    ],
)
def test_kappa_is_what_the_books_say(pairs, kappa):
    assert competence.kappa(pairs) == (None if kappa is None else pytest.approx(kappa))


@given(st.lists(st.tuples(st.sampled_from(Mark), st.sampled_from(Mark)), min_size=1))
def test_kappa_stays_between_its_bounds(pairs):
    kappa = competence.kappa(pairs)
    assert kappa is None or -1 <= kappa <= 1
    assert kappa == competence.kappa([(two, one) for one, two in pairs])
    if kappa == 1:
        assert all(one == two for one, two in pairs)


def test_assessors_are_compared_where_both_looked():
    seen = [saw("a", YES, PART, None), saw("b", YES, NOT, YES), saw("c", None, None, YES, moment=Moment.BEFORE)]
    (found,) = competence.agreements(seen)
    assert (found.assessors, found.criteria, found.same, found.percent) == (("a", "b"), 2, 1, 50)
    assert found.differing == (K2,)
    assert not competence.agreements([saw("a", YES)])


def test_a_curve_counts_what_was_seen():
    seen = [saw("a", NOT, PART, None, moment=Moment.BEFORE), saw("b", PART, None, None, moment=Moment.BEFORE),
            saw("a", YES, YES, YES)]  # fmt: skip
    points = competence.curve(ONE.blocks[0], seen)
    assert points[Moment.BEFORE] == competence.Point(percent=38, criteria=2, assessors=2)
    assert points[Moment.DURING] is None
    assert points[Moment.AFTER] == competence.Point(percent=100, criteria=3, assessors=1)


@given(st.lists(observations))
def test_a_curve_stays_between_nothing_and_everything(seen):
    for block in TWO.blocks:
        assert all(0 <= point.percent <= 100 for point in competence.curve(block, seen).values() if point)


@pytest.mark.parametrize(
    ("parent", "used", "code"),
    [
        ("", {"B1", "B2", "B1.C9"}, "B3"),
        ("B1", {"B1", "B1.C1", "B1.C4", "B2.C7"}, "B1.C5"),
        ("B1.C4", {"B1.C4.K1", "B1.C40.K9"}, "B1.C4.K2"),
        ("B1.C4", set(), "B1.C4.K1"),
    ],
)
def test_a_code_is_never_given_twice(parent, used, code):
    assert competence.next_code(parent, used) == code


def test_what_keeps_a_framework_from_being_published():
    bare = Block("B1", TEXT, TEXT, TEXT)
    none = Block(
        "B2", TEXT, TEXT, TEXT, (Competence("B2.C1", TEXT, (criterion("B2.C1.K1"),)), Competence("B2.C2", TEXT))
    )
    assert list(competence.faults(Framework())) == [Fault("no_block")]
    assert list(competence.faults(Framework((bare, none)))) == [
        Fault("no_competence", "B1"),
        Fault("no_critical", "B2"),
        Fault("no_criterion", "B2.C2"),
    ]
    assert not list(competence.faults(TWO))


def test_it_survives_json_and_says_what_changed():
    assert Framework.from_json(TWO.to_json()) == TWO
    other = Framework((Block("B1", {"fr": "b", "nl": "b"}, TEXT, TEXT, TWO.blocks[0].competences), block_of("B3")))
    changes = competence.changes(TWO, other)
    assert changes.reworded == ("B1",)
    assert changes.added == ("B3", "B3.C1", "B3.C1.K1", "B3.C1.K2", "B3.C1.K3")
    assert changes.removed[0] == "B2" and len(changes.removed) == 5
    assert not competence.changes(TWO, TWO)
