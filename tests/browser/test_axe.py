"""Every page, in every state, in light on a telephone and in dark on a computer: axe finds nothing."""

import pytest

from tests.browser.screens import SCREENS


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_nothing_stands_in_the_way(gallery, axe, screen):
    page = gallery.show(screen)
    light = [f"light: {line}" for line in axe(page)]
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="dark")
    dark = [f"dark: {line}" for line in axe(page)]
    page.emulate_media(color_scheme="light")
    assert not [*light, *dark], "\n".join([*light, *dark])
