from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.presence import Mark, Source, Status, minutes_for, percent, standing, weight

NOON = datetime(2026, 12, 8, 12, tzinfo=UTC)
MARKS = st.lists(
    st.builds(
        Mark,
        learner=st.sampled_from("ab"),
        status=st.sampled_from(Status),
        minutes=st.integers(0, 210),
        source=st.sampled_from(Source),
        at=st.integers(0, 3).map(lambda minutes: NOON + timedelta(minutes=minutes)),
        uuid=st.uuids().map(str),
        counts=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda mark: mark.uuid,
)


@given(MARKS, st.randoms())
def test_what_stands_does_not_depend_on_the_order_of_arrival(marks, random):
    mixed = random.sample(marks, len(marks))
    assert standing(mixed) == standing(marks)


@given(MARKS)
def test_what_stands_is_the_heaviest_mark_that_counts(marks):
    for learner, mark in standing(marks).items():
        rivals = [other for other in marks if other.learner == learner and other.counts]
        assert mark.uuid in {other.uuid for other in rivals}
        assert all(weight(other) <= weight(mark) for other in rivals)
        if mark.source != Source.SIGNATURE:
            assert mark in rivals


@given(MARKS)
def test_a_signature_has_the_minutes_that_others_gave(marks):
    others = standing(mark for mark in marks if mark.source != Source.SIGNATURE)
    for learner, mark in standing(marks).items():
        said = others.get(learner)
        if mark.source == Source.SIGNATURE and said and said.status.attended:
            assert (mark.status, mark.minutes) == (said.status, said.minutes)


@given(MARKS, st.integers(210, 400))
def test_what_stands_never_exceeds_the_half_day(marks, planned):
    assert all(0 <= mark.minutes <= planned for mark in standing(marks).values())


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_percentage_is_of_the_planned_minutes(minutes, planned):
    found = percent(minutes, planned)
    assert 0 <= found <= 100
    assert (found == 100) == (0 < planned <= minutes)
    if planned and minutes <= planned:
        assert found * planned <= minutes * 100 < (found + 1) * planned


@given(MARKS)
def test_a_correction_always_outweighs_what_is_not_one(marks):
    corrected = {mark.learner for mark in marks if mark.counts and mark.source == Source.CORRECTION}
    for learner in corrected:
        assert standing(marks)[learner].source == Source.CORRECTION


@pytest.mark.parametrize(
    ("status", "minutes", "expected"),
    [("present", None, 210), ("present", 5, 210), ("absent", 90, 0), ("excused", None, 0), ("late", 180, 180)],
)
def test_minutes_of_each_status(status, minutes, expected):
    assert minutes_for(status, minutes, 210) == expected


@pytest.mark.parametrize("minutes", [None, 0, -1, 211])
@pytest.mark.parametrize("status", ["late", "left_early"])
def test_late_or_left_early_needs_minutes_within_the_plan(status, minutes):
    with pytest.raises(ValueError, match="minutes"):
        minutes_for(status, minutes, 210)
