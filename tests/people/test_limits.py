"""Limits: who asks too much is told to wait, and nobody else pays for it."""

import pytest
import time_machine
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from certification.codes import new_code
from certification.issuing import issue
from certification.models import Certificate
from certification.views.verification import MISSES
from events.models import Registration
from people import limits
from tests.certification.facts import make_ready
from tests.courses import steps
from tests.guides.shelf import make_library

NOON = "2026-11-23T12:00:00+00:00"


@pytest.fixture(autouse=True)
def one_window():
    """No window ends in the middle of a test."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def certificate(session, trainer, learner):
    make_ready(session, trainer)
    return issue(learner, session.edition, learner, timezone.now())


def miss(client, times, **address):
    """Asks for codes that do not exist; the status of each answer."""
    return [client.get("/fr/verifier/", {"code": new_code()}, **address).status_code for _time in range(times)]


def test_a_limit_counts_each_key_apart():
    assert [limits.allow("knock", "a", 2, 60) for _time in range(3)] == [True, True, False]
    assert limits.allow("knock", "b", 2, 60)
    assert limits.allow("ring", "a", 2, 60)


def test_looking_does_not_count():
    assert not any(limits.is_spent("knock", "a", 1, 60) for _time in range(3))
    limits.allow("knock", "a", 1, 60)
    assert limits.is_spent("knock", "a", 1, 60)


def test_it_begins_again_with_the_next_window():
    limits.allow("knock", "a", 1, 60)
    assert not limits.allow("knock", "a", 1, 60)
    with time_machine.travel("2026-11-23T12:01:00+00:00", tick=False):
        assert limits.allow("knock", "a", 1, 60)


def test_a_counter_names_nobody():
    assert "amina" not in limits.counter_of("knock", "amina@example.org", 60)


@pytest.mark.django_db
def test_it_counts_in_the_database_too(monkeypatch):
    call_command("createcachetable", "counters", database="default", verbosity=0)
    monkeypatch.setattr(limits, "caches", {"shared": DatabaseCache("counters", {})})
    assert [limits.allow("knock", "a", 2, 600) for _time in range(3)] == [True, True, False]


def test_what_allauth_counts_is_seen_by_every_process():
    caches["default"].set("allauth:rl:login", [1])
    assert caches["shared"].get("allauth:rl:login") == [1]
    assert caches["default"].get("allauth:rl:login") == [1]
    caches["default"].set("page", 1)
    assert caches["shared"].get("page") is None


def test_codes_tried_at_random_are_stopped_before_any_is_looked_up(certificate):
    client = Client()
    assert set(miss(client, MISSES["limit"])) == {404}
    for url in ("/fr/verifier/?code=", "/fr/verifier/", "/nl/verifieren/", "/api/certificates/"):
        end = certificate.code if "?" in url else f"{certificate.code}/"
        assert client.get(url + end).status_code == 429, url


@pytest.mark.parametrize(("url", "said"), [("/fr/verifier/", "Trop d’essais"), ("/nl/verifieren/", "Te veel pogingen")])
def test_the_refusal_is_a_sentence_and_keeps_the_code(db, url, said):
    client = Client()
    miss(client, MISSES["limit"])
    response = client.get(url, {"code": "ABCD-1234"})
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    html = response.content.decode().replace("\u00a0", " ")
    assert said in html and 'value="ABCD-1234"' in html


def test_a_programme_is_told_in_its_own_way(db):
    client = Client()
    miss(client, MISSES["limit"])
    response = client.get(f"/api/certificates/{new_code()}/")
    assert (response.status_code, response.json()) == (429, {"status": "too_many_requests"})


def test_a_class_verifies_its_certificates_as_often_as_it_wants(certificate):
    client = Client()
    urls = [f"/fr/verifier/{certificate.code}/"] * (MISSES["limit"] + 20)
    assert {client.get(url).status_code for url in urls} == {200}


def test_another_address_is_not_stopped(certificate):
    client = Client()
    miss(client, MISSES["limit"], REMOTE_ADDR="192.0.2.1")
    url = f"/fr/verifier/{certificate.code}/"
    assert client.get(url, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert client.get(url, REMOTE_ADDR="192.0.2.2").status_code == 200


def test_somebody_signed_in_does_not_pay_for_the_others_of_the_centre(certificate, browse_as, learner):
    miss(Client(), MISSES["limit"])
    assert browse_as(learner).get(f"/fr/verifier/{certificate.code}/").status_code == 200


def test_a_document_is_asked_for_five_times(certificate, browse_as, learner):
    client = browse_as(learner)
    url = steps.address("certification:prepare", certificate.code)
    assert [client.post(url).status_code for _time in range(6)] == [302] * 5 + [429]
    assert Certificate.objects.count() == 1


def test_a_refused_registration_says_so_and_writes_nothing(session, browse_as, stranger, learner):
    client, url = browse_as(stranger), steps.address("events:cancel", session.code)
    assert [client.post(url).status_code for _time in range(30)] == [302] * 30
    before = Registration.objects.count()
    response = client.post(steps.address("events:register", session.code))
    assert response.status_code == 429
    assert "Trop d’essais" in response.content.decode()
    assert Registration.objects.count() == before
    assert browse_as(learner).post(steps.address("events:register", session.code)).status_code == 302


def test_several_are_counted_at_once():
    assert limits.allow("invite", "amina", 10, 600, count=10)
    assert not limits.allow("invite", "amina", 10, 600)
    assert limits.allow("invite", "claire", 10, 600, count=3)


def test_words_are_looked_for_as_often_as_a_centre_needs(coordinator, browse_as, monkeypatch, database):
    make_library()
    pages = ["/fr/guides/", steps.address("people:index"), steps.address("people:trail")]
    monkeypatch.setitem(limits.SEARCHES, "limit", 3)
    client = browse_as(coordinator)
    assert [client.get(page, {"q": "table"}).status_code for page in pages] == [200, 200, 200]
    assert [client.get(page, {"q": "table"}).status_code for page in pages] == [429, 429, 429]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    assert Client().get("/fr/guides/", {"q": "table"}).status_code == 200
