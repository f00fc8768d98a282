"""Calendars that are followed: one's own, at an address nobody guesses, and that of the public events."""

from django.utils import timezone
from icalendar import Calendar

from events.models import CalendarFeed, Session
from tests.events.planned import make_event, plan, register

OWN, PUBLIC = "/fr/calendar/", "/fr/calendar/all.ics"


def feed(client, language="fr"):
    return client.get(f"/{language}/calendar/{CalendarFeed.objects.standing().get().token}.ics")


def test_one_makes_an_address_and_a_calendar_follows_it(browse_as, client, learner):
    session = plan(online=True, join_url="https://meet.example.org/salle")
    register(session, learner)
    mine = browse_as(learner)
    for _time in range(2):
        assert mine.post(f"{OWN}make/").status_code == 302
    assert CalendarFeed.objects.get().token in mine.get(OWN).content.decode()
    response = feed(client)
    assert response.headers["Content-Type"].startswith("text/calendar")
    assert b"meet.example.org" in response.content
    found = Calendar.from_ical(response.content)
    assert {str(event["uid"]) for event in found.events} == {str(slot.code) for slot in session.half_days}
    assert b"Amina" not in response.content
    assert Calendar.from_ical(feed(client, "nl").content).events[0]["summary"] == "Een dag samen"


def test_an_address_that_was_stopped_shows_nothing(browse_as, client, learner):
    mine = browse_as(learner)
    mine.post(f"{OWN}make/")
    old = CalendarFeed.objects.get().token
    for _time in range(2):
        assert mine.post(f"{OWN}drop/").status_code == 302
    assert client.get(f"{OWN}{old}.ics").status_code == 404
    mine.post(f"{OWN}make/")
    assert CalendarFeed.objects.standing().get().token != old


def test_it_shows_only_ones_own_sessions_and_a_trainer_those_they_lead(client, learner, trainer):
    session, other = plan(), make_event("Une autre", "Een andere")
    register(session, learner)
    other.trainers.add(trainer)
    CalendarFeed.objects.of(learner, timezone.now())
    assert [str(event["summary"]) for event in Calendar.from_ical(feed(client).content).events] == [
        "Une journée ensemble"
    ] * 2
    CalendarFeed.objects.all().delete()
    CalendarFeed.objects.of(trainer, timezone.now())
    assert {str(event["summary"]) for event in Calendar.from_ical(feed(client).content).events} == {"Une autre"}


def test_who_is_erased_or_closed_is_followed_no_more(client, learner):
    CalendarFeed.objects.of(learner, timezone.now())
    learner.is_active = False
    learner.save()
    assert feed(client).status_code == 404


def test_only_for_who_is_signed_in(client, learner):
    assert "login" in client.get(OWN).headers["Location"]
    assert "login" in client.post(f"{OWN}make/").headers["Location"]
    assert client.get(f"{OWN}make/").status_code == 302 and not CalendarFeed.objects.exists()


def test_get_never_writes(browse_as, learner):
    mine = browse_as(learner)
    assert mine.get(f"{OWN}make/").status_code == mine.get(f"{OWN}drop/").status_code == 405
    assert mine.get(f"{OWN}unknown.ics").status_code == 404


def test_the_public_one_has_the_public_events_without_their_link(client, database):
    plan()
    assert not Calendar.from_ical(client.get(PUBLIC).content).events
    Session.objects.update(open_to_public=True, online=True, join_url="https://meet.example.org/salle")
    response = client.get(PUBLIC)
    assert len(Calendar.from_ical(response.content).events) == 2 and b"meet.example.org" not in response.content
    assert not response.cookies


def test_as_many_queries_for_many(client, database, django_assert_num_queries):
    def make(number):
        session = make_event(f"Atelier {number}", f"Werkwinkel {number}", slug=f"atelier-{number}")
        Session.objects.filter(pk=session.pk).update(open_to_public=True)

    make(0)
    client.get(PUBLIC)
    with django_assert_num_queries(3):
        client.get(PUBLIC)
    for number in range(1, 4):
        make(number)
    with django_assert_num_queries(3):
        assert len(Calendar.from_ical(client.get(PUBLIC).content).events) == 8
