"""Answering one question of a quiz: POST …/answer/."""

import uuid

import pytest
from django.test import Client

from courses.models import QuizAttempt, QuizDraft
from courses.scoring import Kind
from tests import databases
from tests.cast import QUESTIONS
from tests.courses import steps

pytestmark = pytest.mark.usefixtures("edition")

NUMBERS = {kind: number for number, (kind, _text, _choices) in enumerate(QUESTIONS, start=1)}


def draft():
    return QuizDraft.objects.get()


def question(number, language="fr"):
    return steps.quiz(language=language).values[number - 1]


def answer_url(number, language="fr"):
    return steps.address("courses:answer", steps.quiz().translation_key, number, language=language)


@pytest.mark.parametrize(("kind", "number"), NUMBERS.items())
def test_a_right_answer_is_kept_and_told(browse_as, learner, kind, number):
    client, asked = browse_as(learner), question(number)
    response = steps.answer(client, steps.quiz(), number, asked.expected)
    assert response.url == steps.address("courses:question", steps.quiz().translation_key, number)
    assert sorted(draft().answers[asked.key]) == sorted(asked.expected)
    assert steps.said("That’s right.") in client.get(response.url).content.decode()


@pytest.mark.parametrize(("kind", "number"), NUMBERS.items())
def test_a_wrong_answer_is_kept_and_told_kindly(browse_as, learner, kind, number):
    client, asked = browse_as(learner), question(number)
    response = steps.answer(client, steps.quiz(), number, steps.wrong(asked))
    html = client.get(response.url).content.decode()
    assert steps.said("Not quite.") in html
    assert "Pas encore." in html or kind in (Kind.ORDERING, Kind.MATCHING)
    assert steps.said("Try again") in html


def test_the_first_answer_counts_and_the_next_ones_teach(browse_as, learner):
    client, asked = browse_as(learner), question(1)
    steps.answer(client, steps.quiz(), 1, steps.wrong(asked))
    shown = client.get(steps.answer(client, steps.quiz(), 1, asked.expected).url)
    assert draft().answers[asked.key] == steps.wrong(asked)
    assert draft().tries[asked.key] == asked.expected
    assert steps.said("That’s right.") in shown.content.decode()


def test_a_right_first_answer_is_not_lost_by_a_wrong_second_one(browse_as, learner):
    client, asked = browse_as(learner), question(1)
    steps.answer(client, steps.quiz(), 1, asked.expected)
    steps.answer(client, steps.quiz(), 1, steps.wrong(asked))
    assert draft().answers[asked.key] == asked.expected


@pytest.mark.parametrize(("kind", "number"), NUMBERS.items())
def test_an_empty_answer_is_refused_and_nothing_is_recorded(browse_as, learner, kind, number):
    response = browse_as(learner).post(answer_url(number))
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not QuizDraft.objects.exists()


@pytest.mark.parametrize(("kind", "number"), NUMBERS.items())
def test_a_forged_answer_is_refused_and_nothing_is_recorded(browse_as, learner, kind, number):
    forged = dict.fromkeys(steps.typed(question(number), question(number).expected), str(uuid.uuid4()))
    assert browse_as(learner).post(answer_url(number), forged).status_code == 422
    assert not QuizDraft.objects.exists()


def test_a_choice_of_another_question_is_refused(browse_as, learner):
    response = browse_as(learner).post(answer_url(1), {"answer": question(3).expected})
    assert response.status_code == 422
    assert not QuizDraft.objects.exists()


def test_a_choice_of_the_same_question_in_another_quiz_is_refused(browse_as, learner):
    foreign = steps.quiz("quiz-agir").values[0]
    assert browse_as(learner).post(answer_url(1), {"answer": foreign.expected}).status_code == 422


@pytest.mark.parametrize("data", [{"answer": "\x00"}, {"answer": "é" * 5000}, {"line-": "1"}, {"answer[]": "a"}])
def test_nonsense_is_refused_without_an_error(browse_as, learner, data):
    assert {browse_as(learner).post(answer_url(number), data).status_code for number in NUMBERS.values()} == {422}


def test_a_refused_answer_leaves_the_draft_as_it_was(browse_as, learner):
    client = browse_as(learner)
    steps.answer(client, steps.quiz(), 1, question(1).expected)
    before = QuizDraft.objects.values().get()
    assert client.post(answer_url(2), {"answer": "z"}).status_code == 422
    assert QuizDraft.objects.values().get() == before


def test_answered_in_french_is_answered_in_dutch(browse_as, learner):
    client, dutch = browse_as(learner), steps.quiz(language="nl")
    steps.answer(client, steps.quiz(), 1, question(1).expected)
    steps.answer(client, dutch, 2, question(2, "nl").expected, "nl")
    assert set(draft().answers) == {question(1).key, question(2).key}
    html = client.get(steps.address("courses:question", dutch.translation_key, 1, language="nl")).content.decode()
    assert "Goed gezien." in html
    assert "Bien vu." not in html


def test_the_same_mix_is_seen_in_both_languages(browse_as, learner):
    client, key, number = browse_as(learner), steps.quiz().translation_key, NUMBERS[Kind.ORDERING]
    orders = [
        list(client.get(steps.address("courses:question", key, number, language=language)).context["form"].fields)
        for language in ("fr", "nl")
    ]
    assert orders[0] == orders[1] != [f"line-{id}" for id in question(number).ids]


def test_a_visitor_signs_in_and_comes_back_to_the_question():
    response = steps.answer(Client(), steps.quiz(), 2, question(2).expected)
    back = steps.sign_in(response, "learner")
    here = steps.address("courses:question", steps.quiz().translation_key, 2)
    assert back.redirect_chain == [(here, 302)]
    assert back.status_code == 200
    assert not QuizDraft.objects.exists()


@pytest.mark.parametrize("role", ["stranger", "trainer", "coordinator"])
def test_somebody_who_is_not_enrolled_reads_whom_to_ask(browse_as, request, role):
    client, quiz = browse_as(request.getfixturevalue(role)), steps.quiz()
    response = client.post(answer_url(1), {"answer": question(1).expected}, follow=True)
    assert response.redirect_chain == [(quiz.url, 302)]
    assert steps.sentences(response) == [steps.said(steps.NOT_ENROLLED)]
    assert not QuizDraft.objects.exists()


@pytest.mark.parametrize("number", [0, 6, 999_999_999_999])
def test_a_question_that_does_not_exist_is_not_found(browse_as, learner, number):
    assert browse_as(learner).post(answer_url(number), {"answer": "a"}).status_code == 404


def test_an_unknown_quiz_is_not_found(browse_as, learner):
    url = steps.address("courses:answer", uuid.uuid4(), 1)
    assert browse_as(learner).post(url, {"answer": "a"}).status_code == 404


def test_a_lesson_is_not_answered(browse_as, learner):
    url = steps.address("courses:answer", steps.lesson().translation_key, 1)
    assert browse_as(learner).post(url, {"answer": "a"}).status_code == 404


def test_get_is_refused(browse_as, learner):
    assert browse_as(learner).get(answer_url(1)).status_code == 405


def test_a_post_from_another_site_is_refused(learner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert steps.answer(client, steps.quiz(), 1, question(1).expected).status_code == 403
    assert not QuizDraft.objects.exists()


def test_twice_is_harmless(browse_as, learner):
    client = browse_as(learner)
    for _time in range(2):
        steps.answer(client, steps.quiz(), 1, question(1).expected)
    assert list(draft().answers) == [question(1).key]


def test_each_learner_has_a_draft_of_their_own(browse_as, learner, other_learner):
    steps.answer(browse_as(learner), steps.quiz(), 1, question(1).expected)
    steps.answer(browse_as(other_learner), steps.quiz(), 1, steps.wrong(question(1)))
    kept = {row.learner.username: row.answers[question(1).key] for row in QuizDraft.objects.all()}
    assert kept == {"learner": question(1).expected, "other_learner": steps.wrong(question(1))}


@pytest.mark.usefixtures("real_database")
def test_answers_sent_at_once_are_all_kept(browse_as, learner):
    quiz, clients = steps.quiz(), [browse_as(learner) for _each in NUMBERS]
    databases.together(
        *[
            lambda client=client, number=number: steps.answer(client, quiz, number, quiz.values[number - 1].expected)
            for number, client in enumerate(clients, start=1)
        ]
    )
    assert set(draft().answers) == {value.key for value in quiz.values}
    assert not QuizAttempt.objects.exists()


@pytest.mark.usefixtures("real_database")
def test_the_same_answer_sent_at_once_is_kept_once(browse_as, learner):
    quiz, clients = steps.quiz(), [browse_as(learner) for _each in range(4)]
    given = quiz.values[0].expected
    responses = databases.together(*[lambda client=client: steps.answer(client, quiz, 1, given) for client in clients])
    assert [response.status_code for response in responses] == [302] * 4
    assert draft().answers == {quiz.values[0].key: given}
