"""Nothing needs a script: each job is done in a browser that runs none."""

import pytest
from playwright.sync_api import expect

from courses.models import Completion, Lesson
from events.models import Event
from tests.browser.screens import (
    LEARNER,
    TRAINER,
    page,
    quiz_of_every_kind,
    today_slots,
    user,
    view,
)


@pytest.fixture
def still_page(open_page):
    """A telephone that runs no script."""
    return open_page(360, 740, has_touch=True, java_script_enabled=False)


def go(page):
    page.locator(".btn--go").last.click()


def test_a_visitor_has_a_guide_in_two_taps(demo, still_page):
    still_page.goto(f"{demo}/fr/")
    still_page.get_by_role("link", name="Guides", exact=True).tap()
    with still_page.expect_download() as arriving:
        still_page.get_by_role("link", name="Télécharger").first.tap()
    assert arriving.value.path().read_bytes().startswith(b"%PDF-")
    assert arriving.value.suggested_filename.endswith(".pdf")


def test_a_lesson_is_finished(demo, still_page, login):
    learner, lesson = user(LEARNER), page(Lesson, "croire-ou-ne-pas-croire")
    login(still_page, learner)
    still_page.goto(demo + lesson.get_url())
    go(still_page)
    expect(still_page).to_have_url(demo + lesson.get_next_sibling().get_url())
    assert Completion.objects.filter(learner=learner, item=lesson.translation_key).exists()


def test_every_question_of_a_quiz_is_answered(demo, still_page, login):
    quiz = quiz_of_every_kind()
    login(still_page, user(LEARNER))
    still_page.goto(demo + quiz.get_url())
    for question in quiz.values:
        go(still_page)
        fill(still_page, question)
        go(still_page)
        expect(still_page.get_by_text("C’est exact.")).to_be_visible()
    go(still_page)
    expect(still_page.get_by_text("Bravo, le quiz est réussi.")).to_be_visible()


def fill(page, question):
    if question.kind == "ordering":
        lines = {choice: str(place) for place, choice in enumerate(question.expected, start=1)}
    elif question.kind == "matching":
        lines = dict(pair.split(":") for pair in question.expected)
    else:
        lines = {}
        for choice in question.expected:
            page.locator(f"label[for=answer-{choice}]").click()
    for choice, value in lines.items():
        page.locator(f"#id_line-{choice}").select_option(value)


def test_a_learner_registers_for_an_event(demo, still_page, login):
    login(still_page, user(LEARNER))
    still_page.goto(demo + page(Event, "mineurs-non-accompagnes").get_url())
    still_page.get_by_role("button", name="Je m’inscris").click()
    expect(still_page.get_by_role("heading", name="Votre place est réservée.")).to_be_visible()


def test_a_trainer_marks_everyone_and_signs(demo, still_page, login):
    login(still_page, user(TRAINER))
    still_page.goto(demo + view("certification:roster", today_slots()[0].code)())
    for row in still_page.locator(".roll").all():
        row.locator(".seg label").first.click()
    still_page.locator("button[name=sign]").click()
    still_page.get_by_role("button", name="Je signe").click()
    expect(still_page.get_by_text("La feuille est signée.")).to_be_visible()


def test_the_theme_is_chosen_and_kept(demo, still_page):
    still_page.goto(f"{demo}/fr/")
    still_page.locator("label", has_text="Sombre").click()
    still_page.get_by_role("button", name="Appliquer").click()
    expect(still_page.locator("html")).to_have_attribute("data-theme", "dark")
    still_page.goto(f"{demo}/nl/")
    expect(still_page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("name", ["certification:roster"])
def test_no_button_is_shown_that_only_a_script_would_answer(demo, still_page, login, name):
    login(still_page, user(TRAINER))
    still_page.goto(demo + view(name, today_slots()[0].code)())
    assert still_page.locator("button[type=button]:visible").count() == 0
