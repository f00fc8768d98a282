import pytest

from tests.events.bigbluebutton_server import SECRET, Server


@pytest.fixture
def server(settings):
    """A BigBlueButton server that the site knows."""
    found = Server()
    settings.BBB_URL, settings.BBB_SECRET = found.url, SECRET
    yield found
    found.stop()
