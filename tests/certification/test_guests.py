"""Somebody who registered without an account is on the roster and on the sheet; no hours are credited to them."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.models import AttendanceMark, GuestPresence, SlotLock
from events.models import Registration, RegistrationDetail, Session
from tests import reading
from tests.certification.facts import everyone_present, say
from tests.databases import together


@pytest.fixture
def slot(session):
    return session.half_days[0]


@pytest.fixture
def guest(session):
    Session.objects.filter(pk=session.pk).update(open_to_public=True)
    session.refresh_from_db()
    detail = {"name": "Noor Haddad", "email": "", "phone": "+32470000000", "needs": "", "question": ""}
    earlier = session.half_days[0].starts_at - timezone.timedelta(days=2)
    Registration.objects.register_guest(session, detail, earlier, "nl")
    return Registration.objects.get(learner=None)


def url(slot, guest):
    return reverse("certification:guest", args=[slot.code, guest.code])


def there(slot):
    return GuestPresence.objects.by_slot([slot])[slot.pk]


def test_it_works(browse_as, trainer, slot, guest):
    client, roster = browse_as(trainer), reverse("certification:roster", args=[slot.code])
    assert "Noor Haddad" in client.get(roster).content.decode() and not there(slot)
    for _time in range(2):
        assert client.post(url(slot, guest), {"present": "1"}).url == roster
    assert there(slot) == {guest.pk}
    assert client.post(url(slot, guest), {"present": ""}).status_code == 302
    assert not there(slot) and not AttendanceMark.objects.exists()


def test_after_the_countersignature_nothing_changes(browse_as, trainer, session, slot, guest):
    browse_as(trainer).post(url(slot, guest), {"present": "1"})
    everyone_present(session, trainer)
    roster = browse_as(trainer).post(url(slot, guest), {"present": ""}, follow=True)
    assert "signée" in str(next(iter(roster.context["messages"]))) and there(slot) == {guest.pk}
    assert "Noor Haddad" in roster.content.decode() and url(slot, guest) not in roster.content.decode()


def test_a_guest_does_not_keep_from_signing(session, trainer, slot, guest):
    for enrolment in session.edition.enrolments.select_related("learner"):
        say(slot, enrolment.learner, trainer)
    assert SlotLock.objects.countersign(slot, trainer, timezone.now()).marks == 2


def test_the_sheets_name_the_guest(browse_as, trainer, session, slot, guest):
    client = browse_as(trainer)
    client.post(url(slot, guest), {"present": "1"})
    for name in ("sheet", "paper_sheet"):
        text = reading.text(client.get(reverse(f"certification:{name}", args=[session.code])).content)
        assert "Noor Haddad" in text and "sans compte" in text
    RegistrationDetail.objects.all().delete()
    text = reading.text(client.get(reverse("certification:sheet", args=[session.code])).content)
    assert "Noor" not in text and "sans compte" in text


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404), ("coordinator", 302)])
def test_who_may(request, browse_as, slot, guest, person, status):
    client = browse_as(request.getfixturevalue(person))
    assert client.post(url(slot, guest), {"present": "1"}).status_code == status
    assert bool(there(slot)) == (status == 302)


def test_what_is_missing(browse_as, client, trainer, learner, slot, guest):
    mine, member = browse_as(trainer), Registration.objects.get(learner=learner)
    assert mine.get(url(slot, guest)).status_code == 405
    assert mine.post(url(slot, member), {"present": "1"}).status_code == 404
    assert mine.post(reverse("certification:guest", args=[uuid4(), guest.code])).status_code == 404
    guest.cancel(slot.starts_at, by_staff=True)
    assert mine.post(url(slot, guest), {"present": "1"}).status_code == 404
    assert client.post(url(slot, guest), {"present": "1"}).status_code == 302
    assert not there(slot)


def test_twice_at_once_is_once(real_database, trainer, session):
    guest = Registration.objects.create(session=session, at=timezone.now())
    slot, now = session.half_days[0], timezone.now()
    assert together(*[lambda: GuestPresence.objects.say(slot, guest, True, trainer, now)] * 3) == [None] * 3
    assert there(slot) == {guest.pk}
