"""Why a verb was refused: a code and the values that its sentence needs (the sentence itself is in sentences.py)."""


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
