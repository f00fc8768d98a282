"""Many invented sessions with their register, to see how the site does with them."""

import tracemalloc

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from certification.models import AttendanceMark, SlotLock, verify, verifying
from events.models import Session
from lms.management.commands.make_sessions import make_sessions
from tests import cast


def shape():
    return list(AttendanceMark.objects.order_by("pk").values_list("status", "minutes", "source", "uuid")[:80])


def test_its_register_is_whole(course, capsys):
    call_command("make_sessions", sessions=12)
    assert "12 sessions, 480 marks." in capsys.readouterr().out
    assert (Session.objects.filter(city="Lille").count(), SlotLock.objects.count()) == (12, 24)
    report = verify()
    assert (report.broken, report.sessions, report.links) == (None, 12, 504)
    assert {source for _status, _minutes, source, _uuid in shape()} == {2, 3}


def test_verifying_takes_as_much_memory_for_many_as_for_few(course, monkeypatch):
    monkeypatch.setattr(verifying, "AT_ONCE", 100)
    peaks = []
    for first, count in ((0, 5), (5, 25)):
        make_sessions(count, timezone.now(), first)
        verify()
        tracemalloc.start()
        report = verify()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert report.links == 30 * 42
    assert peaks[1] < 1.5 * peaks[0]


def test_the_pages_ask_as_many_questions(course, coordinator, django_assert_num_queries, django_assert_max_num_queries):
    type(coordinator).objects.filter(pk=coordinator.pk).update(is_superuser=True, is_staff=True)
    coordinator.refresh_from_db()
    client = cast.sign_in(Client(), coordinator)
    make_sessions(2, timezone.now())
    slot = Session.objects.filter(slots__isnull=False).first().half_days[0]
    pages = [
        reverse("certification:sessions"),
        reverse("certification:roster", args=[slot.code]),
        reverse("certification:sheet", args=[slot.session.code]),
    ]
    few = []
    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(40) as asked:
            assert client.get(page).status_code == 200
        few.append(len(asked))
    make_sessions(10, timezone.now(), 2)
    for page, asked in zip(pages, few, strict=True):
        with django_assert_num_queries(asked):
            client.get(page)


@override_settings(DEMO=False, DEBUG=False)
@pytest.mark.django_db
def test_it_is_refused_on_a_real_site():
    with pytest.raises(CommandError):
        call_command("make_sessions")


@pytest.mark.django_db
def test_it_refuses_nonsense():
    with pytest.raises(CommandError):
        call_command("make_sessions", sessions=0)
