"""The pages of a whole group take as many queries for 400 people as for 40."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certification.models import Exchange, GuestPresence
from courses.models import Completion, Enrolment
from events.models import Message, Registration, RegistrationDetail
from people.models import User
from tests.certification.facts import say, sign

FEW, MANY = 40, 400
MARKED = 4


def join(session, count, trainer):
    """People who are enrolled and registered, with a message each; a few are marked, sign, work and ask."""
    now, edition = timezone.now(), session.edition
    people = User.objects.bulk_create(
        User(username=uuid4().hex, printed_name=f"Awa {number}", password="!") for number in range(count)
    )
    edition.cohort.members.add(*people)
    Enrolment.objects.bulk_create(Enrolment(learner=person, edition=edition) for person in people)
    seats = Registration.objects.bulk_create(Registration(session=session, learner=one, at=now) for one in people)
    guests = Registration.objects.bulk_create(Registration(session=session, at=now) for _one in people[: count // 10])
    RegistrationDetail.objects.bulk_create(RegistrationDetail(registration=one, name="Noor") for one in guests)
    Message.objects.write("confirmation", seats + guests, session, now)
    slot, lesson = session.half_days[0], edition.asked.modules[0].lessons[0]
    for person in people[:MARKED]:
        say(slot, person, trainer, "late", 60)
        sign(slot, person)
    Completion.objects.bulk_create(
        Completion(learner=person, item_id=lesson, minutes=10, language="fr", at=now) for person in people
    )
    Exchange.objects.bulk_create(
        Exchange(edition=edition, learner=one, tutor=trainer, channel="phone", subject="tool", asked_at=now)
        for one in people
    )
    GuestPresence.objects.bulk_create(
        GuestPresence(slot=slot, registration=guest, author=trainer, at=now) for guest in guests
    )


def pages(session):
    slot, edition = session.half_days[0], session.edition
    return {
        "roster": reverse("certification:roster", args=[slot.code]),
        "countersign": reverse("certification:countersign", args=[slot.code]),
        "sheet": reverse("certification:sheet", args=[session.code]),
        "paper sheet": reverse("certification:paper_sheet", args=[session.code]),
        "sessions": reverse("certification:sessions"),
        "cohorts": reverse("certification:cohorts"),
        "cohort": reverse("certification:cohort", args=[edition.code]),
        "exchanges": reverse("certification:exchanges_csv", args=[edition.code]),
        "people": reverse("events:people", args=[session.code]),
    }


def queries(client, session):
    """How many each page takes, once what is asked only the first time was asked."""
    counted, ask = {}, {"exchanges": client.post}
    for name, address in pages(session).items():
        for _time in range(2):
            with CaptureQueriesContext(
                connection,
            ) as found:
                response = ask.get(name, client.get)(address)
                assert response.status_code == 200 and (response.content if not response.streaming else list(response))
        counted[name] = len(found)
    return counted


@pytest.mark.slow
def test_as_many_queries_for_400_people_as_for_40(browse_as, trainer, coordinator, session):
    clients = [browse_as(trainer), browse_as(coordinator)]
    join(session, FEW, trainer)
    few = [queries(client, session) for client in clients]
    join(session, MANY - FEW, trainer)
    assert [queries(client, session) for client in clients] == few
    assert max(count for counted in few for count in counted.values()) <= 40
