"""The replay in a browser: nothing is loaded before a tap; a chapter plays from its time, or is only read."""

import io
import wave

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from events.models import Event
from home.models import SiteDocument, SiteMedia
from tests.browser.stage import page as find
from tests.cast import block
from tests.events.planned import plan

SECONDS, RATE = 40, 8000
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:40.000\nBienvenue.\n"


def silence():
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setparams((1, 1, RATE, 0, "NONE", ""))
        sound.writeframes(b"\x80" * RATE * SECONDS)
    return ContentFile(written.getvalue(), "seance.wav")


def show():
    plan(-3, status="published")
    film = SiteMedia.objects.create(title="Séance", type="video", file=silence(), duration=SECONDS)
    captions = SiteDocument.objects.create(title="Sous-titres", file=ContentFile(CAPTIONS.encode(), "st.vtt"))
    chapters = [{"time": "0:00", "title": "Accueil"}, {"time": "0:25", "title": "Le sommeil"}]
    event = Event.objects.get(slug="une-journee-ensemble")
    event.replay = [
        block("recording", {"video": film.pk, "captions": captions.pk, "url": ""}),
        block("chapters", {"chapters": chapters}),
    ]
    event.save()
    return event.url


def becomes_true(page, node, said):
    """The content policy forbids Playwright to wait for a function."""
    for _try in range(100):
        if node.evaluate(said):
            return True
        page.wait_for_timeout(100)
    return False


def test_a_chapter_plays_from_its_time(live, page_360):
    url, asked = show(), []
    page_360.on("request", lambda one: asked.append(one.url))
    page_360.goto(live + url, wait_until="networkidle")
    assert not [one for one in asked if "seance" in one]
    page_360.get_by_role("button", name="Le sommeil").tap()
    player = page_360.locator("video")
    expect(player).to_be_focused()
    for said in ("node => node.currentTime >= 25 && node.currentTime < 35", "node => node.textTracks[0].cues?.length"):
        assert becomes_true(page_360, player, said)


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_past_webinar_of_the_demo_is_complete(demo, open_page, language):
    page = open_page(360)
    page.goto(demo + find(Event, "meres-migrantes", language).get_url())
    for part in ("chapters", "summary", "slides", "sketchnote", "asked", "transcript"):
        expect(page.locator(f"#replay section:has(#{part})")).to_be_visible()
    page.locator("section:has(#sketchnote) summary").click()
    drawing = page.locator("section:has(#sketchnote) img")
    drawing.scroll_into_view_if_needed()
    assert becomes_true(page, drawing, "node => node.complete && node.naturalWidth > 500")
    with page.expect_download() as arriving:
        page.locator("#replay a.btn[download]").first.click()
    assert arriving.value.path().read_bytes().startswith(b"%PDF")


def test_without_scripts_the_times_are_read(live, open_page):
    page = open_page(360, java_script_enabled=False)
    page.goto(live + show())
    expect(page.get_by_text("0:25")).to_be_visible()
    assert page.get_by_role("button", name="Le sommeil").count() == 0


def test_the_replay_is_accessible(live, page_360, axe):
    page_360.goto(live + show())
    assert axe(page_360) == []
