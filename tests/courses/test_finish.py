"""Finishing a quiz: POST …/finish/; and what makes a module finished."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import Completion, Enrolment, Lesson, ModuleCompletion, Question, Quiz, QuizAttempt, QuizDraft
from courses.outline import requirements_of
from tests import databases
from tests.courses import steps

pytestmark = pytest.mark.usefixtures("edition")


def attempt():
    return QuizAttempt.objects.get()


def modules():
    return list(ModuleCompletion.objects.values_list("learner__username", "item"))


def finish_module(client, slugs, quiz, languages=("fr", "fr", "fr"), wrong_ones=()):
    *lessons, last = languages
    for slug, language in zip(slugs, lessons, strict=True):
        steps.finish_lesson(client, steps.lesson(slug), language)
    return steps.pass_quiz(client, steps.quiz(quiz, last), last, wrong_ones)


LISTEN = (["se-taire", "poser-une-question"], "quiz-ecouter")


def test_finishing_freezes_the_attempt_and_drops_the_draft(browse_as, learner):
    quiz = steps.quiz()
    response = steps.pass_quiz(browse_as(learner), quiz, wrong_ones=[1])
    assert response.url == steps.address("courses:result", quiz.translation_key)
    assert not QuizDraft.objects.exists()
    kept = attempt()
    assert (kept.right, kept.total, kept.pass_percent, kept.passed, kept.language) == (4, 5, 70, True, "fr")
    assert kept.started_at <= kept.finished_at <= timezone.now()
    assert [row["text"] for row in kept.questions] == [value.text for value in quiz.values]
    assert kept.questions[0]["answer"] == steps.wrong(quiz.values[0])
    assert [row["right"] for row in kept.questions] == [False, True, True, True, True]


def test_below_the_pass_mark_is_not_passed(browse_as, learner):
    steps.pass_quiz(browse_as(learner), steps.quiz(), wrong_ones=[1, 2])
    assert (attempt().right, attempt().passed) == (3, False)


def test_only_the_first_answers_count(browse_as, learner):
    client, quiz = browse_as(learner), steps.quiz()
    for number in (1, 2):
        steps.answer(client, quiz, number, steps.wrong(quiz.values[number - 1]))
    steps.pass_quiz(client, quiz)
    assert attempt().right == 3


def test_answered_in_french_and_finished_in_dutch_is_one_attempt(browse_as, learner):
    client, french, dutch = browse_as(learner), steps.quiz(), steps.quiz(language="nl")
    for number in (1, 2, 3):
        steps.answer(client, french, number, french.values[number - 1].expected)
    draft = QuizDraft.objects.get()
    for number in (4, 5):
        steps.answer(client, dutch, number, dutch.values[number - 1].expected, "nl")
    response = steps.finish_quiz(client, dutch, "nl")
    assert response.url == steps.address("courses:result", french.translation_key, language="nl")
    kept = attempt()
    assert (kept.uuid, kept.right, kept.passed, kept.language) == (draft.uuid, 5, True, "nl")
    assert kept.item_id == french.translation_key
    assert kept.questions[0]["text"] == "Wat doet u eerst?"


def test_an_unfinished_quiz_leads_to_its_first_open_question(browse_as, learner):
    client, quiz = browse_as(learner), steps.quiz()
    for number in (1, 2, 4):
        steps.answer(client, quiz, number, quiz.values[number - 1].expected)
    response = client.post(steps.address("courses:finish", quiz.translation_key), follow=True)
    assert response.redirect_chain == [(steps.address("courses:question", quiz.translation_key, 3), 302)]
    assert steps.sentences(response) == [steps.said("Some questions have no answer yet. Your answers are kept.")]
    assert len(QuizDraft.objects.get().answers) == 3
    assert not QuizAttempt.objects.exists()


def test_a_question_added_meanwhile_is_asked_before_the_end(browse_as, learner):
    client, quiz = browse_as(learner), steps.quiz()
    steps.answer_all(client, quiz)
    row = quiz.rows[0]
    row.pk, row.translation_key, row.sort_order = None, uuid.uuid4(), 9
    row.save()
    response = steps.finish_quiz(client, quiz)
    assert response.url == steps.address("courses:question", quiz.translation_key, 6)
    steps.answer(client, steps.quiz(), 6, row.value.expected)
    steps.finish_quiz(client, quiz)
    assert attempt().total == 6


def test_a_question_removed_meanwhile_does_not_count(browse_as, learner):
    client, quiz = browse_as(learner), steps.quiz()
    steps.answer_all(client, quiz, wrong_ones=[1])
    quiz.rows[0].delete()
    steps.finish_quiz(client, quiz)
    assert (attempt().right, attempt().total) == (4, 4)


def test_posted_twice_is_one_attempt(browse_as, learner):
    client, quiz = browse_as(learner), steps.quiz()
    first = steps.pass_quiz(client, quiz)
    second = steps.finish_quiz(client, quiz)
    assert first.url == second.url
    assert QuizAttempt.objects.count() == 1


def test_nothing_answered_is_nothing_recorded(browse_as, learner):
    quiz = steps.quiz()
    response = browse_as(learner).post(steps.address("courses:finish", quiz.translation_key), follow=True)
    assert response.redirect_chain[-1] == (quiz.url, 302)
    assert not QuizAttempt.objects.exists()


def test_a_second_attempt_is_a_second_row(browse_as, learner):
    client, quiz = browse_as(learner), steps.quiz()
    steps.pass_quiz(client, quiz, wrong_ones=[1, 2, 3])
    steps.pass_quiz(client, quiz)
    assert list(QuizAttempt.objects.order_by("pk").values_list("passed", flat=True)) == [False, True]


def test_a_later_failure_takes_nothing_away(browse_as, learner):
    client, quiz = browse_as(learner), steps.quiz()
    finish_module(client, *LISTEN)
    steps.pass_quiz(client, quiz, wrong_ones=[1, 2, 3])
    assert len(modules()) == 1
    assert steps.said("Passed") in client.get(quiz.get_parent().url).content.decode()


def test_the_attempt_stays_as_it_was_when_the_quiz_changes(browse_as, learner):
    steps.pass_quiz(browse_as(learner), steps.quiz())
    before = QuizAttempt.objects.values().get()
    quiz = steps.quiz()
    quiz.pass_percent = 100
    quiz.questions = [Question(text="Autre ?", choices=quiz.rows[0].choices, locale=quiz.locale)]
    quiz.save_revision().publish()
    assert QuizAttempt.objects.values().get() == before


# Modules


def test_the_last_piece_finishes_the_module(browse_as, learner):
    client, quiz = browse_as(learner), steps.quiz()
    for slug in LISTEN[0]:
        steps.finish_lesson(client, steps.lesson(slug))
    assert modules() == []
    steps.pass_quiz(client, quiz)
    assert modules() == [("learner", quiz.get_parent().translation_key)]


def test_the_last_piece_may_be_a_lesson(browse_as, learner):
    client = browse_as(learner)
    steps.pass_quiz(client, steps.quiz())
    steps.finish_lesson(client, steps.lesson("poser-une-question"))
    assert modules() == []
    steps.finish_lesson(client, steps.lesson("se-taire"))
    assert modules() == [("learner", steps.quiz().get_parent().translation_key)]


@pytest.mark.parametrize("languages", [("fr", "fr", "fr"), ("nl", "nl", "nl"), ("fr", "nl", "fr"), ("nl", "fr", "nl")])
def test_a_module_is_finished_in_any_mix_of_languages(browse_as, learner, languages):
    client = browse_as(learner)
    finish_module(client, *LISTEN, languages)
    assert modules() == [("learner", steps.quiz().get_parent().translation_key)]
    for page in (steps.quiz().get_parent(), steps.quiz(language="nl").get_parent()):
        assert client.get(page.url).content.decode().count("dot--done") == 3


def test_a_failed_quiz_does_not_finish_the_module(browse_as, learner):
    finish_module(browse_as(learner), *LISTEN, wrong_ones=[1, 2, 3])
    assert modules() == []


def test_a_lesson_added_after_the_start_is_not_required(browse_as, learner, other_learner):
    done = browse_as(learner)
    finish_module(done, *LISTEN)
    module = steps.quiz().get_parent()
    module.add_child(instance=Lesson(title="Nouvelle", slug="nouvelle", summary="Une leçon.", minutes=10, body=[]))
    assert modules() == [("learner", module.translation_key)]
    finish_module(browse_as(other_learner), *LISTEN)
    assert ("other_learner", module.translation_key) in modules()


def test_the_pass_mark_is_the_one_of_the_start(browse_as, learner):
    Quiz.objects.update(pass_percent=100)
    finish_module(browse_as(learner), *LISTEN, wrong_ones=[1])
    assert not attempt().passed
    assert len(modules()) == 1


def test_a_pass_mark_lowered_after_the_start_is_not_enough(browse_as, learner):
    Quiz.objects.update(pass_percent=10)
    finish_module(browse_as(learner), *LISTEN, wrong_ones=[1, 2])
    assert attempt().passed
    assert modules() == []


def test_before_the_start_nothing_is_finished_and_afterwards_everything_counts(browse_as, learner, edition, course):
    type(edition).objects.update(started_at=None, requirements=None)
    client = browse_as(learner)
    finish_module(client, *LISTEN)
    assert modules() == []
    edition.refresh_from_db()
    edition.start(requirements_of(course, edition.presence_minutes), timezone.now())
    steps.finish_lesson(client, steps.lesson("choisir"))
    assert len(modules()) == 1


def test_deleting_the_pages_keeps_the_facts_and_retires_the_items(browse_as, learner):
    finish_module(browse_as(learner), *LISTEN)
    module = steps.quiz().get_parent()
    item = ModuleCompletion.objects.get().item
    module.specific.delete()
    item.refresh_from_db()
    assert item.retired_at is None, "the Dutch page is still there"
    Quiz.objects.get(slug="quiz-luisteren").get_parent().specific.delete()
    item.refresh_from_db()
    assert item.retired_at
    assert (Completion.objects.count(), QuizAttempt.objects.count(), ModuleCompletion.objects.count()) == (2, 1, 1)
    assert all(fact.item.retired_at for fact in [*Completion.objects.all(), attempt()])


# Who may


def test_a_visitor_signs_in_and_comes_back_to_the_quiz():
    quiz = steps.quiz()
    back = steps.sign_in(steps.finish_quiz(Client(), quiz), "learner")
    assert back.redirect_chain == [(quiz.url, 302)]
    assert back.status_code == 200


def test_somebody_who_is_no_longer_enrolled_keeps_the_draft(browse_as, learner):
    client, quiz = browse_as(learner), steps.quiz()
    steps.answer_all(client, quiz)
    Enrolment.objects.filter(learner=learner).delete()
    response = client.post(steps.address("courses:finish", quiz.translation_key), follow=True)
    assert steps.sentences(response) == [steps.said(steps.NOT_ENROLLED)]
    assert not QuizAttempt.objects.exists()
    assert QuizDraft.objects.exists()


@pytest.mark.parametrize("role", ["stranger", "trainer", "coordinator"])
def test_somebody_who_is_not_enrolled_reads_whom_to_ask(browse_as, request, role):
    client, quiz = browse_as(request.getfixturevalue(role)), steps.quiz()
    response = client.post(steps.address("courses:finish", quiz.translation_key), follow=True)
    assert response.redirect_chain == [(quiz.url, 302)]
    assert steps.sentences(response) == [steps.said(steps.NOT_ENROLLED)]
    assert not QuizAttempt.objects.exists()


def test_an_unknown_quiz_is_not_found(browse_as, learner):
    assert browse_as(learner).post(steps.address("courses:finish", uuid.uuid4())).status_code == 404


def test_get_is_refused(browse_as, learner):
    url = steps.address("courses:finish", steps.quiz().translation_key)
    assert browse_as(learner).get(url).status_code == 405


def test_a_post_from_another_site_is_refused(learner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert steps.finish_quiz(client, steps.quiz()).status_code == 403


@pytest.mark.usefixtures("real_database")
def test_twice_at_once_is_one_attempt_and_one_module(browse_as, learner):
    quiz, client = steps.quiz(), browse_as(learner)
    for slug in LISTEN[0]:
        steps.finish_lesson(client, steps.lesson(slug))
    steps.answer_all(client, quiz)
    clients = [browse_as(learner) for _each in range(4)]
    responses = databases.together(*[lambda client=client: steps.finish_quiz(client, quiz) for client in clients])
    assert [response.status_code for response in responses] == [302] * 4
    assert (QuizAttempt.objects.count(), ModuleCompletion.objects.count()) == (1, 1)


@pytest.mark.usefixtures("real_database")
def test_the_last_two_pieces_at_once_finish_the_module(browse_as, learner):
    quiz, client = steps.quiz(), browse_as(learner)
    steps.finish_lesson(client, steps.lesson("se-taire"))
    steps.answer_all(client, quiz)
    databases.together(
        lambda: steps.finish_quiz(browse_as(learner), quiz),
        lambda: steps.finish_lesson(browse_as(learner), steps.lesson("poser-une-question")),
    )
    assert ModuleCompletion.objects.count() == 1
