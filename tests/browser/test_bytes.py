"""What a lesson without pictures or sound costs over the wire: everything that its page asks for."""

from courses.models import Lesson
from tests.browser.stage import page

FIRST_VISIT, NEXT_LESSON = 60 * 1024, 20 * 1024


def test_a_first_lesson_is_light_and_the_next_one_lighter(demo, open_page):
    browser = open_page(360)
    lesson = page(Lesson, "trois-chapeaux")
    first, following = (bytes_of(browser, demo + each.get_url()) for each in (lesson, lesson.get_next_sibling()))
    assert sum(first.values()) <= FIRST_VISIT, first
    assert sum(following.values()) <= NEXT_LESSON, following


def bytes_of(browser, address):
    """Bytes received for each address, headers included."""
    devtools = browser.context.new_cdp_session(browser)
    urls, received = {}, {}
    devtools.on("Network.requestWillBeSent", lambda said: urls.update({said["requestId"]: said["request"]["url"]}))
    devtools.on(
        "Network.loadingFinished", lambda said: received.update({urls[said["requestId"]]: said["encodedDataLength"]})
    )
    devtools.send("Network.enable")
    browser.goto(address, wait_until="networkidle")
    devtools.detach()
    return received
