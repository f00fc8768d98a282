import uuid

from django.contrib.messages import get_messages
from django.utils import timezone

from events.models import Registration
from events.refusals import Refusal
from tests.databases import together
from tests.events.planned import plan, register, standing


def address(session):
    return f"/fr/sessions/{session.code}/cancel/"


def said(response):
    return [message.level_tag for message in get_messages(response.wsgi_request)]


def test_a_learner_cancels_until_the_day_before(browse_as, learner):
    session = plan(days=1)
    register(session, learner)
    response = browse_as(learner).post(address(session))
    assert response.headers["Location"] == "/fr/agenda/une-journee-ensemble/"
    assert said(response) == ["success"]
    assert standing(session) == 0 and Registration.objects.count() == 1


def test_not_on_the_day_itself(browse_as, learner):
    session = plan(days=0)
    register(session, learner)
    client = browse_as(learner)
    assert said(client.post(address(session))) == ["warning"]
    assert str(Refusal.LATE.label) in client.get("/fr/agenda/une-journee-ensemble/").content.decode()
    assert standing(session) == 1


def test_only_ones_own_registration(browse_as, learner, other_learner, trainer):
    session = plan()
    register(session, other_learner)
    browse_as(learner).post(address(session))
    browse_as(trainer).post(address(session))
    assert standing(session) == 1


def test_a_visitor_is_sent_to_sign_in(client, learner):
    session = plan()
    register(session, learner)
    assert "?next=/fr/agenda/" in client.post(address(session)).headers["Location"]
    assert standing(session) == 1


def test_twice_or_without_registration_is_harmless(browse_as, learner):
    session, client = plan(), browse_as(learner)
    register(session, learner)
    client.post(address(session))
    first = Registration.objects.get().cancelled_at
    assert client.post(address(session)).status_code == 302
    assert Registration.objects.get().cancelled_at == first


def test_the_place_is_free_again(browse_as, learner, other_learner):
    session = plan(capacity=1)
    register(session, learner)
    browse_as(learner).post(address(session))
    browse_as(other_learner).post(f"/fr/sessions/{session.code}/register/")
    assert Registration.objects.standing().get(session=session).learner == other_learner


def test_get_and_unknown_session(browse_as, learner):
    client = browse_as(learner)
    assert client.get(address(plan())).status_code == 405
    assert client.post(f"/fr/sessions/{uuid.uuid4()}/cancel/").status_code == 404


def test_two_presses_at_once_cancel_once(real_database, learner):
    session = plan()
    register(session, learner)

    def press():
        return Registration.objects.cancel(session, learner, timezone.now())

    assert together(press, press, press) == [None] * 3
    assert standing(session) == 0
