"""Facts of every kind put before the rule that an edition follows."""

from dataclasses import dataclass, replace

from . import practice, record
from .models import JuryDecision, RuleVersion
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
    records = practised(learners, edition) if rule_set.asks_practice else record.records(learners, edition)
    if rule_set.jury:
        records = heard(records, learners, edition)
    asked = edition.asked
    return {pk: Judged(found, judge(found, asked, rule_set) if asked else None) for pk, found in records.items()}


def gathered(learners, edition):
    """The record of each learner by pk, with all that a rule may ask for."""
    return heard(practised(learners, edition), learners, edition)


def heard(records, learners, edition):
    """With what the jury decided of them."""
    latest = JuryDecision.objects.latest(learners, edition)
    return {pk: replace(found, jury=latest[pk].decision) if pk in latest else found for pk, found in records.items()}


def practised(learners, edition):
    """With what was observed of them."""
    records, practices = record.records(learners, edition), practice.practices(learners, edition)
    return {pk: with_practice(found, practices[pk]) for pk, found in records.items()}


def with_practice(found, seen):
    blocks = {verdict.block: verdict.validated for verdict in seen.verdicts}
    return replace(found, assessors=seen.assessors, blocks=blocks)
