"""The same page in the other language: for the switch, and for search engines."""

import re

import pytest
from django.test import Client

from home.models import HomePage, StandardPage
from tests.courses import steps

LINK = re.compile(r'<link rel="alternate" hreflang="(\w+)" href="([^"]*)">')


def alternates(url, client=None):
    response = (client or Client()).get(url)
    return dict(LINK.findall(response.content.decode()))


@pytest.mark.usefixtures("course")
def test_a_translated_page_names_its_translation():
    french, dutch = steps.lesson().url, steps.lesson(language="nl").url
    assert alternates(french) == alternates(dutch) == {"fr": french, "nl": dutch}


@pytest.mark.usefixtures("course")
def test_the_switch_says_which_language_this_is():
    html = Client().get(steps.quiz(language="nl").get_parent().url).content.decode()
    switch = html[html.index('<nav class="lang"') : html.index("</nav>")]
    assert re.findall(r'hreflang="(\w+)"[^>]*aria-current="true"', switch) == ["nl"]
    assert f'href="{steps.quiz().get_parent().url}"' in switch


@pytest.mark.usefixtures("course")
def test_an_untranslated_page_offers_the_home_page():
    home = HomePage.objects.get(slug="accueil")
    page = home.add_child(instance=StandardPage(title="Seule", slug="seule", body=[]))
    assert alternates(page.url) == {"fr": page.url, "nl": "/nl/"}


@pytest.mark.usefixtures("course")
def test_a_translation_that_is_not_published_is_not_offered():
    steps.lesson(language="nl").unpublish()
    assert alternates(steps.lesson().url)["nl"] == "/nl/"


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize("name", ["account_login", "account_request_login_code"])
def test_a_screen_that_is_no_page_names_its_own_address(name):
    expected = {language: steps.address(name, language=language) for language in ("fr", "nl")}
    assert alternates(expected["fr"]) == alternates(expected["nl"]) == expected


@pytest.mark.usefixtures("edition")
def test_a_question_is_the_same_question_in_the_other_language(browse_as, learner):
    key = steps.quiz().translation_key
    expected = {language: steps.address("courses:question", key, 2, language=language) for language in ("fr", "nl")}
    assert alternates(expected["nl"], browse_as(learner)) == expected


@pytest.mark.usefixtures("course")
def test_what_was_asked_in_the_address_is_kept():
    url = steps.address("account_login") + "?next=/fr/agenda/"
    assert alternates(url)["nl"] == steps.address("account_login", language="nl") + "?next=/fr/agenda/"


@pytest.mark.usefixtures("course")
def test_an_address_that_leads_nowhere_offers_the_home_pages():
    assert alternates("/fr/nulle-part/") == {"fr": "/fr/", "nl": "/nl/"}
