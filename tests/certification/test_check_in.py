"""Saying on one's own phone that one is there: the code, the receipt, the signature."""

import datetime
import json
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from certification import projection
from certification.models import AttendanceMark, SlotLock, is_whole
from courses.models import Edition, Enrolment
from events.models import Registration, Session, Slot
from people.models import Cohort
from tests import cast
from tests.certification.facts import STROKES, everyone_present, say, sign
from tests.databases import together

RECEIPT = reverse("certification:receipt")
PRESENCE = reverse("certification:presence")


@pytest.fixture
def slot(session):
    return session.half_days[0]


@pytest.fixture
def clock(slot):
    """The half-day began five minutes ago; the clock moves only when it is told to."""
    with time_machine.travel(slot.starts_at + datetime.timedelta(minutes=5), tick=False) as traveller:
        yield traveller


pytestmark = pytest.mark.usefixtures("clock")


def code_of(slot, **ago):
    return projection.code_at(slot.code, projection.window_at(timezone.now() - datetime.timedelta(**ago)))


def opened(client, code):
    return client.get(reverse("certification:check_in", args=[code]))


def page(client, code):
    """The page to sign, after the code was read."""
    assert opened(client, code).url == RECEIPT
    return client.get(RECEIPT)


def body(response, strokes=STROKES, **more):
    form = response.context["form"]
    values = {"receipt": response.context["receipt"], "uuid": form.next_uuid, "signature": json.dumps(strokes)}
    return {**values, **more}


def signed(client, slot, **more):
    return client.post(RECEIPT, body(page(client, code_of(slot)), **more))


def refused(response):
    assert response.status_code == 422
    return response.context["code"]


def test_it_works(browse_as, learner, slot):
    response = signed(browse_as(learner), slot)
    assert response.url == reverse("courses:path")
    mark = AttendanceMark.objects.get()
    assert (mark.slot, mark.learner, mark.author) == (slot, learner, learner)
    assert (mark.status, mark.minutes, mark.source, mark.late) == ("present", 210, 3, False)
    assert mark.detail.signature == STROKES
    assert mark.detail_digest == mark.detail.seal
    assert is_whole(slot)


def test_in_dutch(browse_as, learner, slot):
    with translation.override("nl"):
        url = reverse("certification:check_in", args=[code_of(slot)])
    assert url.startswith("/nl/aanwezig/")
    assert browse_as(learner).get(url).url == "/nl/aanwezig/handtekening/"


def test_the_code_that_is_typed(browse_as, learner, slot):
    client, code = browse_as(learner), code_of(slot)
    assert client.get(PRESENCE).status_code == 200
    response = client.post(PRESENCE, {"code": f" {code[:3].lower()}-{code[3:]} "})
    assert response.url == RECEIPT
    assert client.get(RECEIPT).context["slot"] == slot


def test_a_wrong_code_is_kept_on_the_screen(browse_as, learner, slot):
    response = browse_as(learner).post(PRESENCE, {"code": "ABCDEF"})
    assert response.status_code == 422
    assert 'value="ABCDEF"' in response.content.decode()


@pytest.mark.parametrize("typed", ["", "   ", "A" * 41, "é'<script>", "１２３４５６", "\x00"])
def test_what_is_not_a_code_is_refused(browse_as, learner, slot, typed):
    assert browse_as(learner).post(PRESENCE, {"code": typed}).status_code == 422
    assert not AttendanceMark.objects.exists()


def test_whoever_is_not_signed_in_signs_in_and_comes_back(learner, slot):
    client = Client()
    assert opened(client, code_of(slot)).url == RECEIPT
    response = client.get(RECEIPT)
    assert response.url.startswith(reverse("account_login"))
    assert response.url.endswith(f"next={RECEIPT}")
    login = {"login": learner.username, "password": cast.PASSWORD}
    assert client.post(response.url, login).url == RECEIPT
    assert client.post(RECEIPT, body(client.get(RECEIPT))).status_code == 302
    assert AttendanceMark.objects.get().learner == learner


def test_a_visitor_receives_the_code_page_after_signing_in():
    assert Client().get(PRESENCE).url.startswith(reverse("account_login"))


def test_the_cookie_is_for_this_use_alone(browse_as, learner, slot):
    cookie = opened(browse_as(learner), code_of(slot)).cookies["presence"]
    assert (cookie["path"], cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (PRESENCE, 600, True, "Lax")
    assert signed(browse_as(learner), slot).cookies["presence"]["max-age"] == 0


@pytest.mark.parametrize(("ago", "answer"), [(0, 302), (30, 302), (60, 422), (300, 422), (900, 422)])
def test_the_code_opens_in_its_window_and_the_next(browse_as, learner, slot, ago, answer):
    assert opened(browse_as(learner), code_of(slot, seconds=ago)).status_code == answer


def test_why_a_code_does_not_open(browse_as, learner, slot):
    client = browse_as(learner)
    assert refused(opened(client, code_of(slot, minutes=2))) == "code_changed"
    assert refused(opened(client, code_of(slot, hours=2))) == "code_unknown"
    assert refused(opened(client, code_of(slot, minutes=-2))) == "code_unknown"


@pytest.mark.parametrize(
    ("minutes", "why"), [(-31, "check_in_early"), (-30, None), (0, None), (240, None), (241, "check_in_late")]
)
def test_only_inside_the_window_of_the_half_day(browse_as, learner, slot, clock, minutes, why):
    clock.move_to(slot.starts_at + datetime.timedelta(minutes=minutes))
    response = opened(browse_as(learner), code_of(slot))
    assert response.status_code == 302 if why is None else refused(response) == why


def test_too_early_says_from_when(browse_as, learner, slot, clock):
    clock.move_to(slot.starts_at - datetime.timedelta(hours=1))
    assert "8 h 30" in opened(browse_as(learner), code_of(slot)).content.decode().replace("\xa0", " ")


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_a_session_that_is_not_held_has_no_code(browse_as, learner, slot, status):
    Session.objects.filter(pk=slot.session_id).update(status=status, reason="place")
    assert refused(opened(browse_as(learner), code_of(slot))) == "code_unknown"


def test_someone_who_is_not_expected(browse_as, stranger, slot):
    assert refused(opened(browse_as(stranger), code_of(slot))) == "not_registered"


def test_someone_of_another_group(browse_as, stranger, slot):
    edition = slot.session.edition
    group = Cohort.objects.create(name="Groep Gent", organisation=edition.cohort.organisation)
    other = Edition.objects.get(pk=edition.pk)
    other.pk, other.code, other.cohort = None, uuid4(), group
    other.save()
    Enrolment.objects.create(learner=stranger, edition=other)
    assert refused(opened(browse_as(stranger), code_of(slot))) == "wrong_group"


def test_someone_expected_in_another_session_now(browse_as, stranger, slot):
    other = Session.objects.create(key=uuid4(), status="open")
    Slot.objects.create(session=other, period="morning", starts_at=slot.starts_at, ends_at=slot.ends_at)
    Registration.objects.create(session=other, learner=stranger, at=timezone.now())
    assert refused(opened(browse_as(stranger), code_of(slot))) == "wrong_session"


def test_someone_registered_without_being_enrolled(browse_as, stranger, slot):
    Registration.objects.create(session=slot.session, learner=stranger, at=timezone.now())
    assert signed(browse_as(stranger), slot).status_code == 302


def test_someone_whose_registration_was_cancelled(browse_as, stranger, slot):
    now = timezone.now()
    Registration.objects.create(session=slot.session, learner=stranger, at=now, cancelled_at=now)
    assert refused(opened(browse_as(stranger), code_of(slot))) == "not_registered"


def test_a_visitor_who_signs_in_as_somebody_not_expected(stranger, slot):
    client = Client()
    opened(client, code_of(slot))
    client.force_login(stranger)
    assert refused(client.get(RECEIPT)) == "not_registered"


def test_nobody_signs_twice(browse_as, learner, slot):
    client = browse_as(learner)
    first = page(client, code_of(slot))
    client.post(RECEIPT, body(first))
    assert refused(opened(client, code_of(slot))) == "already_signed"
    assert refused(client.post(RECEIPT, body(first, uuid=uuid4()))) == "already_signed"
    assert AttendanceMark.objects.count() == 1


def test_sent_twice_it_is_recorded_once(browse_as, learner, slot):
    client = browse_as(learner)
    sent = body(page(client, code_of(slot)))
    assert [client.post(RECEIPT, sent).status_code for _time in range(2)] == [302, 302]
    assert AttendanceMark.objects.count() == 1


def test_the_same_uuid_with_another_drawing_is_a_conflict(browse_as, learner, slot):
    client = browse_as(learner)
    sent = body(page(client, code_of(slot)))
    client.post(RECEIPT, sent)
    other = json.dumps([[1, 1, *range(2, 90)]])
    assert client.post(RECEIPT, {**sent, "signature": other}).status_code == 409
    assert AttendanceMark.objects.get().detail.signature == STROKES


def test_a_receipt_belongs_to_one_person(browse_as, learner, other_learner, slot):
    sent = body(page(browse_as(learner), code_of(slot)))
    assert browse_as(other_learner).post(RECEIPT, sent).status_code == 404
    assert not AttendanceMark.objects.exists()


def test_the_cookie_of_somebody_else_opens_nothing(browse_as, learner, other_learner, slot):
    client, other = browse_as(learner), browse_as(other_learner)
    opened(client, code_of(slot))
    other.cookies["presence"] = client.cookies["presence"].value
    assert refused(other.get(RECEIPT)) == "receipt"


def test_the_receipt_is_good_for_ten_minutes(browse_as, learner, other_learner, slot, clock):
    for person, minutes, answer in [(learner, 9, 302), (other_learner, 11, 422)]:
        client = browse_as(person)
        sent = body(page(client, code_of(slot)))
        clock.shift(datetime.timedelta(minutes=minutes))
        assert client.post(RECEIPT, sent).status_code == answer
        assert client.get(RECEIPT).status_code == 422
    assert AttendanceMark.objects.get().learner == learner


def test_the_receipt_holds_after_the_window_is_over(browse_as, learner, slot, clock):
    clock.move_to(slot.ends_at + datetime.timedelta(minutes=29))
    client = browse_as(learner)
    sent = body(page(client, code_of(slot)))
    clock.shift(datetime.timedelta(minutes=5))
    assert client.post(RECEIPT, sent).status_code == 302


@pytest.mark.parametrize("forged", ["", "x", "e30:1", "\x00"])
def test_a_forged_receipt_opens_nothing(browse_as, learner, slot, forged):
    client = browse_as(learner)
    assert refused(client.post(RECEIPT, {"receipt": forged, "uuid": uuid4(), "otherwise": "1"})) == "receipt"
    assert not AttendanceMark.objects.exists()


BAD = ["[]", "[[1,2]]", "{}", "null", "[[1,2,3]]", "[[1.5,2]]", "[[true,2]]", "[" * 15_000, "x", "[[-1,2]]", "1" * 5000]


@pytest.mark.parametrize("drawn", ["", *BAD, json.dumps([[5, 5] * 20]), json.dumps([[1, 2] * 9000])])
def test_a_drawing_that_is_none_is_refused(browse_as, learner, slot, drawn):
    client = browse_as(learner)
    sent = body(page(client, code_of(slot)), signature=drawn)
    assert client.post(RECEIPT, sent).status_code == 422
    assert not AttendanceMark.objects.exists()


def test_a_refused_drawing_keeps_the_receipt_and_the_uuid(browse_as, learner, slot):
    client = browse_as(learner)
    sent = body(page(client, code_of(slot)), signature="")
    again = client.post(RECEIPT, sent)
    assert again.context["receipt"] == sent["receipt"]
    assert str(again.context["form"].next_uuid) == str(sent["uuid"])
    assert client.post(RECEIPT, body(again)).status_code == 302


def test_the_account_stands_for_a_drawing(browse_as, learner, slot):
    assert signed(browse_as(learner), slot, signature="", otherwise="1").status_code == 302
    mark = AttendanceMark.objects.get()
    assert (mark.source, mark.detail.signature) == (3, [])


def test_the_minutes_that_the_trainer_gave_are_kept(browse_as, trainer, learner, slot):
    say(slot, learner, trainer, "late", 150)
    signed(browse_as(learner), slot)
    standing = AttendanceMark.objects.filter(slot=slot).standing()[str(learner.pk)]
    assert (standing.status, standing.minutes, standing.source) == ("late", 150, 3)


def test_a_signature_outweighs_absent(browse_as, trainer, learner, slot):
    say(slot, learner, trainer, "absent")
    signed(browse_as(learner), slot)
    assert AttendanceMark.objects.filter(slot=slot).standing()[str(learner.pk)].status == "present"


def test_after_the_countersignature_it_waits_for_the_trainer(browse_as, session, trainer, learner, slot):
    everyone_present(session, trainer)
    signed(browse_as(learner), slot)
    assert AttendanceMark.objects.get(late=True) in AttendanceMark.objects.filter(slot=slot).waiting()
    assert is_whole(slot)


def test_many_wrong_codes_close_the_door_for_this_account(browse_as, learner, other_learner, slot):
    client = browse_as(learner)
    answers = [client.post(PRESENCE, {"code": "ABCDEF"}).status_code for _time in range(11)]
    assert answers == [422] * 10 + [429]
    assert opened(client, code_of(slot)).status_code == 429
    assert opened(browse_as(other_learner), code_of(slot)).status_code == 302


def test_get_writes_nothing(browse_as, learner, slot):
    client = browse_as(learner)
    page(client, code_of(slot))
    assert not AttendanceMark.objects.exists()
    assert client.post(reverse("certification:check_in", args=[code_of(slot)])).status_code == 405


def test_opening_takes_as_many_queries_whatever_happens_elsewhere(
    browse_as, learner, slot, django_assert_num_queries, django_assert_max_num_queries
):
    client = browse_as(learner)
    with django_assert_max_num_queries(8) as few:
        opened(client, code_of(slot))
    for number in range(5):
        other = Session.objects.create(key=uuid4(), status="open")
        start = slot.starts_at + datetime.timedelta(minutes=number)
        Slot.objects.create(session=other, period="morning", starts_at=start, ends_at=slot.ends_at)
    with django_assert_num_queries(len(few)):
        opened(client, code_of(slot))


def test_an_erased_signature_leaves_the_chain_whole(learner, slot):
    sign(slot, learner).detail.delete()
    assert is_whole(slot)


def test_a_changed_drawing_is_seen(learner, slot):
    detail = sign(slot, learner).detail
    detail.signature = [[1, 2, 3, 4]]
    detail.save()
    assert not is_whole(slot)


def test_the_same_check_in_twice_at_once_is_one_signature(real_database, learner, session):
    slot = session.half_days[0]
    results = together(*[lambda: sign(slot, learner).pk] * 2)
    assert sorted(type(result).__name__ for result in results) == ["Refused", "int"]
    assert AttendanceMark.objects.count() == 1


def test_the_same_message_twice_at_once_is_one_signature(real_database, learner, session):
    slot, uuid = session.half_days[0], uuid4()
    first, second = together(*[lambda: sign(slot, learner, uuid=uuid).pk] * 2)
    assert first == second


def test_a_signature_and_the_countersignature_at_once_agree(real_database, trainer, learner, session):
    slot = session.half_days[0]
    for enrolment in session.edition.enrolments.all():
        say(slot, enrolment.learner, trainer)
    together(lambda: SlotLock.objects.countersign(slot, trainer, timezone.now()), lambda: sign(slot, learner))
    last = AttendanceMark.objects.filter(slot=slot).last()
    assert last.late == (SlotLock.objects.get(slot=slot).marks == 2)
    assert is_whole(slot)
