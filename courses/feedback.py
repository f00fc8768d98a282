"""What a learner reads after an answer: the feedback of what was chosen, never the right answer of a wrong one."""

from dataclasses import dataclass

from .scoring import Kind, is_right


@dataclass(frozen=True)
class Line:
    text: str
    feedback: str
    right: bool


@dataclass(frozen=True)
class Feedback:
    right: bool
    lines: tuple[Line, ...]
    marks: dict
    """Choice id → True (right) or False, for the choices that were made."""


def feedback_on(question, given):
    marks = marks_of(question, given)
    lines = tuple(
        Line(choice.text, choice.feedback, marks[choice.id]) for choice in question.choices if choice.id in marks
    )
    right = is_right(question, given)
    seen = lines if right or question.kind == Kind.MULTIPLE else tuple(line for line in lines if not line.right)
    return Feedback(right, seen, marks)


def marks_of(question, given):
    if question.kind == Kind.ORDERING:
        return {id: id == expected for id, expected in zip(given, question.ids, strict=True)}
    if question.kind == Kind.MATCHING:
        return {left: left == right for left, right in (pair.split(":", 1) for pair in given)}
    return {choice.id: choice.correct for choice in question.choices if choice.id in given}
