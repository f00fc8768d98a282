"""A course as it stands in the page tree, in one language, in two or three queries."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from .models import Course, Lesson, Module, Quiz
from .requirements import ModuleRequirement, Requirements


@dataclass
class Part:
    """A module with what it holds, in the order of the tree."""

    module: Module
    lessons: list
    quiz: Quiz | None

    @property
    def steps(self):
        return [*self.lessons, *([self.quiz] if self.quiz else [])]

    @cached_property
    def keys(self):
        return [step.translation_key for step in self.steps]

    @property
    def minutes(self):
        return sum(step.minutes for step in self.steps)

    @property
    def requirement(self):
        return ModuleRequirement(
            key=str(self.module.translation_key),
            number=self.module.number,
            lessons=tuple(str(lesson.translation_key) for lesson in self.lessons),
            quiz=str(self.quiz.translation_key) if self.quiz else None,
            pass_percent=self.quiz.pass_percent if self.quiz else 0,
        )


def part_of(module):
    """Two queries."""
    lessons = Lesson.objects.child_of(module).live().defer("body", "sources").order_by("path")
    quizzes = Quiz.objects.child_of(module).live().order_by("path")
    return Part(module, list(lessons), next(iter(quizzes), None))


def parts_of(course):
    """Every module of a course: three queries, whatever their number."""
    modules = Module.objects.child_of(course).live().order_by("path")
    lessons = Lesson.objects.descendant_of(course).live().defer("body", "sources").order_by("path")
    quizzes = Quiz.objects.descendant_of(course).live().order_by("path")
    parts = {module.path: Part(module, [], None) for module in modules}
    for lesson in lessons:
        part = parts.get(lesson.path[: -lesson.steplen])
        if part:
            part.lessons.append(lesson)
    for quiz in quizzes:
        part = parts.get(quiz.path[: -quiz.steplen])
        if part and part.quiz is None:
            part.quiz = quiz
    return list(parts.values())


def course_in(language, key=None):
    """The live course with this key, or the first one, in a language; None when there is none."""
    courses = Course.objects.live().filter(locale__language_code=language).order_by("path")
    return (courses.filter(translation_key=key) if key else courses).first()


def requirements_of(course, presence_minutes):
    return Requirements(presence_minutes, tuple(part.requirement for part in parts_of(course)))
