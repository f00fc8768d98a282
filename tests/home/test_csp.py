"""Nothing inline, nothing from elsewhere: the policy says it and the pages keep to it."""

from html.parser import HTMLParser

import pytest
from django.test import Client
from wagtail.models import Page as WagtailPage

from courses.models import Lesson
from tests.courses import steps
from tests.courses.filled import filled

LOADED = {
    "script": "src",
    "link": "href",
    "img": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "iframe": "src",
}


class Page(HTMLParser):
    """What a strict policy would refuse, and what a page links to."""

    def __init__(self, html):
        super().__init__()
        self.inline, self.outside, self.links, self.languages = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.inline += [f"{tag} {name}" for name in attributes if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in attributes):
            self.inline.append(tag)
        address = attributes.get(LOADED.get(tag, "")) or ""
        if address.startswith(("http:", "https:", "//", "javascript:")):
            self.outside.append(address)
        if tag == "a":
            self.links.append(attributes["href"])
        if attributes.get("lang"):
            self.languages.append(attributes["lang"])


def policy(response):
    parts = (part.split() for part in response["Content-Security-Policy"].split(";") if part.strip())
    return {name: values for name, *values in parts}


def public_addresses():
    names = ["account_login", "account_request_login_code", "courses:path"]
    screens = [steps.address(name, language=language) for name in names for language in ("fr", "nl")]
    pages = [page.url for page in WagtailPage.objects.live().filter(depth__gt=1)]
    lesson, _words = filled(Lesson, steps.quiz().get_parent().specific)
    return [*pages, *screens, lesson.url, lesson.url + "?two=1", "/fr/nulle-part/", "/health/"]


def test_public_pages_keep_to_a_strict_policy(browse_as, learner, session):
    for client in (Client(), browse_as(learner)):
        for url in public_addresses() if client.session.is_empty() else ["/fr/", steps.address("courses:path")]:
            response = client.get(url)
            directives = policy(response)
            assert directives["default-src"] == ["'none'"], url
            assert directives["script-src"] == directives["style-src"] == ["'self'"], url
            assert directives["base-uri"] == ["'none'"]
            assert directives["form-action"] == directives["frame-ancestors"] == ["'self'"]
            assert not any("unsafe" in value or "http" in value for values in directives.values() for value in values)
            page = Page(response.content.decode())
            assert (page.inline, page.outside) == ([], []), url


@pytest.mark.usefixtures("edition")
def test_the_screens_of_a_quiz_keep_to_it(browse_as, learner):
    client, quiz = browse_as(learner), steps.quiz()
    for number in range(1, 6):
        url = steps.address("courses:question", quiz.translation_key, number)
        refused = client.post(steps.address("courses:answer", quiz.translation_key, number))
        steps.answer(client, quiz, number, steps.wrong(quiz.values[number - 1]))
        for response in (refused, client.get(url), client.get(url + "?again=1")):
            page = Page(response.content.decode())
            assert (page.inline, page.outside) == ([], []), url
            assert policy(response)["script-src"] == ["'self'"]


def test_only_the_editors_screens_are_relaxed(browse_as, coordinator):
    coordinator.is_superuser = True
    coordinator.save()
    client = browse_as(coordinator)
    assert "'unsafe-inline'" in policy(client.get("/admin/"))["script-src"]
    for url in ("/fr/admin/", "/administration/", "/fr/?next=/admin/", "/styleguide/"):
        directives = policy(client.get(url, follow=True))
        assert directives["script-src"] == directives["style-src"] == ["'self'"], url


def test_a_signed_in_editor_sees_no_inline_script_on_public_pages(browse_as, coordinator):
    coordinator.is_superuser = True
    coordinator.save()
    page = Page(browse_as(coordinator).get("/fr/").content.decode())
    assert (page.inline, page.outside) == ([], [])


@pytest.mark.django_db
def test_the_other_headers_are_there():
    response = Client().get("/fr/")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "camera=()" in response["Permissions-Policy"]
