import datetime
import uuid
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar

from events.calendars import HalfDay, Meeting, calendar
from events.models import Session
from tests.events.planned import plan, register

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime.datetime(2026, 11, 23, 8, tzinfo=datetime.UTC)


def meeting(month, **values):
    start = datetime.datetime(2026, month, 8, 9, tzinfo=PARIS)
    half_day = HalfDay("5d0c6d0e-0000-4000-8000-000000000001", start, start + datetime.timedelta(hours=3))
    values = {"title": "Comprendre, sans juger ; « été »", "description": "Une ligne.\n\nUne autre."} | values
    return Meeting(
        place="Salle des Tilleuls, Lille",
        url="https://example.org/fr/agenda/",
        language="fr",
        half_days=[half_day],
        **values,
    )


@pytest.mark.parametrize(("month", "utc"), [(12, 8), (7, 7)])
def test_the_hour_is_right_in_winter_and_in_summer(month, utc):
    content = calendar([meeting(month)], "fr", NOW)
    ours = Calendar.from_ical(content).events[0]
    theirs = vobject.readOne(content.decode()).vevent
    for start in (ours["dtstart"].dt, theirs.dtstart.value):
        assert start.astimezone(datetime.UTC) == datetime.datetime(2026, month, 8, utc, tzinfo=datetime.UTC)
        assert start.hour == 9
    assert ours["dtend"].dt - ours["dtstart"].dt == datetime.timedelta(hours=3)


def test_the_file_follows_the_standard():
    content = calendar([meeting(12)], "fr", NOW)
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    found = Calendar.from_ical(content)
    assert not found.errors and not found.events[0].errors
    assert [str(zone["tzid"]) for zone in found.timezones] == ["Europe/Paris"]
    assert found["version"] == "2.0" and found["prodid"] and found["method"] == "PUBLISH"
    event = found.events[0]
    assert event["uid"] == "5d0c6d0e-0000-4000-8000-000000000001"
    assert event["dtstamp"].dt == NOW and event["sequence"] == 0 and event["status"] == "CONFIRMED"
    assert event["summary"] == "Comprendre, sans juger ; « été »" and event["summary"].params["LANGUAGE"] == "fr"
    assert event["description"] == "Une ligne.\n\nUne autre."
    assert vobject.readOne(content.decode()).validate()


def test_a_cancelled_event_says_so():
    event = Calendar.from_ical(calendar([meeting(12, cancelled=True, sequence=2)], "fr", NOW)).events[0]
    assert event["status"] == "CANCELLED" and event["sequence"] == 2


def taken(client, session, language="fr"):
    response = client.get(f"/{language}/sessions/{session.code}.ics")
    return response, Calendar.from_ical(response.content)


def test_a_visitor_takes_one_entry_for_each_half_day(client, database):
    session = plan()
    response, found = taken(client, session)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "une-journee-ensemble.ics" in response.headers["Content-Disposition"]
    assert [event["uid"] for event in found.events] == [str(slot.code) for slot in session.half_days]
    assert found.events[0]["url"].endswith("/fr/agenda/une-journee-ensemble/")
    assert not response.cookies


def test_it_is_in_the_language_of_the_address(client, database):
    _response, found = taken(client, plan(), "nl")
    assert found.events[0]["summary"] == "Een dag samen"
    assert found.events[0]["summary"].params["LANGUAGE"] == "nl"


def test_the_link_to_join_is_for_those_who_take_part(client, browse_as, learner, other_learner, trainer):
    session = plan(online=True, join_url="https://meet.example.org/salle")
    register(session, learner)
    session.trainers.add(trainer)
    link = b"meet.example.org"
    address = f"/fr/sessions/{session.code}.ics"
    assert link in browse_as(learner).get(address).content and link in browse_as(trainer).get(address).content
    assert link not in client.get(address).content and link not in browse_as(other_learner).get(address).content


def test_the_sequence_grows_when_the_session_is_changed(client, browse_as, coordinator, django_user_model):
    session = plan()
    admin = django_user_model.objects.create_superuser("admin-of-test")
    slots = session.half_days
    form = {
        "status": "cancelled",
        "reason": "people",
        "capacity": "14",
        "edition": "",
        "city": "Lille",
        "slots-TOTAL_FORMS": "2",
        "slots-INITIAL_FORMS": "2",
        "slots-MIN_NUM_FORMS": "0",
        "slots-MAX_NUM_FORMS": "1000",
    }
    for number, slot in enumerate(slots):
        form |= {
            f"slots-{number}-id": str(slot.pk),
            f"slots-{number}-period": slot.period,
            f"slots-{number}-starts_at": f"{slot.starts_at.astimezone(PARIS):%Y-%m-%d %H:%M}",
            f"slots-{number}-ends_at": f"{slot.ends_at.astimezone(PARIS):%Y-%m-%d %H:%M}",
            f"slots-{number}-modality": slot.modality,
        }
    response = browse_as(admin).post(f"/admin/snippets/events/session/edit/{session.pk}/", form)
    assert response.status_code == 302
    _response, found = taken(client, session)
    assert found.events[0]["sequence"] == 1 and found.events[0]["status"] == "CANCELLED"
    assert [event["uid"] for event in found.events] == [str(slot.code) for slot in slots]


def test_a_draft_and_an_unknown_session_are_not_found(client, database):
    assert client.get(f"/fr/sessions/{plan(status=Session.Status.DRAFT).code}.ics").status_code == 404
    assert client.get(f"/fr/sessions/{uuid.uuid4()}.ics").status_code == 404


def test_nothing_is_written(client, database):
    assert client.post(f"/fr/sessions/{plan().code}.ics").status_code == 405
