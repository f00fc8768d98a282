"""Invitations as the mail server receives them, read by vobject and by ical.js, which nobody here wrote."""

import datetime
import email
import json
import os
import shutil
import subprocess
from email import policy
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core import mail
from django.utils import timezone

from events import tasks
from events.models import Event, Registration, Session, Slot
from people.models import User
from tests.events.planned import plan
from tests.judge import unavailable

FOLDER = Path(__file__).parent
NOW = timezone.now()
YEAR = timezone.localdate().year + 1
TITLE = "Écouter près d’un être inquiet, à l’écoute : été, forêt, français ; çà et là, même éloignés, très près"
# A reader whose own clock is not that of Paris.
AWAY = os.environ | {"TZ": "America/New_York"}

pytestmark = pytest.mark.judge


@pytest.fixture
def judge(tmp_path):
    """`judge(content)` is what ical.js understands of a calendar."""
    if not shutil.which("node"):
        unavailable("apt-get install -y nodejs npm: no Node to run ical.js with")
    if not (FOLDER / "node_modules/ical.js").exists():
        unavailable("cd tests/judges && npm ci --ignore-scripts: ical.js is not there")

    def read(content):
        (tmp_path / "invitation.ics").write_bytes(content)
        command = ["node", str(FOLDER / "calendar.mjs"), str(tmp_path / "invitation.ics")]
        said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=AWAY)
        assert said.returncode == 0, said.stderr
        return json.loads(said.stdout)

    return read


def received():
    """The calendar parts of the last e-mail, after a journey as bytes: (part, content)."""
    sent = email.message_from_bytes(mail.outbox[-1].message().as_bytes(linesep="\r\n"), policy=policy.default)
    parts = [part for part in sent.walk() if part.get_content_type() == "text/calendar"]
    return [(part, part.get_payload(decode=True)) for part in parts]


def first():
    """The part that mail programs show as buttons, checked as RFC 5545 and RFC 6047 ask."""
    part, content = received()[0]
    assert part.get_content_charset() == "utf-8" and not part.is_attachment()
    assert content.count(b"\n") == content.count(b"\r\n") > 20
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75 and any(line.startswith(b" ") for line in lines)
    assert all(line.decode() is not None for line in lines)
    assert vobject.readOne(content.decode()).validate(raiseException=True)
    assert f"METHOD:{part.get_param('method')}".encode() in lines
    return part, content


def day_of(month):
    return datetime.date(YEAR, month, 15)


@pytest.fixture
def registered(learner):
    """`registered(7)`: an account with an e-mail is registered for a day of July, in French."""

    def register(month, language="fr"):
        User.objects.filter(pk=learner.pk).update(email="amina@example.org", interface_language=language)
        Event.objects.filter(slug="une-journee-ensemble").update(title=TITLE)
        session = plan(days=(day_of(month) - timezone.localdate()).days)
        Registration.objects.register(session, User.objects.get(pk=learner.pk), NOW)
        Registration.objects.tell_changes(session, NOW)
        tasks.send_all(NOW)
        return session

    return register


@pytest.mark.parametrize(("month", "hour"), [(1, 8), (7, 7)], ids=["winter", "summer"])
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_both_read_the_hour_of_the_session(judge, registered, month, hour, language):
    slots = registered(month, language).half_days
    part, content = first()
    assert part.get_param("method") == "REQUEST"
    found = judge(content)
    assert found["method"] == "REQUEST" and len(found["events"]) == 1
    event, theirs = found["events"][0], vobject.readOne(content.decode()).vevent
    expected = datetime.datetime(YEAR, month, 15, hour, tzinfo=datetime.UTC)
    assert slots[0].starts_at == expected
    assert datetime.datetime.fromisoformat(event["start"]) == theirs.dtstart.value == expected
    assert datetime.datetime.fromisoformat(event["end"]) == theirs.dtend.value == slots[0].ends_at
    assert theirs.dtstart.value.astimezone(ZoneInfo("Europe/Brussels")).hour == 9
    assert event["uid"] == str(slots[0].code) and event["attendees"] == ["mailto:amina@example.org"]
    assert event["organizer"].startswith("mailto:") and event["summary"] == theirs.summary.value
    assert language == "nl" or event["summary"] == TITLE


def test_each_half_day_is_a_file_that_both_read(judge, registered):
    slots = registered(7).half_days
    read = [judge(content)["events"][0] for _part, content in received()]
    assert [one["uid"] for one in read] == [str(slots[at].code) for at in (0, 0, 1)]
    assert [datetime.datetime.fromisoformat(one["start"]) for one in read[1:]] == [slot.starts_at for slot in slots]


def test_a_request_its_change_and_its_cancellation_are_one_entry(judge, registered):
    session = registered(7)
    told = [story(judge)]
    slot = session.half_days[0]
    Slot.objects.filter(pk=slot.pk).update(starts_at=slot.starts_at + datetime.timedelta(minutes=30))
    Registration.objects.tell_changes(Session.objects.get(pk=session.pk), NOW)
    tasks.send_all(NOW)
    told.append(story(judge))
    Session.objects.update(status="cancelled", reason="place")
    Registration.objects.tell_changes(Session.objects.get(pk=session.pk), NOW)
    tasks.send_all(NOW)
    told.append(story(judge))
    assert len(mail.outbox) == 3
    start = slot.starts_at
    later = start + datetime.timedelta(minutes=30)
    uid = str(slot.code)
    assert told == [
        ("REQUEST", uid, 0, "CONFIRMED", start),
        ("REQUEST", uid, 1, "CONFIRMED", later),
        ("CANCEL", uid, 2, "CANCELLED", later),
    ]


def story(judge):
    part, content = first()
    found = judge(content)
    event = found["events"][0]
    assert found["method"] == part.get_param("method")
    start = datetime.datetime.fromisoformat(event["start"])
    return found["method"], event["uid"], event["sequence"], event["status"], start


def test_the_judges_refuse_what_is_wrong(judge, registered):
    registered(7)
    _part, content = first()
    before, _zone, rest = content.partition(b"BEGIN:VTIMEZONE")
    without_zone = before + rest.partition(b"END:VTIMEZONE\r\n")[2]
    assert judge(without_zone)["events"][0]["start"] != judge(content)["events"][0]["start"]
    without_uid = b"\r\n".join(line for line in content.split(b"\r\n") if not line.startswith(b"UID"))
    with pytest.raises(vobject.base.ValidateError):
        vobject.readOne(without_uid.decode()).validate(raiseException=True)
