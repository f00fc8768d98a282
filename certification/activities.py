"""What a learner did at a distance and on site in one edition, line by line: the proof of the hours that are credited.

Time online is the declared duration of a lesson, once it is finished: never how long a page stayed open.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from courses.models import Completion, Lesson, Quiz, QuizAttempt
from events.models import Slot

from . import presence, record
from .models import AttendanceMark, Exchange
from .pages import course_titles, events_of, in_language
from .rules import Record


@dataclass(frozen=True)
class Step:
    """A lesson or a quiz. `minutes` are declared; `credited` are those that were frozen when it was finished."""

    title: str
    minutes: int
    credited: int = 0
    begun: datetime | None = None
    done: datetime | None = None
    score: int | None = None
    attempts: int = 0


@dataclass(frozen=True)
class Live:
    """A half-day; `minutes` is None before its countersignature."""

    title: str
    slot: Slot
    minutes: int | None


@dataclass(frozen=True)
class Activities:
    learner: object
    edition: object
    course: str
    record: Record
    lessons: list[Step]
    quizzes: list[Step]
    live: list[Live]
    exchanges: list[Exchange]


def activities_of(learner, edition, language):
    """Always the same number of queries."""
    return Activities(
        learner=learner,
        edition=edition,
        course=course_titles([edition], language).get(edition.course_id, ""),
        record=record.of(learner, edition),
        lessons=lessons_of(learner, edition, language),
        quizzes=quizzes_of(learner, edition, language),
        live=live_of(learner, edition, language),
        exchanges=list(Exchange.objects.of(learner, edition)),
    )


def lessons_of(learner, edition, language):
    keys = [key for module in modules_of(edition) for key in module.lessons]
    pages = by_text(in_language(Lesson, keys, language))
    facts = {str(fact.item_id): fact for fact in Completion.objects.filter(learner=learner, item__in=keys)}
    return [lesson(pages.get(key), facts.get(key)) for key in keys]


def lesson(page, fact):
    minutes = fact.minutes if fact else page.minutes if page else 0
    return Step(title_of(page), minutes, credited=fact.minutes if fact else 0, done=fact.at if fact else None)


def quizzes_of(learner, edition, language):
    keys = [module.quiz for module in modules_of(edition) if module.quiz]
    pages, attempts = by_text(in_language(Quiz, keys, language)), defaultdict(list)
    for attempt in QuizAttempt.objects.filter(learner=learner, item__in=keys).order_by("finished_at"):
        attempts[str(attempt.item_id)].append(attempt)
    return [quiz(pages.get(key), attempts[key]) for key in keys]


def quiz(page, attempts):
    """Done with the first attempt that passed."""
    passed = [attempt.finished_at for attempt in attempts if attempt.passed]
    return Step(
        title_of(page),
        page.minutes if page else 0,
        begun=attempts[0].started_at if attempts else None,
        done=passed[0] if passed else None,
        score=max((100 * attempt.right // attempt.total for attempt in attempts if attempt.total), default=None),
        attempts=len(attempts),
    )


def live_of(learner, edition, language):
    slots = Slot.objects.filter(session__edition=edition).select_related("session", "lock")
    slots = list(slots.prefetch_related("session__trainers"))
    marks = AttendanceMark.objects.filter(slot__in=slots, learner=learner).select_related("decision")
    values, events = defaultdict(list), events_of([slot.session for slot in slots], language)
    for mark in marks:
        values[mark.slot_id].append(mark.value)
    return [half_day(slot, presence.standing(values[slot.pk]), events.get(slot.session.key)) for slot in slots]


def half_day(slot, standing, event):
    mark = next(iter(standing.values()), None)
    signed = hasattr(slot, "lock")
    return Live(title_of(event), slot, (mark.minutes if mark else 0) if signed else None)


def modules_of(edition):
    return edition.asked.modules if edition.asked else ()


def by_text(pages):
    return {str(key): page for key, page in pages.items()}


def title_of(page):
    return page.title if page else "—"
