from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from events.models import Event, Registration, RegistrationDetail, Session
from home.models import SiteSettings


@pytest.fixture
def registration(session, learner):
    session.place, session.address = "Salle des Tilleuls", "59000 Lille"
    session.save()
    Event.objects.filter(locale__language_code="fr").update(
        bring="Un téléphone et un casque", support="Garde d’enfants : oui", languages="aide en arabe", access="Rampe"
    )
    contacts = {"email": "coordination@example.org", "disability_contact": "Lena Wouters, 03 20 00 00 00"}
    SiteSettings.objects.update_or_create(defaults=contacts)
    return Registration.objects.get(session=session, learner=learner)


def url(registration, language="fr"):
    with translation.override(language):
        return reverse("certification:convocation", args=[registration.code])


def text(response):
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)


def test_it_says_all_that_somebody_needs_to_come(browse_as, learner, registration):
    response = browse_as(learner).get(url(registration))
    assert response["Content-Type"] == "application/pdf" and response["Cache-Control"] == "private, no-store"
    read = " ".join(text(response).replace("\xa0", " ").replace("\u202f", " ").split())
    for printed in (
        "Amina Diallo",
        "Une journée ensemble",
        "Devenir ambassadeur",
        "Claire Dubois",
        "Salle des Tilleuls",
        "9 h à 12 h 30",
        "Un téléphone et un casque",
        "Garde d’enfants",
        "aide en arabe",
        "Rampe",
        "coordination@example.org",
        "Lena Wouters, 03 20 00 00 00",
        registration.session.code.hex[:8].upper(),
    ):
        assert printed in read


def test_a_sign_that_cannot_be_drawn_keeps_nobody_from_coming(browse_as, learner, registration):
    Session.objects.filter(pk=registration.session_id).update(place="Salle des Tilleuls 🎉")
    assert "Salle des Tilleuls" in text(browse_as(learner).get(url(registration)))


def test_it_is_tagged_and_in_dutch(browse_as, learner, registration):
    response = browse_as(learner).get(url(registration, "nl"))
    reader = PdfReader(BytesIO(response.content))
    assert reader.trailer["/Root"]["/Lang"] == "nl" and reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Een dag samen" in text(response)


@pytest.mark.parametrize(
    ("person", "status"),
    [("trainer", 200), ("coordinator", 200), ("other_learner", 404), ("stranger", 404)],
)
def test_who_may_read_it(request, browse_as, registration, person, status):
    assert browse_as(request.getfixturevalue(person)).get(url(registration)).status_code == status


def test_a_visitor_signs_in_and_nothing_is_written(client, browse_as, learner, registration):
    assert "login" in client.get(url(registration)).url
    assert browse_as(learner).post(url(registration)).status_code == 405
    registration.code = uuid4()
    assert browse_as(learner).get(url(registration)).status_code == 404


def test_not_for_a_place_that_was_given_back(browse_as, learner, registration):
    Registration.objects.update(cancelled_at=timezone.now())
    assert browse_as(learner).get(url(registration)).status_code == 404


@pytest.fixture
def guest(registration):
    guest = Registration.objects.create(session=registration.session, at=timezone.now())
    RegistrationDetail.objects.create(registration=guest, name="Noor Haddad", phone="+32470000000")
    return guest


def test_without_an_account_the_address_opens_it(client, guest):
    with time_machine.travel(guest.session.half_days[0].starts_at, tick=False):
        seat = client.get(reverse("events:seat", args=[guest.code])).content.decode()
    assert url(guest) in seat
    assert "Noor Haddad" in text(client.get(url(guest)))


def acknowledge(client, registration):
    return client.post(reverse("events:acknowledge", args=[registration.code]))


def test_whoever_read_it_says_so_once(browse_as, client, trainer, learner, registration, guest):
    assert acknowledge(browse_as(learner), registration).url == "/fr/agenda/une-journee-ensemble/"
    assert acknowledge(client, guest).url == reverse("events:seat", args=[guest.code])
    said = [Registration.objects.get(pk=one.pk).read_at for one in (registration, guest)]
    assert all(said)
    acknowledge(browse_as(learner), registration)
    assert Registration.objects.get(pk=registration.pk).read_at == said[0]
    people = browse_as(trainer).get(reverse("events:people", args=[registration.session.code]))
    assert people.content.decode().count("lue le") == 2


@pytest.mark.parametrize("person", ["other_learner", "stranger", "trainer"])
def test_nobody_says_so_for_somebody_else(request, browse_as, client, registration, person):
    assert acknowledge(browse_as(request.getfixturevalue(person)), registration).status_code == 404
    assert acknowledge(client, registration).status_code == 404
    assert client.get(reverse("events:acknowledge", args=[registration.code])).status_code == 405
    Registration.objects.update(cancelled_at=timezone.now())
    assert acknowledge(browse_as(registration.learner), registration).status_code == 404
    assert Registration.objects.get(pk=registration.pk).read_at is None
