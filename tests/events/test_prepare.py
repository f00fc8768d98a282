"""What somebody who is registered tells the trainers beforehand."""

import uuid

from django.utils import timezone

from events.models import RegistrationDetail
from tests.events.planned import plan, register

TYPED = {"needs": "De grandes lettres", "question": "Que faire si je ne sais pas ?"}


def address(session):
    return f"/fr/sessions/{session.code}/prepare/"


def test_it_is_kept_and_written_again(browse_as, learner):
    session, client = plan(), browse_as(learner)
    register(session, learner)
    assert client.post(address(session), TYPED).status_code == 302
    assert client.post(address(session), TYPED | {"needs": ""}).status_code == 302
    detail = RegistrationDetail.objects.get()
    assert (detail.needs, detail.question) == ("", TYPED["question"])
    assert TYPED["question"] in client.get(address(session)).content.decode()


def test_too_long_is_said_and_kept(browse_as, learner):
    session, client = plan(), browse_as(learner)
    register(session, learner)
    response = client.post(address(session), TYPED | {"needs": "é" * 301})
    assert response.status_code == 422 and "é" * 301 in response.content.decode()
    assert not RegistrationDetail.objects.exists()


def test_only_for_those_who_are_registered(browse_as, client, learner, other_learner, trainer):
    session = plan()
    register(session, learner)
    for person in (other_learner, trainer):
        assert browse_as(person).post(address(session), TYPED).status_code == 404
    assert "login" in client.post(address(session), TYPED).headers["Location"]
    assert browse_as(learner).get(f"/fr/sessions/{uuid.uuid4()}/prepare/").status_code == 404
    assert not RegistrationDetail.objects.exists()


def test_only_the_trainers_of_the_session_read_it(browse_as, learner, trainer, stranger):
    session = plan()
    session.trainers.add(trainer)
    register(session, learner)
    browse_as(learner).post(address(session), TYPED)
    people = f"/fr/sessions/{session.code}/people/"
    assert TYPED["needs"] in browse_as(trainer).get(people).content.decode()
    assert browse_as(learner).get(people).status_code == 403
    assert browse_as(stranger).get(people).status_code == 404


def test_not_after_the_session(browse_as, learner):
    session = plan(days=-2)
    register(session, learner)
    assert browse_as(learner).post(address(session), TYPED).status_code == 404
    assert timezone.now() > session.half_days[-1].ends_at
