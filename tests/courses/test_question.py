"""Reading one question of a quiz."""

import uuid

import pytest
from django.test import Client

from courses.models import Question, QuizDraft
from courses.scoring import Kind
from tests.courses import steps
from tests.courses.test_answer import NUMBERS

pytestmark = pytest.mark.usefixtures("edition")


def question_url(number, language="fr"):
    return steps.address("courses:question", steps.quiz().translation_key, number, language=language)


def change_choices(number, change):
    """As an editor does it: the same question with other answers, in both languages."""
    for language in ("fr", "nl"):
        row = steps.quiz(language=language).rows[number - 1]
        row.choices = change(list(row.choices.raw_data))
        row.save()


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize(("kind", "number"), NUMBERS.items())
def test_a_question_is_asked_in_the_language_of_the_address(browse_as, learner, kind, number, language):
    response = browse_as(learner).get(question_url(number, language))
    html = response.content.decode()
    assert response.status_code == 200
    assert response.context["question"] == steps.quiz(language=language).values[number - 1]
    assert (
        f'action="{steps.address("courses:answer", steps.quiz().translation_key, number, language=language)}"' in html
    )
    assert "Bien vu." not in html
    assert "Goed gezien." not in html


@pytest.mark.parametrize(("kind", "number"), NUMBERS.items())
def test_nothing_tells_which_answer_is_right(browse_as, learner, kind, number):
    html = browse_as(learner).get(question_url(number)).content.decode()
    assert "choice--right" not in html
    assert "checked" not in html
    assert "selected" not in html.replace('value="" selected', "")


def test_reading_records_nothing(browse_as, learner):
    client = browse_as(learner)
    for number in NUMBERS.values():
        client.get(question_url(number))
    assert not QuizDraft.objects.exists()


def test_the_draft_is_kept_until_the_next_visit(browse_as, learner):
    steps.answer(browse_as(learner), steps.quiz(), 1, steps.quiz().values[0].expected)
    client = browse_as(learner)
    assert steps.said("Continue the quiz") in client.get(steps.quiz().url).content.decode()
    response = client.get(question_url(1))
    assert response.context["dots"] == ["now", "", "", "", ""] or response.context["dots"][0] == "now"
    assert response.context["feedback"].right
    assert client.get(question_url(2)).context["dots"] == ["done", "now", "", "", ""]


def test_again_asks_the_question_anew(browse_as, learner):
    client = browse_as(learner)
    steps.answer(client, steps.quiz(), 1, steps.wrong(steps.quiz().values[0]))
    assert client.get(question_url(1)).context["feedback"]
    response = client.get(question_url(1) + "?again=1")
    assert response.context["feedback"] is None
    assert 'form="answer"' in response.content.decode()


def test_the_next_question_is_one_without_an_answer(browse_as, learner):
    client, quiz = browse_as(learner), steps.quiz()
    for number in (1, 3, 5):
        steps.answer(client, quiz, number, quiz.values[number - 1].expected)
    assert client.get(question_url(1)).context["following"] == 2
    assert client.get(question_url(3)).context["following"] == 4
    assert client.get(question_url(5)).context["following"] == 2


def test_after_the_last_answer_the_result_is_offered(browse_as, learner):
    client, quiz = browse_as(learner), steps.quiz()
    steps.answer_all(client, quiz)
    html = client.get(question_url(2)).content.decode()
    assert f'action="{steps.address("courses:finish", quiz.translation_key)}"' in html


def test_a_wrong_answer_names_the_lesson_to_read_again_in_the_language_of_the_page(browse_as, learner):
    client, lesson = browse_as(learner), steps.lesson()
    for language in ("fr", "nl"):
        row = steps.quiz(language=language).rows[0]
        row.review = lesson
        row.save()
    steps.answer(client, steps.quiz(), 1, steps.wrong(steps.quiz().values[0]))
    for language in ("fr", "nl"):
        page = steps.lesson(language=language)
        assert f'href="{page.url}"' in client.get(question_url(1, language)).content.decode()


def test_a_lesson_to_read_again_that_is_not_published_is_not_offered(browse_as, learner):
    client, lesson = browse_as(learner), steps.lesson()
    Question.objects.filter(quiz=steps.quiz()).update(review=lesson)
    steps.answer(client, steps.quiz(), 1, steps.wrong(steps.quiz().values[0]))
    lesson.unpublish()
    response = client.get(question_url(1))
    assert response.status_code == 200
    assert lesson.title not in response.content.decode()


@pytest.mark.parametrize("kind", [Kind.ORDERING, Kind.MATCHING])
def test_an_answer_made_impossible_by_an_editor_is_asked_again(browse_as, learner, kind):
    client, number = browse_as(learner), NUMBERS[kind]
    steps.answer_all(client, steps.quiz())
    change_choices(number, lambda choices: [*choices, {**choices[0], "id": str(uuid.uuid4())}])
    response = client.get(question_url(number))
    assert response.status_code == 200
    assert response.context["feedback"] is None
    assert not response.context["complete"]
    asked = steps.quiz().values[number - 1]
    steps.answer(client, steps.quiz(), number, asked.expected)
    assert QuizDraft.objects.get().answers[asked.key] == asked.expected
    assert client.get(question_url(number)).context["complete"]


def test_a_choice_removed_by_an_editor_is_asked_again(browse_as, learner):
    client = browse_as(learner)
    steps.answer(client, steps.quiz(), 2, steps.quiz().values[1].expected)
    change_choices(2, lambda choices: choices[1:])
    response = client.get(question_url(2))
    assert response.status_code == 200
    assert response.context["feedback"] is None


def test_a_kind_changed_by_an_editor_is_asked_again(browse_as, learner):
    client = browse_as(learner)
    steps.answer_all(client, steps.quiz())
    for row, kind in zip(
        steps.quiz().rows, [Kind.MATCHING, Kind.ORDERING, Kind.MATCHING, Kind.SINGLE, Kind.ORDERING], strict=True
    ):
        Question.objects.filter(pk=row.pk).update(kind=kind)
    for number in NUMBERS.values():
        response = client.get(question_url(number))
        assert response.status_code == 200
        assert response.context["feedback"] is None


def test_a_visitor_signs_in_and_comes_back_to_the_question():
    response = Client().get(question_url(3, "nl"))
    back = steps.sign_in(response, "learner")
    assert back.redirect_chain == [(question_url(3, "nl"), 302)]


@pytest.mark.parametrize("role", ["stranger", "trainer", "coordinator"])
def test_somebody_who_is_not_enrolled_reads_whom_to_ask(browse_as, request, role):
    response = browse_as(request.getfixturevalue(role)).get(question_url(1), follow=True)
    assert response.redirect_chain == [(steps.quiz().url, 302)]
    assert steps.sentences(response) == [steps.said(steps.NOT_ENROLLED)]


@pytest.mark.parametrize("number", [0, 6, 999_999_999_999])
def test_a_question_that_does_not_exist_is_not_found(browse_as, learner, number):
    assert browse_as(learner).get(question_url(number)).status_code == 404


def test_an_unknown_quiz_is_not_found(browse_as, learner):
    assert browse_as(learner).get(steps.address("courses:question", uuid.uuid4(), 1)).status_code == 404


def test_an_unpublished_quiz_is_not_found(browse_as, learner):
    steps.quiz().unpublish()
    assert browse_as(learner).get(question_url(1)).status_code == 404


def test_post_is_refused(browse_as, learner):
    assert browse_as(learner).post(question_url(1)).status_code == 405
