"""The code on the wall of the room: it moves, and names nobody."""

import datetime
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from certification import projection
from events.models import Registration
from tests.certification.facts import sign

MOMENTS = st.datetimes(datetime.datetime(2000, 1, 1), datetime.datetime(2100, 1, 1), timezones=st.just(datetime.UTC))


@pytest.fixture
def slot(session):
    return session.half_days[0]


def url(slot, name="project"):
    return reverse(f"certification:{name}", args=[slot.code])


def test_it_works(browse_as, trainer, learner, slot, settings):
    settings.PUBLIC_ORIGIN = "https://ambassadeurs.example"
    with time_machine.travel(slot.starts_at, tick=False):
        html = browse_as(trainer).get(url(slot)).content.decode()
        code = projection.code_at(slot.code, projection.window_at(timezone.now()))
    assert projection.grouped(code) in html
    assert "<svg" in html and 'data-theme="light"' in html
    assert "ambassadeurs.example/fr/presence/" in html
    assert "Amina" not in html
    assert f'content="{30 - int(slot.starts_at.timestamp()) % 30}"' in html


def test_the_picture_holds_the_public_address(browse_as, trainer, slot, settings, monkeypatch):
    settings.PUBLIC_ORIGIN, drawn = "https://ambassadeurs.example", []
    monkeypatch.setattr("certification.views.projection.drawn", lambda address: drawn.append(address) or "")
    browse_as(trainer).get(url(slot), headers={"host": "localhost"})
    assert drawn[0].startswith("https://ambassadeurs.example/fr/presence/")


def test_the_part_that_moves_is_the_same_part(browse_as, trainer, slot):
    with time_machine.travel(slot.starts_at, tick=False) as clock:
        client = browse_as(trainer)
        first = client.get(url(slot, "projected")).content.decode()
        assert first.strip() in client.get(url(slot)).content.decode()
        clock.shift(datetime.timedelta(seconds=30))
        second = client.get(url(slot, "projected")).content.decode()
    assert first != second and "<html" not in second


def test_it_counts_who_signed(browse_as, trainer, learner, slot):
    sign(slot, learner)
    context = browse_as(trainer).get(url(slot)).context
    assert (context["signed"], context["expected"]) == (1, 2)


def test_it_says_when_the_code_does_not_open(browse_as, trainer, slot):
    for moment, opens in [(slot.starts_at, True), (slot.starts_at - datetime.timedelta(hours=2), False)]:
        with time_machine.travel(moment, tick=False):
            assert browse_as(trainer).get(url(slot)).context["open"] is opens


def test_the_number_of_people_changes_no_number_of_queries(
    browse_as, trainer, coordinator, stranger, slot, django_assert_num_queries, django_assert_max_num_queries
):
    client = browse_as(trainer)
    client.get(url(slot))
    with django_assert_max_num_queries(20) as few:
        client.get(url(slot))
    for person in (stranger, coordinator):
        Registration.objects.create(session=slot.session, learner=person, at=timezone.now())
        sign(slot, person)
    with django_assert_num_queries(len(few)):
        client.get(url(slot))


@pytest.mark.parametrize("name", ["project", "projected"])
@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404), ("coordinator", 200)])
def test_who_may_project(request, browse_as, slot, name, person, status):
    assert browse_as(request.getfixturevalue(person)).get(url(slot, name)).status_code == status


@pytest.mark.parametrize("name", ["project", "projected"])
def test_a_missing_half_day_a_visitor_and_a_post(client, browse_as, trainer, slot, name):
    assert browse_as(trainer).get(reverse(f"certification:{name}", args=[uuid4()])).status_code == 404
    assert browse_as(trainer).post(url(slot, name)).status_code == 405
    assert reverse("account_login") in client.get(url(slot, name)).url


@settings(deadline=None)
@given(MOMENTS, st.uuids(), st.uuids())
def test_a_code_is_short_unmistakable_and_of_one_window(now, slot, other):
    window = projection.window_at(now)
    code = projection.code_at(slot, window)
    assert len(code) == 6 and not set(code) - set(projection.ALPHABET)
    assert not set("01OILUBSZ") & set(projection.ALPHABET)
    assert projection.age_of(code, slot, now, 20) == 0
    assert projection.normalised(projection.grouped(code).lower()) == code
    assert 1 <= projection.seconds_left(now) <= 30
    after = now + datetime.timedelta(seconds=projection.seconds_left(now))
    assert projection.age_of(code, slot, after, 20) == 1
    if slot != other:
        assert projection.age_of(code, other, now, 1) is None
