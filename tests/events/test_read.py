import datetime

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import translation

from events import moments
from events.models import Event, Session, Slot
from home.models import SiteDocument
from tests.cast import at, block
from tests.events.planned import plan, register

EVENT = "/fr/agenda/une-journee-ensemble/"
TUESDAY = datetime.date(2026, 12, 8)


def read(client, path=EVENT):
    return client.get(path).content.decode()


def change(**values):
    for event in Event.objects.all():
        for name, value in values.items():
            setattr(event, name, value)
        event.save()


def half_days(*spans, date=TUESDAY):
    return [Slot(starts_at=at(date, *start), ends_at=at(date, *end)) for start, end in spans]


def test_the_page_tells_everything(client, database):
    plan(place="Salle des Tilleuls", address="59000 Lille")
    change(
        objectives=[block("line", "Jouer trois situations.")],
        speakers=[block("speaker", {"name": "Nadia Benali", "role": "formatrice", "organisation": "La Vie Active"})],
        languages="en français",
        practical="Repas offert.",
        body=[block("text", "<p>Apportez un stylo.</p>")],
    )
    html = read(client)
    for text in (
        "Salle des Tilleuls, 59000 Lille",
        "Jouer trois situations.",
        "Nadia Benali",
        "formatrice, La Vie Active",
        "en français",
        "Repas offert.",
        "Apportez un stylo.",
    ):
        assert text in html


def test_the_date_in_each_language():
    spans = half_days(((9, 0), (12, 0)), ((13, 30), (16, 30)))
    with translation.override("fr"):
        assert moments.day(spans[0].starts_at) == "mardi 8 décembre 2026"
        assert moments.days(spans)[0][0] == "Mardi 8 décembre 2026"
    with translation.override("nl"):
        assert moments.day(spans[0].starts_at) == "dinsdag 8 december 2026"


def test_hours_follow_the_zone_of_the_site_in_winter_and_in_summer():
    winter = datetime.datetime(2026, 12, 8, 8, 0, tzinfo=datetime.UTC)
    summer = datetime.datetime(2026, 7, 8, 7, 30, tzinfo=datetime.UTC)
    with translation.override("en"):
        assert moments.clock(winter).startswith("9\u00a0o") and moments.clock(summer) == "9:30"


def test_days_are_told_one_by_one():
    spans = half_days(((9, 0), (12, 0)), ((13, 30), (16, 30)))
    spans += half_days(((9, 0), (12, 0)), date=TUESDAY + datetime.timedelta(days=1))
    with translation.override("en"):
        told = moments.days(spans)
        assert len(told) == 2 and told[0][1].count("to") == 2 and told[1][1].count("to") == 1
        assert "8" in moments.in_short(spans) and "9" in moments.in_short(spans)


def test_a_cancelled_event_says_so_and_takes_nobody(browse_as, learner):
    session = plan(status=Session.Status.CANCELLED)
    html = read(browse_as(learner))
    assert "i-circle-x" in html and str(session.code) not in html


@pytest.mark.parametrize("status", [Session.Status.DRAFT, Session.Status.CLOSED])
def test_an_event_that_is_not_open_offers_no_registration(browse_as, learner, status):
    session = plan(status=status)
    assert reverse("events:register", args=[session.code]) not in read(browse_as(learner))


def test_a_full_event_offers_to_wait(browse_as, learner, other_learner):
    session = plan(capacity=1)
    register(session, other_learner)
    html = read(browse_as(learner))
    assert reverse("events:register", args=[session.code]) in html and "liste d’attente" in html


def test_the_link_to_join_is_for_those_who_take_part(client, browse_as, learner, other_learner):
    session = plan(online=True, join_url="https://meet.example.org/salle")
    register(session, learner)
    assert "meet.example.org" in read(browse_as(learner))
    assert "meet.example.org" not in read(client) + read(browse_as(other_learner))


def document(title):
    return SiteDocument.objects.create(
        title=title, file=ContentFile(b"x" * 43_210, name="resume.pdf"), file_size=43_210
    )


@pytest.mark.parametrize(("days", "first"), [(-3, True), (10, False)])
def test_materials_come_first_when_the_event_is_past(client, database, days, first):
    plan(days)
    paper = document("Résumé")
    change(
        materials=[
            block("material", {"kind": "summary", "title": "Le résumé", "document": paper.pk, "url": ""}),
            block("material", {"kind": "replay", "title": "La vidéo", "document": None, "url": "https://example.org/"}),
        ],
        practical="Repas offert.",
    )
    html = read(client)
    assert (html.index("Le résumé") < html.index("Repas offert.")) is first
    assert paper.url in html and "44\u00a0k" in html.replace("Ko", "kB") and "La vidéo" in html


def test_attendance_is_reached_from_the_page_by_those_who_take_it(client, browse_as, learner, trainer, coordinator):
    session = plan()
    session.trainers.add(trainer)
    register(session, learner)
    rosters = [reverse("certification:roster", args=[slot.code]) for slot in session.half_days]
    for person in (trainer, coordinator):
        assert all(roster in read(browse_as(person)) for roster in rosters)
    for html in (read(client), read(browse_as(learner))):
        assert not any(roster in html for roster in rosters)


def test_a_session_without_a_date_can_be_read(client, database):
    assert client.get(EVENT).status_code == 200
