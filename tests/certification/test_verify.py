from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from certification.issuing import issue
from certification.models import Certificate
from home.interface import chosen
from tests.certification.facts import make_ready


@pytest.fixture
def certificate(session, trainer, learner):
    make_ready(session, trainer)
    return issue(learner, session.edition, learner, timezone.now())


def replace(certificate, **changes):
    """Another certificate for the same person, as it may have been issued."""
    values = {
        "number": f"AB-2020-{uuid4().hex[:4]}",
        "learner": certificate.learner,
        "edition": certificate.edition,
        "issued_at": certificate.issued_at,
        "issued_by": certificate.issued_by,
        "printed": certificate.printed,
        "rules_met": certificate.rules_met,
        "replaces": certificate,
    }
    return Certificate.objects.create(**{**values, **changes})


def api(client, certificate):
    return client.get(f"/api/certificates/{certificate.code}/")


def test_a_valid_certificate(client, certificate):
    response = client.get(f"/fr/verifier/{certificate.code}/")
    content = response.content.decode()
    assert response.status_code == 200
    assert "verdict" in content
    assert "verdict--" not in content
    for said in ("Amina Diallo", certificate.number, "Sait écouter."):
        assert said in content


def test_the_dutch_page_says_the_dutch_strings(client, certificate):
    content = client.get(f"/nl/verifieren/{certificate.code}/").content.decode()
    assert "Kan luisteren." in content
    assert "Sait écouter." not in content


def test_the_address_follows_its_own_language(certificate):
    for language, word in (("fr", "verifier"), ("nl", "verifieren")):
        with translation.override(language):
            assert reverse("certification:verify", args=["X"]) == f"/{language}/{word}/X/"


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_nothing_more_than_the_paper(client, learner, certificate, language):
    word = {"fr": "verifier", "nl": "verifieren"}[language]
    content = client.get(f"/{language}/{word}/{certificate.code}/").content.decode()
    for secret in (learner.username, str(learner.code), str(certificate.edition.code), "Groupe de Lille"):
        assert secret not in content


def test_a_revoked_certificate_says_since_when_and_why(client, coordinator, certificate):
    certificate.revoke("error", coordinator, timezone.now())
    content = client.get(f"/fr/verifier/{certificate.code}/").content.decode()
    assert "verdict--bad" in content
    facts = api(client, certificate).json()
    assert (facts["status"], facts["reason"]) == ("revoked", "error")
    assert facts["revoked_on"] == timezone.localdate().isoformat()


def test_a_replaced_certificate(client, certificate):
    newer = replace(certificate)
    facts = api(client, certificate).json()
    assert (facts["status"], facts["replaced_on"]) == ("replaced", timezone.localdate().isoformat())
    assert newer.number not in client.get(f"/fr/verifier/{certificate.code}/").content.decode()
    assert api(client, newer).json()["status"] == "valid"


@pytest.mark.parametrize(("days", "status"), [(-1, "expired"), (0, "valid"), (1, "valid")])
def test_an_expired_certificate(client, certificate, days, status):
    ending = replace(certificate, expires_on=timezone.localdate() + timedelta(days=days))
    assert api(client, ending).json()["status"] == status
    assert client.get(f"/nl/verifieren/{ending.code}/").status_code == 200


@pytest.mark.parametrize("typed", ["AB-2026-0174-K7", "0000000000000000", "<script>", "\N{SNOWMAN}", "x" * 300])
def test_an_unknown_code_is_404_and_kept_in_the_form(client, database, typed):
    response = client.get("/fr/verifier/", {"code": typed})
    assert response.status_code == 404
    assert response.context["form"]["code"].value() == typed
    assert "<script>" not in response.content.decode()


def test_an_unknown_code_in_the_address(client, database):
    assert client.get("/fr/verifier/AAAA/").status_code == 404
    response = client.get("/api/certificates/AAAA/")
    assert (response.status_code, response.json()) == (404, {"status": "unknown"})


def test_however_it_is_typed_it_is_found(client, certificate):
    typed = f" {certificate.printed['code'].lower().replace('0', 'o').replace('1', 'l')} "
    response = client.get("/fr/verifier/", {"code": typed})
    assert response["Location"] == f"/fr/verifier/{certificate.code}/"
    assert client.get(f"/fr/verifier/{typed.strip()}/").status_code == 200


def test_the_form(client, database):
    assert client.get("/fr/verifier/").status_code == 200
    assert client.get("/nl/verifieren/").status_code == 200
    assert client.get("/nl/verifieren/", {"code": ""}).status_code == 200
    assert client.post("/fr/verifier/", {"code": "A"}).status_code == 422
    assert client.put("/fr/verifier/").status_code == 405


@pytest.mark.parametrize(
    ("language", "address"), [("fr", "/fr/verifier/"), ("nl", "/nl/verifieren/"), ("ti", "/fr/verifier/")]
)
def test_the_printed_address_leads_to_the_reader_s_language(client, certificate, language, address):
    response = client.get(f"/v/{certificate.code}/", headers={"Accept-Language": language})
    assert response.status_code == 302
    assert response["Location"] == f"{address}{certificate.code}/"


@pytest.mark.parametrize("address", ["/fr/verifier/{}/", "/api/certificates/{}/"])
def test_no_search_engine_no_cache_few_queries(client, certificate, address, django_assert_max_num_queries):
    client.get(address.format(certificate.code))
    with django_assert_max_num_queries(2):
        response = client.get(address.format(certificate.code))
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_the_api_says_what_the_paper_says(client, certificate):
    facts = api(client, certificate).json()
    assert facts["status"] == "valid"
    assert facts["holder"] == "Amina Diallo"
    assert facts["issued_on"] == timezone.localdate().isoformat()
    assert set(facts["title"]) == {"fr", "nl"}


def test_the_language_of_the_menus_does_not_change_the_address():
    token = chosen.set("nl")
    try:
        assert reverse("certification:verify_form") == "/fr/verifier/"
    finally:
        chosen.reset(token)
