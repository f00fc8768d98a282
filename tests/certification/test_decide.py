import pytest
from django.urls import reverse
from django.utils import timezone

from certification import record
from certification.models import LateDecision
from certification.refusals import Conflict, Refused
from tests.certification.facts import everyone_present, say
from tests.databases import together


@pytest.fixture
def late(session, trainer, learner):
    everyone_present(session, trainer)
    return say(session.half_days[0], learner, trainer, "absent")


def url(mark, position=None):
    return reverse("certification:decide", args=[mark.slot.code, position or mark.position])


@pytest.mark.parametrize(("answer", "minutes"), [("accept", 210), ("refuse", 420)])
def test_it_works(browse_as, trainer, learner, session, late, answer, minutes):
    assert browse_as(trainer).post(url(late), {"answer": answer}).status_code == 302
    assert LateDecision.objects.get().accepted == (answer == "accept")
    assert record.of(learner, session.edition).presence_minutes == minutes


def test_the_same_answer_twice_is_harmless(browse_as, trainer, late):
    for _time in range(2):
        browse_as(trainer).post(url(late), {"answer": "accept"})
    assert LateDecision.objects.count() == 1


def test_another_answer_changes_nothing(browse_as, trainer, late):
    browse_as(trainer).post(url(late), {"answer": "refuse"})
    with pytest.raises(Conflict):
        LateDecision.objects.decide(late, trainer, True, timezone.now())
    assert browse_as(trainer).post(url(late), {"answer": "accept"}).status_code == 302
    assert not LateDecision.objects.get().accepted


def test_a_mark_on_time_needs_no_decision(trainer, session, late):
    on_time = session.half_days[0].marks.first()
    with pytest.raises(Refused):
        LateDecision.objects.decide(on_time, trainer, True, timezone.now())


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404)])
def test_who_may_not(request, browse_as, late, person, status):
    client = browse_as(request.getfixturevalue(person))
    assert client.post(url(late), {"answer": "accept"}).status_code == status
    assert not LateDecision.objects.exists()


def test_get_and_a_missing_mark(browse_as, trainer, late):
    assert browse_as(trainer).get(url(late)).status_code == 405
    assert browse_as(trainer).post(url(late, 99)).status_code == 404


def test_the_signed_roster_lists_it(browse_as, trainer, late):
    content = browse_as(trainer).get(reverse("certification:roster", args=[late.slot.code])).content.decode()
    assert url(late) in content


def test_two_answers_at_once_leave_one(real_database, trainer, coordinator, learner, session):
    everyone_present(session, trainer)
    mark = say(session.half_days[0], learner, trainer, "absent")
    results = together(
        lambda: LateDecision.objects.decide(mark, trainer, True, timezone.now()).accepted,
        lambda: LateDecision.objects.decide(mark, coordinator, False, timezone.now()).accepted,
    )
    assert LateDecision.objects.count() == 1
    assert sum(isinstance(result, Conflict) for result in results) == 1
