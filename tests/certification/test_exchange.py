"""Exchanges with a tutor, and the list of what a learner did: the proof of assistance and of hours at a distance."""

import csv
import datetime
import io
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from certification import record
from certification.models import Exchange, ExchangeNote, SlotLock
from courses.models import Completion, QuizAttempt
from events.models import Slot
from people import privacy
from people.models import TrailEntry
from people.trail import sentence
from tests.certification.facts import everyone_present, say
from tests.databases import together

ASKED = timezone.now().replace(second=0, microsecond=0) - datetime.timedelta(days=2)


def url(name, *args):
    return reverse(f"certification:{name}", args=args)


def typed(by, **changes):
    answered = ASKED + datetime.timedelta(hours=5, minutes=20)
    moments = {"asked_at": ASKED, "answered_at": answered}
    written = {name: f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}" for name, moment in moments.items()}
    return {"channel": "phone", "subject": "tool", **written, "tutor": by.pk, "text": "Le son.", **changes}


@pytest.fixture
def address(edition, learner):
    return url("exchange", edition.code, learner.code)


@pytest.fixture
def exchange(edition, learner, trainer):
    values = {"channel": "whatsapp", "subject": "pace", "asked_at": ASKED}
    return Exchange.objects.create(edition=edition, learner=learner, tutor=trainer, **values)


def test_it_works(browse_as, trainer, learner, edition, address):
    client = browse_as(trainer)
    assert address in client.get(url("cohort", edition.code)).content.decode()
    assert client.get(address).status_code == 200
    assert not Exchange.objects.exists()
    assert client.post(address, typed(trainer)).url == url("activities", edition.code, learner.code)
    noted = Exchange.objects.get()
    assert (noted.learner, noted.tutor, noted.asked_at, noted.delay) == (learner, trainer, ASKED, 320)
    assert noted.line == "Le son."
    assert "Le son." in client.get(url("activities", edition.code, learner.code)).content.decode()


def test_sent_twice_it_is_noted_once(browse_as, trainer, address):
    for _time in range(2):
        assert browse_as(trainer).post(address, typed(trainer)).status_code == 302
    assert Exchange.objects.count() == ExchangeNote.objects.count() == 1


def test_twice_at_once_it_is_noted_once(real_database, browse_as, trainer, learner, session):
    address = url("exchange", session.edition.code, learner.code)
    clients = [browse_as(trainer) for _time in range(2)]
    answers = together(*[lambda client=client: client.post(address, typed(trainer)).status_code for client in clients])
    assert answers == [302, 302] and Exchange.objects.count() == ExchangeNote.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"channel": ""}, "channel"),
        ({"channel": "pigeon"}, "channel"),
        ({"subject": "health"}, "subject"),
        ({"asked_at": "yesterday"}, "asked_at"),
        ({"asked_at": ""}, "asked_at"),
        ({"asked_at": "0001-01-01T00:00"}, "asked_at"),
        ({"asked_at": "1900-01-01T00:00"}, "asked_at"),
        ({"asked_at": "2099-01-01T10:00", "answered_at": ""}, "asked_at"),
        ({"answered_at": "2020-01-01T10:00"}, "answered_at"),
        ({"answered_at": "2099-01-01T10:00"}, "answered_at"),
        ({"text": "x" * 121}, "text"),
        ({"tutor": "0"}, "tutor"),
    ],
)
def test_what_is_wrong_is_refused_and_kept(browse_as, trainer, address, wrong, field):
    response = browse_as(trainer).post(address, typed(trainer, **wrong))
    assert response.status_code == 422 and set(response.context["form"].errors) == {field}
    assert "Le son." in response.content.decode() or "text" in wrong
    assert not Exchange.objects.exists()


def test_only_the_team_of_the_group_may_have_answered(browse_as, trainer, learner, coordinator, address):
    assert browse_as(trainer).post(address, typed(learner)).status_code == 422
    assert browse_as(coordinator).post(address, typed(trainer)).status_code == 302
    assert Exchange.objects.get().tutor == trainer


def test_the_answer_may_come_later(browse_as, trainer, exchange):
    client, address = browse_as(trainer), url("edit_exchange", exchange.code)
    assert exchange.delay is None
    assert client.get(address).status_code == 200
    assert client.post(address, typed(trainer, channel="whatsapp")).status_code == 302
    exchange.refresh_from_db()
    assert (exchange.delay, exchange.subject) == (320, "tool")


def test_a_new_exchange_takes_the_place_of_no_other(browse_as, trainer, coordinator, address):
    browse_as(trainer).post(address, typed(trainer))
    before = Exchange.objects.values().get()
    for change in ({"subject": "lesson"}, {"text": "Autre chose."}, {"answered_at": ""}):
        response = browse_as(coordinator).post(address, typed(trainer, **change))
        assert response.status_code == 422 and set(response.context["form"].errors) == {"asked_at"}
    assert Exchange.objects.values().get() == before and ExchangeNote.objects.get().text == typed(trainer)["text"]


def test_two_exchanges_do_not_become_one(browse_as, trainer, exchange, address):
    browse_as(trainer).post(address, typed(trainer))
    answer = browse_as(trainer).post(url("edit_exchange", exchange.code), typed(trainer))
    assert answer.status_code == 422 and Exchange.objects.count() == 2


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404), ("coordinator", 200)])
def test_who_may(request, browse_as, edition, learner, exchange, address, person, status):
    client = browse_as(request.getfixturevalue(person))
    pages = [address, url("edit_exchange", exchange.code), url("activities", edition.code, learner.code)]
    tables = [url("activities_csv", edition.code, learner.code), url("exchanges_csv", edition.code)]
    assert [client.get(page).status_code for page in pages] == [status] * 3
    assert [client.post(table).status_code for table in tables] == [status] * 2
    assert TrailEntry.objects.count() == (2 if status == 200 else 0)
    if status != 200:
        assert {client.post(page, typed(exchange.tutor)).status_code for page in pages[:2]} == {status}
        assert Exchange.objects.count() == 1


def test_what_is_missing(browse_as, client, trainer, edition, stranger, address):
    mine = browse_as(trainer)
    assert mine.get(url("exchange", edition.code, stranger.code)).status_code == 404
    assert mine.get(url("exchange", uuid4(), stranger.code)).status_code == 404
    assert mine.get(url("edit_exchange", uuid4())).status_code == 404
    assert client.post(address, {}).status_code == 302
    assert mine.get(url("exchanges_csv", edition.code)).status_code == 405
    assert mine.post(url("exchanges_csv", uuid4())).status_code == 404
    assert mine.post(url("activities", edition.code, stranger.code)).status_code == 405


def test_the_learner_reads_their_own(browse_as, learner, other_learner, exchange):
    address = url("my_exchanges")
    assert address in browse_as(learner).get(reverse("people:data")).content.decode()
    assert browse_as(learner).get(address).context["exchanges"] == [exchange]
    assert browse_as(other_learner).get(address).context["exchanges"] == []


def lines(response):
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_the_journal_of_a_group(browse_as, trainer, other_learner, edition, exchange):
    values = {"asked_at": ASKED, "answered_at": ASKED + datetime.timedelta(days=3), "tutor": trainer}
    Exchange.objects.create(edition=edition, learner=other_learner, channel="email", subject="lesson", **values)
    head, first, second = lines(browse_as(trainer).post(url("exchanges_csv", edition.code)))
    assert len(head) == len(first) == len(second) == 8
    assert [row[0] for row in (first, second)] == ["Amina Diallo", "Tesfay Gebremedhin"]
    assert [row[6] for row in (first, second)] == ["", "4320"]
    assert "Échanges Groupe de Lille" in sentence(TrailEntry.objects.get())


def test_an_erasure_keeps_the_proof_and_drops_the_line(browse_as, trainer, learner, address):
    browse_as(trainer).post(address, typed(trainer))
    privacy.erase(learner, timezone.now())
    assert Exchange.objects.get().line == "" and "Amina" not in str(Exchange.objects.get().learner)


@pytest.fixture
def worked(session, trainer, learner):
    """A half-day on site, one in a work situation, and two lessons of the training."""
    morning, afternoon = session.half_days
    Slot.objects.filter(pk=afternoon.pk).update(modality="work")
    for person in session.edition.enrolments.all():
        say(morning, person.learner, trainer)
        say(afternoon, person.learner, trainer, "late", 100)
    SlotLock.objects.countersign(morning, trainer, timezone.now())
    SlotLock.objects.countersign(afternoon, trainer, timezone.now())
    module = session.edition.asked.modules[0]
    for key, minutes in zip(module.lessons, (7, 12), strict=True):
        Completion.objects.create(learner=learner, item_id=key, minutes=minutes, language="fr", at=timezone.now())
    QuizAttempt.objects.create(
        learner=learner,
        item_id=module.quiz,
        uuid=uuid4(),
        questions=[],
        right=4,
        total=5,
        pass_percent=80,
        passed=True,
        language="nl",
        started_at=ASKED,
        finished_at=timezone.now(),
    )
    return session.edition


def test_the_minutes_are_totalled_apart(worked, learner, other_learner):
    found = record.of(learner, worked)
    assert found.minutes == {"on_site": 210, "work": 100}
    assert (found.presence_minutes, found.asynchronous_minutes, found.total_minutes) == (310, 19, 329)
    assert record.of(other_learner, worked).asynchronous_minutes == 0


def test_the_list_of_activities_says_what_is_credited(browse_as, trainer, learner, worked):
    client = browse_as(trainer)
    found = client.get(url("activities", worked.code, learner.code)).context["activities"]
    assert [(step.minutes, step.credited, bool(step.done)) for step in found.lessons[:3]] == [
        (7, 7, True),
        (12, 12, True),
        (10, 0, False),
    ]
    assert (found.quizzes[0].score, found.quizzes[0].attempts, found.quizzes[0].begun) == (80, 1, ASKED)
    assert [live.minutes for live in found.live] == [210, 100]
    rows = lines(client.post(url("activities_csv", worked.code, learner.code)))
    assert ["Tout ensemble", "329"] in rows
    assert any(row[:2] == ["Se taire", "7"] for row in rows)
    entry = TrailEntry.objects.get(action="exported")
    assert (entry.author, entry.person, entry.subject) == (trainer, learner, "activities")
    assert "Amina Diallo (Activités à distance)" in sentence(entry)


def test_a_half_day_that_is_not_signed_credits_nothing(browse_as, trainer, learner, session):
    say(session.half_days[0], learner, trainer)
    found = browse_as(trainer).get(url("activities", session.edition.code, learner.code)).context["activities"]
    assert [live.minutes for live in found.live] == [None, None] and found.record.total_minutes == 0


def test_the_percentage_is_of_what_was_planned(browse_as, trainer, session):
    everyone_present(session, trainer)
    type(session.edition).objects.update(planned_minutes=840)
    assert "50 %" in browse_as(trainer).get(url("cohort", session.edition.code)).content.decode().replace("\u00a0", " ")


def test_the_number_of_queries_does_not_grow(
    browse_as, trainer, learner, exchange, worked, django_assert_num_queries, django_assert_max_num_queries
):
    client, address = browse_as(trainer), url("activities", worked.code, learner.code)
    client.get(address)
    with django_assert_max_num_queries(30) as few:
        client.get(address)
    for number in range(20):
        asked = ASKED - datetime.timedelta(hours=number + 1)
        Exchange.objects.create(
            edition=worked, learner=learner, tutor=trainer, channel="email", subject="pace", asked_at=asked
        )
    with django_assert_num_queries(len(few)):
        client.get(address)
