"""A trainer of the demonstration publishes a file: from signing in to what a stranger reads, in few steps."""

import time

import pytest
from playwright.sync_api import expect

from events.models import Event
from tests.browser import demo as demonstration
from tests.browser.hands import Finger, Keyboard
from tests.browser.test_main_job import Visitor

PDF = {"name": "lexique.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n" + b"x" * 1_200_000}
MOST_STEPS, MOST_SECONDS = 8, 120


def counted(hands):
    """The same hands, which count what they do."""

    class Counting(hands):
        steps = 0

        def press(self, target):
            self.steps += 1
            super().press(target)

        def choose(self, target):
            self.steps += 1
            super().choose(target)

        def select(self, target, value):
            self.steps += 1
            super().select(target, value)

        def write(self, target, text):
            self.steps += 1
            Finger.write(self, target, text) if hands is Finger else super().write(target, text)

    return Counting


@pytest.mark.parametrize(
    ("language", "hands", "width", "words"),
    [
        (
            "fr",
            Finger,
            360,
            ("Fichiers et liens", "Publier un fichier ou un lien", "Titre en français", "Publier", "1,3\u00a0Mo"),
        ),
        (
            "nl",
            Keyboard,
            1280,
            (
                "Bestanden en links",
                "Een bestand of link publiceren",
                "Titel in het Nederlands",
                "Publiceren",
                "1,3\u00a0MB",
            ),
        ),
    ],
)
def test_in_under_two_minutes(demo, open_page, language, hands, width, words):
    page = open_page(width, has_touch=hands is Finger)
    nadia = Visitor(page, counted(hands), demo, language)
    section, publish, title, send, size = words
    nadia.sign_in("formatrice", demonstration.PASSWORD, codes=1)
    began, nadia.hands.steps = time.monotonic(), 0
    nadia.hands.follow(nadia.link(section).first)
    nadia.hands.follow(nadia.link(publish))
    page.locator("[name=file]").set_input_files(PDF)
    nadia.hands.steps += 1
    nadia.hands.write(page.get_by_label(title), "Lexique 2026")
    nadia.hands.choose(page.locator("[name=audience][value=everyone]"))
    nadia.hands.select(page.locator("[name=licence]"), "CC BY 4.0")
    nadia.hands.follow(nadia.button(send))
    assert nadia.hands.steps <= MOST_STEPS and time.monotonic() - began < MOST_SECONDS

    stranger = open_page(360)
    stranger.goto(f"{demo}/{language}/materials/")
    line = stranger.locator(".item", has_text="Lexique 2026")
    expect(line).to_contain_text(size)
    expect(line).to_contain_text("CC BY 4.0")
    with stranger.expect_download() as arriving:
        line.click()
    assert arriving.value.path().read_bytes() == PDF["buffer"]


def test_from_the_event_it_belongs_to(demo, open_page):
    page = open_page(360, has_touch=True)
    nadia = Visitor(page, Finger, demo, "fr")
    nadia.sign_in("formatrice", demonstration.PASSWORD, codes=1)
    event = Event.objects.get(slug="comprendre-sans-juger")
    page.goto(demo + event.url)
    nadia.hands.follow(nadia.link("Publier un fichier ou un lien"))
    nadia.hands.write(page.get_by_label("Ou un lien"), "https://example.org/carte")
    nadia.hands.write(page.get_by_label("Titre en français"), "Le plan d’accès")
    nadia.hands.follow(nadia.button("Publier"))
    page.goto(demo + event.url)
    expect(page.locator(".item", has_text="Le plan d’accès")).to_be_visible()
