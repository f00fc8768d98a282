from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.presence import Mark, Source, Status, minutes_for, standing, weight

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
        assert mark in rivals
        assert all(weight(other) <= weight(mark) for other in rivals)


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
