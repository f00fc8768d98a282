"""Messages from several telephones arrive in any order, more than once: the register ends up saying the same."""

import datetime
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certification import record
from certification.models import AttendanceMark, LateDecision, SlotLock, is_whole
from certification.presence import Source, Status, minutes_for
from certification.refusals import Refused

NOW = timezone.now()
PLANNED = 210
OFTEN = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True)
class Message:
    """What a telephone keeps and sends: `who` learns, `by` says so."""

    uuid: UUID
    who: int
    by: str
    source: Source
    status: Status
    minutes: int
    after: int

    def arrive(self, slot, people):
        learner, author = people[self.who], people[self.by]
        if self.source is Source.SIGNATURE:
            return AttendanceMark.objects.sign(slot=slot, learner=learner, author=author, uuid=self.uuid, now=NOW)
        return AttendanceMark.objects.record(
            slot=slot,
            learner=learner,
            author=author,
            status=self.status,
            minutes=self.minutes,
            source=self.source,
            reason="Wrong line." if self.source is Source.CORRECTION else "",
            uuid=self.uuid,
            device_at=NOW + datetime.timedelta(minutes=self.after),
            now=NOW,
        )


SAID = st.builds(
    Message,
    uuid=st.uuids(),
    who=st.integers(0, 1),
    by=st.sampled_from(["trainer", "coordinator"]),
    source=st.sampled_from([Source.TRAINER, Source.PAPER, Source.CORRECTION]),
    status=st.sampled_from(Status),
    minutes=st.integers(1, PLANNED),
    after=st.integers(0, 2),
)
SIGNED = st.builds(
    Message,
    uuid=st.uuids(),
    who=st.integers(0, 1),
    by=st.just("trainer"),
    source=st.just(Source.SIGNATURE),
    status=st.just(Status.PRESENT),
    minutes=st.just(PLANNED),
    after=st.just(0),
)
MESSAGES = st.tuples(
    st.lists(SAID, min_size=2, max_size=7, unique_by=lambda one: one.uuid),
    st.lists(SIGNED, max_size=2, unique_by=lambda one: one.who),
).map(lambda pair: pair[0] + pair[1])


@pytest.fixture
def people(learner, other_learner, trainer, coordinator):
    return {0: learner, 1: other_learner, "trainer": trainer, "coordinator": coordinator}


def deliver(messages, slot, people, random):
    """In any order, some of them twice."""
    sent = messages + [one for one in messages if random.random() < 0.5]
    random.shuffle(sent)
    for one in sent:
        one.arrive(slot, people)


def lock(slot, people):
    """The countersignature, when everybody is marked."""
    with suppress(Refused):
        SlotLock.objects.countersign(slot, people["trainer"], NOW)
    return type(slot).objects.get(pk=slot.pk)


def decide(slot, people, accepts):
    for mark in AttendanceMark.objects.filter(slot=slot).waiting():
        LateDecision.objects.decide(mark, people["trainer"], accepts(mark.uuid), NOW)


def totals(slot):
    """What the register says, checked on the way."""
    standing = AttendanceMark.objects.filter(slot=slot).standing()
    assert is_whole(type(slot).objects.select_related("lock").get(pk=slot.pk))
    assert all(0 <= mark.minutes <= slot.minutes for mark in standing.values())
    learners = [enrolment.learner for enrolment in slot.session.edition.enrolments.select_related("learner")]
    credited = {pk: found.presence_minutes for pk, found in record.records(learners, slot.session.edition).items()}
    if hasattr(slot, "lock"):
        assert credited == {one.pk: standing[str(one.pk)].minutes for one in learners}
    return {learner: (mark.status, mark.minutes, mark.source) for learner, mark in standing.items()}


def told(story):
    """What a story leaves behind; nothing of it stays."""
    with transaction.atomic():
        found = story()
        transaction.set_rollback(True)
    return found


@OFTEN
@given(messages=MESSAGES, random=st.randoms(use_true_random=False), at=st.integers(0, 9), also_at=st.integers(0, 9))
def test_wherever_the_signature_falls_the_totals_are_the_same(session, people, messages, random, at, also_at):
    """Every late entry is accepted here: what came in time and what came late say the same together."""

    def story(place):
        def tell():
            slot, mixed = session.half_days[0], random.sample(messages, len(messages))
            deliver(mixed[:place], slot, people, random)
            slot = lock(slot, people)
            deliver(mixed, slot, people, random)
            slot = lock(slot, people)
            decide(slot, people, lambda _uuid: True)
            return totals(slot)

        return told(tell)

    assert story(at) == story(also_at)


@OFTEN
@given(
    before=MESSAGES,
    after=st.lists(SAID, max_size=4, unique_by=lambda one: one.uuid),
    random=st.randoms(use_true_random=False),
    accepted=st.booleans(),
)
def test_the_same_late_entries_decided_the_same_way(session, people, before, after, random, accepted):
    known = {one.uuid for one in before}
    after = [one for one in after if one.uuid not in known]

    def tell():
        slot = session.half_days[0]
        for who in (0, 1):
            Message(UUID(int=who), who, "trainer", Source.TRAINER, Status.ABSENT, 1, -1).arrive(slot, people)
        deliver(before, slot, people, random)
        slot = lock(slot, people)
        locked = totals(slot)
        deliver(before + after, slot, people, random)
        late = set(AttendanceMark.objects.filter(late=True).values_list("uuid", flat=True))
        assert late == {one.uuid for one in after if one.source is not Source.CORRECTION}
        if not any(one.source is Source.CORRECTION for one in after):
            assert totals(slot) == locked
        decide(slot, people, lambda uuid: accepted ^ (uuid.int % 2 == 0))
        return totals(slot)

    assert told(tell) == told(tell)


@OFTEN
@given(messages=MESSAGES, random=st.randoms(use_true_random=False))
def test_each_message_is_recorded_once(session, people, messages, random):
    def tell():
        slot = session.half_days[0]
        for _time in range(2):
            deliver(messages, slot, people, random)
        return sorted(str(uuid) for uuid in AttendanceMark.objects.values_list("uuid", flat=True))

    assert told(tell) == sorted(str(one.uuid) for one in messages)


@given(st.sampled_from(Status), st.integers(-5, 300), st.integers(1, 300))
def test_no_status_gives_more_than_the_half_day(status, minutes, planned):
    with suppress(ValueError):
        assert 0 <= minutes_for(status, minutes, planned) <= planned
