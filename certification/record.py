"""Gathers what learners did in an edition: the only place where facts of several rooms meet."""

from collections import Counter, defaultdict

from courses.models import Completion, ModuleCompletion, QuizAttempt

from . import presence
from .models import AttendanceMark
from .rules import Record


def of(learner, edition):
    return records([learner], edition)[learner.pk]


def records(learners, edition):
    """The record of each learner, by pk: four queries, whatever their number."""
    asked = edition.asked
    lessons = {key for module in asked.modules for key in module.lessons} if asked else set()
    quizzes = {module.quiz for module in asked.modules if module.quiz} if asked else set()
    modules = {module.key for module in asked.modules} if asked else set()
    minutes = presence_minutes(learners, edition)
    completions = by_learner(Completion.objects.filter(item__in=lessons), learners, "minutes")
    finished = by_learner(ModuleCompletion.objects.filter(item__in=modules), learners)
    scores = best_scores(learners, quizzes)
    return {
        learner.pk: Record(
            named=bool(learner.printed_name.strip()),
            presence_minutes=minutes[learner.pk].total(),
            asynchronous_minutes=sum(row["minutes"] for row in completions[learner.pk]),
            modules=frozenset(str(row["item"]) for row in finished[learner.pk]),
            lessons=frozenset(str(row["item"]) for row in completions[learner.pk]),
            scores=scores[learner.pk],
            minutes=dict(minutes[learner.pk]),
        )
        for learner in learners
    }


def by_learner(facts, learners, *fields):
    rows = defaultdict(list)
    for row in facts.filter(learner__in=learners).values("learner", "item", *fields):
        rows[row["learner"]].append(row)
    return rows


def presence_minutes(learners, edition):
    """Minutes of presence by pk, then by modality: what stands in each countersigned half-day of the edition."""
    marks = AttendanceMark.objects.filter(
        learner__in=learners, slot__session__edition=edition, slot__lock__isnull=False
    ).select_related("decision", "slot")
    slots = defaultdict(list)
    for mark in marks:
        slots[mark.slot].append(mark.value)
    minutes = defaultdict(Counter)
    for slot, values in slots.items():
        for mark in presence.standing(values).values():
            minutes[int(mark.learner)][slot.modality] += mark.minutes
    return minutes


def best_scores(learners, quizzes):
    scores = defaultdict(dict)
    attempts = QuizAttempt.objects.filter(learner__in=learners, item__in=quizzes, total__gt=0)
    for learner, item, right, total in attempts.values_list("learner", "item", "right", "total"):
        key, percent = str(item), right * 100 // total
        scores[learner][key] = max(percent, scores[learner].get(key, 0))
    return scores
