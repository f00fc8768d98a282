"""Observed practice: grids on a telephone, two assessors, an answer; and a version that stays for the whole path."""

import datetime
import re
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from certification import practice as gathered
from certification.competence import Framework, Lack
from certification.models import Assessment, AssessmentAnswer, Assignment, FrameworkVersion, Recognition
from certification.models.practice import in_the_path
from certification.refusals import Conflict, Refused
from courses.models import Enrolment
from people import privacy
from tests import cast
from tests.certification.practising import SMALL, block, make_assessor, publish, see
from tests.databases import together


@pytest.fixture
def version(edition, coordinator):
    """Published long before the training started."""
    return publish(coordinator, at=timezone.now() - datetime.timedelta(days=400))


@pytest.fixture
def assessor(edition):
    return make_assessor()


@pytest.fixture
def assignment(edition, version, learner, assessor, coordinator):
    return Assignment.objects.ask(edition, learner, assessor, coordinator, timezone.now())


@pytest.fixture
def inside(edition, version, learner, trainer, coordinator):
    """The trainer of the group, asked too."""
    return Assignment.objects.ask(edition, learner, trainer, coordinator, timezone.now())


def url(name, *args):
    return reverse(f"certification:{name}", args=args)


def grid(assignment, code="B1"):
    return url("grid", assignment.code, code)


def filled(**more):
    today = timezone.localdate().isoformat()
    values = {"mark-B1.C1.K1": "2", "mark-B1.C1.K2": "1", "mark-B1.C1.K3": "", "comment-B1.C1.K2": "Hésite un peu."}
    return {**values, "moment": "after", "observed_on": today, "remark": "", "uuid": uuid4(), "version": "1", **more}


def read(response):
    return re.sub(r"\s+", " ", response.content.decode())


def verdicts(learner, edition):
    return gathered.of(learner, edition).verdicts


def test_it_works(browse_as, assessor, assignment, learner, edition, version):
    client = browse_as(assessor)
    assert str(learner) in read(client.get(url("practice")))
    assert grid(assignment) in read(client.get(url("practised", assignment.code)))
    html = read(client.get(grid(assignment) + "?moment=before"))
    assert "Respecte la confidentialité." in html and html.count('class="roll roll--grid"') == 4
    assert client.post(grid(assignment), filled()).url == url("practised", assignment.code)
    seen = Assessment.objects.get()
    assert (seen.learner, seen.author, seen.edition, seen.version) == (learner, assessor, edition, version)
    assert seen.marks == {"B1.C1.K1": 2, "B1.C1.K2": 1}
    assert seen.outside
    assert seen.detail.comments == {"B1.C1.K2": "Hésite un peu."} and seen.is_whole


def test_it_is_read_in_dutch(browse_as, assessor, assignment):
    with translation.override("nl"):
        assert "Bewaart het geheim." in read(browse_as(assessor).get(grid(assignment)))


def test_a_grid_sent_twice_is_kept_once_and_another_body_is_a_conflict(browse_as, assessor, assignment):
    client, sent = browse_as(assessor), filled()
    assert [client.post(grid(assignment), sent).status_code for _time in range(2)] == [302, 302]
    assert client.post(grid(assignment), {**sent, "mark-B1.C1.K1": "0"}).status_code == 409
    assert client.post(grid(assignment), {**sent, "comment-B1.C1.K2": "Autre"}).status_code == 409
    assert Assessment.objects.count() == 1


def test_a_grid_sent_twice_at_once_is_kept_once(real_database, browse_as, assessor, assignment):
    sent = filled()
    together(*[lambda: browse_as(assessor).post(grid(assignment), sent)] * 2)
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"moment": ""},
        {"moment": "later"},
        {"observed_on": "2999-01-01"},
        {"observed_on": "hier"},
        {"observed_on": "0001-01-01"},
        {"observed_on": "1900-01-01"},
        {"mark-B1.C1.K1": "", "mark-B1.C1.K2": "", "comment-B1.C1.K2": ""},
        {"mark-B1.C1.K1": "3"},
        {"comment-B1.C1.K3": "Pas vu."},
        {"uuid": ""},
        {"version": "2"},
        {"remark": "x" * 1001},
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(browse_as, assessor, assignment, wrong):
    response = browse_as(assessor).post(
        grid(assignment), filled(remark="À garder", **wrong) if "remark" not in wrong else filled(**wrong)
    )
    assert response.status_code == 422
    assert 'role="alert"' in read(response)
    assert "remark" in wrong or "À garder" in read(response)
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("person", "status"), [("learner", 403), ("trainer", 403), ("coordinator", 403), ("stranger", 404)]
)
def test_only_who_is_asked_sees_the_grid(request, browse_as, assignment, person, status):
    client = browse_as(request.getfixturevalue(person))
    for address in (url("practised", assignment.code), grid(assignment)):
        assert client.get(address).status_code == status
    assert client.post(grid(assignment), filled()).status_code == status
    assert not Assessment.objects.exists()


def test_another_assessor_and_one_who_is_not_asked_any_more_see_nothing(browse_as, assessor, assignment, coordinator):
    other = make_assessor("other", "Jan Maes")
    assert browse_as(other).get(grid(assignment)).status_code == 404
    assignment.end(timezone.now())
    assert browse_as(assessor).post(grid(assignment), filled()).status_code == 404
    assert str(assignment.learner) not in read(browse_as(assessor).get(url("practice")))


def test_a_visitor_signs_in_and_a_missing_block_is_missing(client, browse_as, assessor, assignment, stranger):
    assert reverse("account_login") in client.post(grid(assignment), filled()).url
    assert browse_as(assessor).get(grid(assignment, "B9")).status_code == 404
    assert browse_as(assessor).get(url("practised", uuid4())).status_code == 404
    assert browse_as(stranger).get(url("practice")).status_code == 403


def test_assessors_do_not_read_each_other(browse_as, assessor, assignment, inside, trainer, version):
    see(inside, version, [0, 0, 0], comments={"B1.C1.K1": "Secret de la formatrice"})
    assert "Secret" not in read(browse_as(assessor).get(url("practised", assignment.code)))


def test_two_assessors_one_from_outside_validate_a_block(learner, edition, assignment, inside, version):
    see(inside, version, [2, 2, 0])
    assert [finding.lack for finding in verdicts(learner, edition)[0].missing] == [Lack.NOT_SEEN] * 2
    see(assignment, version, [2, 2, 1])
    assert verdicts(learner, edition)[0].validated
    assert gathered.of(learner, edition).validated == ["B1"]


def test_whoever_leads_a_session_is_in_the_path(session, assessor, coordinator, learner, version):
    edition = session.edition
    assert assessor not in in_the_path(edition)
    session.trainers.add(assessor)
    seen = see(Assignment.objects.ask(edition, learner, assessor, coordinator, timezone.now()), version, [2, 2])
    assert not seen.outside


def test_a_grid_that_takes_a_block_away_says_what(browse_as, assessor, assignment, inside, version, learner, edition):
    see(inside, version, [2, 2])
    see(assignment, version, [2, 2])
    response = browse_as(assessor).post(grid(assignment), filled(), follow=True)
    assert "B1.C1.K2" in read(response)
    assert not verdicts(learner, edition)[0].validated


def test_the_learner_reads_and_answers_once(browse_as, learner, assignment, version):
    seen = see(assignment, version, [2, 1], comments={"B1.C1.K2": "Hésite un peu."}, remark="Prenez le temps.")
    client = browse_as(learner)
    html = read(client.get(url("my_practice")))
    assert all(text in html for text in ("Hésite un peu.", "Prenez le temps.", "Sofie Janssens", '<svg class="curve"'))
    answer = url("answer_assessment", seen.code)
    assert client.post(answer, {"text": ""}).status_code == 422
    assert client.post(answer, {"text": "Merci."}).url == url("my_practice")
    assert client.post(answer, {"text": "Merci."}).status_code == 302
    assert client.post(answer, {"text": "Autre chose."}).status_code == 302
    assert AssessmentAnswer.objects.get().text == "Merci."
    assert "Merci." in read(client.get(url("my_practice"))) and answer not in read(client.get(url("my_practice")))
    assert client.get(answer).status_code == 405


def test_nobody_answers_for_the_learner(browse_as, other_learner, trainer, assignment, version):
    seen = see(assignment, version, [2])
    for person in (other_learner, trainer, assignment.assessor):
        assert browse_as(person).post(url("answer_assessment", seen.code), {"text": "Non"}).status_code == 404
    assert browse_as(other_learner).get(url("my_practice")).status_code == 200
    assert not AssessmentAnswer.objects.exists()


def test_without_a_framework_there_is_nothing_to_show(browse_as, learner, stranger, edition):
    for person in (learner, stranger):
        assert browse_as(person).get(url("my_practice")).status_code == 200


def test_a_coordinator_asks_and_withdraws(browse_as, coordinator, edition, learner, assessor, version):
    client, ask = browse_as(coordinator), url("ask_assessor", edition.code, learner.code)
    assert str(assessor) in read(client.get(url("practice_learner", edition.code, learner.code)))
    for _time in range(2):
        assert client.post(ask, {"assessor": assessor.code}).url == url("practice_learner", edition.code, learner.code)
    assignment = Assignment.objects.get()
    assert assignment.author == coordinator
    for _time in range(2):
        assert client.post(url("end_assignment", assignment.code)).status_code == 302
    assert Assignment.objects.open().count() == 0
    client.post(ask, {"assessor": assessor.code})
    assert Assignment.objects.count() == 2


def test_only_assessors_and_trainers_of_the_group_are_asked(
    browse_as, coordinator, edition, learner, stranger, trainer
):
    client, ask = browse_as(coordinator), url("ask_assessor", edition.code, learner.code)
    for person in (learner, stranger, coordinator):
        assert client.post(ask, {"assessor": person.code}).status_code == 422
    assert client.post(ask, {"assessor": "x"}).status_code == 422
    assert client.post(ask, {"assessor": trainer.code}).status_code == 302
    with pytest.raises(Refused):
        Assignment.objects.ask(edition, learner, learner, coordinator, timezone.now())


@pytest.mark.parametrize(("person", "status"), [("trainer", 403), ("learner", 403), ("stranger", 404)])
def test_only_a_coordinator_asks_and_recognises(
    request, browse_as, edition, learner, assessor, assignment, person, status
):
    client = browse_as(request.getfixturevalue(person))
    assert (
        client.post(url("ask_assessor", edition.code, learner.code), {"assessor": assessor.code}).status_code == status
    )
    assert client.post(url("end_assignment", assignment.code)).status_code == status
    assert client.get(url("recognise", edition.code, learner.code)).status_code == status
    assert Assignment.objects.open().count() == 1


def test_recognition_stands_for_a_block_until_it_is_withdrawn(browse_as, coordinator, edition, learner, version):
    client, address = browse_as(coordinator), url("recognise", edition.code, learner.code)
    assert client.get(address).status_code == 200
    sent = {"block": "B2", "kind": "equivalence", "source_title": "RNCP36241", "source_block": "CCP 2", "code": uuid4()}
    for wrong in ({"block": "B9"}, {"kind": ""}, {"source_title": ""}, {"code": ""}):
        assert client.post(address, {**sent, **wrong}).status_code == 422
    for _time in range(2):
        assert client.post(address, sent).status_code == 302
    client.post(address, {**sent, "block": "B1"})
    recognition = Recognition.objects.get()
    assert gathered.of(learner, edition).validated == ["B2"]
    client.post(url("end_recognition", recognition.code))
    assert gathered.of(learner, edition).validated == []


def test_nobody_recognises_what_they_did_themselves(edition, learner, version):
    values = {"block": "B1", "kind": "experience", "source_title": "VAE", "code": uuid4()}
    with pytest.raises(Refused) as refused:
        Recognition.objects.grant(edition, learner, learner, timezone.now(), **values)
    assert refused.value.code == "own_practice"


def test_a_grid_that_arrives_after_the_request_was_withdrawn_is_refused(assignment, version):
    uuid = uuid4()
    see(assignment, version, [2], uuid=uuid)
    assignment.end(timezone.now())
    assert see(assignment, version, [2], uuid=uuid) == Assessment.objects.get()
    with pytest.raises(Refused) as refused:
        see(assignment, version, [1])
    assert refused.value.code == "not_asked" and Assessment.objects.count() == 1


def test_the_staff_follows_each_learner(browse_as, trainer, edition, learner, assignment, version):
    see(assignment, version, [2, 2, 2])
    client = browse_as(trainer)
    assert url("practice_learner", edition.code, learner.code) in read(client.get(url("practice_group", edition.code)))
    assert "Sofie Janssens" in read(client.get(url("practice_learner", edition.code, learner.code)))


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_lists_ask_as_many_questions_for_two_as_for_ten(
    browse_as, trainer, coordinator, assessor, edition, learner, assignment, version
):
    see(assignment, version, [2, 2])
    lists = [
        (trainer, url("practice_group", edition.code)),
        (trainer, url("practice_learner", edition.code, learner.code)),
        (assessor, url("practice")),
        (assessor, url("practised", assignment.code)),
        (learner, url("my_practice")),
    ]
    before = [queries(browse_as(person), address) for person, address in lists]
    for number in range(6):
        person = make_assessor(f"more{number}", f"Personne {number}", "ambassador")
        Enrolment.objects.create(learner=person, edition=edition)
        more = Assignment.objects.ask(edition, person, assessor, coordinator, timezone.now())
        see(more, version, [2, 1])
        see(assignment, version, [2, 1], moment="during")
    assert [queries(browse_as(person), address) for person, address in lists] == before


def test_a_path_begun_under_version_1_ends_under_it(
    browse_as, coordinator, edition, learner, assignment, inside, version
):
    """Judging point 5: a criterion that version 2 adds is asked of nobody who started before."""
    see(inside, version, [2, 2])
    harder = Framework((*SMALL.blocks, block("B3", "Un bloc de plus")))
    second = publish(coordinator, harder)
    assert second.number == 2
    assert FrameworkVersion.objects.of(edition) == version
    html = read(browse_as(assignment.assessor).get(url("practised", assignment.code)))
    assert "Un bloc de plus" not in html
    assert browse_as(assignment.assessor).get(grid(assignment, "B3")).status_code == 404
    browse_as(assignment.assessor).post(grid(assignment), filled(**{"mark-B1.C1.K2": "2"}))
    assert Assessment.objects.latest("pk").version == version
    found = gathered.of(learner, edition)
    assert found.validated == ["B1"] and len(found.verdicts) == 2
    later = cast.make_edition(timezone.localdate() + datetime.timedelta(days=1))
    assert FrameworkVersion.objects.of(later) == second


def test_a_training_from_before_any_version_has_the_first_one(edition, coordinator):
    first = publish(coordinator)
    publish(coordinator, Framework(SMALL.blocks[:1]))
    assert FrameworkVersion.objects.of(edition) == first


def test_erasing_takes_the_words_and_leaves_the_proof(learner, assignment, version):
    seen = see(assignment, version, [2, 1], comments={"B1.C1.K2": "Hésite."})
    AssessmentAnswer.objects.give(seen, "Merci.", timezone.now())
    privacy.erase(learner, timezone.now())
    assert Assessment.objects.get() == seen and not AssessmentAnswer.objects.exists()
    privacy.apply_retention(timezone.now() + datetime.timedelta(days=4000))
    seen = Assessment.objects.select_related("detail").get()
    assert not hasattr(seen, "detail") and seen.is_whole and seen.marks


def test_comments_that_were_changed_show(assignment, version):
    seen = see(assignment, version, [2], remark="Vu.")
    seen.detail.remark = "Autre."
    seen.detail.save()
    assert not Assessment.objects.get().is_whole


def test_another_client_may_not_take_a_uuid_for_something_else(assignment, inside, version):
    uuid = uuid4()
    see(assignment, version, [2], uuid=uuid)
    see(inside, version, [1], uuid=uuid)
    with pytest.raises(Conflict):
        see(assignment, version, [1], uuid=uuid)
    assert Assessment.objects.count() == 2


@pytest.mark.parametrize(
    ("marks", "code"), [({"B9.C1.K1": 2}, "criterion"), ({"B2.C1.K1": 2}, "criterion"), ({}, "nothing_seen")]
)
def test_the_record_itself_refuses_what_is_not_in_the_block(assignment, version, marks, code):
    with pytest.raises(Refused) as refused:
        Assessment.objects.record(
            assignment=assignment, version=version, block="B1", moment="after", marks=marks,
            observed_on=timezone.localdate(), uuid=uuid4(), now=timezone.now(),
        )  # fmt: skip
    assert refused.value.code == code


def test_each_finds_the_way(browse_as, learner, assessor, assignment):
    path, me = reverse("courses:path"), reverse("people:me")
    assert url("my_practice") in read(browse_as(learner).get(path))
    assert url("practice") not in read(browse_as(learner).get(me))
    for page in (path, me):
        assert url("practice") in read(browse_as(assessor).get(page))


@pytest.mark.parametrize(
    "values",
    [{"learner": "author"}, {"ended_at": "at"}],
)
def test_the_database_refuses_half_a_recognition(edition, learner, coordinator, version, values):
    made = {"block": "B1", "kind": "experience", "source_title": "VAE", "code": uuid4()}
    Recognition.objects.grant(edition, learner, coordinator, timezone.now(), **made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recognition.objects.update(**{name: F(other) for name, other in values.items()})
