"""The sheet of cards: ten on a page, each with a QR code that other programs read."""

from uuid import uuid4

import pytest
import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from certification.documents.cards import CardsText, CardText, cards
from home.documents.fonts import MissingGlyph
from home.documents.typography import MM
from people import inviting
from people.models import Card, Invitation, User
from tests import reading
from tests.documents import NAMES
from tests.people.roster import cohort_elsewhere, cohort_of_lille


@pytest.fixture
def lille(database):
    return cohort_of_lille()


def url(code, name="cards"):
    with translation.override("fr"):
        return reverse(f"certification:{name}", args=[code])


def card(name="Amina", code="a" * 22):
    return CardText(name, "Maison des ambassadeurs", f"https://ambassadeurs.example/c/{code}/")


def sheet(*made):
    return cards(CardsText("AB Réfugiés-Social", list(made)))


def figures(content):
    return [element for tag, element in reading.elements(content) if tag == "Figure"]


def modules(picture, figure, count):
    """The QR code as it is seen on the page, from one figure's box."""
    left, _bottom, right, top = (float(side) for side in figure["/A"]["/BBox"])
    unit = (right - left) / count
    points = [[(left + (x + 0.5) * unit, top - (y + 0.5) * unit) for x in range(count)] for y in range(count)]
    return [[int(reading.shade(picture, point, 300) < 128) for point in row] for row in points]


def test_each_code_says_the_address_of_its_card():
    made = [card(f"Amina {at}", f"{at:022}") for at in range(10)]
    content = sheet(*made)
    picture = reading.picture(content, 300)
    for one, figure in zip(made, figures(content), strict=True):
        matrix = [list(row) for row in segno.make(one.url, error="m", boost_error=False, micro=False).matrix]
        assert modules(picture, figure, len(matrix)) == matrix


def test_a_code_is_large_enough_to_scan():
    for figure in figures(sheet(card(), card())):
        left, bottom, right, top = (float(side) for side in figure["/A"]["/BBox"])
        assert right - left == pytest.approx(30 * MM, abs=0.1) == top - bottom


def test_a_card_says_its_name_and_what_to_do():
    read = reading.text(sheet(card()))
    for line in ("Amina", "Maison des ambassadeurs", "Scannez, puis tapez votre code.", "Scan en tik daarna uw code."):
        assert all(word in read for word in line.split())
    assert "réfugié" not in read.lower() and "vluchteling" not in read.lower()


def test_ten_cards_a_page():
    assert [len(reading.reader(sheet(*[card()] * count)).pages) for count in (1, 10, 11, 25)] == [1, 1, 2, 3]


def test_names_are_printed_in_every_script():
    read = reading.text(sheet(*[card(name.split()[0]) for name in NAMES.values()]))
    assert [name for name in NAMES.values() if reading.plain(name.split()[0]) not in read] == []


def test_a_name_that_cannot_be_drawn_is_refused():
    with pytest.raises(MissingGlyph):
        sheet(card("李"))


def test_the_same_cards_give_the_same_bytes():
    assert sheet(card()) == sheet(card())


# The page


def test_it_works(browse_as, trainer, learner, other_learner, lille):
    User.objects.filter(pk=other_learner.pk).update(last_login=timezone.now())
    client = browse_as(trainer)
    assert client.get(url(lille.code)).status_code == 200
    assert not Card.objects.exists()
    response = client.post(url(lille.code), {"people": [learner.code, other_learner.code]})
    assert response["Content-Type"] == "application/pdf" and "no-store" in response["Cache-Control"]
    assert {made.person for made in Card.objects.standing()} == {learner, other_learner}
    assert [invitation.person for invitation in Invitation.objects.all()] == [learner]
    assert learner.trail.filter(action="card", author=trainer).count() == 1
    read = reading.text(response.content)
    assert "Amina" in read and "Diallo" not in read


def test_the_code_leads_to_the_card(browse_as, trainer, learner, lille):
    content = browse_as(trainer).post(url(lille.code), {"people": [learner.code]}).content
    address = f"{settings.PUBLIC_ORIGIN}/c/{Card.objects.get().code}/"
    matrix = [list(row) for row in segno.make(address, error="m", boost_error=False, micro=False).matrix]
    assert modules(reading.picture(content, 300), figures(content)[0], len(matrix)) == matrix


def test_a_card_opens_the_first_entry(browse_as, client, trainer, learner, lille):
    browse_as(trainer).post(url(lille.code), {"people": [learner.code]})
    card = Card.objects.get()
    assert Invitation.objects.opened_by_card(card, timezone.now()).person == learner
    assert client.get(f"/c/{card.code}/", follow=True).status_code == 200


def test_printing_twice_keeps_the_card(browse_as, trainer, learner, lille):
    client, codes = browse_as(trainer), set()
    for _time in range(2):
        assert client.post(url(lille.code), {"people": [learner.code]}).status_code == 200
        codes.add(Card.objects.standing().get().code)
    assert len(codes) == 1
    inviting.cancel_card(learner, trainer, timezone.now())
    client.post(url(lille.code), {"people": [learner.code]})
    assert Card.objects.standing().get().code not in codes


def test_a_name_without_glyphs_gives_way_to_the_user_name(browse_as, trainer, learner, lille):
    User.objects.filter(pk=learner.pk).update(used_name="李")
    content = browse_as(trainer).post(url(lille.code), {"people": [learner.code]}).content
    assert "learner" in reading.text(content)


@pytest.mark.parametrize("chosen", [[], ["x"], [str(uuid4())]])
def test_nobody_chosen(browse_as, trainer, lille, chosen):
    assert browse_as(trainer).post(url(lille.code), {"people": chosen}).status_code == 422
    assert not Card.objects.exists()


def test_whose_cards(browse_as, client, trainer, coordinator, learner, stranger, lille):
    elsewhere = cohort_elsewhere()
    elsewhere.members.add(stranger)
    for person, code, status in (
        (trainer, elsewhere.code, 404),
        (coordinator, uuid4(), 404),
        (learner, lille.code, 403),
        (stranger, elsewhere.code, 403),
    ):
        assert browse_as(person).post(url(code), {"people": [learner.code]}).status_code == status
    assert client.post(url(lille.code), {"people": [learner.code]}).status_code == 302
    assert browse_as(trainer).post(url(lille.code), {"people": [stranger.code]}).status_code == 422
    assert not Card.objects.exists()


def test_no_card_for_the_team_from_a_trainer(browse_as, trainer, coordinator, lille):
    lille.members.add(coordinator)
    assert browse_as(trainer).post(url(lille.code), {"people": [coordinator.code]}).status_code == 422
    assert browse_as(coordinator).post(url(lille.code), {"people": [coordinator.code]}).status_code == 200


def test_a_limit_on_cards(browse_as, trainer, learner, lille, monkeypatch):
    monkeypatch.setattr(inviting, "INVITATIONS", {"limit": 0, "seconds": 3600})
    assert browse_as(trainer).post(url(lille.code), {"people": [learner.code]}).status_code == 429
    assert not Card.objects.exists()


def test_both_pages_of_a_group_lead_to_the_other(browse_as, trainer, edition):
    people, certificates = reverse("people:cohort", args=[edition.cohort.code]), url(edition.code, "cohort")
    client = browse_as(trainer)
    assert certificates in client.get(people).content.decode()
    assert people in client.get(certificates).content.decode()
