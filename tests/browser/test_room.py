"""The online room, from the page of the event to the other site: no policy stops the way."""

import pytest

from events.models import Event, Room
from tests.events.bigbluebutton_server import SECRET, Server
from tests.events.planned import plan, register


@pytest.fixture
def rooms(settings):
    server = Server()
    settings.BBB_URL, settings.BBB_SECRET, settings.BBB_DIAL_NUMBER = server.url, SECRET, server.phone
    yield server
    server.stop()


@pytest.fixture
def visit(browser, live, login):
    """A page of one person, on a telephone, which may leave this site."""
    contexts = []

    def make(person):
        contexts.append(browser.new_context(viewport={"width": 360, "height": 740}, locale="fr-FR"))
        page = contexts[-1].new_page()
        login(page, person)
        return page

    yield make
    for context in contexts:
        context.close()


def test_a_trainer_opens_the_room_and_a_learner_enters(visit, live, axe, rooms, trainer, learner):
    session = plan(online=True, has_room=True)
    session.trainers.add(trainer)
    register(session, learner)
    Room.objects.of(session)
    address = live + Event.objects.get(slug="une-journee-ensemble").url
    waiting, leading = visit(learner), visit(trainer)
    waiting.goto(address)
    waiting.get_by_role("link", name="Rejoindre la rencontre").click()
    waiting.get_by_role("heading", name="La salle n’est pas encore ouverte").wait_for()
    assert axe(waiting) == []
    leading.goto(address)
    leading.get_by_role("link", name="Ouvrir la salle ou y entrer").click()
    leading.get_by_role("button", name="Ouvrir la salle").click()
    waiting.get_by_role("link", name="Regarder à nouveau").click()
    for page, role in ((waiting, "VIEWER"), (leading, "MODERATOR")):
        enter = page.get_by_role("link", name="Entrer dans la salle")
        enter.wait_for()
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        enter.click()
        page.wait_for_url(f"{rooms.url}**")
        assert role in {who[2] for who in rooms.meetings[session.code.hex]["present"].values()}
        assert page.evaluate("document.referrer") == ""
