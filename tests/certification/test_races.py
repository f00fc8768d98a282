"""Two connections to PostgreSQL, one of which waits for the other: who comes second finds what the first one did."""

import time
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from certification import issuing
from certification.issuing import issue
from certification.models import AttendanceMark, Certificate, CertificateEvent, SlotLock, is_whole
from certification.refusals import Refused
from events.models import Message, Registration
from people.models import User
from tests.certification.facts import make_ready, say, sign
from tests.databases import together
from tests.events.planned import plan

pytestmark = pytest.mark.postgres


def overlapping(first, second):
    """`first` is done but not committed until PostgreSQL says that `second` waits for it."""
    begun = Event()

    def hold():
        with transaction.atomic():
            result = first()
            begun.set()
            assert somebody_waits(), "the second one did not wait"
        return result

    def follow():
        assert begun.wait(30)
        return second()

    return together(hold, follow)


def somebody_waits():
    for _time in range(300):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.05)
    return False


@pytest.fixture
def slot(real_database, session, trainer):
    """Everybody is marked: it may be signed."""
    slot = session.half_days[0]
    for enrolment in session.edition.enrolments.select_related("learner"):
        say(slot, enrolment.learner, trainer)
    return slot


def test_the_last_seat_has_one_winner(real_database):
    session, now = plan(capacity=1), timezone.now()
    people = [User.objects.create(username=f"person-{number}") for number in range(2)]
    registered = [lambda who=who: Registration.objects.register(session, who, now) for who in people]
    assert overlapping(*registered) == [None, None]
    assert Registration.objects.standing().get().learner == people[0]
    assert Registration.objects.in_line().get().learner == people[1]
    assert sorted(Message.objects.values_list("kind", flat=True)) == ["confirmation", "line"]


def test_a_member_and_a_guest_race_for_the_last_seat(real_database, learner):
    session, now = plan(capacity=1, open_to_public=True), timezone.now()
    guest = {"name": "Noor", "email": "", "phone": "+32470000000", "needs": "", "question": ""}
    assert overlapping(
        lambda: Registration.objects.register_guest(session, guest, now, "nl"),
        lambda: Registration.objects.register(session, learner, now),
    ) == [None, None]
    assert Registration.objects.standing().get().name == "Noor"
    assert Registration.objects.in_line().get().learner == learner


def test_a_seat_given_back_goes_to_who_waits_and_not_to_who_comes(real_database, learner):
    session, now = plan(capacity=1), timezone.now()
    waiting, late = (User.objects.create(username=name) for name in ("waiting", "late"))
    for person in (learner, waiting):
        Registration.objects.register(session, person, now)
    overlapping(
        lambda: Registration.objects.cancel(session, learner, now),
        lambda: Registration.objects.register(session, late, now),
    )
    assert Registration.objects.standing().get().learner == waiting
    assert Registration.objects.in_line().get().learner == late


def test_the_same_check_in_from_two_telephones(slot, learner):
    first, second = overlapping(lambda: sign(slot, learner).pk, lambda: sign(slot, learner).pk)
    assert isinstance(second, Refused) and second.code == "already_signed"
    assert AttendanceMark.objects.signed(slot).get().pk == first


def test_the_same_check_in_sent_twice(slot, learner):
    uuid = uuid4()
    first, second = overlapping(lambda: sign(slot, learner, uuid=uuid).pk, lambda: sign(slot, learner, uuid=uuid).pk)
    assert first == second and is_whole(slot)


def test_a_mark_that_comes_during_the_countersignature_is_late(slot, trainer, learner):
    overlapping(
        lambda: SlotLock.objects.countersign(slot, trainer, timezone.now()),
        lambda: say(slot, learner, trainer, "absent"),
    )
    last = AttendanceMark.objects.filter(slot=slot).last()
    assert last.late and SlotLock.objects.get().marks == last.position - 1
    assert AttendanceMark.objects.filter(slot=slot).standing()[str(learner.pk)].status == "present"
    assert is_whole(type(slot).objects.get(pk=slot.pk))


def test_a_countersignature_that_comes_during_a_mark_covers_it(slot, trainer, learner):
    overlapping(
        lambda: say(slot, learner, trainer, "absent"),
        lambda: SlotLock.objects.countersign(slot, trainer, timezone.now()),
    )
    last = AttendanceMark.objects.filter(slot=slot).last()
    assert not last.late and SlotLock.objects.get().marks == last.position
    assert is_whole(type(slot).objects.get(pk=slot.pk))


def test_a_signature_that_comes_during_the_countersignature_is_late(slot, trainer, learner):
    overlapping(lambda: SlotLock.objects.countersign(slot, trainer, timezone.now()), lambda: sign(slot, learner).pk)
    assert AttendanceMark.objects.signed(slot).get().late


@pytest.fixture
def certificate(real_database, session, trainer, learner):
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, learner, timezone.now())
    User.objects.filter(pk=learner.pk).update(printed_name="Aminata")
    return certificate


def test_a_revocation_that_comes_during_the_replacement_is_refused(certificate, coordinator):
    new, refused = overlapping(
        lambda: issuing.replace(certificate, coordinator, timezone.now()),
        lambda: certificate.revoke("request", coordinator, timezone.now()),
    )
    assert new.replaces == certificate and isinstance(refused, Refused) and refused.code == "replaced"
    assert not CertificateEvent.objects.exists()


def test_a_replacement_that_comes_during_the_revocation_is_refused(certificate, coordinator):
    event, refused = overlapping(
        lambda: certificate.revoke("request", coordinator, timezone.now()),
        lambda: issuing.replace(certificate, coordinator, timezone.now()),
    )
    assert event.reason == "request" and isinstance(refused, Refused) and refused.code == "revoked"
    assert Certificate.objects.get() == certificate
