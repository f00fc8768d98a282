"""Every page: nothing is refused by the content policy, nothing is missing, nobody else is asked for anything.

Whatever else the gallery shows is watched as well: see `watched` in conftest.py.
"""

from urllib.parse import urlsplit

import pytest

from tests.browser.screens import SCREENS


@pytest.mark.parametrize("screen", [screen for screen in SCREENS if screen.act is None], ids=str)
def test_only_this_site_is_asked_and_nothing_is_refused(gallery, screen):
    page, asked, said = gallery.page_of(screen.reader), [], []
    listeners = {"request": lambda request: asked.append(request.url), "console": lambda line: said.append(line.text)}
    for event, listener in listeners.items():
        page.on(event, listener)
    gallery.show(screen, width=1280)
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    assert [line for line in said if not is_expected(line, screen)] == []
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith("data:")}
    assert hosts == {urlsplit(gallery.address).netloc}


def is_expected(line, screen):
    """Chromium says on its console that the page itself answered with a refusal."""
    return screen.status != 200 and "Failed to load resource" in line
