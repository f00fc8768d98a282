"""Rules as tables of plain values: what each asks for, what a record lacks, what evidence gives and takes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification import rule_words
from certification.jury import Decision
from certification.rules import MODALITIES, Code, Record, RuleSet, judge, lost
from certification.sentences import to_learner, to_staff
from courses.requirements import Requirements
from home.interface import spoken_in
from tests.certification.test_rules import KEYS, MODULES, RECORDS

ASKED = Requirements(0, MODULES)
BARE = RuleSet(modules=False)
WHOLE = Record(
    True, 900, 300, frozenset(KEYS), frozenset(), {module.quiz: 80 for module in MODULES},
    {"on_site": 600, "virtual": 200, "work": 100}, 2, {"B1": True, "B2": True}, "ADMIS",
)  # fmt: skip
EVERYTHING = RuleSet(True, 80, 600, 200, 100, 300, 2, True, True)
TITLES = {key: key.upper() for key in KEYS}


@pytest.mark.parametrize(
    ("rule_set", "record", "missing"),
    [
        (BARE, WHOLE, []),
        (BARE, replace(WHOLE, named=False), [("name", None)]),
        (BARE, replace(WHOLE, modules=frozenset()), []),
        (RuleSet(), replace(WHOLE, modules=frozenset(KEYS[1:])), [("module", "m1")]),
        (EVERYTHING, WHOLE, []),
        (RuleSet(False, quiz_percent=80), replace(WHOLE, scores={**WHOLE.scores, "q2": 79}), [("quiz", "m2")]),
        (RuleSet(False, quiz_percent=1), replace(WHOLE, scores={}), [("quiz", key) for key in KEYS]),
        (RuleSet(False, on_site=601), WHOLE, [("minutes", "on_site")]),
        (RuleSet(False, virtual=201), WHOLE, [("minutes", "virtual")]),
        (RuleSet(False, work=101), WHOLE, [("minutes", "work")]),
        (RuleSet(False, online=301), WHOLE, [("minutes", "online")]),
        (RuleSet(False, online=300), replace(WHOLE, minutes={"online": 900}), []),
        (RuleSet(False, assessors=3), WHOLE, [("practice", None)]),
        (RuleSet(False, blocks=True), replace(WHOLE, blocks={"B1": True, "B2": False}), [("block", "B2")]),
        (RuleSet(False, blocks=True), replace(WHOLE, blocks={}), [("block", "")]),
        (RuleSet(False, jury=True), WHOLE, []),
        (RuleSet(False, jury=True), replace(WHOLE, jury=""), [("jury", None)]),
        *[
            (RuleSet(False, jury=True), replace(WHOLE, jury=decision), [("jury", None)])
            for decision in Decision
            if decision != Decision.ADMITTED
        ],
    ],
)
def test_the_verdict_lists_exactly_what_is_missing(rule_set, record, missing):
    verdict = judge(record, ASKED, rule_set)
    assert [finding.identity for finding in verdict.missing] == missing
    assert verdict.ready == (not missing)


def test_what_lacks_is_counted():
    verdict = judge(WHOLE, ASKED, RuleSet(False, on_site=690, assessors=5))
    assert [finding.values for finding in verdict.missing] == [
        {"key": "on_site", "minutes": 90, "have": 600, "need": 690},
        {"count": 3, "have": 2, "need": 5},
    ]


COUNTS = st.integers(0, 1000)
RULE_SETS = st.builds(
    RuleSet,
    st.booleans(),
    st.integers(0, 100),
    COUNTS,
    COUNTS,
    COUNTS,
    COUNTS,
    st.integers(0, 4),
    st.booleans(),
    st.booleans(),
)
PRACTISED = st.builds(
    replace,
    RECORDS,
    minutes=st.dictionaries(st.sampled_from(MODALITIES[:3]), COUNTS),
    assessors=st.integers(0, 4),
    blocks=st.fixed_dictionaries({"B1": st.booleans(), "B2": st.booleans()}),
    jury=st.sampled_from(["", *Decision]),
)
MORE = [
    lambda record: replace(record, named=True),
    lambda record: replace(record, presence_minutes=record.presence_minutes + 60),
    lambda record: replace(record, asynchronous_minutes=record.asynchronous_minutes + 60),
    lambda record: replace(record, minutes={**record.minutes, "work": record.minutes.get("work", 0) + 60}),
    lambda record: replace(record, modules=record.modules | {"m3"}),
    lambda record: replace(record, lessons=record.lessons | {"l3a"}),
    lambda record: replace(record, scores={**record.scores, "q3": 100}),
    lambda record: replace(record, assessors=record.assessors + 1),
    lambda record: replace(record, blocks={**record.blocks, "B2": True}),
    lambda record: replace(record, jury="ADMIS"),
]


@given(PRACTISED, RULE_SETS, st.lists(st.sampled_from(MORE)))
def test_favourable_evidence_never_takes_anything_away(record, rule_set, evidence):
    more = record
    for add in evidence:
        more = add(more)
    before, after = judge(record, ASKED, rule_set), judge(more, ASKED, rule_set)
    assert not lost(before, after)
    assert after.ready or not before.ready


@given(PRACTISED, PRACTISED, RULE_SETS)
def test_what_was_taken_away_is_named(one, other, rule_set):
    before, after = judge(one, ASKED, rule_set), judge(other, ASKED, rule_set)
    gone = {finding.identity for finding in lost(before, after)}
    assert gone == {finding.identity for finding in before.met} & {finding.identity for finding in after.missing}
    assert gone or not before.ready or after.ready


@given(PRACTISED, RULE_SETS)
def test_every_verdict_can_be_said(record, rule_set):
    verdict = judge(record, ASKED, rule_set)
    assert bool(to_staff(verdict)) == (not verdict.ready)
    assert any(not sentence.met for sentence in to_learner(verdict, TITLES)) == (not verdict.ready)


@given(RULE_SETS)
def test_a_rule_is_the_same_after_it_was_kept(rule_set):
    assert RuleSet.from_json(rule_set.to_json()) == rule_set


def test_a_rule_reads_what_an_older_version_kept():
    assert RuleSet.from_json({"modules": False, "gone": 3}) == BARE


def test_each_thing_asked_for_is_a_sentence_in_both_languages():
    nothing = judge(Record(False, 0, 0, frozenset(), frozenset(), {}), ASKED, EVERYTHING)
    said = {}
    for language in ("fr", "nl"):
        with spoken_in(language):
            said[language] = rule_words.asked(EVERYTHING)
            told = [sentence.title for sentence in to_learner(nothing, TITLES)]
        assert len(told) == len(set(told)) == 10
    assert len(said["fr"]) == len({*said["fr"], *said["nl"]}) / 2 == 10
    assert {finding.code for finding in nothing.missing} == set(Code) - {Code.PRESENCE}
