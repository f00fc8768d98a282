"""Whether a record meets what an edition asks for: values in, values out. Lists everything, missing and met."""

from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    NAME = "name"
    PRESENCE = "presence"
    MODULE = "module"


@dataclass(frozen=True)
class Record:
    """What a learner did in one edition. Keys are those of the requirements; `scores` are the best ones, in percent.

    `minutes` tells those of presence apart, by modality.
    """

    named: bool
    presence_minutes: int
    asynchronous_minutes: int
    modules: frozenset[str]
    lessons: frozenset[str]
    scores: dict[str, int]
    minutes: dict[str, int] = field(default_factory=dict)

    @property
    def total_minutes(self):
        return self.presence_minutes + self.asynchronous_minutes


@dataclass(frozen=True)
class Finding:
    code: Code
    values: dict


@dataclass(frozen=True)
class Verdict:
    missing: tuple[Finding, ...]
    met: tuple[Finding, ...]

    @property
    def ready(self):
        return not self.missing

    def modules(self, findings):
        return [finding.values for finding in findings if finding.code == Code.MODULE]


def judge(record, requirements):
    missing, met = [], []
    for finding, fulfilled in findings(record, requirements):
        (met if fulfilled else missing).append(finding)
    return Verdict(tuple(missing), tuple(met))


def findings(record, requirements):
    """Each thing asked for, and whether it is there."""
    yield Finding(Code.NAME, {}), record.named
    have, need = record.presence_minutes, requirements.presence_minutes
    if need:
        yield Finding(Code.PRESENCE, {"minutes": max(need - have, 0), "have": have, "need": need}), have >= need
    for module in requirements.modules:
        yield Finding(Code.MODULE, steps_left(record, module)), module.key in record.modules


def steps_left(record, module):
    score = record.scores.get(module.quiz)
    return {
        "key": module.key,
        "number": module.number,
        "lessons": len(set(module.lessons) - record.lessons),
        "quiz": module.quiz is not None and (score is None or score < module.pass_percent),
        "score": score,
    }
