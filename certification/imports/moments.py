"""Moments as reports write them. Whether the day or the month comes first is not said: the reading nearest to the
session is the right one."""

from datetime import datetime

from .stays import Unreadable

CLOCKS = ("%I:%M:%S %p", "%I:%M %p", "%H:%M:%S", "%H:%M")
DATES = ("%m/%d/%y", "%d/%m/%y", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%Y/%m/%d")
SPACES = str.maketrans({"\u202f": " ", "\u00a0": " ", ",": " "})


def moment(text, near, line=0):
    """The aware moment that a text says, in the zone of `near` when it names none."""
    text = " ".join(text.translate(SPACES).split())
    try:
        exact = datetime.fromisoformat(text)
    except ValueError:
        exact = None
    found = [exact] if exact else list(readings(text))
    if not found:
        raise Unreadable("moment", line)
    aware = [each if each.tzinfo else each.replace(tzinfo=near.tzinfo) for each in found]
    return min(aware, key=lambda each: abs(each - near))


def readings(text):
    date, _space, clock = text.partition(" ")
    for clock_format in CLOCKS:
        for date_format in DATES:
            try:
                yield datetime.strptime(f"{date} {clock}", f"{date_format} {clock_format}")  # noqa: DTZ007
            except ValueError:
                continue
