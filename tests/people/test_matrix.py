"""Every address of the site, asked as everybody: the answers are those of people/permissions.py."""

import re
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import get_resolver, reverse
from django.utils import translation

from people.admin_areas import ADMIN_AREAS, ADMIN_OPEN
from people.permissions import MATRIX, READERS, Answer
from tests import databases
from tests.events.bigbluebutton_server import SECRET, Server
from tests.people.everybody import Everybody, kind_of

pytestmark = pytest.mark.slow
WRITES = {
    "home:theme",
    "people:download",
    "people:ask_erasure",
    "people:keep_account",
    "people:consent",
    "people:read_notice",
    "people:refuse_erasure",
    "people:trail_export",
    "people:invite_again",
    "people:join",
    "courses:enrol",
    "courses:done",
    "courses:answer",
    "courses:finish",
    "events:register",
    "events:cancel",
    "events:acknowledge",
    "events:leave",
    "events:open_room",
    "events:end_room",
    "rooms:heard",
    "rooms:report",
    "events:make_feed",
    "events:drop_feed",
    "events:remove",
    "events:send_again",
    "events:shared",
    "events:withdraw",
    "events:put_back",
    "people:withdraw_news",
    "people:put_back_news",
    "certification:mark",
    "certification:guest",
    "certification:confirm_report",
    "certification:decide",
    "certification:issue",
    "certification:issue_for",
    "certification:issue_ready",
    "certification:resume_batch",
    "certification:duplicate",
    "certification:decline_correction",
    "certification:remind_again",
    "certification:certificates_zip",
    "certification:documents_zip",
    "certification:activities_csv",
    "certification:edition_register",
    "certification:exchanges_csv",
    "certification:session_register",
    "certification:start",
    "certification:prepare",
    "certification:make_document",
    "certification:make_documents",
    "certification:ask_document",
    "certification:generate_passages",
    "certification:check_passages",
    "certification:download_passages",
    "certification:deposit_passages",
    "certification:discard_passages",
    "certification:send_passages_again",
    "certification:send_root_again",
    "certification:end_auditor",
    "certification:audit_leave",
    "certification:ask_assessor",
    "certification:end_assignment",
    "certification:end_recognition",
    "certification:answer_assessment",
    "certification:take_back",
    "certification:begin_draft",
    "certification:drop_draft",
    "certification:publish_framework",
    "certification:remove_block",
    "certification:publish_rule",
    "certification:name_member",
    "certification:end_member",
    "certification:call_jury",
    "certification:prepare_minutes",
    "certification:decide_candidate",
    "certification:draw_minutes",
    "certification:sign_minutes",
}
ARGUMENT = re.compile(r"<(\w+:)?\w+>|\(\?P<\w+>[^()]*\)|\((?:[^()]|\([^()]*\))*\)")
VALUES = {"uuid:": "0d9a9b0c-8a53-4c4c-9b0a-0a2d5a0c4a11"}


def walk(resolver, prefix="", spaces=()):
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from walk(pattern, route, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        else:
            yield ":".join((*spaces, pattern.name or route)), route


with translation.override(settings.LANGUAGE_CODE):
    FOUND = list(walk(get_resolver()))
PUBLIC = {name for name, route in FOUND if not route.startswith("admin/")}
IN_ADMIN = [
    (name, route) for name, route in FOUND if (route.startswith("admin/") and ":" in name) or name in ADMIN_AREAS
]
ADDRESSES = [(name.partition(":")[0], "/" + route.replace("^", "").replace("$", "")) for name, route in IN_ADMIN]
BARE = [(area, url) for area, url in ADDRESSES if not ARGUMENT.search(url)]


@pytest.fixture(scope="module")
def everybody(django_db_setup, django_db_blocker):
    language, rooms = translation.override(settings.LANGUAGE_CODE), online_rooms()
    with django_db_blocker.unblock(), databases.copy_of("cast"), language, rooms:
        yield Everybody()


@contextmanager
def online_rooms():
    """A server that behaves, so that the pages of the rooms are pages."""
    server = Server()
    with override_settings(BBB_URL=server.url, BBB_SECRET=SECRET):
        yield
    server.stop()


def test_no_public_address_is_without_a_rule():
    assert set(MATRIX) == PUBLIC


def test_no_area_of_the_admin_is_without_a_rule():
    areas = {name.partition(":")[0] for name, route in FOUND if route.startswith("admin/")}
    assert {area for area in areas if "/" not in area} == {*ADMIN_AREAS, *ADMIN_OPEN}


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_everybody_receives_the_answer_of_the_matrix(everybody, name):
    rule, method = MATRIX[name], "post" if name in WRITES else "get"
    url = "/media/original/a.txt" if "/" in name else reverse(name, args=everybody.addresses.get(name))
    asked = [(reader, own) for reader in READERS for own in (True, False) if own or rule.other is not None]
    answers = {(reader, own): kind_of(everybody.ask(reader, method, url, own)) for reader, own in asked}
    expected = {(reader, own): rule.answer(reader, own) for reader, own in asked}
    assert answers == expected


@pytest.mark.parametrize("area", sorted(ADMIN_AREAS))
def test_an_area_of_the_admin_opens_to_its_roles_alone(everybody, area):
    urls = [url for name, url in BARE if name == area]
    inside = [reader for reader in READERS if reader in ADMIN_AREAS[area]]
    opened = {reader for reader in READERS for url in urls if is_page(everybody, reader, url)}
    assert opened <= set(inside)


def is_page(everybody, reader, url):
    return kind_of(everybody.ask(reader, "get", url)) == Answer.PAGE
