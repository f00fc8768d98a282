"""Presence taken with a code on the wall and a finger on a telephone, or without JavaScript."""

import datetime
import os

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from certification import projection
from certification.models import AttendanceMark
from events.models import Slot

SHOTS = os.environ.get("SHOTS")


@pytest.fixture
def slot(live, session):
    """One that began five minutes ago, at whatever hour the test runs."""
    now = timezone.now()
    start = now - datetime.timedelta(minutes=5)
    return Slot.objects.create(
        session=session, period="evening", starts_at=start, ends_at=start + datetime.timedelta(hours=2)
    )


def shot(page, name):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def code_of(slot):
    return projection.code_at(slot.code, projection.window_at(timezone.now()))


def draw(page):
    """A wave across the canvas, once the script has shown it."""
    page.locator("#pad").wait_for()
    box = page.locator("#pad").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 30, middle)
    page.mouse.down()
    for step in range(1, 20):
        page.mouse.move(box["x"] + 30 + 10 * step, middle + (25 if step % 2 else -25))
    page.mouse.up()


def test_a_learner_reads_the_code_and_signs(page_360, live, login, learner, slot, axe):
    login(page_360, learner)
    page_360.goto(live + reverse("certification:check_in", args=[code_of(slot)]))
    assert axe(page_360) == []
    shot(page_360, "check_in")
    page_360.locator(".dock .btn--go").click()
    expect(page_360.get_by_role("alert")).to_be_visible()
    shot(page_360, "check_in_refused")
    draw(page_360)
    shot(page_360, "check_in_drawn")
    page_360.locator("[data-clear]").click()
    assert page_360.locator("#id_signature").input_value() == ""
    draw(page_360)
    page_360.locator(".dock .btn--go").click()
    expect(page_360.get_by_text("Votre signature est enregistrée.")).to_be_visible()
    mark = AttendanceMark.objects.get()
    assert mark.learner == learner and len(mark.detail.signature[0]) == 40


def test_a_refused_page_keeps_the_drawing(page_360, live, login, learner, slot):
    login(page_360, learner)
    page_360.goto(live + reverse("certification:check_in", args=[code_of(slot)]))
    draw(page_360)
    page_360.locator("[name=uuid]").evaluate("node => { node.value = 'none'; }")
    page_360.locator(".dock .btn--go").click()
    expect(page_360.get_by_role("alert")).to_be_visible()
    assert page_360.locator("#id_signature").input_value().startswith("[[")
    page_360.locator(".dock .btn--go").click()
    expect(page_360.get_by_text("Votre signature est enregistrée.")).to_be_visible()


def test_without_javascript_the_account_signs(open_page, live, login, learner, slot):
    page = open_page(360, 740, java_script_enabled=False)
    login(page, learner)
    page.goto(live + reverse("certification:presence"))
    page.locator("[name=code]").fill(code_of(slot))
    page.locator("main .btn--go").click()
    expect(page.locator("#pad")).to_be_hidden()
    page.locator("summary").click()
    page.locator("[name=otherwise]").click()
    expect(page.get_by_text("Votre signature est enregistrée.")).to_be_visible()
    assert AttendanceMark.objects.get().detail.signature == []


def test_with_the_keyboard_alone(page_360, live, login, learner, slot):
    login(page_360, learner)
    page_360.goto(live + reverse("certification:check_in", args=[code_of(slot)]))
    page_360.locator("summary").focus()
    page_360.keyboard.press("Enter")
    page_360.keyboard.press("Tab")
    page_360.keyboard.press("Enter")
    expect(page_360.get_by_text("Votre signature est enregistrée.")).to_be_visible()


def test_the_wall_shows_the_next_code_by_itself(page_1280, live, login, trainer, slot, axe):
    login(page_1280, trainer)
    page_1280.goto(live + reverse("certification:project", args=[slot.code]))
    assert axe(page_1280) == []
    shot(page_1280, "project_1280")
    page_1280.clock.install()
    page_1280.reload()
    shown = page_1280.locator(".proj .code [aria-hidden]")
    expect(shown).to_have_text(projection.grouped(code_of(slot)))
    shown.evaluate("node => { node.textContent = 'old'; }")
    page_1280.clock.run_for(32_000)
    expect(shown).to_have_text(projection.grouped(code_of(slot)))
    page_1280.set_viewport_size({"width": 360, "height": 740})
    assert page_1280.evaluate("document.documentElement.scrollWidth") <= 360
    shot(page_1280, "project_360")


def test_the_trainer_hands_the_telephone_over(page_360, live, login, trainer, learner, slot, axe):
    login(page_360, trainer)
    page_360.goto(live + reverse("certification:roster", args=[slot.code]))
    shot(page_360, "roster")
    link = page_360.get_by_role("link", name="Faire signer Amina Diallo")
    page_360.goto(live + link.get_attribute("href"))
    assert axe(page_360) == []
    draw(page_360)
    shot(page_360, "learner_signs")
    page_360.locator(".dock .btn--go").click()
    expect(page_360.get_by_text("La signature de Amina Diallo est enregistrée.")).to_be_visible()
    shot(page_360, "roster_after")
    assert AttendanceMark.objects.get().author == trainer
    assert axe(page_360) == []


def test_a_photo_of_the_paper_sheet(page_360, live, login, trainer, slot, axe):
    login(page_360, trainer)
    page_360.goto(live + reverse("certification:paper", args=[slot.code]))
    assert axe(page_360) == []
    shot(page_360, "paper")
    page_360.locator("[name=file]").set_input_files({"name": "a.pdf", "mimeType": "x/y", "buffer": b"%PDF-1.7"})
    page_360.locator("main [type=submit]").click()
    expect(page_360.get_by_text("La feuille signée est gardée.")).to_be_visible()
    assert axe(page_360) == []
    shot(page_360, "paper_kept")
    page_360.get_by_role("link", name="Recopier les présences").click()
    shot(page_360, "roster_paper")
    assert axe(page_360) == []
