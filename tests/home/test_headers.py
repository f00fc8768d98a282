"""What every kind of answer tells the browser to refuse, and to keep or not."""

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from certification.issuing import issue
from certification.tasks import make_file
from home.models import SiteDocument
from tests.certification.facts import make_ready
from tests.courses import steps
from tests.home.test_csp import policy

SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"


@pytest.fixture
def admin(coordinator):
    coordinator.is_superuser = True
    coordinator.save()
    return coordinator


@pytest.fixture
def answers(browse_as, session, trainer, learner, admin):
    """One answer of each kind."""
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, learner, timezone.now())
    make_file.call(certificate.pk)
    document = SiteDocument.objects.create(title="Guide", file=ContentFile(b"%PDF-1.7", "guide.pdf"))
    picture = default_storage.save("images/point.png", ContentFile(b"\x89PNG"))
    return {
        "public": Client().get("/fr/"),
        "missing": Client().get("/fr/nulle-part/"),
        "sign in": Client().get(steps.address("account_login")),
        "signed in": browse_as(learner).get(steps.address("courses:path")),
        "roster": browse_as(trainer).get(steps.address("certification:roster", session.slots.first().code)),
        "admin": browse_as(admin).get("/admin/"),
        "certificate": browse_as(learner).get(steps.address("certification:download", certificate.code)),
        "api": Client().get(f"/api/certificates/{certificate.code}/"),
        "document": Client().get(document.url),
        "media": Client().get(settings.MEDIA_URL + picture),
    }


def test_every_answer_has_the_same_guards(answers):
    for kind, response in answers.items():
        assert response["X-Content-Type-Options"] == "nosniff", kind
        assert response["Referrer-Policy"] == "same-origin", kind
        assert response["Cross-Origin-Opener-Policy"] == "same-origin", kind
        assert response["Cross-Origin-Resource-Policy"] == "same-origin", kind
        assert response["X-Frame-Options"] == "SAMEORIGIN", kind
        assert {"camera=()", "microphone=()", "geolocation=()"} <= set(response["Permissions-Policy"].split(", ")), kind
        assert policy(response)["default-src"] == ["'none'"], kind
        assert policy(response)["frame-ancestors"] in (["'self'"], ["'none'"]), kind


def test_the_answers_are_what_they_seem(answers):
    status = {kind: response.status_code for kind, response in answers.items()}
    assert status == {**dict.fromkeys(answers, 200), "missing": 404}


@pytest.mark.parametrize("kind", ["roster", "certificate"])
def test_what_names_people_is_kept_nowhere(answers, kind):
    assert "no-store" in answers[kind]["Cache-Control"]
    assert "private" in answers[kind]["Cache-Control"]


def test_a_page_of_a_person_is_kept_by_their_browser_only(answers):
    assert answers["signed in"]["Cache-Control"] == "private, no-cache"
    assert "Cache-Control" not in answers["public"]


@pytest.mark.parametrize("kind", ["document", "media"])
def test_nothing_runs_in_an_uploaded_file(answers, kind):
    assert answers[kind]["Content-Security-Policy"] == SANDBOX


def test_an_uploaded_document_is_saved_not_shown(answers):
    assert answers["document"]["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("path", ["documents/guide.pdf", "images/../documents/guide.pdf", "./documents/guide.pdf"])
def test_a_document_has_no_address_among_the_media(db, path):
    default_storage.save("documents/guide.pdf", ContentFile(b"%PDF-1.7"))
    assert Client().get(settings.MEDIA_URL + path).status_code == 404


def test_the_admin_opens_its_own_scripts_styles_and_preview_and_nothing_else(answers):
    admin, public = policy(answers["admin"]), policy(answers["public"])
    opened = {name: values for name, values in admin.items() if public.get(name) != values}
    assert opened == {
        "script-src": ["'self'", "'unsafe-inline'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "frame-src": ["'self'"],
    }


def test_signing_out_clears_the_pages_that_were_kept_and_not_what_waits_to_be_sent(browse_as, learner):
    assert browse_as(learner).post(steps.address("account_logout"))["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in browse_as(learner).get(steps.address("account_logout"))


def test_every_answer_says_what_it_is(answers):
    kinds = {kind: response["Content-Type"] for kind, response in answers.items()}
    assert kinds.pop("certificate") == "application/pdf" == kinds.pop("document")
    assert (kinds.pop("media"), kinds.pop("api")) == ("image/png", "application/json")
    assert set(kinds.values()) == {"text/html; charset=utf-8"}
