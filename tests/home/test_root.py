"""`/` leads to the reader's language."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("fr", "fr"),
        ("nl", "nl"),
        ("nl-BE,nl;q=0.9,fr;q=0.5", "nl"),
        ("fr-BE,nl;q=0.9", "fr"),
        ("ti,ar;q=0.9,nl;q=0.2", "nl"),
        ("ar", "fr"),
        ("en-GB,en;q=0.9", "fr"),
        ("", "fr"),
        ("*", "fr"),
        (";;;q=", "fr"),
        ("nl" * 2000, "fr"),
    ],
)
def test_the_browser_says_the_language(asked, language):
    response = Client().get("/", headers={"accept-language": asked})
    assert (response.status_code, response.url) == (302, f"/{language}/")


def test_the_answer_depends_on_the_language_only():
    response = Client().get("/")
    assert "Accept-Language" in response["Vary"]
    assert not response.cookies


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_it_leads_to_the_home_page(language):
    response = Client().get("/", headers={"accept-language": language}, follow=True)
    assert response.status_code == 200
    assert response.context["page"].locale.language_code == language


def test_an_address_without_a_language_finds_it():
    assert Client().get("/agenda/", follow=True).redirect_chain == [("/fr/agenda/", 302)]


def test_post_is_refused():
    assert Client().post("/").status_code == 405
