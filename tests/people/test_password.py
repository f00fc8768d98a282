"""Passwords: what is asked of them, and what changing one does."""

import re

import pytest
from django.core import mail
from django.test import Client

from people.models import User
from tests.cast import PASSWORD
from tests.courses import steps

NEW = "un été à Lille 2026"


def change(client, password=NEW, old=PASSWORD, again=None):
    data = {"oldpassword": old, "password1": password, "password2": password if again is None else again}
    return client.post(steps.address("account_change_password"), data)


def opens(password, login="learner"):
    client = Client()
    client.post(steps.address("account_login"), {"login": login, "password": password})
    return "_auth_user_id" in client.session


def test_it_is_changed_with_the_one_before(browse_as, learner):
    assert change(browse_as(learner)).status_code == 302
    assert opens(NEW) and not opens(PASSWORD)


@pytest.mark.parametrize("old", ["", "autre", PASSWORD.upper()])
def test_without_it_nothing_changes(browse_as, learner, old):
    assert "oldpassword" in change(browse_as(learner), old=old).context["form"].errors
    assert opens(PASSWORD)


def test_a_password_of_words_of_this_site_and_more_is_taken(browse_as, learner):
    assert change(browse_as(learner), "lille sous la pluie").status_code == 302


@pytest.mark.parametrize(
    "weak", ["court77", "password", "12345678", "sunshine", "football1", "lille2026", "aminadiallo", "Ambassadeur"]
)
def test_a_short_or_a_common_one_is_refused(browse_as, learner, weak):
    response = change(browse_as(learner), weak)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert opens(PASSWORD)


@pytest.mark.parametrize("good", ["mmmmnnnn", "ጤና ይስጥልኝ ወዳጄ", "  espaces  dedans", "é" * 64, "long " * 25 + "fin"])
def test_any_composition_and_length_is_taken_as_it_is(browse_as, learner, good):
    assert change(browse_as(learner), good).status_code == 302
    assert opens(good)
    assert not opens(good[:-1])
    assert good == good.upper() or not opens(good.upper())


@pytest.mark.parametrize("name", ["account_login", "account_change_password"])
def test_it_is_typed_unseen_and_may_be_pasted(browse_as, learner, name):
    client = browse_as(learner) if name == "account_change_password" else Client()
    fields = re.findall(r"<input[^>]*name=\"\w*password\w*\"[^>]*>", client.get(steps.address(name)).content.decode())
    assert [field for field in fields if 'type="password"' not in field] == []
    assert fields and not re.search("onpaste|autocomplete=.off", " ".join(fields))


def test_a_lost_one_is_replaced_once_by_a_link(learner):
    User.objects.filter(pk=learner.pk).update(email="amina@example.org")
    Client().post(steps.address("account_reset_password"), {"email": "amina@example.org"})
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)[1]
    client = Client()
    form = client.get(link, follow=True)
    assert client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW}).status_code == 302
    assert opens(NEW)
    again = Client().get(link, follow=True)
    assert again.context["token_fail"]


def test_asking_for_a_link_says_nothing_of_who_is_here(learner):
    User.objects.filter(pk=learner.pk).update(email="amina@example.org")
    pages = []
    for email in ("amina@example.org", "nobody@example.org"):
        asked = Client().post(steps.address("account_reset_password"), {"email": email})
        pages.append((asked.status_code, asked.url))
    assert pages[0] == pages[1]
    assert [letter.to for letter in mail.outbox] == [["amina@example.org"]]
