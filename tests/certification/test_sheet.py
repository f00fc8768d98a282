from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from tests.certification.facts import everyone_present, say


def url(session, language="fr"):
    with translation.override(language):
        return reverse("certification:sheet", args=[session.code])


def text(response):
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)


def test_it_works(browse_as, trainer, session):
    everyone_present(session, trainer)
    response = browse_as(trainer).get(url(session))
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    for printed in ("Amina Diallo", "Tesfay Gebremedhin", "Claire Dubois", "Une journée ensemble"):
        assert printed in text(response)


def test_in_dutch(browse_as, trainer, session):
    everyone_present(session, trainer)
    assert "Een dag samen" in text(browse_as(trainer).get(url(session, "nl")))


def test_before_any_mark(browse_as, trainer, session):
    assert "Amina Diallo" in text(browse_as(trainer).get(url(session)))


def test_a_correction_is_printed_with_its_reason(browse_as, trainer, learner, session):
    everyone_present(session, trainer)
    say(session.half_days[0], learner, trainer, "absent", source=4, reason="Wrong line.")
    assert "Wrong line." in text(browse_as(trainer).get(url(session)))


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404), ("coordinator", 200)])
def test_who_may_print_it(request, browse_as, session, person, status):
    assert browse_as(request.getfixturevalue(person)).get(url(session)).status_code == status


def test_a_missing_session_and_a_post(browse_as, trainer, session):
    assert browse_as(trainer).get(reverse("certification:sheet", args=[uuid4()])).status_code == 404
    assert browse_as(trainer).post(url(session)).status_code == 405
