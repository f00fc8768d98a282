"""Who was in a meeting, and when: what the reports of every platform are read into. Values in, values out."""

from dataclasses import dataclass
from datetime import UTC, datetime


class Unreadable(Exception):
    """A report that cannot be trusted: the reason, and its line when there is one."""

    def __init__(self, reason, line=0):
        super().__init__(f"{reason} at line {line}")
        self.reason, self.line = reason, line


@dataclass(frozen=True)
class Stay:
    """From one joining to the next leaving."""

    name: str
    email: str
    start: datetime
    end: datetime


def stay(name, email, start, end, line):
    if not name.strip() and not email.strip():
        raise Unreadable("nobody", line)
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if end < start:
        raise Unreadable("order", line)
    return Stay(name.strip(), email.strip(), start, end)


def by_participant(stays):
    """{(name, e-mail): stays}: one e-mail is one participant; without e-mail, one name is."""
    groups = {}
    for each in stays:
        key = each.email.casefold() or each.name.casefold()
        groups.setdefault(key, []).append(each)
    return {(first.name, first.email): group for group in groups.values() if (first := group[0])}


def merged(spans, start, end):
    """Spans as pairs, inside [start, end], in order, none touching the next."""
    result = []
    inside = sorted((max(a, start), min(b, end)) for a, b in spans if min(b, end) > max(a, start))
    for a, b in inside:
        if result and a <= result[-1][1]:
            result[-1] = (result[-1][0], max(b, result[-1][1]))
        else:
            result.append((a, b))
    return result


def minutes_in(spans, start, end):
    """Whole minutes of presence between two moments: what overlaps counts once."""
    return int(sum((b - a).total_seconds() for a, b in merged(spans, start, end)) // 60)
