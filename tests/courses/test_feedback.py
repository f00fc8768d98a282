"""What a learner reads after an answer: never the right answer of a wrong one."""

import pytest

from courses.feedback import feedback_on
from courses.scoring import Choice, Kind, Question


def question(kind, *correct):
    choices = tuple(Choice(id, f"text {id}", id in correct, f"why {id}", f"match {id}") for id in ("a", "b", "c"))
    return Question("key", kind, "?", choices)


def read(feedback):
    return [line.feedback for line in feedback.lines]


@pytest.mark.parametrize("kind", [Kind.SINGLE, Kind.BOOLEAN])
def test_the_right_choice_says_why(kind):
    feedback = feedback_on(question(kind, "a"), ["a"])
    assert feedback.right
    assert read(feedback) == ["why a"]
    assert feedback.marks == {"a": True}


@pytest.mark.parametrize("kind", [Kind.SINGLE, Kind.BOOLEAN])
def test_a_wrong_choice_does_not_show_the_right_one(kind):
    feedback = feedback_on(question(kind, "a"), ["b"])
    assert not feedback.right
    assert read(feedback) == ["why b"]
    assert feedback.marks == {"b": False}


def test_several_choices_are_told_one_by_one():
    feedback = feedback_on(question(Kind.MULTIPLE, "a", "b"), ["a", "c"])
    assert not feedback.right
    assert [(line.text, line.feedback, line.right) for line in feedback.lines] == [
        ("text a", "why a", True),
        ("text c", "why c", False),
    ]


def test_too_few_choices_are_not_right_and_the_missing_one_is_not_shown():
    feedback = feedback_on(question(Kind.MULTIPLE, "a", "b"), ["a"])
    assert not feedback.right
    assert feedback.marks == {"a": True}


def test_a_wrong_order_shows_only_the_lines_out_of_place():
    feedback = feedback_on(question(Kind.ORDERING), ["a", "c", "b"])
    assert not feedback.right
    assert feedback.marks == {"a": True, "c": False, "b": False}
    assert read(feedback) == ["why b", "why c"]


def test_the_right_order_shows_every_line():
    assert read(feedback_on(question(Kind.ORDERING), ["a", "b", "c"])) == ["why a", "why b", "why c"]


def test_a_wrong_match_shows_only_the_lines_that_do_not_go_together():
    feedback = feedback_on(question(Kind.MATCHING), ["a:a", "b:c", "c:b"])
    assert not feedback.right
    assert read(feedback) == ["why b", "why c"]


def test_the_right_match_shows_every_line():
    feedback = feedback_on(question(Kind.MATCHING), ["c:c", "a:a", "b:b"])
    assert feedback.right
    assert len(feedback.lines) == 3
