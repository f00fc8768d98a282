from uuid import uuid4

import pytest
from django.urls import reverse

from certification import record
from certification.models import AttendanceMark, is_whole
from certification.presence import Source
from tests.certification.facts import everyone_present


@pytest.fixture
def slot(session, trainer):
    everyone_present(session, trainer)
    return session.half_days[0]


def url(slot, learner):
    return reverse("certification:correct", args=[slot.code, learner.code])


def answer(learner, letter="a", reason="Marked by mistake.", minutes="", uuid=None):
    values = {"status": letter, "minutes": minutes, "reason": reason, "uuid": uuid or uuid4()}
    return {f"{learner.code}-{name}": value for name, value in values.items()}


def test_it_works(browse_as, trainer, learner, session, slot):
    assert browse_as(trainer).post(url(slot, learner), answer(learner)).status_code == 302
    correction = AttendanceMark.objects.get(source=Source.CORRECTION)
    assert (correction.late, correction.detail.reason) == (False, "Marked by mistake.")
    assert AttendanceMark.objects.filter(slot=slot).standing()[str(learner.pk)].status == "absent"
    assert record.of(learner, session.edition).presence_minutes == 210
    assert is_whole(slot)


def test_twice_is_recorded_once(browse_as, trainer, learner, slot):
    data = answer(learner)
    for _time in range(2):
        browse_as(trainer).post(url(slot, learner), data)
    assert AttendanceMark.objects.filter(source=Source.CORRECTION).count() == 1


def test_the_same_uuid_with_another_reason_is_a_conflict(browse_as, trainer, learner, slot):
    data = answer(learner)
    browse_as(trainer).post(url(slot, learner), data)
    again = {**data, f"{learner.code}-reason": "Another reason."}
    assert browse_as(trainer).post(url(slot, learner), again).status_code == 409


@pytest.mark.parametrize(
    "spoiled", [{"reason": ""}, {"reason": "x" * 301}, {"letter": ""}, {"letter": "l", "minutes": "999"}]
)
def test_bad_input_is_refused(browse_as, trainer, learner, slot, spoiled):
    response = browse_as(trainer).post(url(slot, learner), answer(learner, **spoiled))
    assert response.status_code == 422
    assert not AttendanceMark.objects.filter(source=Source.CORRECTION).exists()


def test_get_shows_the_form(browse_as, trainer, learner, slot):
    assert "Amina Diallo" in browse_as(trainer).get(url(slot, learner)).content.decode()


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404)])
def test_who_may_not(request, browse_as, learner, slot, person, status):
    client = browse_as(request.getfixturevalue(person))
    assert client.post(url(slot, learner), answer(learner)).status_code == status
    assert client.get(url(slot, learner)).status_code == status


def test_someone_who_is_not_expected(browse_as, trainer, stranger, slot):
    assert browse_as(trainer).post(url(slot, stranger), answer(stranger)).status_code == 404
