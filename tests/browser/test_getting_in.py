"""Without an e-mail address: from a printed card to the first lesson, and back in with a lost PIN."""

import pytest
from playwright.sync_api import expect

from people.models import Card
from tests.browser.hands import Finger
from tests.courses import steps
from tests.people.doors import OTHER_PIN, PIN, card_of, give_pin, invite

TELEPHONE = {"width": 360, "height": 740, "has_touch": True, "is_mobile": True}


class CountingFinger(Finger):
    """Counts the taps. Six digits are typed, not tapped one by one."""

    taps = 0

    def press(self, target):
        self.taps += 1
        super().press(target)

    def write(self, target, text):
        self.press(target)
        target.press_sequentially(text)


@pytest.fixture
def card(learner, trainer):
    """As the printed sheet makes it: the first scan is the invitation."""
    invite(learner, trainer, by_card=True)
    learner.set_unusable_password()
    learner.save()
    return card_of(learner)


def choose_pin(page, hands, digits, button):
    hands.write(page.get_by_label("Choisissez un code PIN"), digits)
    hands.write(page.get_by_label("Le même code PIN"), digits)
    hands.follow(page.get_by_role("button", name=button))


def sign_out(page, hands):
    hands.follow(page.get_by_role("button", name="Se déconnecter"))


def show_card(page, hands, live, digits):
    page.goto(f"{live}/c/{Card.objects.get().code}/")
    hands.write(page.get_by_label("Votre code PIN"), digits)
    hands.follow(page.get_by_role("button", name="Se connecter"))


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.usefixtures("session")
def test_from_a_card_to_the_first_lesson(live, open_page, card, javascript):
    page = open_page(**TELEPHONE, java_script_enabled=javascript)
    hands = CountingFinger(page)
    page.goto(f"{live}/c/{card.code}/")
    choose_pin(page, hands, PIN, "Je commence")
    hands.follow(page.get_by_role("link", name="Continuer"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Se taire")
    assert hands.taps < 10, hands.taps


def test_from_a_lost_pin_to_back_in(live, open_page, login, learner, trainer, session):
    give_pin(learner)
    card_of(learner)
    telephone, tablet = open_page(**TELEPHONE), open_page(1280)
    hands, desk = CountingFinger(telephone), Finger(tablet)
    show_card(telephone, hands, live, OTHER_PIN)
    expect(telephone.get_by_role("alert")).to_contain_text("bon code PIN")

    login(tablet, trainer)
    tablet.goto(live + steps.address("certification:cohort", session.edition.code))
    tablet.get_by_role("link", name="Nouveau code PIN Amina Diallo").click()
    tablet.get_by_role("button", name="Montrer le code QR").click()
    expect(tablet.get_by_role("img", name="Code QR du lien")).to_be_visible()
    link = tablet.locator("b.ltr").text_content()
    assert desk.page.evaluate("document.querySelectorAll('svg.qr path').length") == 1

    telephone.goto(live + link.partition("8000")[2])
    choose_pin(telephone, hands, OTHER_PIN, "Enregistrer et me connecter")
    expect(telephone.get_by_role("status")).to_contain_text("nouveau code PIN")
    sign_out(telephone, hands)
    show_card(telephone, hands, live, OTHER_PIN)
    expect(telephone.get_by_role("heading", level=1)).to_contain_text("Amina")


def test_on_the_phone_of_someone_else_nothing_stays(live, open_page, learner):
    give_pin(learner)
    page = open_page(**TELEPHONE)
    hands = CountingFinger(page)
    page.goto(f"{live}/c/{card_of(learner).code}/")
    hands.write(page.get_by_label("Votre code PIN"), PIN)
    hands.choose(page.locator("#id_shared"))
    hands.follow(page.get_by_role("button", name="Se connecter"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Amina")
    kept = {cookie["name"]: cookie["expires"] for cookie in page.context.cookies()}
    assert kept["sessionid"] == -1 and "known" not in kept
    sign_out(page, hands)
    page.go_back()
    expect(page.get_by_text("Amina")).to_have_count(0)
