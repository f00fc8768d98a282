"""The contract with a BigBlueButton server: what is asked, and each answer that its documentation and the tests of
others quote."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from events import bigbluebutton, hearing
from events.bigbluebutton import Failed
from events.stays import Heard, Kind, Source
from tests.events.bigbluebutton_server import SECRET, quoted

QUOTED = Path(__file__).parent / "bigbluebutton"


def test_the_checksum_is_that_of_the_documentation(settings):
    """docs.bigbluebutton.org/development/api, "Usage": the example in five steps."""
    settings.BBB_SECRET = SECRET
    text = "createname=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444"
    assert bigbluebutton.checksum(text, 40) == "1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17"
    assert bigbluebutton.is_signed(text, "1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17")
    assert not bigbluebutton.is_signed(text, "1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f18")
    assert not bigbluebutton.is_signed(text, "") and not bigbluebutton.is_signed(text, "é" * 40)


@pytest.mark.parametrize(
    "url", ["https://bbb.example.org/bigbluebutton/", "https://bbb.example.org/bigbluebutton/api/"]
)
def test_the_address_as_bbb_conf_shows_it_or_with_its_end(settings, url):
    settings.BBB_URL, settings.BBB_SECRET = url, SECRET
    assert bigbluebutton.address("create", name="Écouter", meetingID="abc").startswith(
        "https://bbb.example.org/bigbluebutton/api/create?name=%C3%89couter&meetingID=abc&checksum="
    )


def test_without_an_address_or_a_secret_there_is_no_server(settings):
    assert not bigbluebutton.is_configured()
    settings.BBB_URL = "https://bbb.example.org/bigbluebutton/"
    assert not bigbluebutton.is_configured()


def test_a_meeting_is_made_once(server):
    made = bigbluebutton.create("abc", "Un titre " * 20, voiceBridge="71234", record="true")
    again = bigbluebutton.create("abc", "Un titre", voiceBridge="79999")
    assert made == again and (made.pin, made.phone) == ("71234", server.phone)
    assert len(server.asked[0][1]["name"]) == 64


@pytest.mark.parametrize(("name", "pin"), [("create", "76286"), ("create_again", "70757")])
def test_quoted_answers_to_create(server, name, pin):
    """The telephone number of the example is that of a server that has none."""
    server.answers["create"] = quoted(name)
    room = bigbluebutton.create("abc", "Un titre")
    assert (room.pin, room.phone, room.ended) == (pin, "", False)


@pytest.mark.parametrize(
    ("name", "present", "created"),
    [
        ("info", {"w_ftcrsyuh44oj"}, "1715261728123"),
        ("info_before", {"amslzbgzzddp", "xi7y7gpmyq1g"}, "1453206317376"),
    ],
)
def test_quoted_answers_to_get_meeting_info(server, name, present, created):
    server.answers["getMeetingInfo"] = quoted(name)
    room = bigbluebutton.find("abc")
    assert (room.present, room.created) == (present, created)


def test_a_meeting_that_is_not_there_or_was_ended_is_none(server):
    assert bigbluebutton.find("abc") is None
    server.answers["getMeetingInfo"] = quoted("info", hasBeenForciblyEnded="true")
    assert bigbluebutton.find("abc") is None


def test_running_and_end(server):
    server.answers["isMeetingRunning"] = quoted("running")
    assert bigbluebutton.is_running("abc")
    del server.answers["isMeetingRunning"]
    assert not bigbluebutton.is_running("abc")
    server.answers["end"] = quoted("end")
    bigbluebutton.end("abc")
    server.answers["end"] = quoted("not_found")
    bigbluebutton.end("abc")


def test_somebody_enters_with_a_name_a_code_and_a_role(server):
    room = bigbluebutton.create("abc", "Un titre")
    person = {"name": "Amina & co", "code": "0d9a", "leads": False, "language": "nl"}
    assert requests.get(bigbluebutton.join_address("abc", room, **person), timeout=5).text.startswith("<html>")
    assert server.meetings["abc"]["present"] == {"0d9a": ("0d9a", "Amina & co", "VIEWER")}
    assert server.asked[-1][1]["userdata-bbb_override_default_locale"] == "nl"
    requests.get(bigbluebutton.join_address("abc", room, **person | {"leads": True}), timeout=5)
    assert server.meetings["abc"]["present"]["0d9a"][2] == "MODERATOR"


def test_an_address_of_one_meeting_does_not_enter_the_next(server):
    before = bigbluebutton.create("abc", "Un titre")
    bigbluebutton.end("abc")
    bigbluebutton.create("abc", "Un titre")
    person = {"name": "Amina", "code": "0d9a", "leads": False, "language": "fr"}
    assert "notFound" in requests.get(bigbluebutton.join_address("abc", before, **person), timeout=5).text


def test_recordings_of_the_documentation(server):
    found = bigbluebutton.recordings("abc")
    assert [(one.kind, one.minutes) for one in found] == [("podcast", 1), ("presentation", 1)]
    assert found[0].starts_at == datetime(2018, 7, 4, 15, 38, 41, 124000, UTC)
    assert found[1].url.startswith("https://demo.bigbluebutton.org/playback/presentation/2.0/playback.html?meetingId=")
    server.answers["getRecordings"] = quoted("recordings_none")
    assert bigbluebutton.recordings("abc") == []


def test_a_recording_with_a_wrong_address_is_none(server):
    server.answers["getRecordings"] = quoted("recordings", url="javascript:alert(1)")
    assert bigbluebutton.recordings("abc") == []


def test_a_hook_hears_who_comes_and_leaves(server):
    for _time in range(2):
        bigbluebutton.hook("abc", "https://ambassadeurs.example.org/x/")
    meeting = ("abc", "user-joined,user-left,meeting-ended")
    assert server.hooks == {"https://ambassadeurs.example.org/x/": meeting}
    for name in ("hook", "hook_again"):
        server.answers["hooks/create"] = quoted(name)
        bigbluebutton.hook("abc", "https://ambassadeurs.example.org/x/")


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (quoted("checksum_error"), "checksumError"),
        (quoted("hook_failed"), "createHookError"),
        ("<response><returncode>FAILED</returncode></response>", "refused"),
        ("<html><p>502 Bad Gateway", "unreachable"),
        ("", "unreachable"),
        ('<!DOCTYPE r [<!ENTITY a "aaaa">]><response><returncode>&a;</returncode></response>', "unreachable"),
        ("<response>" + " " * 3 * 1024**2 + "</response>", "unreachable"),
    ],
)
def test_a_refusal_and_nonsense_have_one_name(server, answer, key):
    server.answers["create"] = answer
    with pytest.raises(Failed) as failed:
        bigbluebutton.create("abc", "Un titre")
    assert failed.value.key == key


def test_another_secret_is_refused(server, settings):
    settings.BBB_SECRET = "another"
    with pytest.raises(Failed) as failed:
        bigbluebutton.create("abc", "Un titre")
    assert failed.value.key == "checksumError"


def test_a_server_that_is_slow_or_away_fails_in_time(server, settings, monkeypatch):
    monkeypatch.setattr(bigbluebutton, "SECONDS", (0.5, 0.1))
    server.slow = 0.5
    with pytest.raises(Failed):
        bigbluebutton.find("abc")
    settings.BBB_URL = "http://127.0.0.1:9/bigbluebutton/"
    with pytest.raises(Failed):
        bigbluebutton.find("abc")


def test_quoted_events_of_the_hooks():
    meeting = "random-3136035"
    events = json.loads((QUOTED / "events.json").read_text())["events"]
    one_by_one = [one for event in events for one in hearing.from_hook(json.dumps([event]), meeting)]
    assert hearing.from_hook(json.dumps(events), meeting) == one_by_one
    assert hearing.from_hook(json.dumps(events[0]), meeting) == one_by_one[:1]
    assert [(one.kind, one.person, one.connection) for one in one_by_one] == [
        (Kind.JOINED, "w_1fewpbchnudl", "w_1fewpbchnudl"),
        (Kind.JOINED, "w_lxcl6yagcfbj", "w_lxcl6yagcfbj"),
        (Kind.LEFT, "w_lxcl6yagcfbj", "w_lxcl6yagcfbj"),
        (Kind.ENDED, "", ""),
    ]
    assert one_by_one[0].at == datetime(2023, 10, 5, 13, 12, 14, 740000, UTC)
    assert hearing.from_hook(json.dumps(events), "another") == []


def test_quoted_reports_of_both_generations():
    report = json.loads((QUOTED / "report.json").read_text())["report"]
    said = hearing.from_report(json.dumps(report), report["meeting_id"])
    assert said == [
        Heard(Source.REPORT, Kind.JOINED, datetime(2021, 6, 23, 16, 52, 21, tzinfo=UTC), "w_hll5o9o"),
        Heard(Source.REPORT, Kind.LEFT, datetime(2021, 6, 23, 16, 52, 32, tzinfo=UTC), "w_hll5o9o"),
    ]
    report = json.loads((QUOTED / "report_of_connections.json").read_text())["report"]
    said = hearing.from_report(json.dumps(report), report["meeting_id"])
    assert [(one.kind, one.person, one.connection) for one in said] == [
        (Kind.JOINED, "45", "w_mdfahewpe3p1"),
        (Kind.LEFT, "45", "w_mdfahewpe3p1"),
    ]
    assert hearing.from_report(json.dumps(report), "another") == []


@pytest.mark.parametrize("text", ["", "[]x", "3", "[3]", "{}", '{"data": {"id": "user-joined"}}'])
def test_what_is_garbled_is_said(text):
    with pytest.raises(hearing.Garbled):
        hearing.from_hook(text, "abc")
    with pytest.raises(hearing.Garbled):
        hearing.from_report(text, "abc")


@pytest.mark.parametrize("said", ["2021-09-23T16:08:29.000+00:00", "2021-09-23 18:08:29 +0200"])
def test_moments_of_both_generations(said):
    assert hearing.moment(said) == datetime(2021, 9, 23, 16, 8, 29, tzinfo=UTC)
