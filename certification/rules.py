"""Whether a record meets what an edition and its rule ask for: values in, values out. Lists everything, missing and
met."""

from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum

from .jury import Decision

ONLINE = "online"
MODALITIES = ("on_site", "virtual", "work", ONLINE)


class Code(StrEnum):
    NAME = "name"
    PRESENCE = "presence"
    MINUTES = "minutes"
    MODULE = "module"
    QUIZ = "quiz"
    PRACTICE = "practice"
    BLOCK = "block"
    JURY = "jury"


@dataclass(frozen=True)
class RuleSet:
    """What a scheme asks for besides the name and the presence, which are those of the edition.

    0 asks for nothing. The default is what every training asked for before there were rules.
    """

    modules: bool = True
    quiz_percent: int = 0
    on_site: int = 0
    virtual: int = 0
    work: int = 0
    online: int = 0
    assessors: int = 0
    blocks: bool = False
    jury: bool = False

    @classmethod
    def from_json(cls, data):
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in known})

    def to_json(self):
        return asdict(self)

    @property
    def asks_practice(self):
        return bool(self.assessors or self.blocks)

    @property
    def minutes(self):
        """{modality: minutes}, of those that are asked for."""
        return {modality: least for modality in MODALITIES if (least := getattr(self, modality))}


DEFAULT = RuleSet()


@dataclass(frozen=True)
class Record:
    """What a learner did in one edition. Keys are those of the requirements; `scores` are the best ones, in percent.

    `minutes` tells those of presence apart, by modality. `blocks`: those of the framework of the edition, and whether
    each is validated; `assessors`: how many filled a grid; `jury`: the decision in the latest signed minutes.
    """

    named: bool
    presence_minutes: int
    asynchronous_minutes: int
    modules: frozenset[str]
    lessons: frozenset[str]
    scores: dict[str, int]
    minutes: dict[str, int] = field(default_factory=dict)
    assessors: int = 0
    blocks: dict[str, bool] = field(default_factory=dict)
    jury: str = ""

    def minutes_of(self, modality):
        return self.asynchronous_minutes if modality == ONLINE else self.minutes.get(modality, 0)

    @property
    def total_minutes(self):
        return self.presence_minutes + self.asynchronous_minutes


@dataclass(frozen=True)
class Finding:
    code: Code
    values: dict

    @property
    def identity(self):
        return self.code, self.values.get("key")


@dataclass(frozen=True)
class Verdict:
    missing: tuple[Finding, ...]
    met: tuple[Finding, ...]

    @property
    def ready(self):
        return not self.missing

    def values(self, code, findings):
        return [finding.values for finding in findings if finding.code == code]

    def modules(self, findings):
        return self.values(Code.MODULE, findings)


def judge(record, requirements, rule_set=DEFAULT):
    missing, met = [], []
    for finding, fulfilled in findings(record, requirements, rule_set):
        (met if fulfilled else missing).append(finding)
    return Verdict(tuple(missing), tuple(met))


def findings(record, requirements, rule_set):
    """Each thing asked for, and whether it is there."""
    yield Finding(Code.NAME, {}), record.named
    if requirements.presence_minutes:
        yield amount(Code.PRESENCE, record.presence_minutes, requirements.presence_minutes)
    for modality, need in rule_set.minutes.items():
        yield amount(Code.MINUTES, record.minutes_of(modality), need, key=modality)
    if rule_set.modules:
        for module in requirements.modules:
            yield Finding(Code.MODULE, steps_left(record, module)), module.key in record.modules
    if rule_set.quiz_percent:
        for module in requirements.modules:
            if module.quiz:
                yield score_asked(record, module, rule_set.quiz_percent)
    yield from practice_asked(record, rule_set)
    if rule_set.jury:
        yield Finding(Code.JURY, {"decision": record.jury}), record.jury == Decision.ADMITTED


def amount(code, have, need, **values):
    return Finding(code, {**values, "minutes": max(need - have, 0), "have": have, "need": need}), have >= need


def score_asked(record, module, need):
    have = record.scores.get(module.quiz)
    values = {"key": module.key, "number": module.number, "have": have, "need": need}
    return Finding(Code.QUIZ, values), have is not None and have >= need


def practice_asked(record, rule_set):
    """Without a framework no block can be validated: that is missing too, under no code."""
    if rule_set.assessors:
        have, need = record.assessors, rule_set.assessors
        yield Finding(Code.PRACTICE, {"count": max(need - have, 0), "have": have, "need": need}), have >= need
    if rule_set.blocks:
        for block, validated in (record.blocks or {"": False}).items():
            yield Finding(Code.BLOCK, {"key": block}), validated


def lost(before, after):
    """What is missing now and was not: what a piece of evidence, or another rule, took away."""
    known = {finding.identity for finding in before.missing}
    return tuple(finding for finding in after.missing if finding.identity not in known)


def steps_left(record, module):
    score = record.scores.get(module.quiz)
    return {
        "key": module.key,
        "number": module.number,
        "lessons": len(set(module.lessons) - record.lessons),
        "quiz": module.quiz is not None and (score is None or score < module.pass_percent),
        "score": score,
    }
