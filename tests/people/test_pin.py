"""A PIN in the place of the password, on a device that knows its person; and choosing a new one."""

import datetime
from unittest import mock

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.utils import timezone

from people import known_devices, pins
from people.models import Pin, User
from tests.cast import PASSWORD
from tests.courses import steps
from tests.databases import together
from tests.people.doors import OTHER_PIN, PIN, card_of, give_pin, is_signed_in, show_card, sign_in, twice

COOKIE = "known"
NOON = "2026-11-23T12:00:00+00:00"


def url(language="fr"):
    return steps.address("people:pin", language=language)


def sign_out(client):
    client.post(steps.address("account_logout"))


@pytest.fixture
def pin(learner):
    return give_pin(learner)


@pytest.fixture
def known(learner, pin):
    """A device that the learner has used, signed out."""
    client = Client()
    sign_in(client, password=PASSWORD)
    sign_out(client)
    return client


@pytest.fixture
def now():
    return timezone.now()


# What is a PIN.


@pytest.mark.parametrize(
    "digits",
    ["123456", "012345", "567890", "987654", "098765", "000000", "777777", "121212", "123123", "112233", "159753"],
)
def test_a_weak_pin(digits):
    assert pins.is_pin(digits) and pins.is_weak(digits)


@pytest.mark.parametrize("digits", [PIN, OTHER_PIN, "100000", "250390"])
def test_a_pin_that_is_not_weak(digits):
    assert pins.is_pin(digits) and not pins.is_weak(digits)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "½23456", "-12345", "12345६x"])
def test_what_is_no_pin(typed):
    assert not pins.is_pin(pins.normalised(typed))


def test_it_is_kept_as_a_digest(pin):
    assert PIN not in pin.digest
    assert pin.digest.startswith(("md5$", "pbkdf2"))


# How often it is tried.


def test_a_right_one_begins_the_count_anew(pin, now):
    for _try in range(4):
        assert pin.answer(OTHER_PIN, now) == Pin.Answer.WRONG
    assert pin.answer(PIN, now) == Pin.Answer.RIGHT
    pin.refresh_from_db()
    assert (pin.failures, pin.failed_at) == (0, None)


def test_each_fifth_waits_and_the_twentieth_is_the_last(pin, now):
    for pause in range(4):
        later = now + pause * datetime.timedelta(minutes=15)
        assert [pin.answer(OTHER_PIN, later) for _try in range(5)] == [Pin.Answer.WRONG] * 5
        expected = Pin.Answer.LOCKED if pause == 3 else Pin.Answer.WAIT
        assert pin.answer(PIN, later + datetime.timedelta(minutes=14)) == expected
    assert pin.answer(PIN, now + datetime.timedelta(days=365)) == Pin.Answer.LOCKED


def test_many_tries_at_once_are_no_more_than_one_after_the_other(real_database, learner):
    pin, now = give_pin(learner), timezone.now()
    answers = together(*[lambda: Pin.objects.get().answer(OTHER_PIN, now)] * 8)
    assert sorted(answers) == sorted([Pin.Answer.WRONG] * 5 + [Pin.Answer.WAIT] * 3)
    pin.refresh_from_db()
    assert pin.failures == 5


def test_of_two_tries_at_the_edge_one_is_counted(real_database, learner):
    pin, now = give_pin(learner), timezone.now()
    Pin.objects.update(failures=4, failed_at=now)
    assert sorted(together(lambda: pin.fail(now), lambda: pin.fail(now))) == [False, True]


# Signing in with it.


def test_a_device_that_was_used_takes_the_pin(known, learner):
    response = sign_in(known)
    assert response.url == steps.address("courses:path")
    assert is_signed_in(known, learner)


def test_a_device_where_the_card_was_shown_takes_it_too(learner, pin):
    client = Client()
    show_card(card_of(learner), client=client)
    sign_out(client)
    sign_in(client, "Learner")
    assert is_signed_in(client, learner)


def said(response):
    return response.content.decode().partition("<main")[2].partition("csrfmiddlewaretoken")[2][80:]


def test_elsewhere_a_right_pin_looks_like_a_wrong_one(learner, pin):
    right, wrong = sign_in(Client()), sign_in(Client(), password=OTHER_PIN)
    assert right.status_code == wrong.status_code == 200
    assert said(right) == said(wrong)
    pin.refresh_from_db()
    assert pin.failures == 0


def test_a_device_knows_only_who_used_it(known, other_learner):
    give_pin(other_learner)
    sign_in(known, "other_learner")
    assert not is_signed_in(known)


def test_a_device_knows_several_people(known, learner, other_learner):
    give_pin(other_learner, OTHER_PIN)
    sign_in(known, "other_learner", PASSWORD)
    sign_out(known)
    for name, digits, person in [("learner", PIN, learner), ("other_learner", OTHER_PIN, other_learner)]:
        sign_in(known, name, digits)
        assert is_signed_in(known, person)
        sign_out(known)


def test_the_cookie_says_nothing_and_is_not_made_by_others(known, learner):
    cookie = known.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) == 180 * 24 * 3600
    assert not [word for word in ("learner", "Amina", str(learner.code), learner.code.hex) if word in cookie.value]
    forger = Client()
    forger.cookies[COOKIE] = f"{known_devices.sign_of(learner)}:{cookie.value.partition(':')[2]}x"
    sign_in(forger)
    assert not is_signed_in(forger)


def test_the_cookie_of_another_site_secret_is_worth_nothing(known, settings):
    settings.SECRET_KEY = "another"
    client = Client()
    client.cookies[COOKIE] = known.cookies[COOKIE].value
    sign_in(client)
    assert not is_signed_in(client)


def test_after_half_a_year_a_device_is_strange(learner, pin):
    with time_machine.travel(NOON, tick=False):
        client = Client()
        sign_in(client, password=PASSWORD)
        sign_out(client)
    with time_machine.travel("2027-05-23T12:00:00+00:00", tick=False):
        sign_in(client)
        assert not is_signed_in(client)


def test_a_wrong_pin_on_a_known_device_is_counted_and_then_waits(known, pin):
    for _try in range(5):
        assert sign_in(known, password=OTHER_PIN).status_code == 200
    pin.refresh_from_db()
    assert pin.failures == 5
    response = show_card(card_of(pin.person))
    assert response.status_code == 429


def test_the_refusal_says_to_wait_or_to_ask_the_trainer(known, pin):
    Pin.objects.update(failures=5, failed_at=timezone.now())
    response = sign_in(known)
    html = response.content.decode()
    assert response.status_code == 429
    assert "15 minutes" in html and html.count('role="alert"') == 1
    assert not is_signed_in(known)


def test_somebody_who_has_left_does_not_come_in_with_a_pin(known, learner):
    User.objects.filter(pk=learner.pk).update(is_active=False)
    sign_in(known)
    assert not is_signed_in(known)


# Choosing a new one.


def change(client, old=PIN, new=OTHER_PIN, **more):
    return client.post(url(), {"old": old, **twice(new), **more})


def test_a_new_pin_with_the_old_one(browse_as, learner, pin):
    client = browse_as(learner)
    assert change(client).url == steps.address("people:me")
    pin.refresh_from_db()
    assert pin.answer(OTHER_PIN, timezone.now()) == Pin.Answer.RIGHT
    assert is_signed_in(client, learner)
    assert client.get(steps.address("people:me")).status_code == 200
    assert [row.session_key for row in UserSession.objects.purge_and_list(learner)] == [client.session.session_key]


def test_the_other_sessions_end_and_the_other_devices_are_strange(browse_as, known, learner, pin):
    other = browse_as(learner)
    change(browse_as(learner))
    assert other.get(steps.address("people:me")).status_code == 302
    sign_in(known, password=OTHER_PIN)
    assert not is_signed_in(known)


def test_this_device_stays_known(browse_as, learner, pin):
    client = browse_as(learner)
    change(client)
    sign_out(client)
    sign_in(client, password=OTHER_PIN)
    assert is_signed_in(client)


def test_whoever_signed_in_just_now_is_not_asked_for_the_old_one(learner, pin):
    client = Client()
    sign_in(client, password=PASSWORD)
    assert 'name="old"' not in client.get(url()).content.decode()
    assert change(client, old="").status_code == 302
    client = Client()
    with time_machine.travel(timezone.now() - datetime.timedelta(minutes=11)):
        sign_in(client, password=PASSWORD)
    assert 'name="old"' in client.get(url()).content.decode()
    assert change(client, old="").status_code == 422


def test_a_first_pin_is_chosen_with_the_password(browse_as, learner):
    client = browse_as(learner)
    assert change(client, old="mauvais").status_code == 422
    assert change(client, old=PASSWORD).status_code == 302
    assert Pin.objects.get().person == learner


@pytest.mark.parametrize("old", ["", OTHER_PIN])
def test_a_wrong_old_one_changes_nothing_and_is_counted(browse_as, learner, pin, old):
    client = browse_as(learner)
    assert change(client, old=old).status_code == 422
    pin.refresh_from_db()
    assert pin.failures == bool(old)
    assert is_signed_in(client)


def test_an_unattended_session_does_not_guess_it(browse_as, learner, pin):
    client = browse_as(learner)
    for _try in range(5):
        change(client, old="975310")
    assert "15 minutes" in change(client).content.decode()


@pytest.mark.parametrize("new", ["123456", "12345", ""])
def test_a_new_one_that_is_refused(browse_as, learner, pin, new):
    assert change(browse_as(learner), new=new).status_code == 422


def test_the_account_says_when_it_was_chosen(browse_as, learner, pin):
    html = browse_as(learner).get(steps.address("people:me")).content.decode()
    assert "Changer mon code PIN" in html and "Choisi le" in html
    Pin.objects.all().delete()
    assert "Choisissez un code PIN" in browse_as(learner).get(steps.address("people:me")).content.decode()


def test_a_visitor_signs_in_first(db):
    assert Client().get(url()).url.startswith(steps.address("account_login"))


def hashed(login):
    """How many passwords and PINs were hashed: nearly all the time that an answer takes."""
    encode = mock.patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=lambda *_: "md5$a$b")
    with encode as counted:
        sign_in(Client(), login)
    return counted.call_count


def test_elsewhere_a_pin_costs_as_much_whoever_it_is(pin):
    assert hashed("learner") == hashed("nobody") > 0
