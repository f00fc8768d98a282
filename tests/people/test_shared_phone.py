"""« This is not my phone »."""

import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from tests.cast import PASSWORD
from tests.courses import steps
from tests.people.doors import (
    card_of,
    card_url,
    enter,
    give_pin,
    invitation_url,
    invite,
    is_signed_in,
    show_card,
    sign_in,
)

CODE = re.compile(r"^([A-Z0-9]{3,}-?[A-Z0-9]*)$", re.MULTILINE)
COOKIE = "known"
PAGES = ["courses:path", "people:me"]


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel("2026-11-23T12:00:00+00:00", tick=False):
        yield


def at(minute):
    return time_machine.travel(f"2026-11-23T{12 + minute // 60}:{minute % 60:02}:00+00:00", tick=False)


@pytest.fixture
def ways(learner, trainer):
    give_pin(learner)
    return {
        "password": lambda client, **more: sign_in(client, password=PASSWORD, **more),
        "card": lambda client, **more: show_card(card_of(learner), client=client, **more),
        "invitation": lambda client, **more: enter(invite(learner, trainer), client, **more),
    }


@pytest.mark.parametrize("way", ["password", "card", "invitation"])
def test_the_session_ends_with_the_browser_and_nothing_is_kept(ways, way, learner):
    client = Client()
    response = ways[way](client, shared="on")
    assert is_signed_in(client, learner)
    assert response.cookies["sessionid"]["max-age"] == ""
    assert COOKIE not in client.cookies
    for name in PAGES:
        assert "no-store" in client.get(steps.address(name))["Cache-Control"]
    assert "no-store" in client.get("/fr/")["Cache-Control"]


@pytest.mark.parametrize("way", ["password", "card", "invitation"])
def test_on_ones_own_phone_it_lasts(ways, way):
    client = Client()
    response = ways[way](client)
    assert int(response.cookies["sessionid"]["max-age"]) > 7 * 24 * 3600
    assert COOKIE in client.cookies
    assert "no-store" not in client.get("/fr/")["Cache-Control"]


def test_it_ends_after_half_an_hour_without_a_page(ways):
    client = Client()
    ways["password"](client, shared="on")
    session = client.session.session_key
    for minute in (29, 58):
        with at(minute):
            assert client.get(steps.address("people:me")).status_code == 200
    with at(89):
        response = client.get(steps.address("people:me"))
        assert response.url.startswith(steps.address("account_login"))
        assert response["Clear-Site-Data"] == '"cache"'
        assert "no-store" in response["Cache-Control"]
    assert not is_signed_in(client)
    assert not Session.objects.filter(session_key=session).exists()


def test_ones_own_phone_stays_signed_in(ways):
    client = Client()
    ways["password"](client)
    with at(300):
        assert client.get(steps.address("people:me")).status_code == 200


def test_signing_out_clears_what_the_browser_kept(ways):
    client = Client()
    ways["card"](client, shared="on")
    assert client.post(steps.address("account_logout"))["Clear-Site-Data"] == '"cache"'


def test_the_next_person_chooses_anew(ways):
    client = Client()
    ways["password"](client, shared="on")
    client.post(steps.address("account_logout"))
    ways["password"](client)
    assert "no-store" not in client.get("/fr/")["Cache-Control"]


def test_a_box_ticked_at_a_refused_try_is_asked_again(ways):
    client = Client()
    sign_in(client, password="mauvais", shared="on")
    ways["password"](client)
    assert "no-store" not in client.get("/fr/")["Cache-Control"]


def test_the_box_stays_ticked_on_a_form_that_is_refused(learner):
    give_pin(learner)
    password, card = (
        sign_in(Client(), password="mauvais", shared="on"),
        show_card(card_of(learner), "739150", shared="on"),
    )
    for response in (password, card):
        box = response.content.decode().partition('name="shared"')[2].partition(">")[0]
        assert "checked" in box


def test_a_code_by_e_mail_too(learner):
    learner.email = "amina@example.org"
    learner.save()
    client = Client()
    client.post(steps.address("account_request_login_code"), {"email": learner.email, "shared": "on"})
    code = CODE.search(mail.outbox[0].body)[1]
    client.post(steps.address("account_confirm_login_code"), {"code": code})
    assert is_signed_in(client, learner)
    assert client.session.get_expire_at_browser_close()
    assert COOKIE not in client.cookies


def test_every_form_that_signs_in_has_the_box(learner, other_learner, trainer):
    give_pin(learner)
    pages = [
        steps.address("account_login"),
        steps.address("account_request_login_code"),
        card_url(card_of(learner)),
        invitation_url(invite(learner, trainer)),
        invitation_url(invite(other_learner, trainer, kind="reset")),
    ]
    for page in pages:
        assert 'type="checkbox" name="shared"' in Client().get(page).content.decode()


def test_a_visitor_without_a_session_gets_none(db):
    client = Client()
    response = client.get("/fr/")
    assert not response.cookies
