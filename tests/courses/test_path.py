"""My path: where the learner stopped, and what comes next."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import Edition, Enrolment
from tests.courses import steps

FINISHED = "You have finished every lesson and every quiz."
MODULES = [(["se-taire", "poser-une-question"], "quiz-ecouter"), (["choisir", "passer-le-relais"], "quiz-agir")]


def path(client, language="fr"):
    response = client.get(steps.address("courses:path", language=language))
    assert response.status_code == 200
    return response


@pytest.mark.usefixtures("edition")
def test_it_begins_with_the_first_lesson(browse_as, learner):
    response = path(browse_as(learner))
    assert response.context["step"] == steps.lesson()
    assert f'href="{steps.lesson().url}"' in response.content.decode()
    assert "Amina" in response.content.decode()


@pytest.mark.usefixtures("edition")
def test_it_continues_in_the_other_language(browse_as, learner):
    client = browse_as(learner)
    steps.finish_lesson(client, steps.lesson())
    response = path(client, "nl")
    assert response.context["step"] == steps.lesson("poser-une-question", "nl")
    assert response.context["position"] == 2
    assert f'href="{steps.lesson("poser-une-question", "nl").url}"' in response.content.decode()


@pytest.mark.usefixtures("edition")
def test_it_continues_in_the_module_worked_on_last(browse_as, learner):
    client = browse_as(learner)
    steps.finish_lesson(client, steps.lesson("se-taire"))
    steps.finish_lesson(client, steps.lesson("choisir"))
    assert path(client).context["step"] == steps.lesson("passer-le-relais")


@pytest.mark.usefixtures("edition")
def test_a_failed_quiz_is_what_comes_next(browse_as, learner):
    client = browse_as(learner)
    steps.pass_quiz(client, steps.quiz("quiz-agir"), wrong_ones=[1, 2, 3])
    for slug in ("choisir", "passer-le-relais"):
        steps.finish_lesson(client, steps.lesson(slug))
    assert path(client).context["step"] == steps.quiz("quiz-agir")


@pytest.mark.usefixtures("edition")
def test_a_finished_module_gives_way_to_one_that_is_not(browse_as, learner):
    client = browse_as(learner)
    for slug in MODULES[1][0]:
        steps.finish_lesson(client, steps.lesson(slug))
    steps.pass_quiz(client, steps.quiz("quiz-agir"))
    assert path(client).context["step"] == steps.lesson("se-taire")


@pytest.mark.usefixtures("edition")
def test_the_end_is_said(browse_as, learner):
    client = browse_as(learner)
    for lessons, quiz in MODULES:
        for slug in lessons:
            steps.finish_lesson(client, steps.lesson(slug))
        steps.pass_quiz(client, steps.quiz(quiz))
    for language in ("fr", "nl"):
        assert steps.said(FINISHED, language) in path(client, language).content.decode()


@pytest.mark.usefixtures("edition")
def test_a_course_that_is_not_in_this_language_is_not_called_finished(browse_as, learner, course):
    steps.in_dutch(course).unpublish()
    html = path(browse_as(learner), "nl").content.decode()
    assert steps.said(FINISHED, "nl") not in html


@pytest.mark.usefixtures("edition")
def test_somebody_who_is_not_enrolled_reads_whom_to_ask(browse_as, stranger):
    html = path(browse_as(stranger)).content.decode()
    assert steps.said("You are not enrolled in a training yet.") in html
    assert "enrol" not in html


@pytest.mark.parametrize("role", ["trainer", "coordinator"])
@pytest.mark.usefixtures("edition")
def test_who_takes_attendance_comes_to_the_sessions(browse_as, request, role):
    response = browse_as(request.getfixturevalue(role)).get(steps.address("courses:path"))
    assert response.url == steps.address("certification:sessions")


def test_a_trainer_who_learns_has_a_path_too(browse_as, trainer, edition):
    Enrolment.objects.create(learner=trainer, edition=edition)
    assert path(browse_as(trainer)).context["step"] == steps.lesson()


def test_an_edition_open_to_all_is_offered(browse_as, stranger, edition):
    Edition.objects.update(open_to_all=True)
    html = path(browse_as(stranger)).content.decode()
    assert f'action="{steps.address("courses:enrol", edition.code)}"' in html


@pytest.mark.parametrize(
    "change",
    [
        {"started_at": None, "requirements": None},
        {"starts_on": datetime.date(2020, 1, 1), "ends_on": datetime.date(2020, 1, 2)},
        {"open_to_all": False},
    ],
)
def test_an_edition_that_nobody_may_join_is_not_offered(browse_as, stranger, edition, change):
    Edition.objects.update(**{"open_to_all": True, **change})
    assert path(browse_as(stranger)).context["open_edition"] is None


def test_the_last_edition_is_the_one_that_counts(browse_as, learner, edition):
    later = Edition.objects.create(
        course=edition.course,
        cohort=edition.cohort,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
        planned_minutes=60,
        presence_minutes=60,
    )
    Enrolment.objects.create(learner=learner, edition=later)
    response = path(browse_as(learner))
    assert response.context["enrolment"].edition == later


def test_there_may_be_no_course_at_all(browse_as, stranger, course):
    steps.in_dutch(course).delete()
    course.delete()
    assert path(browse_as(stranger)).context["course"] is None


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_visitor_signs_in_and_comes_back(database, language):
    url = steps.address("courses:path", language=language)
    assert steps.sign_in(Client().get(url), "learner").redirect_chain == [(url, 302)]


def test_post_is_refused(browse_as, learner):
    assert browse_as(learner).post(steps.address("courses:path")).status_code == 405
