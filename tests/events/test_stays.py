"""Who was in an online room, whatever one of the three sources lost."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.stays import Heard, Kind, Source, stays, within

START = datetime(2026, 12, 8, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LENGTH = 3 * 3600
INTERVAL = 60
AMINA = "amina"


def at(seconds):
    return START + timedelta(seconds=seconds)


END = at(LENGTH)


def heard(source, kind, seconds, connection="", person=AMINA):
    return Heard(source, kind, at(seconds), "" if kind == Kind.ENDED else person, connection)


@st.composite
def lives(draw):
    """When somebody was truly there: spans of seconds, each on a connection of its own or on the same."""
    edges = draw(st.lists(st.integers(0, LENGTH - 1), min_size=2, max_size=10, unique=True).map(sorted))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    same = draw(st.booleans())
    return [(a, b, "w" if same else f"w{number}") for number, (a, b) in enumerate(spans)]


def exact(source, life):
    return [
        one
        for a, b, connection in life
        for one in (heard(source, Kind.JOINED, a, connection), heard(source, Kind.LEFT, b, connection))
    ]


def polled(life, phase):
    """What a poll each minute writes down: first seen, last seen. Pairs of the facts and the last poll."""
    facts, seen, before = [], False, None
    for second in range(phase, LENGTH + INTERVAL, INTERVAL):
        here = any(a <= second < b for a, b, _connection in life)
        if here and not seen:
            facts.append(heard(Source.POLL, Kind.JOINED, second))
        if seen and not here:
            facts.append(heard(Source.POLL, Kind.LEFT, before))
        seen, before = here, second
    return facts, at(before)


def seconds_of(spans):
    """Which seconds of the session are inside."""
    return {
        second
        for a, b in within(spans, START, END)
        for second in range(round((a - START).total_seconds()), round((b - START).total_seconds()))
    }


def truth(life):
    return {second for a, b, _connection in life for second in range(a, b)}


def result(facts, last):
    return seconds_of(stays(facts, END, last).get(AMINA, []))


@st.composite
def failures(draw):
    """A life, what the three sources hear of it, and which of them loses what."""
    life = draw(lives())
    poll, last = polled(life, draw(st.integers(0, INTERVAL - 1)))
    sources = {Source.HOOK: exact(Source.HOOK, life), Source.REPORT: exact(Source.REPORT, life), Source.POLL: poll}
    broken = draw(st.sampled_from(Source))
    kept = [one for one in sources[broken] if draw(st.booleans())]
    facts = [one for source, said in sources.items() for one in (kept if source == broken else said)]
    again = facts + draw(st.lists(st.sampled_from(facts), max_size=5)) if facts else []
    return life, broken, draw(st.permutations(again)), last


@settings(max_examples=300, deadline=None)
@given(failures())
def test_one_source_that_fails_in_part_or_whole_loses_nothing(failed):
    """To the second when the poll is the one that fails, else within one interval a coming and a leaving."""
    life, broken, facts, last = failed
    wrong = len(result(facts, last) ^ truth(life))
    assert wrong <= (0 if broken == Source.POLL else INTERVAL * 2 * len(life))


@settings(max_examples=100, deadline=None)
@given(lives(), st.integers(0, INTERVAL - 1), st.sampled_from(Source))
def test_one_source_alone_is_enough(life, phase, source):
    """Two of the three never came: nothing but the interval of the poll is lost."""
    poll, last = polled(life, phase)
    facts = poll if source == Source.POLL else exact(source, life)
    wrong = len(result(facts, last) ^ truth(life))
    assert wrong <= (INTERVAL * 2 * len(life) if source == Source.POLL else 0)


@settings(max_examples=100, deadline=None)
@given(failures())
def test_the_order_in_which_it_was_heard_and_what_was_heard_twice_change_nothing(failed):
    _life, _broken, facts, last = failed
    shuffled = random.Random(1).sample(facts, len(facts))
    assert stays(facts, END, last) == stays(shuffled + facts, END, last)


@settings(max_examples=100, deadline=None)
@given(failures())
def test_spans_are_in_order_apart_and_inside_the_half_day(failed):
    _life, _broken, facts, last = failed
    spans = within(stays(facts, END, last).get(AMINA, []), START, END)
    assert all(START <= a < b <= END for a, b in spans)
    assert all(b < c for (_a, b), (c, _d) in pairwise(spans))


JOIN, LEAVE = Kind.JOINED, Kind.LEFT


@pytest.mark.parametrize(
    ("facts", "minutes"),
    [
        ([heard(Source.HOOK, JOIN, 0), heard(Source.HOOK, LEAVE, 600)], 10),
        # whoever is still there stays to the end
        ([heard(Source.HOOK, JOIN, LENGTH - 600)], 10),
        # a leaving that was lost, said by the poll; a coming that was lost, said by the poll
        ([heard(Source.HOOK, JOIN, 0), heard(Source.POLL, JOIN, 30), heard(Source.POLL, LEAVE, 570)], 9.5),
        ([heard(Source.HOOK, LEAVE, 600), heard(Source.POLL, JOIN, 60)], 9),
        # the end of the meeting closes what was open
        ([heard(Source.HOOK, JOIN, 0), heard(Source.HOOK, Kind.ENDED, 1200)], 20),
        # two devices at once count once; leaving with one is not leaving
        (
            [
                heard(Source.HOOK, JOIN, 0, "phone"),
                heard(Source.HOOK, JOIN, 300, "tablet"),
                heard(Source.HOOK, LEAVE, 600, "phone"),
                heard(Source.HOOK, LEAVE, 1200, "tablet"),
            ],
            20,
        ),
        # a leaving that nobody else heard of says nothing of when they came
        ([heard(Source.HOOK, LEAVE, 600)], 0),
        # in and out in the same second
        ([heard(Source.REPORT, JOIN, 60), heard(Source.REPORT, LEAVE, 60)], 0),
        # a meeting that ended and was opened again
        (
            [
                heard(Source.HOOK, JOIN, 0, "a"),
                heard(Source.HOOK, Kind.ENDED, 600),
                heard(Source.HOOK, JOIN, 1200, "b"),
                heard(Source.HOOK, Kind.ENDED, 1800),
            ],
            20,
        ),
    ],
)
def test_what_was_not_heard_is_not_invented(facts, minutes):
    assert len(result(facts, at(LENGTH))) == minutes * 60


def test_polls_that_stopped_claim_nothing_after_the_last():
    assert len(result([heard(Source.POLL, JOIN, 60)], at(660))) == 600


def test_people_do_not_mix():
    facts = [heard(Source.HOOK, JOIN, 0), heard(Source.HOOK, JOIN, 600, person="tesfay")]
    found = stays(facts, END)
    assert set(found) == {AMINA, "tesfay"} and found["tesfay"] == [(at(600), END)]


@pytest.mark.parametrize("seconds", [-600, LENGTH])
def test_what_is_outside_of_the_half_day_is_cut(seconds):
    facts = [heard(Source.HOOK, JOIN, seconds), heard(Source.HOOK, LEAVE, seconds + 900)]
    assert len(result(facts, None)) == (300 if seconds < 0 else 0)
