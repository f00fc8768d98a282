"""What is taught, and what a learner did with it.

Each file imports only the ones above it: items, pages, editions, facts.
"""

from .editions import Edition, Enrolment
from .facts import Completion, ModuleCompletion, QuizAttempt, QuizDraft
from .items import Item
from .pages import Catalogue, Course, Lesson, Module, Question, Quiz

__all__ = [
    "Catalogue",
    "Completion",
    "Course",
    "Edition",
    "Enrolment",
    "Item",
    "Lesson",
    "Module",
    "ModuleCompletion",
    "Question",
    "Quiz",
    "QuizAttempt",
    "QuizDraft",
]
