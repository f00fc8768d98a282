"""Menus and buttons in one language, lessons in another (docs/architecture.md, decision 3)."""

import re
from pathlib import Path

import polib
import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, ngettext
from wagtail.models import Locale

from home.interface import chosen, interface_of, spoken_in
from home.models import Topic
from tests.courses import steps

ARABIC = Path(__file__).parent.parent / "locale" / "ar" / "LC_MESSAGES" / "django.po"
HOME = "الرئيسية"


@pytest.fixture
def arabic(settings):
    """A third language for menus, written from the right; nobody reads lessons in it."""
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, ARABIC.parent.parent.parent]
    settings.INTERFACE_LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]


@pytest.fixture
def reader(arabic, edition, learner):
    learner.interface_language = "ar"
    learner.save()
    return learner


def html(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def tag(name, page):
    return re.search(rf"<{name}[ >][^>]*>?", page)[0]


def test_a_dutch_lesson_stays_dutch_under_arabic_menus(browse_as, reader):
    lesson = steps.lesson(language="nl")
    page = html(browse_as(reader), lesson.url)
    assert '<html lang="ar" dir="rtl">' in page
    assert 'lang="nl" dir="ltr"' in tag("main", page)
    assert "لقد انتهيت" in page
    assert "انتقل إلى المحتوى" in page
    assert "Zwijgen" in page
    assert "Ga zitten. Geef tijd." in page


def test_every_link_stays_in_dutch(browse_as, reader):
    client = browse_as(reader)
    for url in (steps.lesson(language="nl").url, steps.quiz(language="nl").get_parent().url, "/nl/"):
        page = html(client, url)
        french = [
            link for link in page.split('href="')[1:] if link.startswith("/fr/") and 'hreflang="fr"' not in link[:200]
        ]
        assert len(french) <= 1, "the one to the French page"
        assert "masari" not in page
    assert f'action="{steps.address("courses:done", steps.lesson().translation_key, language="nl")}"' in html(
        client, steps.lesson(language="nl").url
    )


def test_what_is_posted_stays_in_dutch_and_is_answered_in_arabic(browse_as, reader, stranger, edition):
    response = steps.finish_lesson(browse_as(reader), steps.lesson(language="nl"), "nl")
    assert response.url == steps.lesson("poser-une-question", "nl").url
    edition.open_to_all = True
    edition.save()
    url = steps.address("courses:enrol", edition.code, language="nl")
    answer = browse_as(reader).post(url, follow=True)
    assert answer.redirect_chain == [(steps.address("courses:path", language="nl"), 302)]
    assert steps.sentences(answer) == ["تم تسجيلك. أهلا وسهلا!"]


def test_the_wagtail_locale_is_the_one_of_the_address(browse_as, reader):
    browse_as(reader).get("/nl/")
    assert translation.get_language() == "nl"
    assert Locale.get_active().language_code == "nl"


def test_numbers_and_plurals_follow_the_interface(browse_as, reader):
    Topic.objects.create(name="Santé", slug="sante", label_nl="Gezondheid")
    page = html(browse_as(reader), steps.address("topic", "sante", language="nl"))
    assert "لا صفحات" in page
    assert "Gezondheid" in page


def test_a_sentence_that_is_not_translated_yet_is_said_in_french(browse_as, reader):
    page = html(browse_as(reader), "/nl/")
    assert steps.said("All events", "fr") in page
    assert steps.said("All events", "nl") not in page


def test_the_next_visitor_reads_the_language_of_the_address(browse_as, reader):
    assert HOME in html(browse_as(reader), "/nl/")
    page = html(Client(), "/nl/")
    assert HOME not in page
    assert '<html lang="nl">' in page
    assert chosen.get() is None


def test_the_language_is_forgotten_when_a_page_fails(browse_as, reader):
    assert browse_as(reader).get("/nl/niets/").status_code == 404
    assert chosen.get() is None
    assert HOME not in html(Client(), "/fr/")


def test_a_page_that_is_not_found_keeps_the_menus(browse_as, reader):
    page = browse_as(reader).get("/nl/niets/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert HOME in page


def test_french_menus_around_a_dutch_lesson(browse_as, learner, course):
    learner.interface_language = "fr"
    learner.save()
    page = html(browse_as(learner), steps.lesson(language="nl").url)
    assert '<html lang="fr">' in page
    assert 'lang="nl"' in tag("main", page)
    assert "dir=" not in tag("main", page)
    assert steps.said("I have finished", "fr") in page


@pytest.mark.parametrize("unknown", ["ar", "xx", "fr-be", "<b>"])
def test_a_language_without_menus_gives_way_to_the_one_of_the_address(browse_as, learner, course, unknown):
    learner.interface_language = unknown[:8]
    learner.save()
    assert '<html lang="nl">' in html(browse_as(learner), "/nl/")


def test_the_same_language_twice_is_said_once(browse_as, learner, course):
    page = html(browse_as(learner), steps.lesson(language="nl").url)
    assert '<html lang="nl">' in page
    assert "lang=" not in tag("main", page)


def test_what_is_said_to_others_ignores_the_reader(browse_as, reader):
    browse_as(reader).get("/nl/")  # the shell is installed by the first request
    token = chosen.set("ar")
    try:
        with translation.override("nl"):
            assert gettext("Home") == HOME
            with spoken_in("nl"):
                assert gettext("Home") == steps.said("Home", "nl") != HOME
                assert ngettext("%(number)s page", "%(number)s pages", 2) == "%(number)s pagina’s"
            with spoken_in("fr"):
                assert translation.get_language() == "fr"
                assert gettext("Home") not in (HOME, steps.said("Home", "nl"))
            assert gettext("Home") == HOME
    finally:
        chosen.reset(token)


@pytest.mark.parametrize(
    ("code", "dir"), [("fr", "ltr"), ("ar", "rtl"), ("fa", "rtl"), ("ar-ma", "rtl"), ("ti", "ltr"), ("so", "ltr")]
)
def test_every_language_has_a_direction(code, dir):
    assert interface_of(code).dir == dir


def test_the_arabic_of_these_tests_is_compiled():
    compiled = polib.mofile(str(ARABIC.with_suffix(".mo")))
    assert [(e.msgid, e.msgstr, e.msgstr_plural) for e in compiled] == [
        (e.msgid, e.msgstr, e.msgstr_plural) for e in sorted(polib.pofile(str(ARABIC)), key=lambda e: e.msgid)
    ]
