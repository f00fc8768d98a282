"""A jury that does not meet: who was asked to come is told, and nothing of it changes any more."""

import datetime

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from certification import convoking, deliberating, due
from certification.jury import Seat
from certification.models import JuryClosing, JuryConvocation, JuryDecision
from certification.refusals import Refused
from people.models import TrailEntry, User
from people.trail import sentence
from tests.certification.practising import make_assessor
from tests.certification.sitting import make_jury
from tests.certification.test_practice import read, url
from tests.certification.test_races import overlapping
from tests.courses import steps

WHY = {"reason": "La salle est fermée."}


@pytest.fixture
def sitting(edition, coordinator, learner, other_learner):
    User.objects.filter(pk=learner.pk).update(email="amina@example.org", interface_language="nl")
    return make_jury(edition, coordinator, learner, other_learner, days=3)


@pytest.fixture
def coordination(browse_as, coordinator):
    return browse_as(coordinator)


def cancel(sitting, coordinator):
    convoking.call_off(sitting.jury, WHY["reason"], coordinator, timezone.now())


def test_it_is_cancelled_once(coordination, coordinator, sitting):
    page = url("cancel_jury", sitting.jury.code)
    assert page in read(coordination.get(url("jury", sitting.jury.code)))
    assert 'name="reason"' in read(coordination.get(page))
    for _time in range(2):
        assert coordination.post(page, WHY).url == url("jury", sitting.jury.code)
    closing = JuryClosing.objects.get()
    assert (closing.jury, closing.minutes, closing.reason) == (sitting.jury, None, WHY["reason"])
    entry = TrailEntry.objects.get(action="jury_off")
    assert "a annulé un jury" in sentence(entry) and entry.author == coordinator
    html = read(coordination.get(url("jury", sitting.jury.code)))
    assert WHY["reason"] in html and "Annulé le" in html and page not in html
    assert "signé" not in html and url("call_jury", sitting.jury.code) not in html
    assert "annulé" in read(coordination.get(url("juries", sitting.jury.edition.code)))


@pytest.mark.parametrize("wrong", [{}, {"reason": " "}, {"reason": "\u200b"}, {"reason": "a" * 301}])
def test_the_reason_is_asked_for(coordination, sitting, wrong):
    answer = coordination.post(url("cancel_jury", sitting.jury.code), wrong)
    assert answer.status_code == 422 and 'role="alert"' in read(answer) and not JuryClosing.objects.exists()


@pytest.mark.parametrize("person", ["trainer", "learner", "stranger"])
def test_only_the_coordination_cancels(request, browse_as, sitting, person):
    client = browse_as(request.getfixturevalue(person))
    hidden = 404 if person == "stranger" else 403
    page = url("cancel_jury", sitting.jury.code)
    assert (client.get(page).status_code, client.post(page, WHY).status_code) == (hidden, hidden)
    assert not JuryClosing.objects.exists()


def test_one_that_decided_or_signed_is_not_cancelled(coordination, edition, coordinator, learner):
    sitting = make_jury(edition, coordinator, learner).declare().admit_all()
    page = url("cancel_jury", sitting.jury.code)
    assert page not in read(coordination.get(url("jury", sitting.jury.code)))
    answer = coordination.post(page, WHY)
    assert answer.status_code == 422 and "a déjà décidé" in read(answer) and WHY["reason"] in read(answer)
    sitting.sign_all()
    assert "ne change plus" in read(coordination.post(page, WHY))
    assert JuryClosing.objects.get().minutes


def test_whoever_was_asked_to_come_is_told_once_in_their_language(coordination, coordinator, sitting):
    now = timezone.now()
    convoking.convoke(sitting.jury, "fr", now)
    convoking.send_convoked(now)
    late = make_assessor("late", "Wim Claes")
    deliberating.name_member(sitting.jury, late, Seat.PROFESSIONAL, coordinator, now)
    deliberating.end_member(sitting.professional, coordinator, now)
    mail.outbox.clear()
    for _time in range(2):
        cancel(sitting, coordinator)
        convoking.send_convoked(now)
    (letter,) = mail.outbox
    assert letter.to == ["amina@example.org"] and letter.subject.startswith("Geannuleerd: de afspraak")
    assert "jury" not in letter.subject + letter.body and "Salle des Tilleuls" in letter.body
    told = JuryConvocation.objects.filter(kind="off").values_list("person__username", "state")
    assert dict(told) == {
        "learner": "sent", "chair": "to_share", "other_learner": "to_share", "professional": "to_share",
        "trainer": "to_share",
    }  # fmt: skip
    html = read(coordination.get(url("jury", sitting.jury.code)))
    assert html.count("Annulation ·") == 5 and "Wim Claes" in html and ".pdf" not in html


def test_they_are_told_of_the_day_that_they_know(coordinator, sitting):
    now = timezone.now()
    convoking.convoke(sitting.jury, "fr", now)
    convoking.send_convoked(now)
    deliberating.move(sitting.jury, sitting.jury.learners, coordinator, now, now + datetime.timedelta(days=9), "Gand")
    mail.outbox.clear()
    cancel(sitting, coordinator)
    convoking.send_convoked(now)
    assert "Salle des Tilleuls" in mail.outbox[0].body and "Gand" not in mail.outbox[0].body


def test_a_convocation_that_did_not_leave_never_leaves(coordinator, sitting):
    now = timezone.now()
    convoking.convoke(sitting.jury, "fr", now)
    cancel(sitting, coordinator)
    assert convoking.send_convoked(now) == 0 and not mail.outbox
    assert not JuryConvocation.objects.filter(kind="off", state="waiting").exists()


def test_what_did_not_leave_is_sent_again(coordination, coordinator, sitting, learner):
    now = timezone.now()
    convoking.convoke(sitting.jury, "fr", now)
    convoking.send_convoked(now)
    cancel(sitting, coordinator)
    JuryConvocation.objects.filter(kind="off", person=learner).update(state="failed")
    mail.outbox.clear()
    page = url("call_jury", sitting.jury.code)
    for _time in range(2):
        assert coordination.post(page).url == url("jury", sitting.jury.code)
        convoking.send_convoked(now)
    assert len(mail.outbox) == 1


def test_nobody_is_told_the_day_after(coordinator, sitting):
    now = timezone.now()
    convoking.convoke(sitting.jury, "fr", now)
    convoking.send_convoked(now)
    mail.outbox.clear()
    cancel(sitting, coordinator)
    assert convoking.send_convoked(now + datetime.timedelta(days=4)) == 0 and not mail.outbox


def test_the_convocation_is_gone_and_the_path_says_so(browse_as, coordinator, sitting, other_learner):
    convoking.convoke(sitting.jury, "fr", timezone.now())
    page = url("jury_convocation", JuryConvocation.objects.get(person=other_learner).code)
    client, path = browse_as(other_learner), steps.address("courses:path")
    assert page in read(client.get(path))
    cancel(sitting, coordinator)
    html = read(client.get(path))
    assert page not in html and "Ce rendez-vous est annulé." in html
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("declares", [True, False])
def test_its_members_read_that_it_does_not_meet(browse_as, coordinator, sitting, learner, declares):
    if declares:
        sitting.declare()
    cancel(sitting, coordinator)
    chair, code = browse_as(sitting.chair.person), sitting.jury.code
    assert "annulé" in read(chair.get(url("my_juries")))
    html = read(chair.get(url("sitting", code)))
    assert "Ce jury est annulé" in html and url("minutes", code) not in html
    assert "Vous avez déclaré" not in html
    assert chair.get(url("minutes", code)).url == url("sitting", code)
    assert chair.get(url("candidate", code, learner.code)).status_code == 403
    chair.post(url("draw_minutes", code))
    assert chair.post(url("sign_minutes", code)).status_code == 403
    assert JuryClosing.objects.get().minutes is None


def test_nothing_of_it_changes_any_more(coordination, coordinator, sitting, learner):
    cancel(sitting, coordinator)
    code = sitting.jury.code
    for name in ("edit_jury", "name_member"):
        values = {"at": f"{timezone.localdate()}T14:00", "place": "Gand", "learners": [str(learner.code)]}
        values |= {"code": str(code), "person": str(make_assessor(name, name).code), "seat": "professional"}
        answer = coordination.post(url(name, code), values)
        assert answer.status_code == 422 and "Ce jury est annulé" in read(answer)
    assert coordination.post(url("prepare_minutes", code)).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        JuryDecision.objects.create(
            jury=sitting.jury, learner=learner, decision="ADMIS", author=coordinator, at=timezone.now()
        )
    due.late_minutes(timezone.now() + datetime.timedelta(days=1))


@pytest.mark.parametrize("signed", [True, False])
def test_it_is_signed_or_cancelled_and_never_both(edition, coordinator, learner, signed):
    sitting = make_jury(edition, coordinator, learner).declare().admit_all()
    values = {"minutes": sitting.draw_up(), "reason": "Non"} if signed else {"minutes": None, "reason": ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        JuryClosing.objects.create(jury=sitting.jury, at=timezone.now(), **values)


@pytest.mark.postgres
def test_a_decision_that_comes_with_the_cancellation_is_refused(real_database, edition, coordinator, learner):
    sitting = make_jury(edition, coordinator, learner).declare()
    cancelled, decided = overlapping(lambda: cancel(sitting, coordinator), lambda: sitting.decide(learner))
    assert cancelled is None and isinstance(decided, Refused) and decided.code == "jury_cancelled"
    assert JuryClosing.objects.exists() and not JuryDecision.objects.exists()
