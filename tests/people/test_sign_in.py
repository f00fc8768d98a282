"""Signing in: by user name and password, by e-mail and password, by a code. Nobody signs up alone."""

import re

import pytest
from django.core import mail
from django.test import Client

from people.models import User
from tests.cast import PASSWORD
from tests.courses import steps

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
CODE = re.compile(r"^([A-Z0-9]{3,}-?[A-Z0-9]*)$", re.MULTILINE)


@pytest.fixture
def amina(learner):
    learner.email = "amina@example.org"
    learner.save()
    return learner


def sign_in(client=None, language="fr", follow=False, **data):
    return (client or Client()).post(steps.address("account_login", language=language), data, follow=follow)


def ask_for_code(client, email, language="fr", **data):
    url = steps.address("account_request_login_code", language=language)
    return client.post(url, {"email": email, **data})


def type_code(client, code, asked=None):
    """On the page that follows the request for a code, with what that page sends along."""
    page = client.get(asked.url if asked else steps.address("account_confirm_login_code"))
    sent = HIDDEN.findall(page.content.decode().partition("<main")[2])
    data = {name: value for name, value in sent if name != "csrfmiddlewaretoken"}
    return client.post(steps.address("account_confirm_login_code"), {**data, "code": code}, follow=True)


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_user_name_and_a_password_lead_to_the_path(learner, language):
    client = Client()
    response = sign_in(client, language, login="learner", password=PASSWORD)
    assert response.url == steps.address("courses:path", language=language)
    assert is_signed_in(client)


def test_an_email_and_a_password_do_too(amina):
    client = Client()
    sign_in(client, login="Amina@example.org", password=PASSWORD)
    assert is_signed_in(client)


def test_it_leads_back_where_the_person_came_from(learner):
    response = sign_in(login="learner", password=PASSWORD, next="/nl/agenda/")
    assert response.url == "/nl/agenda/"


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_it_leads_nowhere_else(learner, back):
    assert sign_in(login="learner", password=PASSWORD, next=back).url == steps.address("courses:path")


@pytest.mark.parametrize(
    "data",
    [
        {"login": "learner", "password": "mauvais"},
        {"login": "nobody", "password": PASSWORD},
        {"login": "nobody@example.org", "password": PASSWORD},
    ],
)
def test_a_wrong_pair_says_the_same_sentence_whoever_it_is(learner, data):
    client = Client()
    response = sign_in(client, **data)
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count('role="alert"') == 1
    assert data["password"] not in html
    assert not is_signed_in(client)


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_refusal_is_in_the_language_of_the_page(learner, language):
    html = sign_in(language=language, login="learner", password="x").content.decode()
    words = {"fr": "mot de passe", "nl": "wachtwoord"}
    assert words[language] in html[html.index('role="alert"') :][:400]


def test_an_empty_form_says_what_is_missing(db):
    html = sign_in().content.decode()
    assert html.count('aria-invalid="true"') == 2


def test_an_inactive_person_does_not_come_in(learner):
    User.objects.update(is_active=False)
    client = Client()
    sign_in(client, login="learner", password=PASSWORD)
    assert not is_signed_in(client)


def test_too_many_tries_are_stopped(learner):
    client = Client()
    for _try in range(12):
        sign_in(client, login="learner", password="mauvais")
    sign_in(client, login="learner", password=PASSWORD)
    assert not is_signed_in(client)


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.django_db
def test_nobody_signs_up_alone(language):
    before, url = User.objects.count(), steps.address("account_signup", language=language)
    data = {"username": "new", "email": "new@example.org", "password1": PASSWORD}
    for response in (Client().get(url), Client().post(url, data)):
        assert response.status_code == 200
        assert "<form" not in response.content.decode().partition("</main>")[0].partition("<main")[2]
    assert User.objects.count() == before


def test_a_code_comes_by_email(amina):
    client = Client()
    asked = ask_for_code(client, "amina@example.org")
    assert asked.url == steps.address("account_confirm_login_code")
    assert [message.to for message in mail.outbox] == [["amina@example.org"]]
    response = type_code(client, CODE.search(mail.outbox[0].body)[1])
    assert response.redirect_chain[-1] == (steps.address("courses:path"), 302)
    assert is_signed_in(client)


def test_a_code_leads_back_where_the_person_came_from(amina):
    client = Client()
    asked = ask_for_code(client, "amina@example.org", next="/fr/agenda/")
    response = type_code(client, CODE.search(mail.outbox[0].body)[1], asked)
    assert response.redirect_chain[-1] == ("/fr/agenda/", 302)


def test_the_email_is_in_the_language_of_the_page(amina):
    ask_for_code(Client(), "amina@example.org")
    ask_for_code(Client(), "amina@example.org", "nl")
    french, dutch = mail.outbox
    assert french.subject != dutch.subject
    assert "\n" not in french.subject + dutch.subject


def test_a_wrong_code_does_not_open(amina):
    client = Client()
    ask_for_code(client, "amina@example.org")
    response = type_code(client, "WRONG1")
    assert 'aria-invalid="true"' in response.content.decode()
    assert not is_signed_in(client)


def test_a_code_works_in_the_browser_that_asked_for_it_only(amina):
    ask_for_code(Client(), "amina@example.org")
    thief = Client()
    type_code(thief, CODE.search(mail.outbox[0].body)[1])
    assert not is_signed_in(thief)


def test_an_unknown_address_is_answered_the_same_and_receives_nothing(amina):
    known, unknown = ask_for_code(Client(), "amina@example.org"), ask_for_code(Client(), "nobody@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 1


def test_signing_out_is_a_post(browse_as, learner):
    client, url = browse_as(learner), steps.address("account_logout")
    assert client.get(url).status_code == 200
    assert is_signed_in(client)
    assert client.post(url).url == "/"
    assert not is_signed_in(client)


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("name", ["account_login", "account_request_login_code", "account_signup"])
@pytest.mark.django_db
def test_every_screen_opens_in_both_languages(name, language):
    response = Client().get(steps.address(name, language=language))
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize("name", ["account_email", "account_change_password", "account_reset_password"])
def test_the_other_screens_of_the_library_do_not_break(browse_as, learner, name):
    assert browse_as(learner).get(steps.address(name)).status_code in (200, 302, 404)


def test_a_person_who_is_signed_in_is_led_to_the_path(browse_as, learner):
    assert browse_as(learner).get(steps.address("account_login")).url == steps.address("courses:path")
