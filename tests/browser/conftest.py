"""Chromium against a live site in this process: every test has a fresh copy of the database with the cast.

def test_reads_a_lesson(page_360, live, learner, login, axe):
    login(page_360, learner)
    page_360.goto(f"{live}/fr/…")
    assert axe(page_360) == []

With `demo` in the place of `live`, the copy is of the demonstration. `gallery` shows the pages of `screens.py`.
"""

import datetime
import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.middleware.gzip import GZipMiddleware
from django.test import Client
from django.test.testcases import LiveServerThread
from django.utils import timezone
from playwright.sync_api import expect, sync_playwright

from courses.models import Enrolment
from events.models import Slot
from people.models import User
from tests import cast
from tests.browser import demo as demonstration
from tests.browser import stage
from tests.judge import unavailable

# Playwright's loop runs in the thread of the tests, where Django would otherwise refuse to ask its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
CROWD = 40
# A machine that judges is busier than a phone.
expect.set_options(timeout=20_000)
HERE = ("data:", "blob:", "about:")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


class StaticFiles(StaticFilesHandler):
    """Text is sent compressed, as in production. Media come from the view of the site, which answers in parts."""

    def __init__(self, application):
        super().__init__(application.application)

    def serve(self, request):
        response = super().serve(request)
        is_font = request.path.endswith(".woff2")
        return response if is_font else GZipMiddleware(lambda _request: response)(request)


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium")
    if not chromium:
        unavailable("apt-get install -y chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        thread = LiveServerThread("127.0.0.1", StaticFiles)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        yield f"http://127.0.0.1:{thread.port}"
        thread.terminate()


@pytest.fixture
def live(server, real_database):
    """The address of the site, without a slash at its end."""
    return server


@pytest.fixture
def demo(live):
    """The same, over a fresh copy of the demonstration."""
    with demonstration.copied() as name, demonstration.inside(name):
        yield live


def watched(page, address, problems):
    """Adds to `problems` when a script breaks, when the content policy refuses something, when a file is missing,
    or when another site is asked for anything."""
    page.on("pageerror", lambda error: problems.append(f"script: {error}"))
    page.on("console", lambda said: "Content Security Policy" in said.text and problems.append(said.text))
    page.on("request", lambda asked: asked.url.startswith((address, *HERE)) or problems.append(f"asked: {asked.url}"))
    page.on("requestfailed", lambda asked: lost(asked) and problems.append(f"lost: {asked.url}"))
    page.on("response", lambda answer: missing(answer) and problems.append(f"{answer.status}: {answer.url}"))
    return page


def lost(asked):
    """Leaving a page, or saving a file instead of opening it, ends a request on purpose."""
    return asked.failure != "net::ERR_ABORTED"


def missing(answer):
    return answer.status >= 400 and answer.request.resource_type != "document"


@pytest.fixture
def open_page(browser, live):
    """`open_page(width, **options)`: a watched page in a context of its own."""
    contexts, problems = [], []

    def make(width, height=800, **options):
        viewport = {"width": width, "height": height}
        contexts.append(browser.new_context(**{"viewport": viewport, "locale": "fr-FR", **options}))
        return watched(contexts[-1].new_page(), live, problems)

    yield make
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def page_360(open_page):
    """A telephone."""
    return open_page(360, 740, has_touch=True)


@pytest.fixture
def page_1280(open_page):
    """A computer."""
    return open_page(1280)


def session_of(person):
    return cast.sign_in(Client(), person).cookies[settings.SESSION_COOKIE_NAME].value


def let_in(context, address, person):
    value = session_of(person)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": address}])


@pytest.fixture
def login(live):
    """`login(page, learner)` signs in without the form."""
    return lambda page, person: let_in(page.context, live, person)


@pytest.fixture
def crowd(live, session):
    """Forty people, in a half-day that began five minutes ago."""
    names = [f"Personne {number:02d}" for number in range(CROWD - 2)]
    learners = [User.objects.create(username=name.lower().replace(" ", "."), printed_name=name) for name in names]
    Enrolment.objects.bulk_create(Enrolment(learner=person, edition=session.edition) for person in learners)
    now = timezone.now()
    start = now - datetime.timedelta(minutes=5)
    return Slot.objects.create(
        session=session, period="evening", starts_at=start, ends_at=start + datetime.timedelta(hours=2)
    )


@pytest.fixture
def phone(browser, live):
    """`phone(trainer)`: a telephone of its own, signed in; its network is cut on purpose, so nobody watches it."""
    contexts = []

    def take(person, language="fr"):
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale=f"{language}-FR", has_touch=True)
        contexts.append(context)
        let_in(context, live, person)
        return context

    yield take
    for context in contexts:
        context.close()


@pytest.fixture
def axe():
    """`axe(page)` lists what breaks a rule of accessibility: one line for each element."""

    def judge(page):
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]

    return judge


class Gallery:
    """Shows any screen: one page for each reader, signed in once."""

    def __init__(self, browser, address):
        self.browser, self.address, self.pages, self.cookies, self.problems = browser, address, {}, {}, []

    def page_of(self, reader):
        if reader not in self.pages:
            context = self.browser.new_context(locale="fr-FR", reduced_motion="reduce", has_touch=True)
            self.pages[reader] = watched(context.new_page(), self.address, self.problems)
            if reader:
                value = session_of(stage.user(reader))
                self.cookies[reader] = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.address}
        return self.pages[reader]

    def show(self, screen, width=360, height=740):
        page = self.page_of(screen.reader)
        page.context.clear_cookies()
        if screen.reader:
            page.context.add_cookies([self.cookies[screen.reader]])
        page.set_viewport_size({"width": width, "height": height})
        answer = page.goto(self.address + screen.address())
        assert answer.status == screen.status, f"{answer.url} answers {answer.status}"
        if screen.act:
            screen.act(page)
            page.wait_for_load_state()
        return page

    def rest(self):
        """Leaves every page: what one still asks for would be answered by the next test's database, signed out."""
        for page in self.pages.values():
            page.goto("about:blank")

    def close(self):
        for page in self.pages.values():
            page.context.close()


@pytest.fixture(scope="session")
def hung_gallery(browser, server, django_db_setup, django_db_blocker):
    """The demonstration with every state in it, and whoever looks at it: (name of the database, gallery)."""
    gallery = Gallery(browser, server)
    with django_db_blocker.unblock(), demonstration.copied() as name:
        with demonstration.inside(name):
            stage.prepare()
        yield name, gallery
        gallery.close()


@pytest.fixture
def gallery(hung_gallery, django_db_blocker):
    """`gallery.show(screen)`: a page of `screens.py`, which a test only looks at."""
    name, gallery = hung_gallery
    gallery.problems.clear()
    with django_db_blocker.unblock(), demonstration.inside(name):
        yield gallery
        gallery.rest()
    assert gallery.problems == []
