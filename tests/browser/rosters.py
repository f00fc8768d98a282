"""A roster on a telephone: opened, tapped and signed with a finger."""

import os

from django.urls import reverse
from playwright.sync_api import expect

SHOTS = os.environ.get("SHOTS")


def address(live, slot, language="fr"):
    return live + reverse("certification:roster", args=[slot.code]).replace("/fr/", f"/{language}/")


def open_roster(context, live, slot, language="fr"):
    """The page, once it is kept."""
    page = context.new_page()
    page.goto(address(live, slot, language))
    expect(page.locator("[data-state=kept], [data-state=sent] [data-kept]").locator("visible=true")).to_be_visible()
    return page


def row(page, name):
    return page.locator(f".roll[data-name='{name}']")


def tap(page, name, letter="p"):
    row(page, name).locator(f"label:has([value={letter}])").tap()


def chosen(page, name):
    return row(page, name).locator("[type=radio]:checked").get_attribute("value")


def draw(page):
    box = page.locator("#pad").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 30, middle)
    page.mouse.down()
    for step in range(1, 20):
        page.mouse.move(box["x"] + 30 + 10 * step, middle + (25 if step % 2 else -25))
    page.mouse.up()


def have_sign(page, name):
    row(page, name).locator("[data-signs]").tap()
    draw(page)
    page.locator("[data-signed]").tap()
    expect(page.locator("#signature")).to_be_hidden()


def shot(page, name, **more):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", **more)


def state(page, name):
    return page.locator(f"[data-state={name}]")
