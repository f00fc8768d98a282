"""Why a verb was refused: a code and the values that its sentence needs (the sentence itself is in sentences.py)."""

from home.documents.fonts import MissingGlyph

from .rules import Code, Finding, Verdict


class Refused(Exception):
    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


class Conflict(Refused):
    """The same thing was already said, otherwise."""


class NotYet(Refused):
    """The certificate was asked for too early: `verdict` lists everything that is missing."""

    def __init__(self, verdict):
        super().__init__("not_yet")
        self.verdict = verdict


def kept(error):
    """A refusal as values to keep, which `given_back` reads."""
    if isinstance(error, MissingGlyph):
        return {"code": "unprintable", "signs": error.characters}
    if isinstance(error, NotYet):
        return {"code": error.code, "missing": [[finding.code, finding.values] for finding in error.verdict.missing]}
    return {"code": error.code, "values": error.values}


def given_back(values):
    if values["code"] == "unprintable":
        return MissingGlyph(values["signs"])
    if values["code"] == "not_yet":
        missing = tuple(Finding(Code(code), said) for code, said in values["missing"])
        return NotYet(Verdict(missing, ()))
    return Refused(values["code"], **values.get("values", {}))
