from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from certification.models import LateDecision, PaperSheet, RegisterEntry
from home.models import SiteSettings
from tests import reading
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
    dutch = text(browse_as(trainer).get(url(session, "nl")))
    assert "Een dag samen" in dutch and "Datum:" in dutch and "\u00a0:" not in dutch


def test_before_any_mark(browse_as, trainer, session):
    assert "Amina Diallo" in text(browse_as(trainer).get(url(session)))


def test_a_correction_is_printed_with_its_reason(browse_as, trainer, learner, session):
    everyone_present(session, trainer)
    say(session.half_days[0], learner, trainer, "absent", source=4, reason="Wrong line.")
    assert "Wrong line." in text(browse_as(trainer).get(url(session)))


def test_it_carries_the_last_digest_of_the_register(browse_as, trainer, learner, session):
    everyone_present(session, trainer)
    before = RegisterEntry.objects.end_of(session)
    assert before in text(browse_as(trainer).get(url(session))).replace(" ", "")
    say(session.half_days[0], learner, trainer, "absent", source=4, reason="Wrong line.")
    assert before not in text(browse_as(trainer).get(url(session))).replace(" ", "")


def test_it_says_what_came_late_and_what_is_on_paper(browse_as, trainer, learner, other_learner, session):
    everyone_present(session, trainer)
    slot, now = session.half_days[0], timezone.now()
    LateDecision.objects.decide(say(slot, learner, trainer, "absent"), trainer, False, now)
    say(slot, other_learner, trainer, "absent")
    PaperSheet.objects.attach(slot, trainer, b"%PDF-1.7", "application/pdf", now)
    read = reading.text(browse_as(trainer).get(url(session)).content)
    assert "ne compte pas" in read and "attend une décision" in read
    assert PaperSheet.objects.get().sha256[:16] in read
    assert "Aucune observation" not in read


def test_it_names_the_provider_the_module_and_the_hours(browse_as, trainer, session):
    settings = SiteSettings.load()
    settings.provider, settings.nda = "AB Réfugiés-Social", "32590123459"
    settings.save()
    everyone_present(session, trainer)
    read = reading.text(browse_as(trainer).get(url(session)).content)
    for fact in (settings.provider, settings.nda, "1 · Écouter", "9 h", "12 h 30", "17 h 30", "Matin", "Après-midi"):
        assert reading.plain(fact) in read


def test_it_asks_as_many_questions_for_many_marks(
    browse_as, trainer, learner, session, django_assert_num_queries, django_assert_max_num_queries
):
    everyone_present(session, trainer)
    client = browse_as(trainer)
    client.get(url(session))
    with django_assert_max_num_queries(40) as few:
        client.get(url(session))
    for _time in range(5):
        say(session.half_days[0], learner, trainer, "absent", source=4, reason="Wrong line.")
        say(session.half_days[0], learner, trainer)
    with django_assert_num_queries(len(few)):
        client.get(url(session))


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404), ("coordinator", 200)])
def test_who_may_print_it(request, browse_as, session, person, status):
    assert browse_as(request.getfixturevalue(person)).get(url(session)).status_code == status


def test_a_missing_session_and_a_post(browse_as, trainer, session):
    assert browse_as(trainer).get(reverse("certification:sheet", args=[uuid4()])).status_code == 404
    assert browse_as(trainer).post(url(session)).status_code == 405
