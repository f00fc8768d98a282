"""Finishing a lesson: POST …/done/."""

import uuid

import pytest
from django.test import Client

from courses.models import Completion, Lesson
from tests import databases
from tests.courses import steps

pytestmark = pytest.mark.usefixtures("edition")


def recorded():
    return list(Completion.objects.values_list("learner__username", "item", "minutes", "language"))


def test_finishing_a_lesson_is_recorded_and_leads_to_the_next(browse_as, learner):
    lesson = steps.lesson()
    response = steps.finish_lesson(browse_as(learner), lesson)
    assert response.status_code == 302
    assert response.url == steps.lesson("poser-une-question").url
    assert recorded() == [("learner", lesson.translation_key, 10, "fr")]


def test_the_last_lesson_leads_to_the_quiz(browse_as, learner):
    response = steps.finish_lesson(browse_as(learner), steps.lesson("poser-une-question"))
    assert response.url == steps.quiz().url


def test_a_lesson_with_nothing_after_it_leads_to_its_module(browse_as, learner):
    lesson = steps.lesson("poser-une-question")
    steps.quiz().delete()
    assert steps.finish_lesson(browse_as(learner), lesson).url == lesson.get_parent().url


def test_an_unpublished_page_is_stepped_over(browse_as, learner):
    steps.lesson("poser-une-question").unpublish()
    assert steps.finish_lesson(browse_as(learner), steps.lesson()).url == steps.quiz().url


def test_finished_in_dutch_is_finished_in_french(browse_as, learner):
    client, french, dutch = browse_as(learner), steps.lesson(), steps.lesson(language="nl")
    response = steps.finish_lesson(client, dutch, "nl")
    assert response.url == steps.lesson("poser-une-question", "nl").url
    assert recorded() == [("learner", french.translation_key, 10, "nl")]
    for page in (french, dutch):
        assert 'id="done"' not in client.get(page.url).content.decode()


def test_finished_in_french_is_finished_in_dutch(browse_as, learner):
    client, dutch = browse_as(learner), steps.lesson(language="nl")
    assert 'id="done"' in client.get(dutch.url).content.decode()
    steps.finish_lesson(client, steps.lesson())
    assert 'id="done"' not in client.get(dutch.url).content.decode()


def test_what_one_learner_finished_is_not_finished_for_another(browse_as, learner, other_learner):
    steps.finish_lesson(browse_as(learner), steps.lesson())
    assert 'id="done"' in browse_as(other_learner).get(steps.lesson().url).content.decode()


def test_the_minutes_are_those_of_that_day(browse_as, learner):
    lesson = steps.lesson()
    steps.finish_lesson(browse_as(learner), lesson)
    Lesson.objects.filter(pk=lesson.pk).update(minutes=30)
    steps.finish_lesson(browse_as(learner), lesson)
    assert Completion.objects.get().minutes == 10


def test_a_visitor_signs_in_and_comes_back_to_the_lesson():
    lesson = steps.lesson()
    response = steps.finish_lesson(Client(), lesson)
    assert recorded() == []
    back = steps.sign_in(response, "learner")
    assert back.redirect_chain == [(lesson.url, 302)]
    assert 'id="done"' in back.content.decode()


def test_a_visitor_is_shown_the_way_to_sign_in():
    lesson = steps.lesson()
    html = Client().get(lesson.url).content.decode()
    assert f'href="{steps.address("account_login")}?next={lesson.url}"' in html
    assert 'id="done"' not in html


@pytest.mark.parametrize("role", ["stranger", "trainer", "coordinator"])
def test_somebody_who_is_not_enrolled_reads_whom_to_ask(browse_as, request, role):
    client, lesson = browse_as(request.getfixturevalue(role)), steps.lesson()
    response = client.post(steps.address("courses:done", lesson.translation_key), follow=True)
    assert response.redirect_chain == [(lesson.url, 302)]
    assert steps.sentences(response) == [steps.said(steps.NOT_ENROLLED)]
    assert recorded() == []


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_an_unknown_lesson_is_not_found(browse_as, learner, language):
    url = steps.address("courses:done", uuid.uuid4(), language=language)
    assert browse_as(learner).post(url).status_code == 404


def test_a_quiz_is_not_finished_like_a_lesson(browse_as, learner):
    assert steps.finish_lesson(browse_as(learner), steps.quiz()).status_code == 404


def test_an_unpublished_lesson_is_not_found(browse_as, learner):
    lesson = steps.lesson()
    lesson.unpublish()
    assert steps.finish_lesson(browse_as(learner), lesson).status_code == 404
    assert recorded() == []


@pytest.mark.parametrize("role", ["learner", "stranger"])
def test_get_is_refused(browse_as, request, role):
    client = browse_as(request.getfixturevalue(role))
    assert client.get(steps.address("courses:done", steps.lesson().translation_key)).status_code == 405


def test_a_post_from_another_site_is_refused(learner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert steps.finish_lesson(client, steps.lesson()).status_code == 403
    assert recorded() == []


def test_twice_is_harmless(browse_as, learner):
    client, lesson = browse_as(learner), steps.lesson()
    responses = [steps.finish_lesson(client, lesson) for _time in range(2)]
    assert responses[0].url == responses[1].url
    assert len(recorded()) == 1


@pytest.mark.usefixtures("real_database")
def test_twice_at_once_is_recorded_once(browse_as, learner):
    lesson, clients = steps.lesson(), [browse_as(learner) for _each in range(4)]
    responses = databases.together(*[lambda client=client: steps.finish_lesson(client, lesson) for client in clients])
    assert [response.status_code for response in responses] == [302] * 4
    assert len(recorded()) == 1
