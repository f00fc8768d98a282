"""What a learner does in the small course of the cast, and the answers to its quizzes."""

from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from courses.models import Lesson, Quiz
from courses.scoring import Kind
from tests.cast import PASSWORD

NOT_ENROLLED = "You are not enrolled in this training yet. Ask your trainer. Nothing was lost."


def address(name, *args, language="fr"):
    with translation.override(language):
        return reverse(name, args=args)


def in_dutch(page):
    return page.get_translations().get(locale__language_code="nl")


def lesson(slug="se-taire", language="fr"):
    page = Lesson.objects.get(slug=slug)
    return page if language == "fr" else in_dutch(page)


def quiz(slug="quiz-ecouter", language="fr"):
    page = Quiz.objects.get(slug=slug)
    return page if language == "fr" else in_dutch(page)


def finish_lesson(client, page, language="fr"):
    return client.post(address("courses:done", page.translation_key, language=language))


def answer(client, page, number, given, language="fr"):
    """Posts an answer written as `courses.scoring` does."""
    data = typed(page.values[number - 1], given)
    return client.post(address("courses:answer", page.translation_key, number, language=language), data)


def answer_all(client, page, language="fr", wrong_ones=()):
    for number, question in enumerate(page.values, start=1):
        given = wrong(question) if number in wrong_ones else question.expected
        response = answer(client, page, number, given, language)
        assert response.status_code == 302, number


def finish_quiz(client, page, language="fr"):
    return client.post(address("courses:finish", page.translation_key, language=language))


def pass_quiz(client, page, language="fr", wrong_ones=()):
    answer_all(client, page, language, wrong_ones)
    return finish_quiz(client, page, language)


def typed(question, given):
    """An answer as a browser sends it."""
    if question.kind == Kind.ORDERING:
        return {f"line-{id}": str(place) for place, id in enumerate(given, start=1)}
    if question.kind == Kind.MATCHING:
        return {f"line-{left}": right for left, right in (pair.split(":") for pair in given)}
    return {"answer": given}


def wrong(question):
    """A possible answer that is not right."""
    if question.kind == Kind.ORDERING:
        return question.ids[::-1]
    if question.kind == Kind.MATCHING:
        return [f"{left}:{right}" for left, right in zip(question.ids, question.ids[::-1], strict=True)]
    return [id for id in question.ids if id not in question.expected]


def said(sentence, language="fr"):
    with translation.override(language):
        return gettext(sentence)


def sentences(response):
    """What the site says on the page that follows."""
    return [str(message) for message in response.context["messages"]]


def sign_in(response, username):
    """Follows a redirection to the sign-in page and signs in there; the answer is where that leads."""
    assert response.status_code == 302
    client = Client()
    page = client.get(response.url)
    assert page.status_code == 200
    data = {"login": username, "password": PASSWORD, "next": page.context["redirect_field_value"]}
    return client.post(response.url.partition("?")[0], data, follow=True)
