"""What MDN's HTTP observatory would say of the public pages in production: its ten tests and its marks, worked out
from our own headers. The observatory itself asks for a site on the internet."""

import re

import pytest
from django.test import Client, override_settings

from tests.courses import steps
from tests.home.test_csp import policy

PRODUCTION = {
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "SECURE_SSL_REDIRECT": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
}
PRIVATE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
HALF_A_YEAR = 15_768_000
PUBLIC = ["/fr/", "/nl/", "/fr/verifier/", steps.address("account_login"), steps.address("people:register")]


def content_policy(answer):
    said = policy(answer)
    values = {value for values in said.values() for value in values}
    if values & {"'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*"} or "data:" in said["script-src"]:
        return -20
    return 10 if said["default-src"] == ["'none'"] else 5


def cookies(answer):
    if not answer.cookies:
        return 0
    kept = all(cookie["secure"] and cookie["samesite"] in ("Lax", "Strict") for cookie in answer.cookies.values())
    hidden = all(cookie["httponly"] for name, cookie in answer.cookies.items() if "session" in name or "csrf" in name)
    return 5 if kept and hidden else -20


def sharing(answer):
    return -50 if answer.get("Access-Control-Allow-Origin") == "*" else 0


def transport(answer):
    found = re.search(r"max-age=(\d+)", answer.get("Strict-Transport-Security", ""))
    return 0 if found and int(found[1]) >= HALF_A_YEAR else -20


def redirection(answer):
    plain = Client().get(answer.request["PATH_INFO"])
    return 0 if plain.status_code == 301 and plain.url.startswith("https://testserver/") else -20


def referrer(answer):
    return 5 if answer.get("Referrer-Policy") in PRIVATE_REFERRERS else 0


def scripts(answer):
    sources = re.findall(r"<(?:script|link)[^>]*(?:src|href)=\"((?:https?:)?//[^\"]+)\"", answer.content.decode())
    return 0 if all("testserver" in source or "127.0.0.1" in source for source in sources) else -50


def types(answer):
    return 0 if answer.get("X-Content-Type-Options") == "nosniff" else -5


def frames(answer):
    return 5 if policy(answer).get("frame-ancestors") in (["'self'"], ["'none'"]) else -20


def resources(answer):
    return 10 if answer.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site") else 0


TESTS = [content_policy, cookies, sharing, redirection, referrer, transport, scripts, types, frames, resources]


def score_of(answer):
    """A bonus counts from 90 on."""
    marks = [test(answer) for test in TESTS]
    kept = 100 + sum(mark for mark in marks if mark < 0)
    return kept + sum(mark for mark in marks if mark > 0) if kept >= 90 else kept


@pytest.mark.django_db
@pytest.mark.parametrize("page", PUBLIC)
def test_a_public_page_has_more_than_an_a_plus(page):
    with override_settings(**PRODUCTION):
        answer = Client().get(page, secure=True)
        assert answer.status_code == 200
        assert score_of(answer) >= 130


@pytest.mark.django_db
def test_a_weaker_page_would_be_marked_down():
    with override_settings(**PRODUCTION):
        answer = Client().get("/fr/", secure=True)
        del answer["Strict-Transport-Security"]
        assert score_of(answer) == 80
