"""Scoring a quiz: values in, values out. An answer is a list of strings:

single, boolean   one choice id
multiple          the chosen ids, in any order
ordering          every id, in the order given
matching          "left:right" pairs of choice ids, one for each choice
"""

import random
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    BOOLEAN = "boolean"
    ORDERING = "ordering"
    MATCHING = "matching"


@dataclass(frozen=True)
class Choice:
    id: str
    text: str
    correct: bool = False
    feedback: str = ""
    match: str = ""


@dataclass(frozen=True)
class Question:
    key: str
    kind: Kind
    text: str
    choices: tuple[Choice, ...]

    @property
    def ids(self):
        return [choice.id for choice in self.choices]

    @property
    def expected(self):
        """The right answer, in the form that an answer is written."""
        if self.kind == Kind.ORDERING:
            return self.ids
        if self.kind == Kind.MATCHING:
            return [f"{choice.id}:{choice.id}" for choice in self.choices]
        return [choice.id for choice in self.choices if choice.correct]


@dataclass(frozen=True)
class Result:
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    pass_percent: int

    @property
    def total(self):
        return len(self.right) + len(self.wrong)

    @property
    def needed(self):
        """How many right answers pass the quiz: never fewer than the percentage asks for."""
        return -(-self.total * self.pass_percent // 100)

    @property
    def passed(self):
        return self.total > 0 and len(self.right) >= self.needed


def is_right(question, answer):
    if question.kind == Kind.ORDERING:
        return list(answer) == question.expected
    return len(answer) == len(set(answer)) and set(answer) == set(question.expected)


def is_possible(question, answer):
    """Whether an answer has the form that the question asks for and names only its own choices."""
    ids = set(question.ids)
    if question.kind == Kind.MATCHING:
        pairs = [pair.partition(":") for pair in answer]
        lefts = [left for left, _colon, _right in pairs]
        return sorted(lefts) == sorted(ids) and all(right in ids for _left, _colon, right in pairs)
    if question.kind == Kind.ORDERING:
        return sorted(answer) == sorted(ids)
    if not answer or not set(answer) <= ids or len(answer) != len(set(answer)):
        return False
    return question.kind == Kind.MULTIPLE or len(answer) == 1


def score(questions, answers, pass_percent):
    """`answers` maps a question key to an answer; a question without one counts as wrong."""
    right = tuple(q.key for q in questions if q.key in answers and is_right(q, answers[q.key]))
    wrong = tuple(q.key for q in questions if q.key not in right)
    return Result(right, wrong, pass_percent)


def shuffled(ids, seed):
    """The same order for the same seed, and never the order that was written when there is another one."""
    mixed = list(ids)
    generator = random.Random(seed)  # noqa: S311 - a fixed mix, not a secret
    while len(set(mixed)) > 1:
        generator.shuffle(mixed)
        if mixed != list(ids):
            break
    return mixed
