"""A competence framework as plain values, and what observations of it prove: values in, values out.

A code (`B1.C2.K3`) names the same thing in every version. Texts are pairs, French and Dutch.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

LANGUAGES = ("fr", "nl")
LEVELS = "BCK"
ASSESSORS = 2


class Mark(IntEnum):
    NOT_REACHED = 0
    PARTLY = 1
    REACHED = 2


class Moment(StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True)
class Criterion:
    code: str
    text: dict
    critical: bool = False


@dataclass(frozen=True)
class Competence:
    code: str
    title: dict
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class Block:
    """`activity`: the work in which the competences show. `assessment`: how they are assessed."""

    code: str
    title: dict
    activity: dict
    assessment: dict
    competences: tuple[Competence, ...] = ()

    @property
    def criteria(self):
        return [criterion for competence in self.competences for criterion in competence.criteria]

    @property
    def critical(self):
        return [criterion for criterion in self.criteria if criterion.critical]


@dataclass(frozen=True)
class Framework:
    blocks: tuple[Block, ...] = ()

    @property
    def competences(self):
        return [competence for block in self.blocks for competence in block.competences]

    @property
    def codes(self):
        inside = [(block.code, block.competences) for block in self.blocks]
        return {
            *(code for code, _competences in inside),
            *(competence.code for competence in self.competences),
            *(criterion.code for block in self.blocks for criterion in block.criteria),
        }

    def block(self, code):
        return next((block for block in self.blocks if block.code == code), None)

    def with_block(self, new):
        """The same with a block in the place of the one that has its code, or at the end."""
        blocks = [new if block.code == new.code else block for block in self.blocks]
        return Framework(tuple(blocks if self.block(new.code) else [*blocks, new]))

    def without(self, code):
        return Framework(tuple(block for block in self.blocks if block.code != code))

    @classmethod
    def from_json(cls, data):
        return cls(tuple(block_from(block) for block in data["blocks"]))

    def to_json(self):
        return asdict(self)


def block_from(data):
    competences = tuple(
        Competence(row["code"], row["title"], tuple(Criterion(**criterion) for criterion in row["criteria"]))
        for row in data["competences"]
    )
    return Block(**{**data, "competences": competences})


def next_code(parent, used):
    """A code that was never used under `parent` ("" for a block), in any version."""
    level = LEVELS[len(parent.split(".")) if parent else 0]
    prefix = f"{parent}.{level}" if parent else level
    numbers = [code.removeprefix(prefix) for code in used if code.startswith(prefix)]
    return f"{prefix}{max((int(number) for number in numbers if number.isdigit()), default=0) + 1}"


@dataclass(frozen=True)
class Fault:
    """Why a framework cannot be published."""

    code: str
    where: str = ""


def faults(framework):
    if not framework.blocks:
        yield Fault("no_block")
    for block in framework.blocks:
        if not block.competences:
            yield Fault("no_competence", block.code)
        if block.competences and not block.critical:
            yield Fault("no_critical", block.code)
        for competence in block.competences:
            if not competence.criteria:
                yield Fault("no_criterion", competence.code)


@dataclass(frozen=True)
class Changes:
    added: tuple[str, ...]
    removed: tuple[str, ...]
    reworded: tuple[str, ...]

    def __bool__(self):
        return bool(self.added or self.removed or self.reworded)


def changes(old, new):
    """What a version brings, by code."""
    before, after = said_by(old), said_by(new)
    return Changes(
        added=tuple(code for code in after if code not in before),
        removed=tuple(code for code in before if code not in after),
        reworded=tuple(code for code in after if code in before and before[code] != after[code]),
    )


def said_by(framework):
    found = {}
    for block in framework.blocks:
        found[block.code] = (block.title, block.activity, block.assessment)
        for competence in block.competences:
            found[competence.code] = competence.title
            found |= {criterion.code: (criterion.text, criterion.critical) for criterion in competence.criteria}
    return found


@dataclass(frozen=True)
class Observation:
    """One grid that an assessor filled. `outside`: they are outside the path of the learner. A criterion that is not
    in `marks` was not seen."""

    assessor: str
    outside: bool
    block: str
    moment: Moment
    marks: dict
    at: datetime
    uuid: str


def standing(observations, moment):
    """{criterion: {assessor: mark}} at one moment: the last mark of each assessor on each criterion."""
    found = {}
    for seen in sorted(observations, key=lambda seen: (seen.at, seen.uuid)):
        if seen.moment == moment:
            for criterion, mark in seen.marks.items():
                found.setdefault(criterion, {})[seen.assessor] = Mark(mark)
    return found


class Lack(StrEnum):
    NOT_REACHED = "not_reached"
    NOT_SEEN = "not_seen"
    OUTSIDE = "outside"


class Proof(StrEnum):
    PRACTICE = "practice"
    EXPERIENCE = "experience"
    EQUIVALENCE = "equivalence"
    JURY = "jury"


@dataclass(frozen=True)
class Finding:
    """What keeps a block from being validated: the criterion, and the assessors who did not see it reached."""

    lack: Lack
    criterion: str
    assessors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    block: str
    proofs: tuple[Proof, ...]
    missing: tuple[Finding, ...]

    @property
    def validated(self):
        return bool(self.proofs)


def judge(framework, observations, recognised=()):
    """A verdict for each block. `recognised`: pairs of a block and the proof that stands for it."""
    return [verdict_of(block, observations, recognised) for block in framework.blocks]


def verdict_of(block, observations, recognised=()):
    """Validated when each critical criterion is reached, after the training, for two assessors of whom one is outside
    the path, and for every other assessor who saw it; or when experience, another title or a jury
    stands for the block."""
    here = [seen for seen in observations if seen.block == block.code]
    marks = standing(here, Moment.AFTER)
    outside = {seen.assessor for seen in here if seen.moment == Moment.AFTER and seen.outside}
    missing = [
        finding
        for criterion in block.critical
        if (finding := lacking(criterion.code, marks.get(criterion.code, {}), outside))
    ]
    seen = [Proof.PRACTICE] if block.critical and not missing else []
    proofs = (*seen, *sorted({Proof(proof) for code, proof in recognised if code == block.code}))
    return Verdict(block.code, proofs, tuple(missing))


def lacking(criterion, marks, outside):
    against = tuple(sorted(assessor for assessor, mark in marks.items() if mark < Mark.REACHED))
    if against:
        return Finding(Lack.NOT_REACHED, criterion, against)
    if len(marks) < ASSESSORS:
        return Finding(Lack.NOT_SEEN, criterion)
    return None if outside & set(marks) else Finding(Lack.OUTSIDE, criterion)


def lost(before, after):
    """The verdicts of the blocks that were validated before and are not any more: they name what removed them."""
    held = {verdict.block for verdict in before if verdict.validated}
    return [verdict for verdict in after if verdict.block in held and not verdict.validated]


@dataclass(frozen=True)
class Agreement:
    """How far two assessors agree on the criteria that both saw. `kappa` is None where chance cannot be told apart
    from agreement: both gave one and the same mark to everything."""

    assessors: tuple[str, str]
    criteria: int
    same: int
    kappa: float | None
    differing: tuple[str, ...] = field(default=())

    @property
    def percent(self):
        return round(100 * self.same / self.criteria)


def agreements(observations):
    """One for each pair of assessors who saw the same criteria at the same moment, in the order of their names."""
    marks = {}
    for moment in Moment:
        for criterion, by in standing(observations, moment).items():
            for assessor, mark in by.items():
                marks.setdefault(assessor, {})[criterion, moment] = mark
    assessors = sorted(marks)
    pairs = [(one, two) for number, one in enumerate(assessors) for two in assessors[number + 1 :]]
    return [found for one, two in pairs if (found := agreement(one, marks[one], two, marks[two]))]


def agreement(one, first, two, second):
    common = sorted(set(first) & set(second))
    if not common:
        return None
    pairs = [(first[key], second[key]) for key in common]
    differing = tuple(dict.fromkeys(key[0] for key in common if first[key] != second[key]))
    return Agreement((one, two), len(pairs), sum(a == b for a, b in pairs), kappa(pairs), differing)


def kappa(pairs):
    """Cohen's kappa (1960), unweighted: agreement beyond that of chance, from -1 to 1."""
    total = len(pairs)
    observed = sum(a == b for a, b in pairs)
    by_chance = sum(sum(a == mark for a, _b in pairs) * sum(b == mark for _a, b in pairs) for mark in Mark)
    if by_chance == total * total:
        return None
    return (observed * total - by_chance) / (total * total - by_chance)


@dataclass(frozen=True)
class Point:
    percent: int
    criteria: int
    assessors: int


def curve(block, observations):
    """{moment: Point or None}: how much of what was seen of a block was reached. “Partly” counts for half."""
    here = [seen for seen in observations if seen.block == block.code]
    return {moment: point(standing(here, moment), block) for moment in Moment}


def point(marks, block):
    seen = [by for criterion in block.criteria if (by := marks.get(criterion.code))]
    if not seen:
        return None
    shares = [sum(by.values()) / (Mark.REACHED * len(by)) for by in seen]
    return Point(round(100 * sum(shares) / len(shares)), len(seen), len({name for by in seen for name in by}))
