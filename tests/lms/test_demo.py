"""The whole content and the demo people, loaded once: every page is shown, and a lesson is light."""

import gzip
import io
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from courses.models import Completion, Lesson, ModuleCompletion
from lms.content.presence import AUDITOR
from lms.management.commands import serve_demo
from lms.management.commands.serve_demo import screen
from people.models import Card, User
from tests import databases
from tests.courses import steps

PASSWORD, PIN = "bienvenue-welkom", "258036"
FIRST_VISIT, NEXT_VISIT, QUERIES = 60_000, 20_000, 14
FILE = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js|woff2))"')
CODE = re.compile(r'name="code"[^>]*value="(\d{6})"')
ACCOUNTS = ["ambassadrice", "ambassadeur", "formatrice", "coordinateur", "traductrice", "evaluatrice", "evaluateur"]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), databases.copy_of("migrated"):
        call_command("load_content", stdout=io.StringIO())
        yield


@pytest.mark.slow
def test_the_whole_content(demo, subtests):
    """One test, because processes that test side by side would each load it."""
    for check in (modules, pages, queries, bytes_sent, accounts, cards, auditor, second_loading):
        with subtests.test(check.__name__):
            check()


def learner():
    client = Client()
    client.force_login(User.objects.get(username="ambassadeur"))
    return client


def lessons(language):
    return list(Lesson.objects.live().filter(locale__language_code=language).order_by("path"))


def modules():
    """Five in each language, with the same number of lessons."""
    assert len(lessons("fr")) == len(lessons("nl")) == 30
    for language in ("fr", "nl"):
        response = Client().get(steps.address("courses:catalogue", language=language), follow=True)
        assert response.content.decode().count('class="mod cover"') == 5


def pages():
    """Each is shown to a visitor, without a cookie, and leads to its translation."""
    for page in Page.objects.live().filter(depth__gt=1):
        response = Client().get(page.url)
        assert response.status_code == 200, page.url
        assert not response.cookies, page.url
        other = {"fr": "nl", "nl": "fr"}[page.locale.language_code]
        translation = page.get_translations().get(locale__language_code=other)
        assert f'hreflang="{other}" href="{translation.url}"' in response.content.decode()


def queries():
    """Every lesson keeps to the limit, and asks the same in both languages."""
    client = learner()
    client.get("/fr/")
    for page in lessons("fr"):
        french, dutch = asked(client, page.url), asked(client, steps.in_dutch(page).url)
        assert french == dutch <= QUERIES, page.url


def asked(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def bytes_sent():
    """What a browser fetches with a lesson: the page, one stylesheet, the scripts, the font that is announced."""
    client = learner()
    for page in [*lessons("fr"), *lessons("nl")]:
        html = client.get(page.url).content
        files = {name: weight(name) for name in FILE.findall(html.decode())}
        assert {name.rpartition(".")[2] for name in files} == {"css", "js", "woff2"}
        assert compressed(html) <= NEXT_VISIT, page.url
        assert compressed(html) + sum(files.values()) <= FIRST_VISIT, (page.url, compressed(html), files)


def compressed(content):
    return len(gzip.compress(content, compresslevel=6))


def weight(name):
    made = settings.STATIC_ROOT / name
    content = (made if made.exists() else settings.BASE_DIR / "static" / name).read_bytes()
    return len(content) if name.endswith("woff2") else compressed(content)


def accounts():
    for username in ACCOUNTS:
        client = Client()
        asked = client.post(steps.address("account_login"), {"login": username, "password": PASSWORD})
        if User.objects.get(username=username).needs_second_factor:
            code = CODE.search(client.get(asked.url).content.decode())[1]
            client.post(asked.url, {"code": code})
        assert "_auth_user_id" in client.session, username
        assert client.get(steps.address("courses:path"), follow=True).status_code == 200, username


def cards():
    for card in Card.objects.standing():
        client = Client()
        client.post(steps.address("people:card", card.code), {"pin": PIN})
        assert client.session["_auth_user_id"] == str(card.person_id)
        assert f"http://127.0.0.1:8123/c/{card.code}/" in screen(8123)
    assert {card.person.username for card in Card.objects.all()} == {"ambassadrice", "ambassadeur"}


def auditor():
    client = Client()
    assert client.post(f"/a/{AUDITOR}/").status_code == 302
    assert client.get(steps.address("certification:audit")).status_code == 200


def second_loading():
    before = counts()
    call_command("load_content", stdout=io.StringIO())
    assert counts() == before


def counts():
    return [model.objects.count() for model in (Page, User, Card, Completion, ModuleCompletion)]


def test_the_demo_shows_an_error_as_a_reader_gets_it(tmp_path, monkeypatch):
    """No page for developers, and its static files all the same."""
    said = tmp_path / "said"
    asked = f"""
from pathlib import Path
from django.conf import settings
from django.test import Client
Path({str(said)!r}).write_text(f"{{settings.DEBUG}} {{Client().get('/static/icons/award.svg').status_code}}")
"""
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "lms.settings.dev")
    monkeypatch.setattr("sys.argv", [str(settings.BASE_DIR / "manage.py")])
    assert serve_demo.start("shell", "--no-imports", "-c", asked).wait(60) == 0
    assert said.read_text() == "False 200"
