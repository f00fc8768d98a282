"""Light or dark: the only cookie of a visitor, set on a click."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
THEME = "/theme/"


def choose(wanted, back="/fr/", client=None, **options):
    return (client or Client()).post(THEME, {"theme": wanted, "next": back}, **options)


@pytest.mark.parametrize("wanted", ["light", "dark"])
def test_a_theme_is_kept_and_leads_back(wanted):
    client = Client(enforce_csrf_checks=True)
    response = choose(wanted, "/nl/?x=1", client)
    assert (response.status_code, response.url) == (302, "/nl/?x=1")
    cookie = response.cookies["theme"]
    assert (cookie.value, cookie["samesite"], cookie["max-age"]) == (wanted, "Lax", 365 * 24 * 3600)
    assert list(response.cookies) == ["theme"]
    assert f'data-theme="{wanted}"' in client.get("/fr/").content.decode()


@pytest.mark.parametrize("wanted", ["auto", "", "<script>", "dark ", "DARK"])
def test_anything_else_forgets_the_theme(wanted):
    client = Client()
    choose("dark", client=client)
    choose(wanted, client=client)
    assert client.cookies["theme"].value == ""
    assert "data-theme=" not in client.get("/fr/").content.decode()


def test_nothing_at_all_is_harmless():
    response = Client().post(THEME)
    assert response.url == "/"


@pytest.mark.parametrize(
    "back",
    [
        "https://example.org/",
        "//example.org/",
        "///example.org",
        "/\\example.org",
        "\\\\example.org",
        "http:///example.org",
        "javascript:alert(1)",
        " //example.org",
        "https:example.org",
        "/fr/\r\nSet-Cookie: a=b",
    ],
)
def test_it_leads_nowhere_else(back):
    response = choose("dark", back)
    assert response.status_code == 302
    assert "example.org" not in response.url
    assert "javascript" not in response.url
    assert "\n" not in response.url
    assert list(response.cookies) == ["theme"]


def test_over_https_it_does_not_lead_back_to_http():
    assert choose("dark", "http://testserver/fr/", secure=True).url == "/"


@pytest.mark.parametrize("garbage", ["<script>alert(1)</script>", '"><b>', "blue", "a" * 3000])
def test_a_cookie_that_nobody_set_is_ignored(garbage):
    client = Client()
    client.cookies["theme"] = garbage
    html = client.get("/fr/").content.decode()
    assert "data-theme=" not in html
    assert garbage not in html


def test_get_is_refused():
    assert Client().get(THEME).status_code == 405
