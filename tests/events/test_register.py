import uuid

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from events.models import Event, Registration, Session
from events.refusals import Refusal
from people.models import User
from tests.databases import together
from tests.events.planned import plan, register, standing

EVENT = "/fr/agenda/une-journee-ensemble/"


def address(session, language="fr"):
    return f"/{language}/sessions/{session.code}/register/"


def said(response):
    return [message.level_tag for message in get_messages(response.wsgi_request)]


def test_a_learner_registers_and_reads_it_on_the_page(browse_as, learner):
    session, client = plan(), browse_as(learner)
    response = client.post(address(session))
    assert response.status_code == 302 and response.headers["Location"] == EVENT
    assert said(response) == ["success"]
    assert standing(session) == 1
    assert f"/fr/sessions/{session.code}/cancel/" in client.get(EVENT).content.decode()


def test_from_the_dutch_page_one_comes_back_to_it(browse_as, learner):
    session = plan()
    response = browse_as(learner).post(address(session, "nl"))
    assert response.headers["Location"] == "/nl/agenda/een-dag-samen/"


def test_anyone_signed_in_may_register(browse_as, stranger, trainer):
    session = plan()
    browse_as(stranger).post(address(session))
    browse_as(trainer).post(address(session))
    assert standing(session) == 2


def test_a_visitor_is_sent_to_sign_in_and_returns_to_the_event(client, database):
    session = plan()
    response = client.post(address(session))
    assert response.status_code == 302 and response.headers["Location"].endswith(f"?next={EVENT}")
    assert standing(session) == 0


def test_the_page_of_a_visitor_sets_no_cookie(client, database):
    plan()
    response = client.get(EVENT)
    assert not response.cookies and f"?next={EVENT}" in response.content.decode()


def test_twice_is_harmless(browse_as, learner):
    session, client = plan(), browse_as(learner)
    client.post(address(session))
    assert said(client.post(address(session))) == ["success", "success"]
    assert standing(session) == 1


def test_when_it_is_full_one_waits_and_reads_it(browse_as, learner, other_learner):
    session, client = plan(capacity=1), browse_as(learner)
    register(session, other_learner)
    assert said(client.post(address(session))) == ["success"]
    assert said(client.post(address(session))) == ["success", "success"]
    assert standing(session) == 1
    assert Registration.objects.in_line().get().learner == learner
    assert "liste d’attente" in client.get(EVENT).content.decode()


def test_a_session_of_an_edition_is_for_those_who_follow_it(browse_as, learner, stranger, edition):
    session = plan(edition=edition)
    response = browse_as(stranger).post(address(session), follow=True)
    assert str(Refusal.MEMBERS.label) in response.content.decode()
    assert not Registration.objects.exists()
    browse_as(learner).post(address(session))
    assert standing(session) == 1


def test_unless_it_is_open_to_the_public(browse_as, stranger, edition):
    session = plan(edition=edition, open_to_public=True)
    browse_as(stranger).post(address(session))
    assert standing(session) == 1


def test_who_is_registered_may_press_again_when_it_is_full(browse_as, learner):
    session = plan(capacity=1)
    register(session, learner)
    assert said(browse_as(learner).post(address(session))) == ["success"]


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (Session.Status.DRAFT, Refusal.DRAFT),
        (Session.Status.CLOSED, Refusal.CLOSED),
        (Session.Status.CANCELLED, Refusal.CANCELLED),
        (Session.Status.HELD, Refusal.PAST),
    ],
)
def test_a_session_that_is_not_open_refuses(browse_as, learner, status, refusal):
    session = plan(status=status)
    response = browse_as(learner).post(address(session), follow=True)
    assert str(refusal.label) in response.content.decode()
    assert standing(session) == 0


@pytest.mark.parametrize("days", [-1, -30])
def test_a_past_session_refuses(browse_as, learner, days):
    session = plan(days)
    assert said(browse_as(learner).post(address(session))) == ["warning"]
    assert standing(session) == 0


def test_a_session_without_a_date_refuses(browse_as, learner):
    session = Session.objects.get()
    Session.objects.update(status=Session.Status.OPEN)
    browse_as(learner).post(address(session))
    assert standing(session) == 0


def test_one_may_come_back_after_cancelling(browse_as, learner):
    session, client = plan(), browse_as(learner)
    client.post(address(session))
    client.post(f"/fr/sessions/{session.code}/cancel/")
    client.post(address(session))
    assert standing(session) == 1 and Registration.objects.count() == 2


def test_get_and_unknown_session(browse_as, learner):
    client = browse_as(learner)
    assert client.get(address(plan())).status_code == 405
    assert client.post(f"/fr/sessions/{uuid.uuid4()}/register/").status_code == 404


def test_a_session_without_a_page_in_the_language_is_not_found(browse_as, learner):
    session = plan()
    Event.objects.filter(locale__language_code="nl").update(live=False)
    assert browse_as(learner).post(address(session, "nl")).status_code == 404


def test_the_last_place_is_given_once(real_database):
    session = plan(capacity=3)
    people = [User.objects.create(username=f"person-{number}") for number in range(8)]
    now = timezone.now()
    results = together(*(lambda who=who: Registration.objects.register(session, who, now) for who in people))
    assert standing(session) == 3
    assert results == [None] * 8
    assert Registration.objects.in_line().count() == 5


def test_two_presses_at_once_register_once(real_database, learner):
    session = plan()

    def press():
        return Registration.objects.register(session, learner, timezone.now())

    assert together(press, press, press, press) == [None] * 4
    assert standing(session) == 1
