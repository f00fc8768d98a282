"""A course as it stands in the page tree, in one language: one query, however many modules and lessons."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.models import Page

from .models import Course, Module, Quiz
from .requirements import ModuleRequirement, Requirements


@dataclass
class Part:
    """A module with what it holds, in the order of the tree."""

    module: Module
    lessons: list
    quiz: Quiz | None

    @cached_property
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


def part_of(page):
    """The part that a module, or one of its lessons and quizzes, belongs to."""
    top = page.path if isinstance(page, Module) else page.path[: -page.steplen]
    inside = Q(path__startswith=top, depth=len(top) // page.steplen + 1, live=True)
    parts = gathered(Page.objects.filter(Q(path=top) | inside))
    return parts[0] if parts else None


def parts_of(course):
    """Every module of a course."""
    return gathered(Page.objects.descendant_of(course).live())


def gathered(pages):
    pages = pages.select_related("module", "lesson", "quiz").defer("lesson__body", "lesson__sources").order_by("path")
    parts = {}
    for page in pages:
        part = parts.get(page.path[: -page.steplen])
        if hasattr(page, "module"):
            parts[page.path] = Part(page.module, [], None)
        elif part and hasattr(page, "lesson"):
            part.lessons.append(page.lesson)
        elif part and hasattr(page, "quiz") and part.quiz is None:
            part.quiz = page.quiz
    return list(parts.values())


def course_in(language, key=None):
    """The live course with this key, or the first one, in a language; None when there is none."""
    courses = Course.objects.live().filter(locale__language_code=language).order_by("path")
    return (courses.filter(translation_key=key) if key else courses).first()


def requirements_of(course, presence_minutes):
    return Requirements(presence_minutes, tuple(part.requirement for part in parts_of(course)))
