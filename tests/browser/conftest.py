"""Chromium against a live site in this process: every test has a fresh copy of the database with the cast.

def test_reads_a_lesson(page_360, live, learner, login, axe):
    login(page_360, learner)
    page_360.goto(f"{live}/fr/…")
    assert axe(page_360) == []
"""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import sync_playwright

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
HERE = ("data:", "blob:", "about:")


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


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
        thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
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
def open_page(browser, live):
    """`open_page(width, **options)`: a page in a context of its own. The test fails at its end when a script broke,
    when the content policy refused something, or when another site was asked for anything."""
    contexts, problems = [], []

    def watch(page):
        page.on("pageerror", lambda error: problems.append(f"script: {error}"))
        page.on("console", lambda said: "Content Security Policy" in said.text and problems.append(said.text))
        page.on("request", lambda asked: asked.url.startswith((live, *HERE)) or problems.append(f"asked: {asked.url}"))
        return page

    def make(width, height=800, **options):
        viewport = {"width": width, "height": height}
        contexts.append(browser.new_context(viewport=viewport, locale="fr-FR", **options))
        return watch(contexts[-1].new_page())

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


@pytest.fixture
def login(live):
    """`login(page, learner)` signs in without the form."""

    def sign_in(page, person):
        client = Client()
        client.force_login(person)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live}])

    return sign_in


@pytest.fixture
def axe():
    """`axe(page)` lists what breaks a rule of accessibility: one line for each element."""

    def judge(page):
        found = Axe().run(page).response["violations"]
        return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]

    return judge
