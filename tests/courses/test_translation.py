"""Every text can be translated, and what facts are keyed on is the same in French and in Dutch (decisions 1 and 2)."""

import itertools
import json
import uuid

import pytest
from modelcluster.models import get_all_child_relations
from wagtail import blocks

from courses.blocks import CHOICES, LINES
from courses.models import Catalogue, Course, Lesson, Module, Question, Quiz
from events.blocks import MATERIALS, SPEAKERS
from events.models import Event, EventIndex
from events.replay_blocks import REPLAY
from guides.models import Activity, Guide, Library
from home.blocks import COMMON_BLOCKS, LESSON_BLOCKS, SOURCES
from home.models import HomePage, StandardPage
from tests.courses.filled import filled, library, own_fields, page_types, segments, translated

HOME, CATALOGUE, COURSE, MODULE, AGENDA = "accueil", "formation", "devenir-ambassadeur", "ecouter", "agenda"
PARENTS = {
    Catalogue: HOME,
    Course: CATALOGUE,
    Module: COURSE,
    Lesson: MODULE,
    Quiz: MODULE,
    EventIndex: HOME,
    Event: AGENDA,
    StandardPage: HOME,
    Library: HOME,
    Activity: None,
    Guide: None,
    HomePage: "root",
}
LISTS = {
    "LESSON_BLOCKS": LESSON_BLOCKS,
    "COMMON_BLOCKS": COMMON_BLOCKS,
    "SOURCES": SOURCES,
    "LINES": LINES,
    "CHOICES": CHOICES,
    "MATERIALS": MATERIALS,
    "SPEAKERS": SPEAKERS,
    "REPLAY": REPLAY,
}


def parent_for(model):
    slug = PARENTS[model]
    if slug is None:
        return library()
    home = HomePage.objects.get(slug=HOME)
    return home.get_parent() if slug == "root" else home.get_descendants(inclusive=True).get(slug=slug).specific


def make(model):
    return filled(model, parent_for(model))


def ids(value):
    """Every block id of a raw StreamField, in order, however deep."""
    if isinstance(value, dict):
        return [*([value["id"]] if "id" in value else []), *itertools.chain(*map(ids, value.values()))]
    return list(itertools.chain(*map(ids, value))) if isinstance(value, list) else []


def page_ids(page):
    return {
        field.name: ids(json.loads(field.value_to_string(page)))
        for field in own_fields(type(page))
        if hasattr(field, "stream_block")
    }


def question_ids(quiz):
    return [(row.value.key, row.kind, row.value.ids) for row in type(quiz).objects.get(pk=quiz.pk).rows]


def texts(value):
    if isinstance(value, dict):
        return list(itertools.chain(*map(texts, value.values())))
    if isinstance(value, list):
        return list(itertools.chain(*map(texts, value)))
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("model", page_types("courses", "home", "events", "guides"), ids=lambda model: model.__name__)
@pytest.mark.django_db
def test_every_text_of_a_page_can_be_translated(model):
    page, words = make(model)
    untranslatable = {place for text, place in words.said.items() if text not in segments(page)}
    assert untranslatable == set()
    assert page.slug in segments(page)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.django_db
def test_every_list_of_blocks_stands_on_a_page(name):
    """So that the test above walks it."""
    walked = [
        dict(field.stream_block.child_blocks)
        for model in [*PARENTS, Question]
        for field in own_fields(model)
        if hasattr(field, "stream_block")
    ]
    assert set(dict(LISTS[name])) in [set(block) for block in walked]


def test_no_block_is_a_list_in_a_list():
    """Texts nested two structures deep are lost in translation (decision 2)."""

    def deepest(block, depth=0):
        if isinstance(block, blocks.ListBlock):
            return deepest(block.child_block, depth + 1)
        if isinstance(block, blocks.StructBlock):
            return max(deepest(child, depth) for child in block.child_blocks.values())
        return depth

    assert max(deepest(block) for _name, block in itertools.chain(*LISTS.values())) == 1


@pytest.mark.parametrize("model", [Lesson, Module, StandardPage, Event, Activity], ids=lambda model: model.__name__)
@pytest.mark.django_db
def test_block_ids_are_the_same_in_both_languages(model):
    page, words = make(model)
    dutch = translated(page)
    assert page_ids(page) == page_ids(dutch)
    assert any(page_ids(page).values())
    for field in own_fields(model):
        said = " ".join(texts(json.loads(field.value_to_string(dutch)))) if hasattr(field, "stream_block") else ""
        assert said.count("nl ") >= sum(place.startswith(f"{field.name}.") for place in words.said.values())


@pytest.mark.django_db
def test_block_ids_stay_the_same_after_an_edit_and_a_new_translation():
    page, _words = make(Lesson)
    before = page_ids(translated(page))
    raw = list(page.body.raw_data)
    raw[0] = {**raw[0], "value": "<p>Autre texte.</p>"}
    page.body = [raw[-1], {"type": "keep", "value": {"text": "<p>Ajout.</p>"}, "id": str(uuid.uuid4())}, *raw[:-1]]
    page.save_revision().publish()
    dutch = translated(page)
    assert page_ids(page) == page_ids(dutch)
    assert set(before["body"]) < set(page_ids(dutch)["body"])
    assert "nl Autre texte." in str(dutch.body)


@pytest.mark.django_db
def test_questions_and_choices_are_the_same_in_both_languages():
    quiz, _words = make(Quiz)
    dutch = translated(quiz)
    assert question_ids(quiz) == question_ids(dutch)
    for french_value, dutch_value in zip(quiz.values, dutch.values, strict=True):
        assert dutch_value.text == f"nl {french_value.text}"
        assert [choice.feedback for choice in dutch_value.choices] == [
            f"nl {choice.feedback}" for choice in french_value.choices
        ]
        assert dutch_value.expected == french_value.expected


@pytest.mark.django_db
def test_questions_stay_the_same_after_an_edit_and_a_new_translation():
    quiz, _words = make(Quiz)
    kept = question_ids(translated(quiz))
    first, second, *others = quiz.questions.all()
    first.text = "Autre question ?"
    first.choices = [*first.choices.raw_data, {**first.choices.raw_data[0], "id": str(uuid.uuid4())}]
    added = Question(text="Nouvelle ?", choices=second.choices, locale=quiz.locale)
    rows = [added, second, first, *others]
    for order, row in enumerate(rows):
        row.sort_order = order
    quiz.questions = rows
    quiz.save_revision().publish()
    dutch = translated(Quiz.objects.get(pk=quiz.pk))
    assert question_ids(quiz) == question_ids(dutch)
    assert {key for key, _kind, _ids in kept} < {key for key, _kind, _ids in question_ids(dutch)}
    assert [row.text for row in dutch.rows][:3] == ["nl Nouvelle ?", f"nl {second.text}", "nl Autre question ?"]


@pytest.mark.django_db
def test_a_question_removed_in_french_is_removed_in_dutch():
    quiz, _words = make(Quiz)
    translated(quiz)
    quiz.questions = list(quiz.questions.all())[1:]
    quiz.save_revision().publish()
    dutch = translated(Quiz.objects.get(pk=quiz.pk))
    assert question_ids(quiz) == question_ids(dutch)
    assert len(dutch.rows) == 4


@pytest.mark.django_db
def test_a_copied_quiz_has_questions_of_its_own():
    quiz, _words = make(Quiz)
    copy = quiz.copy(update_attrs={"slug": "copie", "title": "Copie"})
    assert copy.translation_key != quiz.translation_key
    assert not {key for key, _kind, _ids in question_ids(copy)} & {key for key, _kind, _ids in question_ids(quiz)}


@pytest.mark.parametrize("model", page_types("courses", "home", "events", "guides"), ids=lambda model: model.__name__)
def test_a_page_has_no_rows_below_its_rows(model):
    """Rows nested two levels crash at the first translation (decision 2)."""
    rows = [relation.related_model for relation in get_all_child_relations(model)]
    ours = [row for row in rows if row._meta.app_label != "wagtailcore"]
    assert [row for row in ours if get_all_child_relations(row)] == []
