"""What the course covers of the framework: competence × lesson × quiz question × criterion, with its holes."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from courses.models import Question
from courses.outline import course_in, parts_of

from .competence import Block, Competence
from .models import CoverageLink

LESSON, QUESTION = CoverageLink.Kind


@dataclass(frozen=True)
class Thing:
    kind: str
    key: UUID
    title: str
    module: int


@dataclass
class Taught:
    """A module, with what may cover a competence."""

    number: int
    title: str
    things: list = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    block: Block
    competence: Competence
    lessons: list
    questions: list

    @property
    def criteria(self):
        return self.competence.criteria

    @property
    def holes(self):
        found = {"lesson": self.lessons, "question": self.questions, "criterion": self.criteria}
        return [kind for kind, covered in found.items() if not covered]


def taught(language):
    """Every module of the course with its lessons and questions: three queries."""
    course = course_in(language)
    parts = parts_of(course) if course else []
    modules = {part.module.pk: Taught(part.module.number, part.module.title) for part in parts}
    questions = defaultdict(list)
    quizzes = {part.quiz.pk: part for part in parts if part.quiz}
    for question in Question.objects.filter(quiz__in=quizzes).defer("choices").order_by("quiz", "sort_order"):
        questions[question.quiz_id].append(question)
    for part in parts:
        module = modules[part.module.pk]
        module.things = [Thing(LESSON, page.translation_key, page.title, module.number) for page in part.lessons]
        for number, question in enumerate(questions[part.quiz.pk] if part.quiz else [], 1):
            module.things.append(Thing(QUESTION, question.translation_key, f"{number}. {question.text}", module.number))
    return list(modules.values())


def matrix(framework, language):
    """One row a competence, in the order of the framework. A page that is gone covers nothing."""
    things = {thing.key: thing for module in taught(language) for thing in module.things}
    links = defaultdict(list)
    for competence, key in CoverageLink.objects.values_list("competence", "key"):
        if key in things:
            links[competence].append(key)
    order = {key: place for place, key in enumerate(things)}
    rows = []
    for block in framework.blocks:
        for competence in block.competences:
            covered = [things[key] for key in sorted(links[competence.code], key=order.get)]
            kinds = [[thing for thing in covered if thing.kind == kind] for kind in (LESSON, QUESTION)]
            rows.append(Row(block, competence, *kinds))
    return rows
