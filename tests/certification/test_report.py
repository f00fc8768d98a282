"""The report of a virtual class becomes marks, once a person said who is who."""

import datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from certification import reports
from certification.models import AttendanceMark, is_whole
from people.models import User
from tests.certification.facts import everyone_present, say
from tests.databases import together


@pytest.fixture
def slot(session):
    return session.half_days[0]


def url(slot, name="report"):
    return reverse(f"certification:{name}", args=[slot.code])


def zoom(slot, *rows):
    """`rows` are (name, e-mail, minutes after the start when they came, when they left)."""
    lines = ["Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)"]
    for name, email, came, left in rows:
        moments = [timezone.localtime(slot.starts_at + datetime.timedelta(minutes=at)) for at in (came, left)]
        lines.append(",".join([name, email, *(f"{moment:%m/%d/%Y %I:%M:%S %p}" for moment in moments), "1"]))
    return "\n".join(lines).encode()


def send(client, slot, content):
    return client.post(url(slot), {"file": SimpleUploadedFile("report.csv", content)})


def confirmed(client, slot, response, **changes):
    form = response.context["form"]
    chosen = {name: field.initial for name, field in form.fields.items()}
    return client.post(url(slot, "confirm_report"), {"report": response.context["sealed"], **chosen, **changes})


def standing(slot):
    marks = AttendanceMark.objects.filter(slot=slot).standing().values()
    return {(int(mark.learner), mark.status.value, mark.minutes) for mark in marks}


def test_it_works(browse_as, trainer, learner, other_learner, slot):
    client = browse_as(trainer)
    assert client.get(url(slot)).status_code == 200
    rows = [("DIALLO Amina", "", -5, 300), ("Tesfay Gebremedhin", "", 30, 90), ("Somebody", "", 0, 210)]
    response = send(client, slot, zoom(slot, *rows))
    assert response.status_code == 200
    assert not AttendanceMark.objects.exists()
    assert confirmed(client, slot, response).url == reverse("certification:roster", args=[slot.code])
    assert standing(slot) == {(learner.pk, "present", 210), (other_learner.pk, "late", 60)}
    assert set(AttendanceMark.objects.values_list("source", flat=True)) == {1}
    assert is_whole(slot)


def test_an_email_is_proposed_before_a_name(browse_as, trainer, learner, slot):
    User.objects.filter(pk=learner.pk).update(email="amina@example.org")
    response = send(browse_as(trainer), slot, zoom(slot, ("Tesfay Gebremedhin", "Amina@example.org", 0, 90)))
    assert [field.initial for field in response.context["form"].fields.values()] == [str(learner.code)]


def test_two_participants_may_be_one_learner(browse_as, trainer, learner, slot):
    client = browse_as(trainer)
    response = send(client, slot, zoom(slot, ("iPhone", "", 0, 60), ("Amina", "", 30, 100)))
    code = str(learner.code)
    confirmed(client, slot, response, **{"who-0": code, "who-1": code})
    assert standing(slot) == {(learner.pk, "left_early", 100)}


def test_the_same_report_again_adds_nothing(browse_as, trainer, coordinator, learner, slot):
    for person in (trainer, trainer, coordinator):
        client = browse_as(person)
        confirmed(client, slot, send(client, slot, zoom(slot, ("Amina Diallo", "", 0, 90))))
    assert AttendanceMark.objects.count() == 1
    client = browse_as(trainer)
    confirmed(client, slot, send(client, slot, zoom(slot, ("Amina Diallo", "", 0, 120))))
    assert standing(slot) == {(learner.pk, "left_early", 120)}


def test_the_same_confirmation_twice_at_once_adds_one_mark(real_database, browse_as, trainer, session):
    slot, client = session.half_days[0], browse_as(trainer)
    response = send(client, slot, zoom(slot, ("Amina Diallo", "", 0, 90)))
    together(*[lambda: confirmed(browse_as(trainer), slot, response)] * 2)
    assert AttendanceMark.objects.count() == 1


def test_a_mark_of_the_trainer_outweighs_a_report(browse_as, trainer, learner, slot):
    say(slot, learner, trainer, "absent")
    client = browse_as(trainer)
    confirmed(client, slot, send(client, slot, zoom(slot, ("Amina Diallo", "", 0, 210))))
    assert standing(slot) == {(learner.pk, "absent", 0)}


def test_after_the_countersignature_it_waits(browse_as, trainer, session, slot):
    everyone_present(session, trainer)
    client = browse_as(trainer)
    confirmed(client, slot, send(client, slot, zoom(slot, ("Amina Diallo", "", 0, 90))))
    assert AttendanceMark.objects.filter(slot=slot).waiting().count() == 1


def test_a_stranger_never_becomes_a_learner(browse_as, trainer, stranger, slot):
    client = browse_as(trainer)
    response = send(client, slot, zoom(slot, ("Yusuf Kaya", "", 0, 210)))
    assert confirmed(client, slot, response, **{"who-0": ""}).status_code == 302
    assert confirmed(client, slot, response, **{"who-0": str(stranger.code)}).status_code == 422
    assert not AttendanceMark.objects.exists()


def test_nobody_was_there_that_day(browse_as, trainer, slot):
    response = send(browse_as(trainer), slot, zoom(slot, ("Amina Diallo", "", 5000, 5090)))
    assert response.context["form"].participants == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "ne nomme personne"),
        (b"{", "BigBlueButton"),
        (b"a,b,c,d,e\nx,,soon,later,1", "Ligne 2"),
        (b"Name,E, Total,Guest\nA,,65,No", "Zoom"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason_and_line(browse_as, trainer, slot, content, said):
    response = send(browse_as(trainer), slot, content)
    assert response.status_code == 422
    assert said in response.content.decode()


def test_no_file(browse_as, trainer, slot):
    assert browse_as(trainer).post(url(slot)).status_code == 422


@pytest.mark.parametrize("forged", ["", "x", "e30:1"])
def test_a_forged_report_goes_back_to_the_file(browse_as, trainer, slot, forged):
    response = browse_as(trainer).post(url(slot, "confirm_report"), {"report": forged})
    assert response.url == url(slot)


def test_a_report_is_for_one_half_day(browse_as, trainer, session, slot):
    client = browse_as(trainer)
    response = send(client, slot, zoom(slot, ("Amina Diallo", "", 0, 90)))
    other = session.half_days[1]
    assert confirmed(client, other, response).url == url(other)
    assert not AttendanceMark.objects.exists()


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404), ("coordinator", 302)])
def test_who_may(request, browse_as, slot, person, status):
    client = browse_as(request.getfixturevalue(person))
    assert client.get(url(slot)).status_code == (200 if status == 302 else status)
    sealed = reports.sealed(slot, reports.participants(slot, zoom(slot, ("Amina Diallo", "", 0, 90))))
    assert client.post(url(slot, "confirm_report"), {"report": sealed, "who-0": ""}).status_code == status


def test_a_missing_half_day_a_visitor_and_get(client, browse_as, trainer, slot):
    for name in ("report", "confirm_report"):
        missing = reverse(f"certification:{name}", args=[uuid4()])
        assert browse_as(trainer).post(missing).status_code == 404
        assert reverse("account_login") in client.post(url(slot, name)).url
    assert browse_as(trainer).get(url(slot, "confirm_report")).status_code == 405
