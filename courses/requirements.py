"""What an edition asks for, as plain values. Frozen as JSON in `Edition.requirements` when the edition starts."""

from dataclasses import asdict, dataclass

RULE_VERSION = 1


@dataclass(frozen=True)
class ModuleRequirement:
    key: str
    number: int
    lessons: tuple[str, ...]
    quiz: str | None
    pass_percent: int

    @property
    def keys(self):
        return {*self.lessons, self.quiz} - {None}

    def is_met_by(self, lessons, scores):
        """`lessons`: the keys completed. `scores`: the best percentage of each quiz, by key."""
        passed = self.quiz is None or scores.get(self.quiz, -1) >= self.pass_percent
        return bool(self.keys) and passed and lessons >= set(self.lessons)


@dataclass(frozen=True)
class Requirements:
    presence_minutes: int
    modules: tuple[ModuleRequirement, ...]
    rule_version: int = RULE_VERSION

    @classmethod
    def from_json(cls, data):
        modules = tuple(
            ModuleRequirement(**{**module, "lessons": tuple(module["lessons"])}) for module in data["modules"]
        )
        return cls(data["presence_minutes"], modules, data["rule_version"])

    def to_json(self):
        return asdict(self)
