from hypothesis import given
from hypothesis import strategies as st

from certification.rules import Code, Record, judge
from certification.sentences import to_learner, to_staff
from courses.requirements import ModuleRequirement, Requirements

MODULES = tuple(
    ModuleRequirement(f"m{number}", number, lessons=(f"l{number}a", f"l{number}b"), quiz=f"q{number}", pass_percent=70)
    for number in range(1, 6)
)
KEYS = [module.key for module in MODULES]
NOTHING = Record(False, 0, 0, frozenset(), frozenset(), {})
RECORDS = st.builds(
    Record,
    named=st.booleans(),
    presence_minutes=st.integers(0, 2000),
    asynchronous_minutes=st.integers(0, 2000),
    modules=st.frozensets(st.sampled_from(KEYS)),
    lessons=st.frozensets(st.sampled_from([key for module in MODULES for key in module.lessons])),
    scores=st.dictionaries(st.sampled_from([module.quiz for module in MODULES]), st.integers(0, 100)),
)


@given(RECORDS, st.integers(0, 1440))
def test_everything_asked_for_is_either_missing_or_met(record, minutes):
    verdict = judge(record, Requirements(minutes, MODULES))
    said = [*verdict.missing, *verdict.met]
    assert len(said) == 1 + (minutes > 0) + len(MODULES)
    assert {values["key"] for values in verdict.modules(verdict.missing)} == set(KEYS) - record.modules
    assert verdict.ready == (record.named and record.presence_minutes >= minutes and record.modules == set(KEYS))


@given(RECORDS, st.integers(1, 1440))
def test_the_minutes_missing_complete_the_minutes_there(record, minutes):
    findings = {finding.code: finding.values for finding in judge(record, Requirements(minutes, ())).missing}
    if Code.PRESENCE in findings:
        assert record.presence_minutes + findings[Code.PRESENCE]["minutes"] == minutes


@given(RECORDS)
def test_doing_more_never_makes_anything_missing(record):
    asked = Requirements(720, MODULES)
    more = Record(True, record.presence_minutes + 60, 0, record.modules | {"m1"}, record.lessons, record.scores)
    before = {(finding.code, finding.values.get("key")) for finding in judge(record, asked).missing}
    after = {(finding.code, finding.values.get("key")) for finding in judge(more, asked).missing}
    assert after <= before


def test_what_is_left_of_a_module_is_counted():
    record = Record(True, 720, 0, frozenset(), frozenset({"l1a"}), {"q1": 69})
    module = judge(record, Requirements(720, MODULES[:1])).missing[0].values
    assert module == {"key": "m1", "number": 1, "lessons": 1, "quiz": True, "score": 69}


def test_a_quiz_passed_is_not_left():
    record = Record(True, 720, 0, frozenset(), frozenset(), {"q1": 70})
    assert judge(record, Requirements(720, MODULES[:1])).missing[0].values["quiz"] is False


def test_every_verdict_has_its_sentences():
    verdict = judge(NOTHING, Requirements(360, MODULES))
    titles = {key: key.upper() for key in KEYS}
    told = to_learner(verdict, titles)
    assert [sentence.met for sentence in told] == [False, False, False]
    assert len(told[-1].details) == len(MODULES)
    assert len(to_staff(verdict)) == 3


def test_nothing_is_left_to_say_when_all_is_met():
    record = Record(True, 360, 0, frozenset(KEYS), frozenset(), {})
    verdict = judge(record, Requirements(360, MODULES))
    assert to_staff(verdict) == []
    assert all(sentence.met for sentence in to_learner(verdict, {key: key for key in KEYS}))
