"""The screens of a jury: the coordination opens it and asks people to come; its members declare, read, decide, sign."""

import datetime
import json
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone, translation

from certification import convoking, deliberating
from certification.jury import Seat
from certification.models import (
    ConflictDeclaration,
    Jury,
    JuryClosing,
    JuryConvocation,
    JuryDecision,
    JuryMember,
    JurySignature,
    RuleVersion,
)
from certification.rules import RuleSet
from certification.tasks import make_minutes
from courses.models import Enrolment
from events.models import Message
from people.models import User
from tests.certification.declared import register_title
from tests.certification.facts import STROKES, make_ready
from tests.certification.practising import make_assessor, make_practice
from tests.certification.sitting import POSTPONED, make_jury
from tests.certification.test_practice import queries, read, url
from tests.courses import steps
from tests.reading import text

REASON = "Revoir l’écoute."


def path(language="fr"):
    return steps.address("courses:path", language=language)


@pytest.fixture
def sitting(edition, coordinator, learner, other_learner):
    return make_jury(edition, coordinator, learner, other_learner)


@pytest.fixture
def chair(browse_as, sitting):
    return browse_as(sitting.chair.person)


@pytest.fixture
def coordination(browse_as, coordinator):
    return browse_as(coordinator)


def opened(*learners, **more):
    values = {"at": f"{timezone.localdate()}T14:00", "place": "Lille", "code": str(uuid4())}
    return {**values, "learners": [str(one.code) for one in learners], **more}


def candidate(sitting, learner, name="candidate"):
    return url(name, sitting.jury.code, learner.code)


# The coordination


def test_a_jury_is_opened_once(coordination, edition, learner, coordinator):
    page = url("juries", edition.code)
    assert "Amina Diallo" in read(coordination.get(page))
    form = opened(learner)
    for _time in range(2):
        assert coordination.post(page, form).url == url("jury", form["code"])
    jury = Jury.objects.get()
    assert (jury.edition, jury.place, jury.opened_by, jury.learners) == (edition, "Lille", coordinator, [learner])
    assert "au moins deux membres" in read(coordination.get(url("jury", jury.code)))
    assert url("jury", jury.code) in read(coordination.get(page))
    assert page in read(coordination.get(url("cohort", edition.code)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": "demain"},
        {"at": "0001-01-01T00:00"},
        {"at": "9999-12-31T23:59"},
        {"place": ""},
        {"place": "\u200b"},
        {"place": "一一"},
        {"learners": []},
        {"learners": [str(uuid4())]},
    ],
)
def test_what_is_wrong_is_said_and_kept(coordination, edition, learner, wrong):
    response = coordination.post(url("juries", edition.code), {**opened(learner), **wrong})
    assert response.status_code == 422 and 'role="alert"' in read(response)
    assert not Jury.objects.exists()


def test_a_jury_is_moved_and_its_candidates_stay_once_somebody_declared(coordination, sitting, learner):
    page = url("edit_jury", sitting.jury.code)
    assert "Salle des Tilleuls" in read(coordination.get(page))
    assert coordination.post(page, opened(learner)).url == url("jury", sitting.jury.code)
    assert Jury.objects.get().learners == [learner]
    sitting.declare()
    answer = coordination.post(page, opened(learner, *User.objects.filter(username="other_learner")))
    assert answer.status_code == 422 and "déjà déclaré" in read(answer)
    assert coordination.post(page, opened(learner, place="Gand")).status_code == 302
    assert Jury.objects.get().place == "Gand"


def test_members_are_named_and_withdrawn(coordination, sitting, trainer):
    assessor, code = make_assessor(), sitting.jury.code
    page = url("name_member", code)
    assert coordination.post(page, {}).status_code == 422
    refused = coordination.post(page, {"person": str(assessor.code), "seat": "chair"})
    assert refused.status_code == 422 and "préside déjà" in read(refused)
    for _time in range(2):
        answer = coordination.post(page, {"person": str(assessor.code), "seat": "professional"})
        assert answer.url == url("jury", code)
    member = JuryMember.objects.get(person=assessor)
    for _time in range(2):
        assert coordination.post(url("end_member", member.code)).url == url("jury", code)
    assert JuryMember.objects.get(pk=member.pk).ended_at
    assert coordination.get(url("end_member", member.code)).status_code == 405


def test_the_trainer_of_the_group_neither_chairs_nor_is_outside(coordination, edition, coordinator, trainer, learner):
    jury = deliberating.open_jury(
        edition, [learner], coordinator, timezone.now(), code=uuid4(), at=timezone.now(), place="Lille"
    )
    for seat in ("chair", "professional"):
        answer = coordination.post(url("name_member", jury.code), {"person": str(trainer.code), "seat": seat})
        assert answer.status_code == 422 and "Qui forme ce groupe" in read(answer)


@pytest.mark.parametrize("person", ["trainer", "learner", "stranger"])
def test_only_the_coordination_prepares(request, browse_as, edition, sitting, person):
    client = browse_as(request.getfixturevalue(person))
    hidden = 404 if person == "stranger" else 403
    code = sitting.jury.code
    for name in ("jury", "edit_jury"):
        assert client.get(url(name, code)).status_code == hidden
    for name in ("name_member", "call_jury", "prepare_minutes"):
        assert client.post(url(name, code)).status_code == hidden
    assert client.get(url("juries", edition.code)).status_code == hidden
    assert client.post(url("end_member", sitting.chair.code)).status_code == hidden


def test_each_is_asked_to_come_once_in_their_language(coordination, sitting, learner, other_learner):
    User.objects.filter(pk=learner.pk).update(email="amina@example.org", interface_language="nl")
    User.objects.filter(pk=sitting.chair.person_id).update(email="marc@example.org")
    for _time in range(2):
        assert coordination.post(url("call_jury", sitting.jury.code)).status_code == 302
        convoking.send_convocations.call()
    assert {message.to[0] for message in mail.outbox} == {"amina@example.org", "marc@example.org"}
    dutch = next(message for message in mail.outbox if message.to == ["amina@example.org"])
    assert "afspraak" in dutch.subject and "jury" not in dutch.subject.lower()
    states = JuryConvocation.objects.values_list("person__username", "state")
    assert dict(states) == {
        "learner": "sent", "chair": "sent", "other_learner": "to_share", "professional": "to_share",
        "trainer": "to_share",
    }  # fmt: skip
    deliberating.move(
        sitting.jury, sitting.jury.learners, sitting.jury.opened_by, timezone.now(), sitting.jury.at, "Gand"
    )
    coordination.post(url("call_jury", sitting.jury.code))
    assert JuryConvocation.objects.count() == 10


def test_of_several_workers_one_sends(sitting, learner):
    User.objects.filter(pk=learner.pk).update(email="amina@example.org")
    convoking.convoke(sitting.jury, "fr", timezone.now())
    mail.outbox.clear()
    mine = JuryConvocation.objects.filter(person=learner)
    mine.update(state=Message.State.CLAIMED, claimed_at=timezone.now())
    convoking.send_convocations.call()
    convoking.convoke(sitting.jury, "fr", timezone.now())
    convoking.send_convocations.call()
    assert not mail.outbox
    convoking.convoke(sitting.jury, "fr", timezone.now() + datetime.timedelta(minutes=11))
    convoking.send_convocations.call()
    assert len(mail.outbox) == 1 and mine.get().state == Message.State.SENT


def test_what_a_stopped_worker_left_is_where_the_jury_meets_now(sitting, learner, other_learner, coordinator):
    now = timezone.now()
    for person in (learner, other_learner, sitting.chair.person, sitting.professional.person):
        User.objects.filter(pk=person.pk).update(email=f"{person.username}@example.org")
    convoking.convoke(sitting.jury, "fr", now)
    deliberating.move(sitting.jury, [learner], coordinator, now, now + datetime.timedelta(days=2), "Gand")
    deliberating.end_member(sitting.chair, coordinator, now)
    moved = Jury.objects.get()
    assert convoking.convoke(moved, "fr", now) == 2
    deliberating.end_member(sitting.professional, coordinator, now)
    assert convoking.send_convoked(now) == 1 and not convoking.send_convoked(now)
    (letter,) = mail.outbox
    assert letter.to == [f"{learner.username}@example.org"] and "Gand" in letter.body
    assert not JuryConvocation.objects.filter(state="waiting").exists()
    assert convoking.convoke(moved, "fr", now) == 0


def test_nobody_is_asked_to_come_the_day_after(sitting, learner):
    User.objects.filter(pk=learner.pk).update(email="amina@example.org")
    convoking.convoke(sitting.jury, "fr", timezone.now())
    assert convoking.send_convoked(timezone.now() + datetime.timedelta(days=1)) == 0 and not mail.outbox


def test_the_convocation_is_a_letter(browse_as, sitting, learner, other_learner, coordination, trainer):
    convoking.convoke(sitting.jury, "fr", timezone.now())
    page = url("jury_convocation", JuryConvocation.objects.get(person=learner).code)
    response = browse_as(learner).get(page)
    printed = text(response.content)
    assert "Amina Diallo" in printed and "Salle des Tilleuls" in printed and "Candidat" in printed
    assert coordination.get(page).status_code == 200
    assert browse_as(other_learner).get(page).status_code == 403
    assert browse_as(trainer).get(page).status_code == 403
    assert page in read(browse_as(learner).get(path()))


def test_the_convocation_of_who_is_withdrawn_is_gone(browse_as, sitting, coordinator):
    convoking.convoke(sitting.jury, "fr", timezone.now())
    person = sitting.professional.person
    page = url("jury_convocation", JuryConvocation.objects.get(person=person).code)
    assert "Candidat" not in text(browse_as(person).get(page).content)
    deliberating.end_member(sitting.professional, coordinator, timezone.now())
    assert browse_as(person).get(page).status_code == 404


def test_a_rule_asks_for_a_jury(lead, coordination, session, trainer, coordinator, learner):
    make_ready(session, trainer)
    asked = {"modules": "on", "jury": "on"}
    tried = coordination.get(url("try_rule", "ambassador"), asked)
    assert tried.context["losing"] == 2 and "Un jury admet la personne" in read(tried)
    assert "pas encore de décision" in read(tried)
    coordination.post(url("publish_rule", "ambassador"), {**asked, "after": "0"})
    assert RuleVersion.objects.get().rule_set == RuleSet(jury=True)
    make_jury(session.edition, coordinator, learner).declare().admit_all().sign_all()
    assert coordination.get(url("try_rule", "ambassador"), asked).context["losing"] == 1


# The members


def test_a_member_declares_before_they_read(chair, sitting, learner, other_learner):
    page = url("declare_conflicts", sitting.jury.code)
    assert url("sitting", sitting.jury.code) in read(chair.get(url("my_juries")))
    assert chair.get(url("sitting", sitting.jury.code)).url == page
    assert chair.get(candidate(sitting, learner)).status_code == 403
    assert chair.post(page, {"candidates": [str(learner.code)]}).status_code == 422
    declared = {"candidates": [str(learner.code)], "sure": "on"}
    for _time in range(2):
        chair.post(page, declared)
    assert ConflictDeclaration.objects.get().candidates == [str(learner.code)]
    html = read(chair.get(url("sitting", sitting.jury.code)))
    assert candidate(sitting, learner) not in html and candidate(sitting, other_learner) in html
    assert chair.get(candidate(sitting, learner)).status_code == 403
    assert chair.post(candidate(sitting, learner, "decide_candidate"), {"decision": "ADMIS"}).status_code == 403
    assert chair.get(candidate(sitting, other_learner)).status_code == 200


def test_a_member_who_comes_late_declares_before_they_read(browse_as, sitting, coordinator):
    sitting.declare().admit_all()
    minutes, late = sitting.draw_up(), make_assessor("late", "Paul Late", "jury")
    member = deliberating.name_member(sitting.jury, late, Seat.PROFESSIONAL, coordinator, timezone.now())
    client, code = browse_as(late), sitting.jury.code
    asked = [client.get(url(name, code)) for name in ("sitting", "minutes")]
    asked += [client.post(url(name, code), signed(minutes)) for name in ("draw_minutes", "sign_minutes")]
    assert {answer.url for answer in asked} == {url("declare_conflicts", code)}
    assert not JurySignature.objects.exists()
    deliberating.declare(sitting.fresh(member), [], timezone.now())
    assert client.get(url("minutes", code)).status_code == 200


def test_the_file_of_a_candidate_is_on_one_screen(
    chair, browse_as, sitting, session, learner, other_learner, coordinator
):
    practice = make_practice(sitting.jury.edition, learner, coordinator)
    practice.item.say(coordinator, "accepted", timezone.now(), "B1")
    sitting.declare(professional=[learner])
    html = read(chair.get(candidate(sitting, learner)))
    for said in ("Amina Diallo", "Écouter", "Accueillir", "Sofie Janssens", "VAE", "Une fiche", "Présence"):
        assert said in html
    file = url("portfolio_file", practice.item.code)
    assert chair.get(file).status_code == 200
    assert chair.get(url("review_item", practice.item.code)).status_code == 403
    assert browse_as(sitting.professional.person).get(file).status_code == 404
    with translation.override("nl"):
        assert "Luisteren" in read(chair.get(candidate(sitting, learner)))


def test_the_chair_decides_with_a_reason(chair, browse_as, sitting, learner):
    sitting.declare()
    page = candidate(sitting, learner, "decide_candidate")
    assert browse_as(sitting.professional.person).post(page, {"decision": "ADMIS"}).status_code == 403
    for wrong in (
        {},
        {"decision": "PERHAPS"},
        {"decision": "AJOURNE", "reason": "  "},
        {"decision": "AJOURNE", "reason": "\u200b\u0300"},
        {"decision": "AJOURNE", "reason": "\U0001f984"},
    ):
        assert chair.post(page, wrong).status_code == 422
    assert not JuryDecision.objects.exists()
    for _time in range(2):
        assert chair.post(page, {"decision": "AJOURNE", "reason": REASON}).url == url("sitting", sitting.jury.code)
    decision = JuryDecision.objects.get()
    assert (decision.learner, decision.reason, decision.author) == (learner, REASON, sitting.chair.person)
    assert REASON in read(chair.get(candidate(sitting, learner)))
    assert chair.get(page).status_code == 405


def test_a_part_is_offered_for_a_title_with_blocks(chair, sitting, learner, other_learner, coordinator):
    make_practice(sitting.jury.edition, other_learner, coordinator)
    sitting.declare()
    assert "VALIDATION_PARTIELLE" not in read(chair.get(candidate(sitting, learner)))
    register_title(registration="rncp", register_code="RNCP41674", level=4)
    assert "VALIDATION_PARTIELLE" in read(chair.get(candidate(sitting, learner)))
    page, sent = candidate(sitting, learner, "decide_candidate"), {"decision": "VALIDATION_PARTIELLE", "reason": REASON}
    assert chair.post(page, {**sent, "blocks": ["B1", "B2"]}).status_code == 422
    assert chair.post(page, {**sent, "blocks": ["B9"]}).status_code == 422
    assert chair.post(page, {**sent, "blocks": ["B2"]}).status_code == 302
    assert JuryDecision.objects.get().blocks == ["B2"]


def signed(minutes, **more):
    return {"digest": minutes.digest, "signature": json.dumps(STROKES), "uuid": str(uuid4()), **more}


def test_the_minutes_are_drawn_up_and_signed_by_all(chair, browse_as, sitting, learner, other_learner, coordination):
    sitting.declare()
    code = sitting.jury.code
    chair.post(url("draw_minutes", code))
    assert sitting.jury.last_minutes is None
    sitting.decide(learner)
    sitting.decide(other_learner, POSTPONED, REASON)
    page = url("minutes", code)
    assert "Voici ce qu’il dirait" in read(chair.get(page))
    assert browse_as(sitting.professional.person).post(url("draw_minutes", code)).status_code == 403
    for _time in range(2):
        assert chair.post(url("draw_minutes", code)).url == page
    minutes = sitting.jury.last_minutes
    assert minutes.number == 1 and minutes.digest in read(chair.get(page))
    for wrong in ({}, signed(minutes, signature=""), signed(minutes, uuid="")):
        assert chair.post(url("sign_minutes", code), wrong).status_code == 422
    assert chair.post(url("sign_minutes", code), signed(minutes, digest="0" * 64)).status_code == 409
    for _time in range(2):
        assert chair.post(url("sign_minutes", code), signed(minutes)).url == page
    by_account = signed(minutes, signature="", otherwise="1")
    for member in (sitting.professional, sitting.trainer):
        browse_as(member.person).post(url("sign_minutes", code), by_account)
    make_minutes.call(JuryClosing.objects.get().pk)
    file = chair.get(url("minutes_pdf", code))
    assert file["Content-Type"] == "application/pdf" and file["Cache-Control"] == "private, no-store"
    assert "signé par le compte" in text(file.content, "-raw") and REASON in text(file.content, "-raw")
    assert coordination.get(url("minutes_pdf", code)).content == file.content
    assert url("minutes_pdf", code) in read(coordination.get(url("jury", code)))
    assert url("minutes_pdf", code) in read(chair.get(page))
    assert chair.get(candidate(sitting, learner)).status_code == 403


def test_a_decision_that_changes_is_read_again_before_it_is_signed(chair, sitting, learner):
    sitting.declare().admit_all()
    minutes = sitting.draw_up()
    sitting.decide(learner, POSTPONED, REASON)
    answer = chair.post(url("sign_minutes", sitting.jury.code), signed(minutes))
    assert answer.status_code == 409 and "a changé entre-temps" in read(answer)
    assert not JurySignature.objects.exists()


def test_a_decision_to_write_again_is_said_before_the_minutes(chair, sitting, learner):
    sitting.declare().admit_all().declare(chair=[learner])
    page, sentence = url("sitting", sitting.jury.code), "La décision sur Amina Diallo est à écrire de nouveau"
    shown = read(chair.get(page))
    assert sentence in shown and "Des décisions sont à reprendre" in shown and "ne peut pas encore" not in shown
    assert sentence in read(chair.post(url("draw_minutes", sitting.jury.code), follow=True))
    sitting.decide(learner, by=sitting.professional)
    assert sentence not in read(chair.get(page))


def test_whoever_sits_anew_keeps_the_others_from_signing(chair, sitting, coordinator):
    sitting.declare().admit_all()
    minutes, now = sitting.draw_up(), timezone.now()
    deliberating.end_member(sitting.trainer, coordinator, now)
    deliberating.name_member(sitting.jury, sitting.trainer.person, Seat.TRAINER, coordinator, now)
    answer = chair.post(url("sign_minutes", sitting.jury.code), signed(minutes))
    assert answer.status_code == 422 and "Claire Dubois n’a pas encore dit" in read(answer)
    assert not JurySignature.objects.exists()


@pytest.mark.parametrize("person", ["coordinator", "learner", "stranger"])
def test_who_does_not_sit_reads_nothing(request, browse_as, sitting, learner, person):
    sitting.declare().admit_all().draw_up()
    client = browse_as(request.getfixturevalue(person))
    hidden = 404 if person == "stranger" else 403
    for name in ("sitting", "declare_conflicts", "minutes"):
        assert client.get(url(name, sitting.jury.code)).status_code == hidden
    for name in ("draw_minutes", "sign_minutes"):
        assert client.post(url(name, sitting.jury.code)).status_code == hidden
    assert client.get(candidate(sitting, learner)).status_code == hidden
    assert client.get(url("my_juries")).status_code == 403


def test_who_lost_the_role_reads_no_file_any_more(browse_as, sitting, learner):
    sitting.declare()
    client = browse_as(sitting.professional.person)
    assert client.get(candidate(sitting, learner)).status_code == 200
    sitting.professional.person.groups.clear()
    assert client.get(candidate(sitting, learner)).status_code == 404


def test_a_jury_is_hidden_from_other_juries(browse_as, chair, sitting, edition, coordinator, learner, stranger):
    outside = make_assessor("elsewhere", "Paul Vermeer", "jury")
    client = browse_as(outside)
    assert sitting.jury.place not in read(client.get(url("my_juries")))
    assert client.get(url("sitting", sitting.jury.code)).status_code == 404
    assert chair.get(candidate(sitting, stranger)).status_code == 404
    assert chair.get(url("sitting", uuid4())).status_code == 404
    deliberating.end_member(sitting.chair, coordinator, timezone.now())
    assert chair.get(url("sitting", sitting.jury.code)).status_code == 404


def test_a_file_that_is_not_made_is_asked_for_again(coordination, sitting, chair):
    code = sitting.jury.code
    assert coordination.post(url("prepare_minutes", code)).status_code == 404
    assert coordination.get(url("minutes_pdf", code)).status_code == 404
    sitting.declare().admit_all()
    minutes = sitting.draw_up()
    for member in sitting.members:
        sitting.sign(member, minutes)
    assert url("prepare_minutes", code) in read(coordination.get(url("jury", code)))
    assert coordination.post(url("prepare_minutes", code)).url == url("jury", code)


# The learner


def test_the_learner_reads_when_and_then_what_was_decided(browse_as, sitting, learner, other_learner):
    client = browse_as(learner)
    assert "Salle des Tilleuls" in read(client.get(path()))
    sitting.declare().decide(other_learner)
    sitting.decide(learner, POSTPONED, REASON)
    assert REASON not in read(client.get(path()))
    sitting.sign_all()
    html = read(client.get(path()))
    assert REASON in html and "revenir une autre fois" in html and "Salle des Tilleuls" not in html
    assert "nog eens terug te komen" in read(client.get(path("nl")))
    assert "Félicitations" in read(browse_as(other_learner).get(path()))


def test_as_many_queries_for_many_people(browse_as, coordination, edition, coordinator, learner, other_learner):
    few = make_jury(edition, coordinator, learner, other_learner).declare().admit_all()
    client = browse_as(few.chair.person)
    pages = [
        (client, "sitting"), (client, "minutes"), (client, "declare_conflicts"), (coordination, "jury"),
    ]  # fmt: skip
    few.draw_up()
    before = [queries(reader, url(name, few.jury.code)) for reader, name in pages]
    people = [make_assessor(f"more{number}", f"Personne {number}", "ambassador") for number in range(6)]
    Enrolment.objects.bulk_create(Enrolment(learner=person, edition=edition) for person in people)
    many = make_jury(edition, coordinator, learner, other_learner, *people)
    for number in range(4):
        person = make_assessor(f"sits{number}", f"Membre {number}")
        member = deliberating.name_member(many.jury, person, Seat.PROFESSIONAL, coordinator, timezone.now())
        deliberating.declare(many.fresh(member), [], timezone.now())
    many.declare().admit_all().draw_up()
    assert [queries(reader, url(name, many.jury.code)) for reader, name in pages] == before


def test_a_jury_that_is_over_is_in_the_list(chair, sitting):
    sitting.declare().admit_all().sign_all()
    assert "procès-verbal signé" in read(chair.get(url("my_juries")))
    assert "Lire le procès-verbal signé" in read(chair.get(url("sitting", sitting.jury.code)))
