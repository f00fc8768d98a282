import pytest


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_welcomes_without_a_barrier(open_page, live, axe, width, language):
    page = open_page(width)
    page.goto(f"{live}/{language}/")
    assert page.locator("h1").count() == 1
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
