"""The waiting list moves by itself: nobody overtakes, and one place is given once."""

import pytest
from django.core import mail
from django.utils import timezone

from events.models import Message, Registration, Session
from people.models import User
from tests.databases import together
from tests.events.planned import plan, register, standing


@pytest.fixture
def full(learner, other_learner, stranger):
    """One place, taken by the learner; the other learner waits, then the stranger."""
    session = plan(capacity=1)
    other_learner.email = "tesfay@example.org"
    other_learner.save()
    for person in (learner, other_learner, stranger):
        Registration.objects.register(session, person, timezone.now())
    return session


def kinds(person):
    return list(Message.objects.filter(registration__learner=person).values_list("kind", flat=True))


def test_a_cancellation_gives_the_place_to_the_first_who_waits_and_tells_them(full, browse_as, learner, other_learner):
    browse_as(learner).post(f"/fr/sessions/{full.code}/cancel/")
    assert Registration.objects.standing().get(session=full).learner == other_learner
    assert kinds(other_learner) == ["line", "moved"]
    assert [message.to for message in mail.outbox] == [["tesfay@example.org"]] * 2
    assert "Une place est libre" in mail.outbox[1].body


def test_the_next_one_waits_on(full, browse_as, learner, stranger):
    browse_as(learner).post(f"/fr/sessions/{full.code}/cancel/")
    assert Registration.objects.in_line().get().learner == stranger
    assert kinds(stranger) == ["line"]


def test_who_comes_later_does_not_overtake(full, browse_as, trainer):
    Session.objects.update(capacity=2)
    browse_as(trainer).post(f"/fr/sessions/{full.code}/register/")
    assert not Registration.objects.standing().filter(learner=trainer).exists()


def test_who_waits_may_leave_on_the_day_itself(learner, other_learner, browse_as):
    session = plan(days=0, capacity=1)
    register(session, learner)
    Registration.objects.create(session=session, learner=other_learner, at=timezone.now(), waiting=True)
    browse_as(other_learner).post(f"/fr/sessions/{session.code}/cancel/")
    assert not Registration.objects.in_line().exists()


def test_more_places_are_given_in_order(full, other_learner):
    Session.objects.update(capacity=2)
    Registration.objects.tell_changes(full, timezone.now())
    assert set(Registration.objects.standing().values_list("learner__username", flat=True)) == {
        "learner",
        "other_learner",
    }


@pytest.mark.parametrize("status", ["cancelled", "held", "draft"])
def test_a_session_that_is_not_held_gives_no_place(full, learner, status):
    Session.objects.update(status=status, reason="place")
    Registration.objects.get(learner=learner).cancel(timezone.now(), by_staff=True)
    assert standing(full) == 0


def test_one_place_and_many_at_once(real_database):
    session = plan(capacity=1)
    people = [User.objects.create(username=f"person-{number}") for number in range(6)]
    now = timezone.now()
    together(*(lambda who=who: Registration.objects.register(session, who, now) for who in people))
    assert (standing(session), Registration.objects.in_line().count()) == (1, 5)
    winner = Registration.objects.standing().get()
    results = together(*[lambda: Registration.objects.get(pk=winner.pk).cancel(now)] * 4)
    assert results == [None] * 4
    assert (standing(session), Registration.objects.in_line().count()) == (1, 4)
    assert Message.objects.filter(kind="moved").count() == 1


def test_a_place_that_is_given_back_while_others_come(real_database, learner):
    session = plan(capacity=1)
    register(session, learner)
    people = [User.objects.create(username=f"person-{number}") for number in range(4)]
    now = timezone.now()
    arrivals = [lambda who=who: Registration.objects.register(session, who, now) for who in people]
    together(lambda: Registration.objects.get(learner=learner).cancel(now), *arrivals)
    assert standing(session) == 1
    first = Registration.objects.kept().order_by("at", "pk").first()
    assert not first.waiting
