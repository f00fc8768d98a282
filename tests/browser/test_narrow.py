"""Every page, in every state, on the smallest telephone and with letters twice as large."""

from contextlib import contextmanager

import pytest

from tests.browser.screens import SCREENS

SMALLEST, SMALL, LEAST = 320, 360, 44

SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const out = [...document.querySelectorAll("body *")].filter((node) => node.getBoundingClientRect().right > width + 1);
  return ["the page", ...out.slice(0, 4).map((node) => node.outerHTML.slice(0, 120))];
}"""

TOO_SMALL = """(least) => {
  const controls = [...document.querySelectorAll(
    ".btn, .seg > :is(a, label), .choice, .item[href], .tabs a, .lang a, a.link, summary, .in"
  )].filter((node) => node.checkVisibility({ visibilityProperty: true }));
  const small = (node) => {
    const { width, height } = node.getBoundingClientRect();
    return Math.min(width, height) < least - 0.5 && [`${Math.round(width)} × ${Math.round(height)}`, node.outerHTML];
  };
  return controls.map(small).filter(Boolean).map(([size, html]) => `${size}: ${html.slice(0, 120)}`);
}"""

UNSEEN = """() => {
  const draws = (node) => [null, "::after"].some((part) => {
    const style = getComputedStyle(node, part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const stops = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((node) => !node.disabled && node.checkVisibility({ visibilityProperty: true }));
  return stops.filter((node) => {
    node.focus();
    return document.activeElement === node && ![node, node.nextElementSibling, node.closest("label, .cover")].some(
      (around) => around && draws(around)
    );
  }).map((node) => node.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_everything_fits_and_can_be_touched(gallery, screen):
    page = gallery.show(screen, SMALLEST)
    faults = [f"wider than {SMALLEST} px: {html}" for html in page.evaluate(SIDEWAYS)]
    page.set_viewport_size({"width": SMALL, "height": 740})
    faults += [f"small to touch, {said}" for said in page.evaluate(TOO_SMALL, LEAST)]
    page.keyboard.press("Tab")
    faults += [f"focus not seen: {html}" for html in page.evaluate(UNSEEN)]
    with large_letters(page):
        faults += [f"wider than {SMALL} px with large letters: {html}" for html in page.evaluate(SIDEWAYS)]
    assert not faults, "\n".join(faults)


@contextmanager
def large_letters(page):
    """What a reader chooses in the browser: pages start from 32 px in the place of 16."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 32}})
    yield
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    devtools.detach()
