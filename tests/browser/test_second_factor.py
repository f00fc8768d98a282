"""The second proof on a telephone: a code app, and a passkey with Chromium's virtual authenticator."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from playwright.sync_api import expect

from tests.browser.conftest import watched
from tests.cast import PASSWORD
from tests.courses import steps

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def url(name, *args):
    return steps.address(name, *args)


def button(page, name):
    return page.get_by_role("button", name=name)


def sign_in(page, address, username="trainer", to="/fr/cohorts/"):
    page.goto(f"{address}{url('account_login')}?next={to}")
    page.get_by_label("Nom d’utilisateur ou e-mail").fill(username)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    button(page, "Se connecter").click()


def say_it_again(page):
    page.get_by_label("Mot de passe").fill(PASSWORD)
    button(page, "Continuer").click()


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def telephone(browser, live):
    """A page at a named address, where passkeys work, on a device that has a finger to show."""
    address, problems = live.replace("127.0.0.1", "localhost"), []
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="fr-FR", has_touch=True)
    page = watched(context.new_page(), address, problems)
    page.address = address
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    page.key = device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    page.device = device
    yield page
    context.close()
    assert problems == []


def test_a_trainer_sets_up_a_code_app_and_uses_it(page_360, live, trainer, axe):
    page = page_360
    sign_in(page, live)
    expect(page.get_by_role("heading", level=1)).to_have_text("Encore une chose, une seule fois")
    assert axe(page) == []
    page.get_by_role("link", name="Avec une application de codes").click()
    assert axe(page) == []
    say_it_again(page)
    assert axe(page) == []
    secret = page.locator("b.ltr").inner_text()
    page.get_by_label("Code").fill(code_of(secret))
    button(page, "C’est fait").click()
    assert axe(page) == []
    assert len(re.findall(r"\b\d{8}\b", page.locator("main").inner_text())) == 10
    page.get_by_role("link", name="Je les ai gardés, continuer").click()
    expect(page).to_have_url(f"{live}/fr/cohorts/")
    page.context.clear_cookies()
    sign_in(page, live)
    assert axe(page) == []
    page.get_by_label("Code").fill(code_of(secret))
    button(page, "Se connecter").click()
    expect(page).to_have_url(f"{live}/fr/cohorts/")


def test_a_passkey_is_both_proofs(telephone, trainer, axe):
    page = telephone
    sign_in(page, page.address)
    page.get_by_role("link", name="Avec une clé d’accès").click()
    say_it_again(page)
    assert axe(page) == []
    page.get_by_label("Un nom").fill("Mon téléphone")
    button(page, "Créer ma clé d’accès").click()
    page.get_by_role("link", name="Je les ai gardés, continuer").click()
    expect(page).to_have_url(f"{page.address}/fr/cohorts/")
    page.context.clear_cookies()
    page.goto(f"{page.address}{url('account_login')}?next=/fr/cohorts/")
    assert axe(page) == []
    button(page, "Avec une clé d’accès").click()
    expect(page).to_have_url(f"{page.address}/fr/cohorts/")


def test_a_passkey_is_the_second_proof_after_a_password(telephone, trainer):
    page = telephone
    add_passkey(page)
    page.context.clear_cookies()
    sign_in(page, page.address)
    button(page, "Avec une clé d’accès").click()
    expect(page).to_have_url(f"{page.address}/fr/cohorts/")


def add_passkey(page, to="/fr/cohorts/"):
    sign_in(page, page.address, to=url("mfa_add_webauthn"))
    say_it_again(page)
    button(page, "Créer ma clé d’accès").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")


def test_a_passkey_is_renamed_and_removed(telephone, trainer, axe):
    page = telephone
    add_passkey(page)
    page.goto(page.address + url("mfa_list_webauthn"))
    assert axe(page) == []
    page.get_by_role("link", name="Renommer").click()
    assert axe(page) == []
    page.get_by_label("Un nom").fill("Le vieux téléphone")
    button(page, "Enregistrer").click()
    expect(page.get_by_text("Le vieux téléphone").first).to_be_visible()
    page.get_by_role("link", name="Retirer").click()
    assert axe(page) == []
    button(page, "Retirer").click()
    expect(page.get_by_text("Vous n’avez pas encore de clé d’accès.")).to_be_visible()
    assert not Authenticator.objects.exists()


def test_a_refused_finger_is_said_in_words(telephone, trainer):
    page = telephone
    page.device.send("WebAuthn.setUserVerified", {"authenticatorId": page.key, "isUserVerified": False})
    sign_in(page, page.address, to=url("mfa_add_webauthn"))
    say_it_again(page)
    button(page, "Créer ma clé d’accès").click()
    expect(page.get_by_role("alert")).to_contain_text("La clé d’accès n’a pas servi.")


def test_without_javascript_a_code_app_does_it_all(open_page, live, trainer):
    TOTP.activate(trainer, generate_totp_secret())
    page = open_page(360, 740, java_script_enabled=False)
    page.goto(f"{live}{url('account_login')}?next=/fr/cohorts/")
    assert not button(page, "Avec une clé d’accès").is_visible()
    sign_in(page, live)
    expect(page.get_by_text("Démonstration : votre code est")).to_be_visible()
    button(page, "Se connecter").click()
    expect(page).to_have_url(f"{live}/fr/cohorts/")


@pytest.mark.parametrize(
    "name",
    ["mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes", "mfa_add_webauthn",
     "mfa_reauthenticate", "account_reauthenticate", "usersessions_list", "people:waiting", "people:unlocks"],
)  # fmt: skip
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_it_is_accessible_and_fits(open_page, live, coordinator, login, axe, name, width):
    TOTP.activate(coordinator, generate_totp_secret())
    RecoveryCodes.activate(coordinator)
    page = open_page(width)
    login(page, coordinator)
    answer = page.goto(live + url(name))
    assert answer.status == 200
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_lost_proof_is_removed_by_a_coordinator(page_360, live, coordinator, trainer, login, axe):
    TOTP.activate(trainer, generate_totp_secret())
    login(page_360, coordinator)
    page_360.goto(live + url("people:me"))
    page_360.get_by_role("link", name="Quelqu’un a perdu sa deuxième preuve").click()
    page_360.get_by_role("link", name="Claire Dubois").click()
    assert axe(page_360) == []
    button(page_360, "Retirer la deuxième preuve").click()
    expect(page_360.get_by_text("La deuxième preuve est retirée.")).to_be_visible()
    assert not Authenticator.objects.exists()


def test_what_was_sent_too_late_is_sent_again_with_one_tap(page_360, live, trainer, session, login, axe, settings):
    login(page_360, trainer)
    slot, learner = session.half_days[0], session.edition.enrolments.first().learner
    roster = url("certification:roster", slot.code)
    page_360.goto(live + url("certification:correct", slot.code, learner.code))
    page_360.locator("[value=p]").first.check(force=True)
    page_360.locator("[name$=reason]").fill("Elle était là.")
    settings.STAFF_IDLE_SECONDS = -1
    page_360.locator("main [type=submit], .dock [type=submit]").last.click()
    settings.STAFF_IDLE_SECONDS = 1800
    expect(page_360.get_by_role("heading", level=1)).to_have_text("Est-ce bien vous ?")
    say_it_again(page_360)
    expect(page_360.get_by_role("heading", level=1)).to_have_text("Ce que vous avez envoyé attend ici")
    assert axe(page_360) == []
    button(page_360, "Envoyer").click()
    expect(page_360).to_have_url(re.compile(re.escape(roster)))
