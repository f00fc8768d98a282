"""Minutes in an online room become marks, whichever of the three sources fails."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from certification.models import AttendanceMark
from certification.rooms import GRACE, settle
from events import rooms
from events.models import Event, Room, RoomFact, Session
from events.stays import Heard, Kind, Source
from tests.cast import make_edition, make_session
from tests.certification.facts import everyone_present, say
from tests.events.conftest import server  # noqa: F401 - a fixture
from tests.events.test_hear import event, report, reported, tell

MINUTE = timedelta(minutes=1)


@pytest.fixture
def room(session, server, trainer):  # noqa: F811
    """The session of the cast, online: both learners are registered. It was opened before it began."""
    Session.objects.filter(pk=session.pk).update(online=True, has_room=True)
    session.slots.update(modality="virtual")
    session = Session.objects.get(pk=session.pk)
    start = session.half_days[0].starts_at
    rooms.open_room(session, Event.objects.get(slug="une-journee-ensemble"), trainer, start - 10 * MINUTE)
    return Room.objects.select_related("session").get()


def morning(room):
    return room.session.half_days[0]


def after(room, minutes=0):
    return morning(room).starts_at + minutes * MINUTE


def marks(slot):
    found = AttendanceMark.objects.filter(slot=slot).order_by("position").select_related("learner")
    return [(mark.learner.username, mark.status, mark.minutes, mark.late) for mark in found]


def hear(room, *heard):
    said = [Heard(source, kind, after(room, minutes), str(person.code)) for source, kind, minutes, person in heard]
    RoomFact.objects.hear(room.session, said, timezone.now())


def be_there(room, person, start, end):
    hear(room, (Source.HOOK, Kind.JOINED, start, person), (Source.HOOK, Kind.LEFT, end, person))


def over(room):
    return morning(room).ends_at + GRACE + MINUTE


def live(room, server, learner, working):  # noqa: F811
    """Amina comes after 5 minutes of 45, is away from the 20th to the 25th, and leaves at the 40th; the sources that
    work tell it."""
    spans = [(5, 20), (25, 40)]
    edges = [(minute, kind) for a, b in spans for minute, kind in ((a, "user-joined"), (b, "user-left"))]
    for minute in range(-2, 48):
        now = after(room, minute)
        for edge, kind in edges:
            if edge == minute:
                (server.enter if kind == "user-joined" else server.leave)(room.meeting, str(learner.code))
                if "hook" in working:
                    connection = f"w_{next(number for number, span in enumerate(spans) if edge in span)}"
                    assert tell(room, event(room, kind, learner.code, connection, now)) == 204
        if "poll" in working:
            rooms.poll(room, now + timedelta(seconds=20))
    server.meetings.clear()
    if "report" in working:
        said = json.loads(reported(room, *[(learner.code, after(room, a), after(room, b)) for a, b in spans]))
        assert report(room, json.dumps(said)) == 204


@pytest.mark.parametrize(
    "working",
    [
        ("hook", "poll", "report"),
        ("poll", "report"),
        ("hook", "report"),
        ("hook", "poll"),
        ("hook",),
        ("report",),
        ("poll",),
    ],
)
def test_the_minutes_are_the_same_whichever_fails(room, server, learner, working):  # noqa: F811
    room.session.slots.filter(period="morning").update(ends_at=after(room, 45))
    room.session = Session.objects.get(pk=room.session_id)
    live(room, server, learner, working)
    assert settle(over(room)) == 1
    [(who, status, minutes, late)] = marks(morning(room))
    assert (who, status, late) == ("learner", "late", False)
    assert minutes == 30 if set(working) & {"hook", "report"} else 26 <= minutes <= 30


def test_nothing_happens_twice(room, learner):
    be_there(room, learner, 0, 210)
    assert [settle(over(room) + number * MINUTE) for number in range(3)] == [1, 0, 0]
    assert marks(morning(room)) == [("learner", "present", 210, False)]
    Room.objects.update(settled_at=None)
    assert settle(over(room)) == 0


def test_not_before_the_half_day_is_over(room, learner):
    be_there(room, learner, 0, 60)
    assert settle(morning(room).ends_at) == 0 and settle(over(room)) == 1


def test_each_half_day_has_its_own_minutes(room, learner, other_learner):
    be_there(room, learner, -10, 200)
    be_there(room, learner, 300, 540)
    be_there(room, other_learner, 290, 400)
    first, second = room.session.half_days
    assert settle(second.ends_at + GRACE + MINUTE) == 3
    assert marks(first) == [("learner", "left_early", 200, False)]
    assert sorted(marks(second)) == [("learner", "present", 210, False), ("other_learner", "left_early", 100, False)]


def test_a_stranger_never_becomes_a_learner(room, stranger, trainer, learner):
    be_there(room, stranger, 0, 210)
    be_there(room, trainer, 0, 210)
    assert settle(over(room)) == 0 and marks(morning(room)) == []


def test_a_half_day_on_site_has_no_minutes_of_a_room(room, learner):
    room.session.slots.update(modality="on_site")
    be_there(room, learner, 0, 210)
    assert settle(over(room)) == 0


def test_what_a_person_said_stands(room, learner, trainer):
    be_there(room, learner, 0, 210)
    say(morning(room), learner, trainer, "absent")
    assert settle(over(room)) == 1
    assert AttendanceMark.objects.filter(slot=morning(room)).standing()[str(learner.pk)].status == "absent"


def test_a_report_that_comes_later_is_brought_in_when_it_says_something_else(
    room, learner, other_learner, time_machine
):
    time_machine.move_to(over(room), tick=False)
    be_there(room, learner, 0, 100)
    assert settle(over(room)) == 1
    time_machine.move_to(over(room) + 20 * MINUTE, tick=False)
    same = [(learner.code, after(room), after(room, 100) + timedelta(seconds=40))]
    assert report(room, reported(room, *same)) == 204
    assert settle(timezone.now() + 6 * MINUTE) == 0
    time_machine.move_to(over(room) + 40 * MINUTE, tick=False)
    assert report(room, reported(room, (other_learner.code, after(room, 5), after(room, 90)))) == 204
    assert [settle(timezone.now() + minutes * MINUTE) for minutes in (0, 1)] == [1, 0]
    assert marks(morning(room))[-1] == ("other_learner", "late", 85, False)


def test_what_comes_after_the_signature_waits_for_the_trainer(room, learner, other_learner, trainer, browse_as):
    everyone_present(room.session, trainer, over(room))
    be_there(room, learner, 0, 100)
    assert settle(over(room)) == 1
    assert marks(morning(room))[-1] == ("learner", "left_early", 100, True)
    html = browse_as(trainer).get(f"/fr/attendance/{morning(room).code}/").content.decode()
    assert "Parti plus tôt" in html and "importé" in html
    be_there(room, other_learner, 1, 210)
    assert settle(over(room)) == 0, "what says the same as the sheet is not to be decided"
    assert [mark.learner for mark in AttendanceMark.objects.filter(slot=morning(room)).waiting()] == [learner]


def test_the_trainer_who_opened_it_stands_for_the_mark(room, learner, trainer):
    be_there(room, learner, 0, 210)
    settle(over(room))
    mark = AttendanceMark.objects.get()
    assert mark.author == trainer and mark.source == 1


@pytest.mark.parametrize(("language", "word"), [("fr", "importé"), ("nl", "geïmporteerd")])
def test_the_trainer_sees_that_it_was_imported(room, learner, trainer, browse_as, language, word):
    be_there(room, learner, 10, 210)
    settle(over(room))
    html = browse_as(trainer).get(f"/{language}/attendance/{morning(room).code}/").content.decode()
    assert html.count(word) == 1
    say(morning(room), learner, trainer, "present")
    assert word not in browse_as(trainer).get(f"/{language}/attendance/{morning(room).code}/").content.decode()


def test_the_command_of_each_minute_does_it_all(room, server, learner, time_machine):  # noqa: F811
    server.enter(room.meeting, str(learner.code))
    for minutes in (0, 1, 210, 216):
        time_machine.move_to(after(room, minutes), tick=False)
        call_command("send_due", verbosity=0)
    assert marks(morning(room)) == [("learner", "present", 210, False)]


def test_a_session_without_a_room_costs_one_query(session, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert settle(timezone.now()) == 0


def test_how_many_people_costs_no_query_a_person(room, learner, other_learner, django_assert_max_num_queries):
    assert isinstance(morning(room).starts_at, datetime)
    with django_assert_max_num_queries(12):
        settle(over(room))


def test_the_command_that_runs_twice_at_once_marks_once(real_database, server, trainer, learner):  # noqa: F811
    session = make_session(make_edition(timezone.localdate()), timezone.localdate())
    Session.objects.filter(pk=session.pk).update(online=True, has_room=True)
    session.slots.update(modality="virtual")
    room = Room.objects.of(Session.objects.get(pk=session.pk))
    Room.objects.update(opened_by=trainer, opened_at=timezone.now())
    be_there(room, learner, 0, 210)
    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(lambda _time: settle(over(room)), range(2))) == 1
    assert AttendanceMark.objects.count() == 1
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _time: be_there(room, learner, 0, 210), range(2)))
    assert RoomFact.objects.count() == 2
