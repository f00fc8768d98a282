"""The QR code of a certificate, checked on a phone without a network: genuine or not, never valid."""

from io import BytesIO

import pytest
import segno
from django.utils import timezone
from playwright.sync_api import expect

from certification.credentialing import qr_text
from certification.issuing import issue
from tests.certification.facts import make_ready


@pytest.fixture
def scanned(live, session, trainer, learner):
    """What the QR code of a certificate says: its code, and what is signed."""
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, learner, timezone.now())
    return certificate.code, qr_text(certificate).partition("#")[2]


@pytest.fixture
def phone(browser, live):
    """A telephone that kept the page, then lost its network."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="nl-BE")
    page = context.new_page()
    page.goto(f"{live}/nl/verifieren/")
    page.locator("[data-keep]").click()
    expect(page.locator("[data-kept]")).to_be_visible(timeout=20000)
    context.set_offline(True)
    yield page
    context.close()


def photo_of(text):
    file = BytesIO()
    segno.make(text, error="m").save(file, kind="png", scale=6, border=4)
    return {"name": "photo.png", "mimeType": "image/png", "buffer": file.getvalue()}


def test_the_printed_address_without_a_network(phone, live, scanned):
    code, signed = scanned
    phone.goto(f"{live}/v/{code}/#{signed}")
    verdict = phone.locator("[data-verdict]")
    expect(verdict).to_contain_text("De handtekening is echt")
    expect(verdict).to_contain_text("Amina Diallo")
    expect(verdict).to_contain_text("kon niet worden nagegaan")
    expect(phone.locator("main")).not_to_contain_text("geldig")


def test_one_changed_sign_is_refused(phone, live, scanned):
    code, signed = scanned
    for at in (7, 30, len(signed) - 1):
        changed = signed[:at] + ("A" if signed[at] != "A" else "B") + signed[at + 1 :]
        phone.goto("about:blank")
        phone.goto(f"{live}/v/{code}/#{changed}")
        expect(phone.locator("[data-verdict]")).to_contain_text("De handtekening is niet echt")


def test_the_signature_of_another_certificate_is_refused(phone, live, scanned):
    phone.goto(f"{live}/v/{'0' * 16}/#{scanned[1]}")
    expect(phone.locator("[data-verdict]")).to_contain_text("De handtekening is niet echt")


def test_a_photo_without_a_network(phone, scanned):
    code, signed = scanned
    phone.evaluate("Object.defineProperty(navigator, 'onLine', { get: () => false })")
    phone.locator("#photo").set_input_files(photo_of(f"https://example.org/v/{code}/#{signed}"))
    expect(phone.locator("[data-verdict]")).to_contain_text("Amina Diallo")


def test_what_needs_the_site_stays_as_it_was_typed(phone):
    phone.evaluate("Object.defineProperty(navigator, 'onLine', { get: () => false })")
    phone.locator("[name=code]").fill("ABCD-EFGH")
    phone.locator("form[method=get] [type=submit]").last.click()
    expect(phone.locator("[data-signed] [role=status]")).to_contain_text("Er is geen netwerk")
    expect(phone.locator("[name=code]")).to_have_value("ABCD-EFGH")


def test_another_code_is_told(phone, scanned):
    phone.locator("#photo").set_input_files(photo_of("https://example.org/"))
    expect(phone.locator("[data-signed] [role=status]")).to_contain_text("niet die van een certificaat")
