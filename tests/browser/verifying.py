"""What is sent or scanned to be verified, as it was issued or changed on the way."""

from playwright.sync_api import expect

from certification.credentialing import qr_text
from tests.browser.stage import VALID, certificate


def file_verified(change):
    """The credential of a certificate, sent to be verified after `change` was made to its text."""

    def send(page):
        text = certificate(VALID).credentials.get(language="fr").body
        file = {"name": "certificat.json", "mimeType": "application/json", "buffer": change(text).encode()}
        page.locator("[name=file]").set_input_files(file)
        page.locator("form[enctype] button").click()
        expect(page.locator("h1, [role=alert]").first).to_be_visible()
        page.wait_for_load_state()

    return send


def signature_checked(change):
    """What follows the address in the QR code of a certificate, checked by the page."""

    def check(page):
        signed = change(qr_text(certificate(VALID)).partition("#")[2])
        page.evaluate("signed => { location.hash = signed; }", signed)
        expect(page.locator("[data-verdict] h2")).to_be_visible()

    return check


def forged(text):
    return text[:-9] + "AAAAAAAAA"


def dated_before(text):
    return text.replace("2026", "2025")
