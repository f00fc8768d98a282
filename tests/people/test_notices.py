"""The privacy notice: shown until it is read, never in the way; what was read is kept with its version."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from people.models import NoticeAcceptance, notices
from tests.cast import PASSWORD
from tests.courses import steps
from tests.databases import together

READ = "people:read_notice"


def url(name, language="fr"):
    return steps.address(name, language=language)


def is_shown(client, language="fr"):
    return f'action="{url(READ, language)}"' in client.get(url("people:me", language)).content.decode()


def sign_in(client):
    client.post(url("account_login"), {"login": "learner", "password": PASSWORD})


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_it_is_shown_until_it_is_read(browse_as, learner, language):
    client = browse_as(learner)
    assert is_shown(client, language)
    for _time in range(2):
        assert client.post(url(READ, language), {"next": url("people:me", language)}).url == url("people:me", language)
    assert not is_shown(client, language)
    accepted = NoticeAcceptance.objects.get()
    assert (accepted.person, accepted.version) == (learner, notices.PRIVACY_NOTICE_VERSION)


def test_it_is_not_shown_again_at_the_next_sign_in(learner):
    NoticeAcceptance.objects.accept(learner, timezone.now())
    client = Client()
    sign_in(client)
    assert not is_shown(client)


def test_a_new_version_is_shown_again(learner, monkeypatch):
    NoticeAcceptance.objects.accept(learner, timezone.now())
    monkeypatch.setattr(notices, "PRIVACY_NOTICE_VERSION", datetime.date(2030, 1, 1))
    client = Client()
    sign_in(client)
    assert is_shown(client)
    NoticeAcceptance.objects.accept(learner, timezone.now())
    assert NoticeAcceptance.objects.count() == 2


def test_it_never_blocks(browse_as, learner):
    assert browse_as(learner).get(url("courses:path")).status_code == 200


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\example.org"])
def test_it_leads_nowhere_else(browse_as, learner, back):
    assert browse_as(learner).post(url(READ), {"next": back}).url == url("people:data")


def test_what_was_read_is_on_my_data(browse_as, learner):
    client = browse_as(learner)
    client.post(url(READ))
    assert len(client.get(url("people:data")).context["notices"]) == 1


def test_get_writes_nothing_and_a_visitor_signs_in(browse_as, learner):
    assert browse_as(learner).get(url(READ)).status_code == 405
    assert Client().post(url(READ)).url.startswith(url("account_login"))
    assert not NoticeAcceptance.objects.exists()


def test_twice_at_once_is_once(real_database, learner):
    now = timezone.now()
    together(*[lambda: NoticeAcceptance.objects.accept(learner, now)] * 2)
    assert NoticeAcceptance.objects.count() == 1


def test_the_database_refuses_to_change_it(learner):
    accepted = NoticeAcceptance.objects.accept(learner, timezone.now())
    for change in (lambda: NoticeAcceptance.objects.update(at=timezone.now()), accepted.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
