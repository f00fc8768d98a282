"""One question as a form, for each of the five kinds."""

import pytest

from courses.forms import CHOOSE_ONE, CHOOSE_SOME, FOREIGN, MATCH_EACH, PLACE_EACH, QuestionForm
from courses.scoring import Choice, Kind, Question, is_possible, shuffled

IDS = ["a", "b", "c"]
SEED = "seed"
CHOSEN = [Kind.SINGLE, Kind.BOOLEAN, Kind.MULTIPLE]
LINED = [Kind.ORDERING, Kind.MATCHING]
REFUSALS = {
    Kind.SINGLE: CHOOSE_ONE,
    Kind.BOOLEAN: CHOOSE_ONE,
    Kind.MULTIPLE: CHOOSE_SOME,
    Kind.ORDERING: PLACE_EACH,
    Kind.MATCHING: MATCH_EACH,
}
TYPED = {
    Kind.SINGLE: ({"answer": "b"}, ["b"]),
    Kind.BOOLEAN: ({"answer": "b"}, ["b"]),
    Kind.MULTIPLE: ({"answer": ["a", "c"]}, ["a", "c"]),
    Kind.ORDERING: ({"line-a": "2", "line-b": "3", "line-c": "1"}, ["c", "a", "b"]),
    Kind.MATCHING: ({"line-a": "b", "line-b": "a", "line-c": "c"}, ["a:b", "b:a", "c:c"]),
}


def question(kind):
    return Question("key", kind, "?", tuple(Choice(id, f"text {id}", id == "a", "", f"match {id}") for id in IDS))


def posted(kind, data):
    return QuestionForm(question(kind), SEED, data)


def refusals(form):
    assert not form.is_valid()
    return {str(error) for errors in form.errors.values() for error in errors}


@pytest.mark.parametrize("kind", Kind)
def test_a_valid_answer_is_written_as_scoring_reads_it(kind):
    data, expected = TYPED[kind]
    form = posted(kind, data)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["answer"] == expected
    assert is_possible(question(kind), expected)


@pytest.mark.parametrize("kind", Kind)
def test_an_empty_answer_is_refused_with_one_sentence(kind):
    assert refusals(posted(kind, {})) == {str(REFUSALS[kind])}


@pytest.mark.parametrize("kind", Kind)
def test_a_foreign_choice_is_refused(kind):
    data, _expected = TYPED[kind]
    forged = {name: ["z"] if kind == Kind.MULTIPLE else "z" for name in data}
    assert refusals(posted(kind, forged)) == {str(FOREIGN)}


@pytest.mark.parametrize("kind", LINED)
def test_a_line_without_an_answer_is_refused(kind):
    data, _expected = TYPED[kind]
    assert refusals(posted(kind, {**data, "line-b": ""})) == {str(REFUSALS[kind])}


def test_the_same_place_twice_is_refused():
    assert refusals(posted(Kind.ORDERING, {"line-a": "1", "line-b": "1", "line-c": "2"})) == {str(PLACE_EACH)}


@pytest.mark.parametrize("place", ["0", "4", "-1", "1.0", "un"])
def test_a_place_that_does_not_exist_is_refused(place):
    assert refusals(posted(Kind.ORDERING, {"line-a": "1", "line-b": "2", "line-c": place})) == {str(FOREIGN)}


def test_the_same_choice_twice_is_refused():
    assert refusals(posted(Kind.MULTIPLE, {"answer": ["a", "a"]})) == {str(CHOOSE_SOME)}


@pytest.mark.parametrize("kind", CHOSEN)
def test_a_refused_form_keeps_what_was_chosen(kind):
    data = {"answer": ["b", "z"]} if kind == Kind.MULTIPLE else {"answer": "b"}
    shown = [option.value for option in posted(kind, data).options({}) if option.checked]
    assert shown == ["b"]


@pytest.mark.parametrize("kind", LINED)
def test_a_refused_form_keeps_what_was_placed(kind):
    data, _expected = TYPED[kind]
    form = posted(kind, {**data, "line-b": ""})
    assert form["line-a"].value() == data["line-a"]
    assert form["line-b"].value() == ""
    assert f'value="{data["line-a"]}" selected' in str(form["line-a"])


@pytest.mark.parametrize("kind", Kind)
def test_the_last_answer_is_shown_again(kind):
    data, answer = TYPED[kind]
    form = QuestionForm(question(kind), SEED, given=answer)
    if kind in CHOSEN:
        assert [option.value for option in form.options({}) if option.checked] == answer
    else:
        assert {field.html_name: field.value() for field in form} == data


@pytest.mark.parametrize("kind", Kind)
def test_a_new_question_has_nothing_chosen(kind):
    form = QuestionForm(question(kind), SEED)
    assert not any(option.checked for option in form.options({}))
    assert all(not field.value() for field in form)


@pytest.mark.parametrize(("kind", "type"), [*((kind, "radio") for kind in CHOSEN[:2]), (Kind.MULTIPLE, "checkbox")])
def test_choices_say_what_was_right_and_what_was_not(kind, type):
    options = QuestionForm(question(kind), SEED).options({"a": True, "b": False})
    assert [(option.value, option.mark) for option in options] == [("a", True), ("b", False), ("c", None)]
    assert {option.type for option in options} == {type}


def test_lines_are_shown_mixed_and_places_in_order():
    form = QuestionForm(question(Kind.ORDERING), SEED)
    assert list(form.fields) == [f"line-{id}" for id in shuffled(IDS, SEED)] != [f"line-{id}" for id in IDS]
    assert [value for value, _label in form.fields["line-a"].choices] == ["", "1", "2", "3"]


def test_what_goes_with_a_line_is_mixed():
    form = QuestionForm(question(Kind.MATCHING), SEED)
    assert list(form.fields) == [f"line-{id}" for id in IDS]
    assert [label for _value, label in form.fields["line-a"].choices][1:] == [
        f"match {id}" for id in shuffled(IDS, SEED)
    ]


@pytest.mark.parametrize("kind", LINED)
def test_lines_have_no_choices_to_tick(kind):
    assert QuestionForm(question(kind), SEED).options({}) == []
