from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.models import AttendanceMark, SlotLock
from certification.refusals import Refused
from tests.certification.facts import say
from tests.databases import together


@pytest.fixture
def slot(session):
    return session.half_days[0]


@pytest.fixture
def marked(slot, trainer, learner, other_learner):
    say(slot, learner, trainer)
    say(slot, other_learner, trainer, "excused")
    return slot


def url(slot):
    return reverse("certification:countersign", args=[slot.code])


def test_it_works(browse_as, trainer, marked):
    response = browse_as(trainer).post(url(marked))
    assert response.status_code == 302
    lock = SlotLock.objects.get()
    assert (lock.slot, lock.trainer, lock.printed_name, lock.marks) == (marked, trainer, "Claire Dubois", 2)
    assert lock.digest == AttendanceMark.objects.last().entry.digest
    assert lock.entry.position == 3


def test_twice_is_harmless(browse_as, trainer, coordinator, marked):
    browse_as(trainer).post(url(marked))
    browse_as(coordinator).post(url(marked))
    assert SlotLock.objects.get().trainer == trainer


def test_it_refuses_while_someone_is_unmarked(browse_as, trainer, learner, slot):
    say(slot, learner, trainer)
    with pytest.raises(Refused) as refused:
        SlotLock.objects.countersign(slot, trainer, timezone.now())
    assert (refused.value.code, refused.value.values) == ("unmarked", {"count": 1})
    assert browse_as(trainer).post(url(slot)).status_code == 302
    assert not SlotLock.objects.exists()


def test_it_refuses_the_day_before(trainer, marked):
    with pytest.raises(Refused) as refused:
        SlotLock.objects.countersign(marked, trainer, marked.starts_at - timedelta(days=1))
    assert refused.value.code == "too_early"


def test_it_refuses_an_empty_roster(trainer, slot):
    slot.session.edition.enrolments.all().delete()
    slot.session.registrations.all().delete()
    with pytest.raises(Refused) as refused:
        SlotLock.objects.countersign(slot, trainer, timezone.now())
    assert refused.value.code == "nobody"


def test_get_shows_the_summary_and_writes_nothing(browse_as, trainer, marked):
    response = browse_as(trainer).get(url(marked))
    assert response.status_code == 200
    assert not SlotLock.objects.exists()


def test_get_names_who_is_left(browse_as, trainer, slot):
    content = browse_as(trainer).get(url(slot)).content.decode()
    assert "Amina Diallo" in content
    assert "Tesfay Gebremedhin" in content


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404)])
@pytest.mark.parametrize("verb", ["get", "post"])
def test_who_may_not(request, browse_as, marked, person, status, verb):
    assert getattr(browse_as(request.getfixturevalue(person)), verb)(url(marked)).status_code == status
    assert not SlotLock.objects.exists()


def test_a_missing_half_day(browse_as, trainer):
    assert browse_as(trainer).post(reverse("certification:countersign", args=[uuid4()])).status_code == 404


def test_signed_it_shows_a_sheet_that_is_only_read(browse_as, trainer, learner, marked):
    browse_as(trainer).post(url(marked))
    content = browse_as(trainer).get(reverse("certification:roster", args=[marked.code])).content.decode()
    assert "data-roster" not in content
    assert reverse("certification:correct", args=[marked.code, learner.code]) in content
    assert browse_as(trainer).get(url(marked)).status_code == 302


def test_two_at_once_sign_once(real_database, trainer, coordinator, learner, other_learner, session):
    slot = session.half_days[0]
    for person in (learner, other_learner):
        say(slot, person, trainer)
    locks = together(
        lambda: SlotLock.objects.countersign(slot, trainer, timezone.now()).pk,
        lambda: SlotLock.objects.countersign(slot, coordinator, timezone.now()).pk,
    )
    assert locks[0] == locks[1]
    assert SlotLock.objects.count() == 1
