"""Every page, in every state, seen once.

It asks this site alone; nothing is refused by the content policy or said on the console. Axe finds nothing, in light on
a telephone and in dark on a computer. All fits on the smallest telephone and with letters twice as large, and can be
touched; the focus is seen.

Whatever else the gallery shows is watched as well: see `watched` in conftest.py.
"""

from contextlib import contextmanager
from urllib.parse import urlsplit

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
def test_nothing_stands_in_the_way(gallery, axe, screen):
    with heard(gallery.page_of(screen.reader)) as (hosts, said):
        page = gallery.show(screen, SMALL)
    faults = [] if screen.act else [*unexpected(gallery, screen, hosts, said)]
    faults += [f"light: {line}" for line in axe(page)]
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="dark")
    faults += [f"dark: {line}" for line in axe(page)]
    page.emulate_media(color_scheme="light")
    faults += narrow(page)
    assert not faults, "\n".join(faults)


def unexpected(gallery, screen, hosts, said):
    """Lines of the console, but that Chromium says there when the page itself answered with a refusal."""
    refuses = screen.status != 200
    yield from (line for line in said if not (refuses and "Failed to load resource" in line))
    yield from (f"asked: {host}" for host in hosts - {urlsplit(gallery.address).netloc})


def narrow(page):
    page.set_viewport_size({"width": SMALLEST, "height": 740})
    yield from (f"wider than {SMALLEST} px: {html}" for html in page.evaluate(SIDEWAYS))
    page.set_viewport_size({"width": SMALL, "height": 740})
    yield from (f"small to touch, {said}" for said in page.evaluate(TOO_SMALL, LEAST))
    page.keyboard.press("Tab")
    yield from (f"focus not seen: {html}" for html in page.evaluate(UNSEEN))
    with large_letters(page):
        yield from (f"wider than {SMALL} px with large letters: {html}" for html in page.evaluate(SIDEWAYS))


@contextmanager
def heard(page):
    """The hosts that are asked meanwhile, and the lines of the console."""
    hosts, said = set(), []
    listeners = {
        "request": lambda request: request.url.startswith("data:") or hosts.add(urlsplit(request.url).netloc),
        "console": lambda line: said.append(line.text),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    yield hosts, said
    for event, listener in listeners.items():
        page.remove_listener(event, listener)


@contextmanager
def large_letters(page):
    """What a reader chooses in the browser: pages start from 32 px in the place of 16."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 32}})
    yield
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    devtools.detach()
