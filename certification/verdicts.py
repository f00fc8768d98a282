"""Facts of every kind put before the rule that an edition follows."""

from dataclasses import dataclass, replace

from . import practice, record
from .models import RuleVersion
from .rules import Record, Verdict, judge


@dataclass(frozen=True)
class Judged:
    record: Record
    verdict: Verdict | None
    """None before the edition starts."""


def of(learner, edition):
    return judged([learner], edition)[learner.pk]


def judged(learners, edition):
    """{pk: Judged}: the same number of queries, whatever their number."""
    rule_set = RuleVersion.objects.asked_by(edition)
    records = gathered(learners, edition) if rule_set.asks_practice else record.records(learners, edition)
    asked = edition.asked
    return {pk: Judged(found, judge(found, asked, rule_set) if asked else None) for pk, found in records.items()}


def gathered(learners, edition):
    """The record of each learner with what was observed of them, by pk."""
    records, practices = record.records(learners, edition), practice.practices(learners, edition)
    return {pk: with_practice(found, practices[pk]) for pk, found in records.items()}


def with_practice(found, seen):
    blocks = {verdict.block: verdict.validated for verdict in seen.verdicts}
    return replace(found, assessors=seen.assessors, blocks=blocks)
