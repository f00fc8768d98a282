"""How much a page asks of the database: the same in both languages, and no more when there is more to show."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import Enrolment, Lesson, Question
from home.models import HomePage, SiteSettings, StandardPage
from people.models import User
from tests import cast
from tests.courses import steps
from tests.courses.filled import filled, translated

LESSON_LIMIT = 14


@pytest.fixture
def full_lesson(edition):
    """A lesson with every block, a warning, topics, sources; and a footer with its pages."""
    home = HomePage.objects.get(slug="accueil")
    pages = [
        home.add_child(instance=StandardPage(title=f"Page {number}", slug=f"page-{number}", body=[]))
        for number in range(4)
    ]
    names = ["help_page", "privacy_page", "accessibility_page", "about_page"]
    SiteSettings.objects.create(funding=True, **dict(zip(names, pages, strict=True)))
    page, _words = filled(Lesson, steps.quiz().get_parent().specific)
    return page


def queries(client, url):
    """The second visit: what a process remembers is remembered."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200, url
    return [query["sql"] for query in captured.captured_queries]


def count(client, url):
    return len(queries(client, url))


def grow(course):
    """Three times as many lessons and questions in every module, in both languages, and ten more learners."""
    for number, quiz in enumerate([steps.quiz(), steps.quiz("quiz-agir")]):
        module = quiz.get_parent().specific
        for extra in range(4):
            page = Lesson(title=f"Plus {extra}", slug=f"plus-{number}-{extra}", summary="…", minutes=5, body=[])
            translated(module.add_child(instance=page))
        choices = quiz.rows[0].choices
        quiz.questions = [
            *quiz.questions.all(),
            *[Question(text=f"Plus {extra} ?", choices=choices, locale=quiz.locale) for extra in range(5)],
        ]
        quiz.save_revision().publish()
        translated(quiz)
    edition = Enrolment.objects.first().edition
    for number in range(10):
        learner = User.objects.create(username=f"plus-{number}")
        Enrolment.objects.create(learner=learner, edition=edition)


def addresses(course, language):
    quiz = steps.quiz(language=language)
    course = course if language == "fr" else steps.in_dutch(course)
    return {
        "home": f"/{language}/",
        "catalogue": course.get_parent().url,
        "course": course.url,
        "module": quiz.get_parent().url,
        "lesson": steps.lesson(language=language).url,
        "both": steps.lesson(language=language).url + "?two=1",
        "quiz": quiz.url,
        "question": steps.address("courses:question", quiz.translation_key, 1, language=language),
        "result": steps.address("courses:result", steps.quiz("quiz-agir").translation_key, language=language),
        "path": steps.address("courses:path", language=language),
    }


@pytest.mark.parametrize(("language", "shown"), [("fr", ["Écoute", "Santé"]), ("nl", ["Luisterlijn", "Gezondheid"])])
def test_a_lesson_signed_in_keeps_to_the_limit(browse_as, learner, full_lesson, language, shown):
    page = full_lesson if language == "fr" else translated(full_lesson)
    client = browse_as(learner)
    steps.finish_lesson(client, steps.lesson())
    asked = queries(client, page.url)
    html = client.get(page.url).content.decode()
    assert [word for word in shown if word not in html] == []
    # An image, a sound, a video, captions and a file are one query each: no lesson of the course has them all.
    files = [sql for sql in asked if any(f'FROM "home_site{name}"' in sql for name in ("image", "media", "document"))]
    renditions = [sql for sql in asked if "home_siterendition" in sql]
    assert len(asked) - len(files) - len(renditions) <= LESSON_LIMIT, "\n".join(asked)


def test_a_lesson_costs_the_same_in_both_languages(browse_as, learner, full_lesson):
    client, dutch = browse_as(learner), translated(full_lesson)
    assert count(client, full_lesson.url) == count(client, dutch.url)


def test_every_page_costs_the_same_in_both_languages(browse_as, learner, session, course):
    client = browse_as(learner)
    steps.pass_quiz(client, steps.quiz("quiz-agir"))
    french = {name: count(client, url) for name, url in addresses(course, "fr").items()}
    assert {name: count(client, url) for name, url in addresses(course, "nl").items()} == french


def test_no_page_costs_more_when_there_is_more(browse_as, learner, edition, course):
    cast.make_session(edition, timezone.localdate() + timezone.timedelta(days=1))
    client = browse_as(learner)
    steps.finish_lesson(client, steps.lesson())
    steps.pass_quiz(client, steps.quiz("quiz-agir"), wrong_ones=[1])
    steps.answer(client, steps.quiz(), 1, steps.wrong(steps.quiz().values[0]))
    before = {name: count(client, url) for name, url in addresses(course, "fr").items()}
    grow(course)
    steps.finish_lesson(client, steps.lesson("poser-une-question"))
    assert {name: count(client, url) for name, url in addresses(course, "fr").items()} == before
    assert max(before.values()) <= 22, before


def test_a_visitor_costs_no_more_than_a_learner(browse_as, learner, session, course):
    client = browse_as(learner)
    for name in ("home", "catalogue", "course", "module", "lesson", "quiz"):
        url = addresses(course, "fr")[name]
        assert count(Client(), url) < count(client, url), name


def test_reading_never_writes(browse_as, learner, session, course):
    client = browse_as(learner)
    steps.pass_quiz(client, steps.quiz("quiz-agir"))
    for url in addresses(course, "fr").values():
        assert [sql for sql in queries(client, url) if not sql.lstrip("(").startswith("SELECT")] == [], url


def test_finishing_a_lesson_costs_the_same_when_there_is_more(browse_as, learner, edition, course):
    client = browse_as(learner)
    steps.finish_lesson(client, steps.lesson("choisir"))
    few = finishing(client, "se-taire")
    grow(course)
    assert finishing(client, "poser-une-question") == few


def finishing(client, slug):
    page = steps.lesson(slug)
    with CaptureQueriesContext(connection) as captured:
        steps.finish_lesson(client, page)
    return len(captured)
