"""Somebody without an account."""

import datetime
import uuid

import pytest
from django.core import mail
from django.utils import timezone

from events.models import Message, Registration, RegistrationDetail
from people import privacy
from tests.events.planned import plan, standing

TYPED = {"name": "Rosa Maes", "email": "rosa@example.org", "needs": "Une place près de la porte"}


@pytest.fixture
def session(database):
    return plan(open_to_public=True)


def address(session, name="guest"):
    return f"/fr/sessions/{session.code}/{name}/"


def test_a_guest_registers_and_receives_an_invitation(client, session):
    response = client.post(address(session), TYPED)
    assert response.status_code == 302 and response.headers["Location"] == address(session, "noted")
    registration = Registration.objects.standing().get()
    assert (registration.learner, registration.name, registration.said.needs) == (None, "Rosa Maes", TYPED["needs"])
    assert mail.outbox[0].to == ["rosa@example.org"]
    assert f"/fr/registrations/{registration.code}/" in mail.outbox[0].body
    assert client.get(address(session, "noted")).status_code == 200


def test_the_page_leads_there(client, session):
    assert address(session) in client.get("/fr/agenda/une-journee-ensemble/").content.decode()
    assert client.get(address(session)).status_code == 200


def test_a_phone_number_is_enough_and_the_text_is_shared_by_hand(client, session):
    client.post(address(session), {"name": "Rosa", "phone": "+32 470 12 34 56"})
    assert Registration.objects.get().phone == "+32470123456"
    assert Message.objects.get().state == Message.State.TO_SHARE and not mail.outbox


def test_twice_is_once_and_the_answer_is_the_same(client, session):
    first, second = client.post(address(session), TYPED), client.post(address(session), TYPED | {"name": "Else"})
    assert first.headers["Location"] == second.headers["Location"]
    assert standing(session) == 1 and len(mail.outbox) == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Rosa"},
        {"name": "", "email": "rosa@example.org"},
        {"name": "Rosa", "email": "rosa"},
        {"name": "Rosa", "phone": "12"},
        {"name": "Rosa", "phone": "call me: 0470123456"},
        {"name": "Rosa", "email": "rosa@example.org", "needs": "x" * 301},
    ],
)
def test_bad_input_is_said_and_kept(client, session, typed):
    response = client.post(address(session), typed)
    assert response.status_code == 422
    assert typed["name"] in response.content.decode() and not Registration.objects.exists()


def test_a_full_session_makes_wait(client, database):
    session = plan(open_to_public=True, capacity=0)
    client.post(address(session), TYPED)
    assert Registration.objects.in_line().count() == 1


def test_a_session_that_is_not_public_or_closed(client, database):
    session = plan()
    assert client.get(address(session)).status_code == client.post(address(session), TYPED).status_code == 404
    assert client.get(f"/fr/sessions/{uuid.uuid4()}/guest/").status_code == 404
    type(session).objects.update(open_to_public=True, status="closed")
    assert client.post(address(session), TYPED).status_code == 422
    assert not Registration.objects.exists()


def test_one_address_is_not_flooded(client, session):
    codes = [client.post(address(session), TYPED).status_code for _time in range(6)]
    assert codes == [302] * 5 + [429]


def test_the_seat_is_read_and_left_with_its_code(client, session):
    client.post(address(session), TYPED)
    code = Registration.objects.get().code
    response = client.get(f"/fr/registrations/{code}/")
    assert response.status_code == 200 and "no-store" in response.headers["Cache-Control"]
    assert "rosa@example.org" not in response.content.decode()
    assert client.get(f"/fr/registrations/{code}/leave/").status_code == 405
    for _time in range(2):
        assert client.post(f"/fr/registrations/{code}/leave/").status_code == 302
    assert standing(session) == 0
    assert [message.kind for message in Message.objects.all()] == ["confirmation", "left"]


def test_the_code_of_a_member_opens_nothing(client, session, learner):
    Registration.objects.register(session, learner, timezone.now())
    code = Registration.objects.get().code
    assert client.get(f"/fr/registrations/{code}/").status_code == 404
    assert client.post(f"/fr/registrations/{code}/leave/").status_code == 404
    assert client.get(f"/fr/registrations/{uuid.uuid4()}/").status_code == 404
    assert standing(session) == 1


def test_what_a_guest_said_goes_thirty_days_after_the_session(client, session):
    client.post(address(session), TYPED)
    end = session.half_days[-1].ends_at
    Registration.objects.update(at=timezone.now())
    privacy.apply_retention(end + datetime.timedelta(days=29))
    assert RegistrationDetail.objects.count() == Message.objects.count() == 1
    privacy.apply_retention(end + datetime.timedelta(days=31))
    assert not RegistrationDetail.objects.exists() and not Message.objects.exists()
    assert Registration.objects.get().name == "—"


def test_the_link_to_join_is_on_the_seat_of_who_has_a_place(client, session):
    type(session).objects.update(online=True, join_url="https://meet.example.org/salle")
    client.post(address(session), TYPED)
    code = Registration.objects.get().code
    assert "meet.example.org" in client.get(f"/fr/registrations/{code}/").content.decode()
    Registration.objects.update(waiting=True)
    assert "meet.example.org" not in client.get(f"/fr/registrations/{code}/").content.decode()
