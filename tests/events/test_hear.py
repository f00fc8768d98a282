"""What the BigBlueButton server tells us, and what we see ourselves: kept once, refused from anybody else."""

import base64
import hashlib
import hmac
import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events import rooms
from events.models import Event, Room, RoomFact, Session
from events.views.hearing import LARGEST_EVENT, LARGEST_REPORT
from tests.events.bigbluebutton_server import SECRET, hook_call, quoted
from tests.events.planned import plan, register

ORIGIN = "http://127.0.0.1:8000"
AT = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)


@pytest.fixture
def room(database, server, trainer, learner):
    session = plan(online=True, has_room=True)
    register(session, learner)
    room = Room.objects.of(session)
    Room.objects.filter(pk=room.pk).update(opened_by=trainer, opened_at=timezone.now())
    return Room.objects.select_related("session").get(pk=room.pk)


def event(room, kind, person="", connection="w_1", at=AT, meeting=None):
    meeting = {"internal-meeting-id": "i", "external-meeting-id": meeting or room.meeting}
    user = {"internal-user-id": connection, "external-user-id": str(person), "name": "Amina"}
    attributes = {"meeting": meeting, **({"user": user} if kind != "meeting-ended" else {})}
    data = {"type": "event", "id": kind, "attributes": attributes, "event": {"ts": int(at.timestamp() * 1000)}}
    return json.dumps({"data": data})


def post(url, body, kind="application/x-www-form-urlencoded", **headers):
    client = Client(enforce_csrf_checks=True)
    response = client.post(url.removeprefix(ORIGIN), body, content_type=kind, headers=headers)
    assert not response.cookies
    return response.status_code


def tell(room, said, **how):
    return post(*hook_call(f"{ORIGIN}/bigbluebutton/{room.session.code}/heard/", said, **how))


def facts():
    return [(fact.source, fact.kind, fact.person_id, fact.at) for fact in RoomFact.objects.all()]


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "sha512"])
def test_a_hook_is_kept_once(room, learner, algorithm):
    for _time in range(2):
        assert tell(room, event(room, "user-joined", learner.code), algorithm=algorithm) == 204
    assert facts() == [("hook", "joined", learner.pk, AT)]


def test_who_left_is_known_by_the_connection_too(room, learner):
    tell(room, event(room, "user-joined", learner.code))
    tell(room, event(room, "user-left", "", at=AT + timedelta(minutes=5)))
    tell(room, event(room, "user-left", "", connection="w_9", at=AT + timedelta(minutes=6)))
    assert facts()[1:] == [("hook", "left", learner.pk, AT + timedelta(minutes=5))]


def test_the_end_and_nobody(room, learner):
    """A telephone, a guest, somebody whom this site does not know: nothing is kept of them."""
    for nobody in ("v_0612345678", uuid.uuid4(), "w_abc"):
        assert tell(room, event(room, "user-joined", nobody)) == 204
    for _time in range(2):
        tell(room, event(room, "meeting-ended"))
    tell(room, event(room, "user-joined", learner.code, meeting="another"))
    tell(room, event(room, "chat-group-message-sent", learner.code))
    assert facts() == [("hook", "ended", None, AT)]


def test_the_hooks_of_version_2_sign_the_values(room, learner):
    callback, said = f"{ORIGIN}/bigbluebutton/{room.session.code}/heard/", event(room, "user-joined", learner.code)
    _url, body = hook_call(callback, said)
    values = {"event": f"[{said}]", "timestamp": 1696511534800, "domain": "bbb.example.org"}
    signed = callback + json.dumps(values, separators=(",", ":"), ensure_ascii=False) + SECRET
    assert post(f"{callback}?checksum={hashlib.sha256(signed.encode()).hexdigest()}", body) == 204
    assert len(facts()) == 1


def test_a_hook_that_is_not_signed_is_refused(room, learner):
    url, body = hook_call(
        f"{ORIGIN}/bigbluebutton/{room.session.code}/heard/", event(room, "user-joined", learner.code)
    )
    assert post(url[:-1] + ("0" if url[-1] != "0" else "1"), body) == 403
    assert post(url, body.replace("Amina", "Amin")) == 403
    assert post(url.partition("?")[0], body) == 403
    assert post(f"{url}é", body) == 403
    assert post(url, f"timestamp={'9' * 5000}") == 403
    constant = hashlib.sha256(f"{url.partition('?')[0]}{{}}{SECRET}".encode()).hexdigest()
    assert post(f"{url.partition('?')[0]}?checksum={constant}", body) == 403
    assert not facts()


def test_a_hook_of_another_room_is_refused(room, learner):
    _url, body = hook_call(f"{ORIGIN}/bigbluebutton/{uuid.uuid4()}/heard/", event(room, "user-joined", learner.code))
    checksum = _url.partition("?")[2]
    assert post(f"/bigbluebutton/{room.session.code}/heard/?{checksum}", body) == 403
    assert post(f"/bigbluebutton/{uuid.uuid4()}/heard/?{checksum}", body) == 403


def test_too_large_or_garbled_is_refused(room):
    assert tell(room, "x" * LARGEST_EVENT) == 413
    assert tell(room, "not json") == 422
    assert report(room, "x" * (LARGEST_REPORT + 1)) == 413
    assert report(room, "not json") == 422
    assert not facts()


def test_get_writes_nothing_and_without_a_server_there_is_nothing(room, settings):
    for name in ("heard", "report"):
        assert Client().get(f"/bigbluebutton/{room.session.code}/{name}/").status_code == 405
    settings.BBB_SECRET = ""
    assert tell(room, event(room, "meeting-ended")) == 403
    assert report(room, "{}") == 403


def token(secret=SECRET, alg="HS512", digest="sha512", expires=3600):
    now = timezone.now().timestamp()
    parts = [{"typ": "JWT", "alg": alg}, {"exp": int(now + expires)}]
    head = ".".join(packed(json.dumps(part).encode()) for part in parts)
    return f"{head}.{packed(hmac.new(secret.encode(), head.encode(), digest).digest())}"


def packed(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def report(room, body, given=None):
    url = f"/bigbluebutton/{room.session.code}/report/"
    return post(url, body, "application/json", Authorization=f"Bearer {given or token()}")


def reported(room, *people):
    attendees = [
        {
            "ext_user_id": str(code),
            "joins": [f"{start:%Y-%m-%d %H:%M:%S %z}"],
            "leaves": [f"{end:%Y-%m-%d %H:%M:%S %z}"],
        }
        for code, start, end in people
    ]
    return json.dumps({"version": "1.0", "meeting_id": room.meeting, "data": {"attendees": attendees}})


def test_a_report_is_kept_once(room, learner):
    end = AT + timedelta(hours=1)
    for _time in range(2):
        assert report(room, reported(room, (learner.code, AT, end), (uuid.uuid4(), AT, end))) == 204
    assert facts() == [("report", "joined", learner.pk, AT), ("report", "left", learner.pk, end)]


@pytest.mark.parametrize(
    "given",
    [
        "nothing",
        "a.b.c",
        token(secret="another"),
        token(alg="none"),
        token(alg="HS256", digest="sha256"),
        token(expires=-1),
        token()[:-4],
        token().rpartition(".")[0] + ".",
    ],
    ids=["nothing", "no token", "another secret", "no algorithm", "weaker", "expired", "cut", "no signature"],
)
def test_a_report_that_is_not_signed_is_refused(room, learner, given):
    assert report(room, reported(room, (learner.code, AT, AT)), given) == 403
    assert not facts()


def page():
    return Event.objects.get(slug="une-journee-ensemble")


def test_a_poll_notes_who_came_and_who_was_gone(room, server, learner, trainer):
    rooms.open_room(room.session, page(), trainer, AT)
    look = [AT + timedelta(minutes=minute) for minute in range(6)]
    rooms.poll(room, look[0])
    server.enter(room.meeting, str(learner.code))
    server.enter(room.meeting, "v_0612345678")
    for moment in look[1:4]:
        rooms.poll(room, moment)
        rooms.poll(room, moment + timedelta(seconds=5))
    server.leave(room.meeting, str(learner.code))
    rooms.poll(room, look[4])
    assert facts() == [("poll", "joined", learner.pk, look[1]), ("poll", "left", learner.pk, look[3])]
    server.enter(room.meeting, str(learner.code))
    rooms.poll(room, look[5])
    del server.meetings[room.meeting]
    rooms.poll(room, look[5] + timedelta(minutes=1))
    assert [kind for _source, kind, _who, _at in facts()] == ["joined", "left", "joined", "left"]


def test_a_server_that_was_away_takes_nobody_out(room, server, settings, learner, trainer):
    rooms.open_room(room.session, page(), trainer, AT)
    server.enter(room.meeting, str(learner.code))
    rooms.poll(room, AT)
    settings.BBB_URL = "http://127.0.0.1:9/bigbluebutton/"
    with pytest.raises(rooms.Failed):
        rooms.poll(room, AT + timedelta(minutes=1))
    settings.BBB_URL = server.url
    rooms.poll(room, AT + timedelta(minutes=20))
    assert len(facts()) == 1


def test_rooms_are_looked_at_around_their_half_days_alone(room, server, time_machine):
    start = room.session.half_days[0].starts_at
    for minutes, asked in ((-20, 0), (-10, 1), (5, 2), (600, 2)):
        time_machine.move_to(start + timedelta(minutes=minutes), tick=False)
        rooms.poll_rooms(timezone.now())
        assert [call for call, _values in server.asked].count("getMeetingInfo") == asked


def test_a_room_that_nobody_opened_and_a_site_without_a_server_ask_nothing(room, server, settings, time_machine):
    time_machine.move_to(room.session.half_days[0].starts_at)
    settings.BBB_URL = ""
    rooms.poll_rooms(timezone.now())
    settings.BBB_URL = server.url
    Room.objects.update(opened_at=None, opened_by=None)
    rooms.poll_rooms(timezone.now())
    assert not server.asked


def test_the_hook_is_asked_for_again_every_five_minutes(room, server, time_machine):
    start = room.session.half_days[0].starts_at
    for minutes in range(11):
        time_machine.move_to(start + timedelta(minutes=minutes), tick=False)
        rooms.poll_rooms(timezone.now())
    assert [call for call, _values in server.asked].count("hooks/create") == 3


def test_one_room_that_fails_does_not_stop_the_others(room, server, time_machine, caplog):
    time_machine.move_to(room.session.half_days[0].starts_at, tick=False)
    server.answers["getMeetingInfo"] = quoted("checksum_error")
    rooms.poll_rooms(timezone.now())
    assert "checksumError" in caplog.text and not facts()


def test_the_end_makes_us_look(room, server, learner, trainer):
    rooms.open_room(room.session, page(), trainer, timezone.now())
    address = server.meetings[room.meeting]["values"]["meta_endCallbackUrl"].removeprefix(ORIGIN)
    server.enter(room.meeting, str(learner.code))
    rooms.poll(room, timezone.now() - timedelta(minutes=1))
    server.meetings.clear()
    for _time in range(2):
        assert Client().get(f"{address}?recordingmarks=false").status_code == 204
    assert [kind for _source, kind, _who, _at in facts()] == ["joined", "left"]
    assert Client().get(f"{address[:-2]}/").status_code == 403
    assert Client().post(address).status_code == 405
    server.status, server.answers["getMeetingInfo"] = 500, ""
    assert Client().get(address).status_code == 503


def test_facts_stay_with_their_session(room, learner):
    tell(room, event(room, "user-joined", learner.code))
    assert RoomFact.objects.get().session == Session.objects.get(pk=room.session_id)
