"""The life of an event: draft, open, full, closed, held, published or cancelled; its page shows each."""

import uuid

import pytest
from django.urls import reverse
from django.utils import translation

from events.models import Event, Message, Session
from tests.cast import block
from tests.events.planned import plan, register

EVENT = "/fr/agenda/une-journee-ensemble/"
Status = Session.Status


def url(session):
    with translation.override("fr"):
        return reverse("events:status", args=[session.code])


@pytest.fixture
def planned(trainer):
    session = plan()
    session.trainers.add(trainer)
    return session


def move(client, session, status, **values):
    return client.post(url(session), {"status": status, "reason": "", **values})


def page(client):
    return client.get(EVENT).content.decode()


def fill_in():
    for event in Event.objects.all():
        event.replay = [block("chapters", {"chapters": [{"time": "1:05:30", "title": "Le sommeil"}]})]
        event.save()


def status_of(session):
    return Session.objects.get(pk=session.pk).status


def test_a_trainer_leads_an_event_through_its_life(client, browse_as, trainer, planned):
    desk, seat = browse_as(trainer), reverse("events:guest", args=[planned.code])
    Session.objects.update(open_to_public=True)
    fill_in()
    shown = []
    for status in (Status.DRAFT, Status.OPEN, Status.CLOSED, Status.HELD, Status.PUBLISHED):
        assert move(desk, planned, status).url == EVENT
        assert status_of(planned) == status
        html = page(client)
        shown.append((seat in html, "Le sommeil" in html))
    assert [offered for offered, _replay in shown] == [False, True, False, False, False]
    assert [replay for _offered, replay in shown] == [False, False, False, False, True]


def test_when_it_is_full_people_wait_in_line(browse_as, trainer, learner, other_learner, planned):
    Session.objects.update(capacity=1)
    register(planned, other_learner)
    move(browse_as(trainer), planned, Status.OPEN)
    assert "liste d’attente" in page(browse_as(learner))


def test_cancelled_with_a_reason_which_the_page_and_the_people_are_told(browse_as, trainer, learner, planned):
    register(planned, learner)
    desk = browse_as(trainer)
    for _time in range(2):
        assert move(desk, planned, Status.CANCELLED, reason="trainer").status_code == 302
    assert "La personne qui forme ne peut pas venir." in page(browse_as(learner))
    assert Message.objects.filter(kind="cancellation").count() == 1


def test_cancelled_without_a_reason_is_refused(browse_as, trainer, planned):
    response = move(browse_as(trainer), planned, Status.CANCELLED)
    assert response.status_code == 422 and 'id="id_reason_error"' in response.content.decode()
    assert status_of(planned) == Status.OPEN


def test_it_takes_place_after_all(browse_as, trainer, planned):
    desk = browse_as(trainer)
    move(desk, planned, Status.CANCELLED, reason="place")
    move(desk, planned, Status.OPEN)
    again = Session.objects.get(pk=planned.pk)
    assert (again.status, again.reason) == (Status.OPEN, "")


def test_an_empty_replay_is_not_published(browse_as, trainer, planned):
    assert move(browse_as(trainer), planned, Status.PUBLISHED).status_code == 422
    assert status_of(planned) == Status.OPEN


def test_a_status_that_is_none_is_refused(browse_as, trainer, planned):
    assert move(browse_as(trainer), planned, "full").status_code == 422


def test_who_may(client, browse_as, trainer, learner, other_learner, stranger, planned):
    register(planned, learner)
    assert browse_as(trainer).get(url(planned)).status_code == 200
    assert move(browse_as(learner), planned, Status.CLOSED).status_code == 403
    assert move(browse_as(stranger), planned, Status.CLOSED).status_code == 404
    assert "/compte/login" in move(client, planned, Status.CLOSED).url
    planned.code = uuid.uuid4()
    assert move(browse_as(trainer), planned, Status.CLOSED).status_code == 404
    assert Session.objects.get().status == Status.OPEN


def test_the_page_of_the_event_leads_its_trainer_there(browse_as, trainer, learner, planned):
    assert url(planned) in page(browse_as(trainer)) and url(planned) not in page(browse_as(learner))
