"""Every page, in every state: it asks this site alone, nothing is refused by the content policy or said on the console;
axe finds nothing, in light on a telephone and in dark on a computer.

Whatever else the gallery shows is watched as well: see `watched` in conftest.py.
"""

from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from tests.browser.screens import SCREENS


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_nothing_stands_in_the_way(gallery, axe, screen):
    with heard(gallery.page_of(screen.reader)) as (hosts, said):
        page = gallery.show(screen)
    if screen.act is None:
        assert [line for line in said if not is_expected(line, screen)] == []
        assert hosts == {urlsplit(gallery.address).netloc}
    light = [f"light: {line}" for line in axe(page)]
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="dark")
    dark = [f"dark: {line}" for line in axe(page)]
    page.emulate_media(color_scheme="light")
    assert not [*light, *dark], "\n".join([*light, *dark])


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


def is_expected(line, screen):
    """Chromium says on its console that the page itself answered with a refusal."""
    return screen.status != 200 and "Failed to load resource" in line
