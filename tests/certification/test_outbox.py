"""What a phone kept without a network is recorded once, whatever the order and however often it comes."""

import datetime
import itertools
import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certification.models import AttendanceMark, is_whole
from certification.presence import Source
from events.models import Slot
from tests import cast
from tests.certification.facts import STROKES, everyone_present, say
from tests.databases import together


@pytest.fixture
def slot(session):
    return session.half_days[0]


def url(slot):
    return reverse("certification:outbox", args=[slot.code])


def entry(author, learner, status="p", **more):
    values = {"uuid": uuid4(), "author": author.code, "learner": learner.code, "device_at": timezone.now().isoformat()}
    return {name: str(value) for name, value in {**values, "status": status}.items()} | more


def send(client, slot, *entries, **more):
    content = json.dumps({"entries": entries, **more})
    return client.post(url(slot), content, "application/json", headers={"Accept": "application/json"})


def verdicts(response):
    assert response.status_code == 200, response.content
    return [told["verdict"] for told in response.json()["verdicts"]]


def standing(slot, person):
    return AttendanceMark.objects.filter(slot=slot).standing()[str(person.pk)]


def test_it_works(browse_as, trainer, learner, other_learner, slot):
    device_at = timezone.now() - datetime.timedelta(hours=3)
    signature = json.dumps(STROKES)
    response = send(
        browse_as(trainer),
        slot,
        entry(trainer, learner, "l", minutes=90, device_at=device_at.isoformat()),
        entry(trainer, other_learner, signature=signature),
    )
    assert verdicts(response) == ["recorded", "recorded"]
    late, signed = AttendanceMark.objects.order_by("position")
    assert (late.status, late.minutes, late.source, late.author) == ("late", 90, Source.TRAINER, trainer)
    assert (late.device_at, late.skew) == (device_at, None) and late.recorded_at > device_at
    assert (signed.learner, signed.source, signed.detail.signature) == (other_learner, Source.SIGNATURE, STROKES)
    assert is_whole(slot)


def test_a_signature_keeps_the_minutes_that_the_phone_showed(browse_as, trainer, learner, slot):
    late = entry(trainer, learner, "l", minutes=45)
    signed = entry(trainer, learner, "l", minutes=45, signature=json.dumps(STROKES))
    assert verdicts(send(browse_as(trainer), slot, signed, late)) == ["recorded", "recorded"]
    assert (standing(slot, learner).status, standing(slot, learner).minutes) == ("late", 45)


def test_sent_again_it_is_recorded_once(browse_as, trainer, learner, other_learner, slot):
    client, entries = browse_as(trainer), [entry(trainer, learner), entry(trainer, other_learner, "a")]
    assert verdicts(send(client, slot, *entries)) == ["recorded", "recorded"]
    assert verdicts(send(client, slot, *reversed(entries))) == ["known", "known"]
    assert AttendanceMark.objects.count() == 2


def test_another_body_is_a_conflict_and_stops_nothing(browse_as, trainer, learner, other_learner, slot):
    client, first = browse_as(trainer), entry(trainer, learner)
    send(client, slot, first)
    response = send(client, slot, {**first, "status": "a"}, entry(trainer, other_learner))
    assert verdicts(response) == ["conflict", "recorded"]
    assert response.json()["verdicts"][0]["sentence"]
    assert standing(slot, learner).status == "present"


def test_the_entry_of_somebody_else_is_not_sent_in_my_name(browse_as, trainer, coordinator, learner, slot):
    response = send(browse_as(coordinator), slot, entry(trainer, learner))
    assert verdicts(response) == ["not_yours"]
    assert not AttendanceMark.objects.exists()


def test_after_the_lock_it_is_late_and_waits(browse_as, trainer, learner, session, slot):
    everyone_present(session, trainer)
    client, late = browse_as(trainer), entry(trainer, learner, "a")
    assert [verdicts(send(client, slot, late)) for _time in range(2)] == [["late"], ["late"]]
    assert standing(slot, learner).status == "present"
    assert AttendanceMark.objects.filter(slot=slot).waiting().count() == 1


@pytest.mark.parametrize(
    ("spoiled", "code"),
    [
        ({"uuid": "x"}, "unreadable"),
        ({"uuid": ["x"]}, "unreadable"),
        ({"learner": None}, "unreadable"),
        ({"status": "z"}, "unreadable"),
        ({"status": True}, "unreadable"),
        ({"seen": "x"}, "unreadable"),
        ({"device_at": ""}, "unreadable"),
        ({"device_at": "9999-12-31T23:59:59-14:00"}, "unreadable"),
        ({"device_at": "0001-01-01T00:00:00+14:00"}, "unreadable"),
        ({"device_at": "2026-99-01"}, "unreadable"),
        ({"signature": "[[1,2]]"}, "signature_small"),
        ({"signature": "[" * 19_000}, "signature_small"),
        ({"signature": "1" * 30_000}, "signature_small"),
        ({"status": "a", "signature": json.dumps(STROKES)}, "unreadable"),
        ({"status": "l"}, "minutes"),
        ({"status": "l", "minutes": 0}, "minutes"),
        ({"status": "d", "minutes": 211}, "minutes"),
        ({"learner": str(uuid4())}, "not_expected"),
    ],
)
def test_a_bad_entry_is_refused_and_stops_nothing(browse_as, trainer, learner, other_learner, slot, spoiled, code):
    response = send(browse_as(trainer), slot, {**entry(trainer, learner), **spoiled}, entry(trainer, other_learner))
    assert verdicts(response) == ["refused", "recorded"]
    refused = response.json()["verdicts"][0]
    assert refused["code"] == code and refused["sentence"]
    assert AttendanceMark.objects.get().learner == other_learner


def test_the_sentence_is_in_the_language_of_the_reader(browse_as, trainer, learner, slot):
    refused = entry(trainer, learner, "l")
    french = send(browse_as(trainer), slot, refused).json()["verdicts"][0]["sentence"]
    dutch = browse_as(trainer).post(
        url(slot).replace("/fr/", "/nl/"), json.dumps({"entries": [refused]}), "application/json"
    )
    assert french != dutch.json()["verdicts"][0]["sentence"]


@pytest.mark.parametrize("body", ["", "x", "[]", "{}", '{"entries": 1}', "[" * 100_000, "1" * 5000, "\ud800"])
def test_what_is_no_list_of_entries_is_refused_whole(browse_as, trainer, slot, body):
    response = browse_as(trainer).post(url(slot), body.encode("utf-8", "surrogatepass"), "application/json")
    assert response.status_code == 422 and response.json()["sentence"]


def test_a_list_of_other_things(browse_as, trainer, slot):
    assert verdicts(send(browse_as(trainer), slot, 1, "x", None, [], {})) == ["not_yours"] * 5


def test_too_much_at_once(browse_as, trainer, learner, slot):
    assert send(browse_as(trainer), slot, *[entry(trainer, learner)] * 51).status_code == 422
    assert send(browse_as(trainer), slot, {"signature": "1" * 1_100_000}).status_code == 413
    assert not AttendanceMark.objects.exists()


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404), ("coordinator", 200)])
def test_who_may(request, browse_as, learner, slot, person, status):
    author = request.getfixturevalue(person)
    for response in (send(browse_as(author), slot, entry(author, learner)), browse_as(author).get(url(slot))):
        assert response.status_code == status
    assert AttendanceMark.objects.exists() == (status == 200)


def test_a_visitor_and_a_missing_half_day(client, browse_as, trainer, learner, slot):
    assert reverse("account_login") in send(client, slot, entry(trainer, learner)).url
    missing = reverse("certification:outbox", args=[uuid4()])
    assert browse_as(trainer).post(missing, "{}", "application/json").status_code == 404


def test_without_a_second_proof_a_script_is_told_so(client, trainer, learner, slot):
    client.force_login(trainer)
    response = send(client, slot, entry(trainer, learner))
    assert response.status_code == 401 and "sign_in" in response.json()
    assert not AttendanceMark.objects.exists()


def test_get_says_who_and_gives_a_fresh_token(trainer, learner, slot):
    client = cast.sign_in(Client(enforce_csrf_checks=True), trainer)
    asked = client.get(url(slot))
    assert asked["Cache-Control"] == "private, no-store"
    assert asked.json()["author"] == str(trainer.code)
    content = json.dumps({"entries": [entry(trainer, learner)]})
    assert client.post(url(slot), content, "application/json").status_code == 403
    token = {"X-CSRFToken": asked.json()["token"]}
    assert client.post(url(slot), content, "application/json", headers=token).status_code == 200


def test_get_writes_nothing(browse_as, trainer, slot):
    browse_as(trainer).get(url(slot))
    assert not AttendanceMark.objects.exists()


def ahead(**values):
    return (timezone.now() + datetime.timedelta(**values)).isoformat()


def test_a_clock_that_is_wrong_is_set_right_and_shown(browse_as, trainer, learner, slot):
    """Both clocks are kept; the order of what was said follows the clock of this site."""
    client = browse_as(trainer)
    said = send(client, slot, entry(trainer, learner, "a", device_at=ahead(days=2, hours=-1)), sent_at=ahead(days=2))
    assert said.json()["skew"] == pytest.approx(-2 * 86_400, abs=2)
    now = timezone.now()
    send(client, slot, entry(trainer, learner, "p", device_at=(now - datetime.timedelta(minutes=30)).isoformat()))
    assert standing(slot, learner).status == "present"


@pytest.mark.parametrize("sent_at", ["", "x", None, 7, "9999-12-31T23:59:59-14:00", "2026-11-23T10:00"])
def test_an_envelope_without_an_hour_is_opened(browse_as, trainer, learner, slot, sent_at):
    assert verdicts(send(browse_as(trainer), slot, entry(trainer, learner), sent_at=sent_at)) == ["recorded"]


def test_a_mark_of_the_future_does_not_win_forever(browse_as, trainer, learner, slot):
    client = browse_as(trainer)
    send(client, slot, entry(trainer, learner, "a", device_at=ahead(days=3650)))
    assert standing(slot, learner).status == "absent"
    send(client, slot, entry(trainer, learner, "p"))
    assert standing(slot, learner).status == "present"


def test_whatever_the_order_the_same_stands(browse_as, trainer, coordinator, learner, session):
    now = timezone.now()
    made = [(trainer, "p", 50), (coordinator, "a", 40), (trainer, "e", 30)]
    stood = set()
    for number, order in enumerate(itertools.permutations(made)):
        slot = Slot.objects.create(
            session=session,
            period="evening",
            starts_at=now + datetime.timedelta(hours=number),
            ends_at=now + datetime.timedelta(hours=number + 1),
        )
        for author, letter, ago in order:
            at = (now - datetime.timedelta(minutes=ago)).isoformat()
            send(browse_as(author), slot, entry(author, learner, letter, device_at=at))
        stood.add(standing(slot, learner).status)
    assert stood == {"excused"}


def test_the_same_entries_at_once_are_recorded_once(real_database, trainer, learner, other_learner, session):
    slot = session.half_days[0]
    entries = [entry(trainer, learner), entry(trainer, other_learner, "a")]
    clients = [cast.sign_in(Client(), trainer) for _device in range(3)]
    answers = together(
        *[
            lambda client=client, order=order: verdicts(send(client, slot, *order))
            for client, order in zip(clients, [entries, entries[::-1], entries], strict=True)
        ]
    )
    assert sorted(itertools.chain(*answers)) == ["known"] * 4 + ["recorded"] * 2
    assert AttendanceMark.objects.count() == 2 and is_whole(slot)


def test_two_devices_at_once_keep_both_marks(real_database, trainer, coordinator, learner, session):
    slot = session.half_days[0]
    together(
        lambda: send(cast.sign_in(Client(), trainer), slot, entry(trainer, learner)),
        lambda: send(cast.sign_in(Client(), coordinator), slot, entry(coordinator, learner, "a")),
    )
    assert sorted(AttendanceMark.objects.values_list("status", flat=True)) == ["absent", "present"]
    assert is_whole(slot)


def disagreement(client, slot):
    rows = client.get(reverse("certification:roster", args=[slot.code])).context["roster"].rows
    return {row.learner: [mark.status for mark in row.disagreement] for row in rows if row.disagreement}


def test_two_devices_that_did_not_see_each_other_are_shown(browse_as, trainer, coordinator, learner, slot):
    client = browse_as(trainer)
    send(client, slot, entry(trainer, learner))
    send(browse_as(coordinator), slot, entry(coordinator, learner, "a"))
    assert disagreement(client, slot) == {learner: ["present", "absent"]}
    html = client.get(reverse("certification:roster", args=[slot.code])).content.decode()
    assert "Claire Dubois" in html and "Els Peeters" in html
    assert reverse("certification:correct", args=[slot.code, learner.code]) in html
    say(slot, learner, trainer, "present", source=Source.CORRECTION, reason="Elle était là.")
    assert disagreement(client, slot) == {}


def test_a_mark_that_saw_the_other_one_disagrees_with_nobody(browse_as, trainer, coordinator, learner, slot):
    first = entry(trainer, learner)
    send(browse_as(trainer), slot, first)
    send(browse_as(coordinator), slot, entry(coordinator, learner, "a", seen=first["uuid"]))
    assert disagreement(browse_as(trainer), slot) == {}


def test_a_signature_disagrees_with_an_absence_only(browse_as, trainer, learner, other_learner, slot):
    signature = json.dumps(STROKES)
    absent, late = entry(trainer, learner, "a"), entry(trainer, other_learner, "l", minutes=45)
    signed = [entry(trainer, person, signature=signature) for person in (learner, other_learner)]
    send(browse_as(trainer), slot, absent, late, *signed)
    assert disagreement(browse_as(trainer), slot) == {learner: ["absent", "present"]}


def test_the_same_said_twice_is_no_disagreement(browse_as, trainer, coordinator, learner, slot):
    for author in (trainer, coordinator):
        send(browse_as(author), slot, entry(author, learner, "l", minutes=60))
    assert disagreement(browse_as(trainer), slot) == {}


def test_what_arrives_after_a_correction_and_says_otherwise_is_shown(browse_as, trainer, learner, slot):
    say(slot, learner, trainer, "present", source=Source.CORRECTION, reason="Elle était là.")
    send(browse_as(trainer), slot, entry(trainer, learner, "a"))
    assert disagreement(browse_as(trainer), slot) == {learner: ["present", "absent"]}
    assert standing(slot, learner).status == "present"


def test_the_form_of_the_page_says_what_it_showed(browse_as, trainer, learner, slot):
    client, first = browse_as(trainer), say(slot, learner, trainer)
    row = {"status": "a", "uuid": uuid4(), "seen": first.uuid}
    answers = {f"{learner.code}-{name}": value for name, value in row.items()}
    client.post(reverse("certification:mark", args=[slot.code]), answers)
    assert AttendanceMark.objects.order_by("position").last().seen == first.uuid
    assert disagreement(client, slot) == {}
