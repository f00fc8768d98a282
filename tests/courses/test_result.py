"""Reading the result of a quiz."""

import uuid

import pytest
from django.test import Client

from courses.models import Question, QuizAttempt
from tests.courses import steps

pytestmark = pytest.mark.usefixtures("edition")


def result_url(language="fr"):
    return steps.address("courses:result", steps.quiz().translation_key, language=language)


def test_a_passed_quiz_leads_to_the_next_module(browse_as, learner):
    client = browse_as(learner)
    steps.pass_quiz(client, steps.quiz())
    response = client.get(result_url())
    html = response.content.decode()
    assert steps.said("Well done, the quiz is passed.") in html
    assert response.context["wrong"] == []
    assert f'href="{steps.quiz("quiz-agir").get_parent().url}"' in html


def test_the_last_module_leads_to_the_path(browse_as, learner):
    client, quiz = browse_as(learner), steps.quiz("quiz-agir")
    steps.pass_quiz(client, quiz)
    response = client.get(steps.address("courses:result", quiz.translation_key))
    assert response.context["following"] is None
    assert f'href="{steps.address("courses:path")}"' in response.content.decode()


def test_a_failed_quiz_says_what_it_takes(browse_as, learner):
    client = browse_as(learner)
    steps.pass_quiz(client, steps.quiz(), wrong_ones=[1, 3, 4])
    response = client.get(result_url())
    assert response.context["needed"] == 4
    assert [row["number"] for row in response.context["wrong"]] == [1, 3, 4]
    assert steps.said("Well done, the quiz is passed.") not in response.content.decode()


def test_the_questions_to_see_again_are_said_in_the_language_of_the_page(browse_as, learner):
    client = browse_as(learner)
    steps.pass_quiz(client, steps.quiz(), wrong_ones=[1])
    assert client.get(result_url("nl")).context["wrong"][0]["text"] == "Wat doet u eerst?"
    assert client.get(result_url("fr")).context["wrong"][0]["text"] == "Que faire d’abord ?"


def test_a_wrong_answer_names_the_lesson_in_the_language_of_the_page(browse_as, learner):
    client = browse_as(learner)
    Question.objects.filter(quiz__slug="quiz-ecouter").update(review=steps.lesson())
    Question.objects.filter(quiz__slug="quiz-luisteren").update(review=steps.lesson())
    steps.pass_quiz(client, steps.quiz(), wrong_ones=[1])
    for language in ("fr", "nl"):
        page = steps.lesson(language=language)
        assert f'href="{page.url}"' in client.get(result_url(language)).content.decode()


def test_the_last_attempt_is_shown(browse_as, learner):
    client = browse_as(learner)
    steps.pass_quiz(client, steps.quiz(), wrong_ones=[1, 2, 3])
    steps.pass_quiz(client, steps.quiz(), wrong_ones=[1])
    assert client.get(result_url()).context["attempt"].right == 4


def test_what_the_quiz_became_changes_no_result(browse_as, learner):
    client = browse_as(learner)
    steps.pass_quiz(client, steps.quiz(), wrong_ones=[1])
    for language in ("fr", "nl"):
        quiz = steps.quiz(language=language)
        quiz.rows[0].delete()
        type(quiz).objects.filter(pk=quiz.pk).update(pass_percent=100)
    context = client.get(result_url("nl")).context
    assert (context["attempt"].right, context["attempt"].total, context["needed"]) == (4, 5, 4)
    assert context["wrong"] == [{"number": 1, "text": "Que faire d’abord ?", "review": None}]


def test_nobody_sees_the_result_of_another(browse_as, learner, other_learner):
    steps.pass_quiz(browse_as(learner), steps.quiz())
    response = browse_as(other_learner).get(result_url())
    assert response.url == steps.quiz().url


def test_without_an_attempt_it_leads_to_the_quiz(browse_as, stranger):
    assert browse_as(stranger).get(result_url("nl")).url == steps.quiz(language="nl").url


def test_a_visitor_signs_in_and_comes_back(browse_as, learner):
    steps.pass_quiz(browse_as(learner), steps.quiz())
    back = steps.sign_in(Client().get(result_url()), "learner")
    assert back.redirect_chain == [(result_url(), 302)]


def test_reading_records_nothing(browse_as, learner):
    client = browse_as(learner)
    steps.pass_quiz(client, steps.quiz())
    client.get(result_url())
    assert QuizAttempt.objects.count() == 1


def test_an_unknown_quiz_is_not_found(browse_as, learner):
    assert browse_as(learner).get(steps.address("courses:result", uuid.uuid4())).status_code == 404


def test_post_is_refused(browse_as, learner):
    assert browse_as(learner).post(result_url()).status_code == 405
