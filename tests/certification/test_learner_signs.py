"""A learner draws their signature on the trainer's phone; it is seen on the signed sheet and on paper."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.models import AttendanceMark, SlotLock, is_whole
from tests import reading
from tests.certification.facts import STROKES, say, sign


@pytest.fixture
def slot(session):
    return session.half_days[0]


def url(slot, person):
    return reverse("certification:learner_signs", args=[slot.code, person.code])


def drawn(**more):
    return {"signature": json.dumps(STROKES), "uuid": uuid4(), **more}


def test_it_works(browse_as, trainer, learner, slot):
    client = browse_as(trainer)
    assert "Amina Diallo" in client.get(url(slot, learner)).content.decode()
    response = client.post(url(slot, learner), drawn())
    assert response.url == reverse("certification:roster", args=[slot.code])
    mark = AttendanceMark.objects.get()
    assert (mark.learner, mark.author, mark.source) == (learner, trainer, 3)
    assert mark.detail.signature == STROKES
    assert is_whole(slot)


def test_each_half_day_has_its_own_signature(browse_as, trainer, learner, session):
    for half_day in session.half_days:
        assert browse_as(trainer).post(url(half_day, learner), drawn()).status_code == 302
    assert AttendanceMark.objects.count() == 2


def test_the_phone_of_the_trainer_asks_for_a_drawing(browse_as, trainer, learner, slot):
    response = browse_as(trainer).post(url(slot, learner), {"uuid": uuid4(), "otherwise": "1", "signature": ""})
    assert response.status_code == 422
    assert not AttendanceMark.objects.exists()


@pytest.mark.parametrize("spoiled", [{"uuid": ""}, {"uuid": "x"}, {"signature": "[[1,2]]"}, {"signature": "<svg>"}])
def test_what_is_spoiled_is_refused(browse_as, trainer, learner, slot, spoiled):
    assert browse_as(trainer).post(url(slot, learner), drawn(**spoiled)).status_code == 422
    assert not AttendanceMark.objects.exists()


def test_sent_twice_once_and_a_second_signature_refused(browse_as, trainer, learner, slot):
    client, sent = browse_as(trainer), drawn()
    assert [client.post(url(slot, learner), sent).status_code for _time in range(2)] == [302, 302]
    assert client.post(url(slot, learner), drawn()).status_code == 409
    other = {**sent, "signature": json.dumps([[1, 1, *range(2, 90)]])}
    assert client.post(url(slot, learner), other).status_code == 409
    assert AttendanceMark.objects.count() == 1


def test_the_same_uuid_for_somebody_else_is_a_conflict(browse_as, trainer, learner, other_learner, slot):
    client, sent = browse_as(trainer), drawn()
    client.post(url(slot, learner), sent)
    assert client.post(url(slot, other_learner), sent).status_code == 409


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404), ("coordinator", 302)])
def test_who_may(request, browse_as, learner, slot, person, status):
    assert browse_as(request.getfixturevalue(person)).post(url(slot, learner), drawn()).status_code == status
    assert AttendanceMark.objects.exists() == (status == 302)


def test_someone_not_expected_a_missing_half_day_and_a_visitor(client, browse_as, trainer, stranger, learner, slot):
    assert browse_as(trainer).post(url(slot, stranger), drawn()).status_code == 404
    missing = reverse("certification:learner_signs", args=[uuid4(), learner.code])
    assert browse_as(trainer).post(missing, drawn()).status_code == 404
    assert reverse("account_login") in client.post(url(slot, learner), drawn()).url


def test_get_writes_nothing(browse_as, trainer, learner, slot):
    browse_as(trainer).get(url(slot, learner))
    assert not AttendanceMark.objects.exists()


def test_the_roster_says_who_signed_and_sends_nothing_for_them(browse_as, trainer, learner, other_learner, slot):
    sign(slot, learner)
    client = browse_as(trainer)
    html = client.get(reverse("certification:roster", args=[slot.code])).content.decode()
    assert url(slot, learner) not in html and url(slot, other_learner) in html
    assert reverse("certification:correct", args=[slot.code, learner.code]) in html
    client.post(reverse("certification:mark", args=[slot.code]), {f"{learner.code}-uuid": uuid4()})
    assert AttendanceMark.objects.count() == 1


def test_a_signed_row_stays_chosen_when_another_is_refused(browse_as, trainer, learner, other_learner, slot):
    sign(slot, learner)
    data = {f"{other_learner.code}-status": "l", f"{other_learner.code}-uuid": uuid4()}
    response = browse_as(trainer).post(reverse("certification:mark", args=[slot.code]), data)
    assert response.status_code == 422
    assert [row.letter for row in response.context["roster"].rows] == ["p", "l"]


def test_the_signed_roster_and_the_sheet_show_the_drawing(browse_as, trainer, learner, other_learner, slot):
    client = browse_as(trainer)
    blank = client.get(reverse("certification:sheet", args=[slot.session.code])).content
    sign(slot, learner)
    sign(slot, other_learner, signature=[])
    SlotLock.objects.countersign(slot, trainer, timezone.now())
    html = client.get(reverse("certification:roster", args=[slot.code])).content.decode()
    assert html.count('class="signed"') == 1 and "M10 60L20 30" in html
    sheet = client.get(reverse("certification:sheet", args=[slot.session.code])).content
    assert reading.tags(sheet).count("Figure") == 1 + reading.tags(blank).count("Figure")
    assert "signé par le compte" in reading.text(sheet)


def test_an_erased_drawing_leaves_the_sheet(browse_as, trainer, learner, other_learner, slot):
    sign(slot, learner).detail.delete()
    say(slot, other_learner, trainer)
    SlotLock.objects.countersign(slot, trainer, timezone.now())
    for name, code in [("roster", slot.code), ("sheet", slot.session.code)]:
        assert browse_as(trainer).get(reverse(f"certification:{name}", args=[code])).status_code == 200
    assert is_whole(slot)


def test_the_number_of_signatures_changes_no_number_of_queries(
    browse_as, trainer, learner, other_learner, slot, django_assert_num_queries, django_assert_max_num_queries
):
    client, roster = browse_as(trainer), reverse("certification:roster", args=[slot.code])
    sign(slot, learner)
    client.get(roster)
    with django_assert_max_num_queries(22) as few:
        client.get(roster)
    sign(slot, other_learner)
    with django_assert_num_queries(len(few)):
        client.get(roster)
