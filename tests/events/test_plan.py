"""A trainer announces an event in one form: its page and its session, published at once."""

import datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from events.models import Event, EventIndex, Message, Registration, Session
from lms.content.access import load_access
from people.roles import Role
from tests.certification.facts import say
from tests.events.planned import plan

DAY = timezone.localdate() + datetime.timedelta(days=20)
EMPTY = {"-TOTAL_FORMS": "0", "-INITIAL_FORMS": "0", "-MIN_NUM_FORMS": "0", "-MAX_NUM_FORMS": "1000"}


@pytest.fixture
def agenda(database):
    return EventIndex.objects.get(locale__language_code="fr")


def half_days(*rows, initial=0):
    fields = {f"half-days{name}": value for name, value in EMPTY.items()}
    fields |= {"half-days-TOTAL_FORMS": str(len(rows)), "half-days-INITIAL_FORMS": str(initial)}
    for number, (slot, day, start, end) in enumerate(rows):
        values = {"slot": slot, "day": day, "start": start, "end": end}
        fields |= {f"half-days-{number}-{name}": str(value) for name, value in values.items()}
    return fields


MORNING = ("", DAY, "09:00", "12:00")
AFTERNOON = ("", DAY, "13:30", "16:30")


def typed(*rows, initial=0, **values):
    streams = {}
    for name in ("objectives", "speakers", "body", "materials", "replay"):
        streams[f"{name}-count"] = "0"
    return {
        "title": "Écouter à plusieurs",
        "slug": "ecouter-a-plusieurs",
        "kind": "workshop",
        "number": "2",
        "summary": "Une journée pour écouter.",
        "session-status": "open",
        "session-capacity": "8",
        "session-city": "Lille",
        "session-place": "Salle des Tilleuls",
        "action-publish": "1",
        **{f"comments{name}": value for name, value in EMPTY.items()},
        **streams,
        **half_days(*rows, initial=initial),
        **values,
    }


def add(client, agenda, **fields):
    return client.post(f"/admin/pages/add/events/event/{agenda.pk}/", fields)


@pytest.fixture
def writer(browse_as, trainer, agenda):
    group = Group.objects.get(name=Role.TRAINER)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for name in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.get_or_create(
            group=group, page=Page.objects.get(pk=agenda.pk), permission=Permission.objects.get(codename=name)
        )
    return browse_as(trainer)


def test_one_form_publishes_the_page_and_opens_the_session(writer, trainer, agenda, client):
    response = add(writer, agenda, **typed(MORNING, AFTERNOON, ("", "", "", ""), **{"session-trainers": [trainer.pk]}))
    assert response.status_code == 302
    event = Event.objects.get(slug="ecouter-a-plusieurs")
    session = event.session
    assert event.live and session.status == "open" and session.capacity == 8
    assert [(slot.period, slot.minutes) for slot in session.half_days] == [("morning", 180), ("afternoon", 180)]
    assert list(session.trainers.all()) == [trainer]
    html = client.get("/fr/agenda/ecouter-a-plusieurs/").content.decode()
    assert "Salle des Tilleuls" in html and "8 places" in html


def test_the_form_offers_it_all_on_one_screen(writer, agenda):
    html = writer.get(f"/admin/pages/add/events/event/{agenda.pk}/").content.decode()
    for name in ("title", "half-days-0-day", "half-days-3-end", "session-capacity", "session-place", "session-status"):
        assert f'name="{name}"' in html


def test_the_same_form_publishes_the_replay(writer, agenda, client):
    part = {"replay-0-deleted": "", "replay-0-order": "0", "replay-0-type": "chapters", "replay-0-id": ""}
    line = {"deleted": "", "order": "0", "id": "", "value-time": "12:30", "value-title": "Le sommeil"}
    chapters = {f"replay-0-value-chapters-0-{name}": value for name, value in line.items()}
    replay = {"replay-count": "1", **part, "replay-0-value-chapters-count": "1", **chapters}
    replay["session-status"] = "published"
    assert add(writer, agenda, **typed(MORNING, **replay)).status_code == 302
    html = client.get("/fr/agenda/ecouter-a-plusieurs/").content.decode()
    assert "12:30" in html and "Le sommeil" in html
    wrong = {"slug": "autre", "replay-0-value-chapters-0-value-time": "midi"}
    assert "12:30." in add(writer, agenda, **typed(MORNING, **replay | wrong)).content.decode()


@pytest.mark.parametrize("kind", ["media/video", "media/audio", "images", "documents"])
def test_a_trainer_brings_what_the_replay_shows(browse_as, trainer, kind):
    load_access()
    assert browse_as(trainer).get(f"/admin/{kind}/add/").status_code == 200


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("", DAY, "", ""), {}),
        (("", DAY, "12:00", "09:00"), {}),
        (MORNING, {"session-capacity": ""}),
        (MORNING, {"session-status": "cancelled"}),
        (MORNING, {"session-join_url": "javascript:alert(1)"}),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(writer, agenda, row, field):
    before = Session.objects.count()
    response = add(writer, agenda, **typed(row, **field))
    assert response.status_code == 200
    assert not Event.objects.filter(slug="ecouter-a-plusieurs").exists() and Session.objects.count() == before


def edit(client, event, *rows, **values):
    fields = typed(*rows, initial=2, title=event.title, slug=event.slug, **values)
    return client.post(f"/admin/pages/{event.pk}/edit/", fields)


def rows_of(session):
    return [[str(slot.code), *times(slot)] for slot in session.half_days]


def times(slot):
    start, end = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
    return f"{start:%Y-%m-%d}", f"{start:%H:%M}", f"{end:%H:%M}"


def test_a_change_is_told_once_and_keeps_the_half_days(writer, learner):
    session, event = plan(), Event.objects.get(slug="une-journee-ensemble")
    Registration.objects.register(session, learner, timezone.now())
    rows = rows_of(session)
    rows[0][2] = "09:30"
    for _time in range(2):
        assert edit(writer, event, *rows).status_code == 302
    changed = Session.objects.get(pk=session.pk)
    assert [slot.code for slot in changed.half_days] == [slot.code for slot in session.half_days]
    assert [message.kind for message in Message.objects.all()] == ["confirmation", "change"]
    assert changed.sequence == 1


def test_a_session_of_two_days_is_postponed_by_one(writer):
    session, event = plan(), Event.objects.get(slug="une-journee-ensemble")
    codes = [code for code, *_times in rows_of(session)]
    for later in range(3):
        days = [DAY + datetime.timedelta(days=later + number) for number in range(2)]
        rows = [[code, f"{day}", "09:00", "12:00"] for code, day in zip(codes, days, strict=True)]
        assert edit(writer, event, *rows).status_code == 302
        assert rows_of(Session.objects.get(pk=session.pk)) == rows


def test_two_half_days_change_places(writer):
    session, event = plan(), Event.objects.get(slug="une-journee-ensemble")
    (morning, *first), (afternoon, *second) = rows_of(session)
    assert edit(writer, event, [morning, *second], [afternoon, *first]).status_code == 302
    assert rows_of(Session.objects.get(pk=session.pk)) == [[afternoon, *first], [morning, *second]]


def test_an_empty_row_takes_a_half_day_out(writer):
    session, event = plan(), Event.objects.get(slug="une-journee-ensemble")
    rows = rows_of(session)
    rows[1][1:] = ["", "", ""]
    assert edit(writer, event, *rows).status_code == 302
    assert len(Session.objects.get(pk=session.pk).half_days) == 1


def test_a_half_day_with_attendance_stays(writer, session, learner, trainer):
    say(session.half_days[0], learner, trainer)
    event = Event.objects.get(slug="une-journee-ensemble")
    rows = rows_of(session)
    rows[0][1:] = ["", "", ""]
    assert edit(writer, event, *rows).status_code == 200
    assert len(Session.objects.get(pk=session.pk).half_days) == 2


@pytest.mark.parametrize("start", ["09:00", "10:00"])
def test_the_hours_of_a_half_day_with_attendance_stay(writer, session, learner, trainer, start):
    """The minutes of presence are counted on them."""
    say(session.half_days[0], learner, trainer)
    rows = rows_of(session)
    rows[0][2] = start
    answer = edit(writer, Event.objects.get(slug="une-journee-ensemble"), *rows)
    assert answer.status_code == (302 if start == "09:00" else 200)
    assert Session.objects.get(pk=session.pk).half_days[0].starts_at == session.half_days[0].starts_at


def test_a_half_day_may_be_in_a_work_situation(writer):
    session, event = plan(), Event.objects.get(slug="une-journee-ensemble")
    for ticked, modality in [({"half-days-1-at_work": "on"}, "work"), ({}, "on_site")]:
        assert edit(writer, event, *rows_of(session), **ticked).status_code == 302
        kept = Session.objects.get(pk=session.pk).half_days
        assert [slot.modality for slot in kept] == ["on_site", modality]


def test_a_preview_writes_nothing(writer):
    session, event = plan(), Event.objects.get(slug="une-journee-ensemble")
    rows = rows_of(session)
    rows[0][2] = "10:00"
    fields = typed(*rows, initial=2, title=event.title, slug=event.slug)
    assert writer.post(f"/admin/pages/{event.pk}/edit/preview/", fields).status_code == 200
    assert Session.objects.get(pk=session.pk).facts == session.facts


def test_a_draft_of_a_page_that_is_read_changes_nothing(writer):
    """The admin keeps a draft by itself while somebody writes."""
    session, event = plan(), Event.objects.get(slug="une-journee-ensemble")
    rows = rows_of(session)
    rows[0][2] = "10:00"
    fields = typed(*rows, initial=2, title=event.title, slug=event.slug)
    del fields["action-publish"]
    assert writer.post(f"/admin/pages/{event.pk}/edit/", fields).status_code == 302
    assert Session.objects.get(pk=session.pk).facts == session.facts


def test_a_draft_of_a_new_event_keeps_its_dates_until_it_is_published(writer, agenda):
    fields = typed(MORNING, AFTERNOON)
    del fields["action-publish"]
    assert add(writer, agenda, **fields).status_code == 302
    event = Event.objects.get(slug="ecouter-a-plusieurs")
    codes = [slot.code for slot in event.session.half_days]
    assert len(codes) == 2 and not event.live
    response = writer.post(f"/admin/pages/{event.pk}/edit/", typed(MORNING, AFTERNOON))
    assert response.status_code == 302
    event = Event.objects.get(pk=event.pk)
    assert event.live and [slot.code for slot in event.session.half_days] == codes
