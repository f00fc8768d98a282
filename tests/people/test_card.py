"""A personal card: it says who, the PIN opens. A PIN that is guessed is stopped, from wherever the tries come."""

import logging

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from people.models import Card, Pin, User
from tests.courses import steps
from tests.people.doors import OTHER_PIN, PIN, card_of, card_url, give_pin, is_signed_in, show_card

NOON = "2026-11-23T12:00:00+00:00"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def card(learner):
    give_pin(learner)
    return card_of(learner)


def test_it_works(card, learner):
    client = Client()
    response = show_card(card, client=client)
    assert response.url == steps.address("courses:path")
    assert is_signed_in(client, learner)


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_page_names_nobody_before_the_pin(card, language):
    response = Client().get(card_url(card, language))
    assert response.status_code == 200
    assert not [name for name in ("Amina", "Diallo", "learner", "Lille") if name in response.content.decode()]
    assert "no-store" in response["Cache-Control"]


def test_a_wrong_pin_says_so_and_opens_nothing(card):
    client = Client()
    response = show_card(card, OTHER_PIN, client)
    html = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in html and "bon code PIN" in html
    assert OTHER_PIN not in html and "Amina" not in html
    assert not is_signed_in(client)


@pytest.mark.parametrize("typed", ["", "25803", "abcdef"])
def test_what_is_no_pin_is_not_counted(card, typed):
    assert show_card(card, typed).status_code == 422
    assert Pin.objects.get().failures == 0


def test_somebody_without_a_pin_reads_the_same_as_for_a_wrong_one(learner, other_learner, card):
    def said(response):
        return response.content.decode().partition("<h1")[2].partition("csrfmiddlewaretoken")[0]

    assert said(show_card(card_of(other_learner), OTHER_PIN)) == said(show_card(card, OTHER_PIN))


@pytest.mark.parametrize("kind", ["revoked", "left", "unknown"])
def test_a_card_that_opens_nothing(card, learner, kind):
    code = card.code
    if kind == "revoked":
        Card.objects.update(revoked_at=timezone.now())
    elif kind == "left":
        User.objects.filter(pk=learner.pk).update(is_active=False)
    else:
        code = "A" * 22
    assert Client().get(card_url(code)).status_code == 404
    assert show_card(code).status_code == 404


def test_another_card_takes_the_place_of_one_that_is_revoked(card, learner):
    Card.objects.update(revoked_at=timezone.now())
    new = card_of(learner)
    assert new.code != card.code
    assert show_card(new).status_code == 302


def test_somebody_erased_has_no_way_in_any_more(card, learner, trainer):
    learner.forget(timezone.now())
    assert show_card(card).status_code == 404
    assert not Pin.objects.exists() and not Card.objects.standing().exists()


def test_whoever_is_signed_in_already_is_led_to_the_path(browse_as, learner, other_learner, card):
    assert browse_as(learner).get(card_url(card)).url == steps.address("courses:path")
    assert browse_as(other_learner).get(card_url(card)).status_code == 200


def test_somebody_else_who_is_signed_in_gives_their_place(browse_as, other_learner, learner, card):
    client = browse_as(other_learner)
    show_card(card, client=client)
    assert is_signed_in(client, learner)


@pytest.mark.parametrize(("preferred", "browser", "language"), [("nl", "fr", "nl"), ("", "nl", "nl"), ("", "de", "fr")])
def test_the_short_address_follows_the_person_then_the_browser(card, preferred, browser, language):
    User.objects.update(interface_language=preferred)
    assert Client().get(f"/c/{card.code}/", headers={"accept-language": browser}).url == card_url(card, language)


def test_five_wrong_then_one_waits_whatever_the_address(card, learner):
    answers = [
        Client(REMOTE_ADDR=f"198.51.100.{number}").post(card_url(card), {"pin": OTHER_PIN}) for number in range(7)
    ]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429] * 2
    client = Client()
    right = show_card(card, client=client)
    assert right.status_code == 429
    assert "15 minutes" in right.content.decode()
    assert not is_signed_in(client)


def test_a_quarter_of_an_hour_later_it_opens_again_and_counts_anew(card):
    for _try in range(6):
        show_card(card, OTHER_PIN)
    with time_machine.travel("2026-11-23T12:15:01+00:00", tick=False):
        assert show_card(card).status_code == 302
        assert Pin.objects.get().failures == 0


def test_after_twenty_wrong_only_the_trainer_opens(card):
    for pause in range(4):
        with time_machine.travel(f"2026-11-23T{13 + pause}:00:00+00:00", tick=False):
            answers = [show_card(card, OTHER_PIN).status_code for _try in range(6)]
        assert answers == [422] * 5 + [429]
    with time_machine.travel("2027-01-23T12:00:00+00:00", tick=False):
        response = show_card(card)
        assert response.status_code == 429
        assert "formatrice" in response.content.decode()
        give_pin(card.person)
        assert show_card(card).status_code == 302


def test_a_centre_of_thirty_people_comes_in_from_one_address(card, other_learner, stranger):
    for _round in range(10):
        for person in (card.person, other_learner, stranger):
            give_pin(person)
            assert show_card(card_of(person), OTHER_PIN).status_code == 422
            assert show_card(card_of(person)).status_code == 302


def test_get_writes_nothing(card):
    client = Client()
    client.get(card_url(card), {"pin": PIN})
    assert not is_signed_in(client)
    assert client.delete(card_url(card)).status_code == 405


def test_a_form_of_another_site_is_refused(card):
    assert show_card(card, client=Client(enforce_csrf_checks=True)).status_code == 403


def test_a_log_shows_the_tries_and_neither_the_card_nor_a_name(card, caplog):
    with caplog.at_level(logging.INFO):
        for digits in (OTHER_PIN, PIN):
            show_card(card, digits)
        Client().get(card_url("A" * 22))
    rooms = ("people", "django", "allauth")
    lines = [record.getMessage() for record in caplog.records if record.name.startswith(rooms)]
    assert f"PIN refused: person {card.person.code}, wrong" in lines
    assert any(line.startswith("Nothing opens: ") for line in lines)
    assert not [line for line in lines for word in (card.code, "A" * 22, PIN, OTHER_PIN, "Amina") if word in line]
