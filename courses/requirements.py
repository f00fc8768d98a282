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

    def module_of(self, key):
        """The module that asks for this lesson or quiz, or None."""
        return next((module for module in self.modules if key in module.keys), None)
