"""Joining an edition that is open to all: POST …/enrol/."""

import datetime
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import Completion, Edition, Enrolment, ModuleCompletion
from tests import databases
from tests.courses import steps


@pytest.fixture
def open_edition(edition):
    edition.open_to_all = True
    edition.save()
    return edition


def enrol(client, edition, language="fr", **options):
    return client.post(steps.address("courses:enrol", edition.code, language=language), **options)


def enrolled(person):
    return Enrolment.objects.filter(learner=person)


def test_a_stranger_joins_and_reads_it(browse_as, stranger, open_edition):
    response = enrol(browse_as(stranger), open_edition, follow=True)
    assert response.redirect_chain == [(steps.address("courses:path"), 302)]
    assert steps.sentences(response) == [steps.said("You are enrolled. Welcome!")]
    assert enrolled(stranger).get().edition == open_edition


def test_in_dutch_it_leads_to_the_path_in_dutch(browse_as, stranger, open_edition):
    assert enrol(browse_as(stranger), open_edition, "nl").url == steps.address("courses:path", language="nl")


def test_whoever_joined_may_finish_a_lesson(browse_as, stranger, open_edition):
    client = browse_as(stranger)
    enrol(client, open_edition)
    steps.finish_lesson(client, steps.lesson())
    assert Completion.objects.get().learner == stranger


def test_what_was_finished_before_counts(browse_as, learner, open_edition):
    client, module = browse_as(learner), steps.quiz().get_parent()
    Enrolment.objects.filter(learner=learner).update(edition=unstarted(open_edition))
    steps.finish_lesson(client, steps.lesson("se-taire"))
    steps.finish_lesson(client, steps.lesson("poser-une-question"))
    steps.pass_quiz(client, steps.quiz())
    assert not ModuleCompletion.objects.exists()
    enrol(client, open_edition)
    assert ModuleCompletion.objects.get().item_id == module.translation_key


def unstarted(edition):
    return Edition.objects.create(
        course=edition.course,
        cohort=edition.cohort,
        starts_on=edition.ends_on,
        ends_on=edition.ends_on,
        planned_minutes=60,
        presence_minutes=60,
    )


def test_a_visitor_signs_in_and_comes_to_the_path(open_edition):
    response = enrol(Client(), open_edition)
    back = steps.sign_in(response, "stranger")
    assert back.redirect_chain == [(steps.address("courses:path"), 302)]
    assert back.context["open_edition"] == open_edition
    assert not Enrolment.objects.filter(learner__username="stranger").exists()


def test_an_edition_that_is_over_says_so(browse_as, stranger, open_edition):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Edition.objects.update(starts_on=yesterday, ends_on=yesterday)
    response = enrol(browse_as(stranger), open_edition, follow=True)
    assert steps.sentences(response) == [steps.said("This edition is over. Ask a trainer for the next one.")]
    assert not enrolled(stranger).exists()


def test_the_last_day_still_counts(browse_as, stranger, open_edition):
    Edition.objects.update(starts_on=timezone.localdate(), ends_on=timezone.localdate())
    enrol(browse_as(stranger), open_edition)
    assert enrolled(stranger).exists()


def test_an_edition_for_a_cohort_only_is_not_found(browse_as, stranger, edition):
    assert enrol(browse_as(stranger), edition).status_code == 404
    assert not enrolled(stranger).exists()


def test_an_edition_that_has_not_started_is_not_found(browse_as, stranger, open_edition):
    Edition.objects.update(started_at=None, requirements=None)
    assert enrol(browse_as(stranger), open_edition).status_code == 404


def test_an_unknown_edition_is_not_found(browse_as, stranger):
    assert browse_as(stranger).post(steps.address("courses:enrol", uuid.uuid4())).status_code == 404


def test_get_is_refused(browse_as, stranger, open_edition):
    assert browse_as(stranger).get(steps.address("courses:enrol", open_edition.code)).status_code == 405


def test_a_post_from_another_site_is_refused(stranger, open_edition):
    client = Client(enforce_csrf_checks=True)
    client.force_login(stranger)
    assert enrol(client, open_edition).status_code == 403


def test_twice_is_harmless(browse_as, stranger, open_edition):
    client = browse_as(stranger)
    assert [enrol(client, open_edition).status_code for _time in range(2)] == [302, 302]
    assert enrolled(stranger).count() == 1


@pytest.mark.usefixtures("real_database")
def test_twice_at_once_is_enrolled_once(browse_as, stranger, open_edition):
    clients = [browse_as(stranger) for _each in range(4)]
    responses = databases.together(*[lambda client=client: enrol(client, open_edition) for client in clients])
    assert [response.status_code for response in responses] == [302] * 4
    assert enrolled(stranger).count() == 1
