"""Who was in an online room, and when, from what three sources heard of it. Values in, values out.

A moment counts for a person when at least half of the sources that heard of that person say they were there. So one
source that fails, whole or in part, changes nothing while the two others heard everything: not by a second when the
poll is the one that failed, and otherwise by less than the time between two polls for each coming and each leaving.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby


class Source(StrEnum):
    """The server tells at once; we look every minute; the server reports after the end."""

    HOOK = "hook"
    POLL = "poll"
    REPORT = "report"


class Kind(StrEnum):
    JOINED = "joined"
    LEFT = "left"
    ENDED = "ended"


@dataclass(frozen=True)
class Heard:
    """`person` is an opaque code, empty for the end of the meeting; `connection` tells the devices of one apart."""

    source: Source
    kind: Kind
    at: datetime
    person: str = ""
    connection: str = ""


def stays(heard, until, polled_at=None):
    """{person: spans}, whatever the order in which it was heard, twice or not. Whoever is still there stays until
    `until`, or until `polled_at`, the last poll, where the poll alone saw them."""
    ends = sorted({one.at for one in heard if one.kind == Kind.ENDED})
    people = defaultdict(lambda: defaultdict(set))
    for one in heard:
        if one.person:
            people[one.person][one.source].add(one)
    return {person: of_person(sources, ends, until, polled_at) for person, sources in people.items()}


def of_person(sources, ends, until, polled_at):
    claims = []
    for source, said in sources.items():
        others = [one for other, facts in sources.items() if other != source for one in facts]
        last = min(polled_at, until) if source == Source.POLL and polled_at else until
        claims.append(union(claimed(said, others, ends, last)))
    return agreed(claims, needed=(len(claims) + 1) // 2)


def claimed(said, others, ends, last):
    """The spans that one source claims, one connection after the other."""
    by_connection = defaultdict(list)
    for one in said:
        by_connection[one.connection].append((one.at, one.kind))
    for facts in by_connection.values():
        opened = min(at for at, _kind in facts)
        facts += [(at, Kind.ENDED) for at in ends if at > opened]
        yield from spans(sorted(facts), others, last)


def spans(facts, others, last):
    """A coming without a leaving lasts until another source heard a leaving; a leaving without a coming begins when
    another source heard a coming."""
    start = before = None
    for at, group in groupby(facts, key=lambda fact: fact[0]):
        kinds = {kind for _at, kind in group}
        if start is not None:
            end = closing(others, start, at) if kinds == {Kind.JOINED} else at
            yield start, end
            start, before = (at if Kind.JOINED in kinds else None), at
        elif Kind.JOINED in kinds:
            start = None if len(kinds) > 1 else at
        elif Kind.LEFT in kinds:
            found = opening(others, before, at)
            yield found or at, at
            before = at
    if start is not None:
        yield start, closing(others, start, max(last, start))


def closing(others, start, latest):
    return min((one.at for one in others if one.kind == Kind.LEFT and start < one.at < latest), default=latest)


def opening(others, earliest, end):
    comings = [one.at for one in others if one.kind == Kind.JOINED and one.at < end]
    return max((at for at in comings if earliest is None or at > earliest), default=None)


def union(pairs):
    return agreed([[pair] for pair in pairs], needed=1)


def agreed(claims, needed):
    """The spans that at least so many of the claims hold, in order, none touching the next."""
    edges = sorted((at, step) for spans in claims for span in spans for at, step in zip(span, (-1, 1), strict=True))
    result, holding, start = [], 0, None
    for at, step in edges:
        holding -= step
        if start is None and holding >= needed:
            start = at
        elif start is not None and holding < needed:
            if at > start:
                result.append((start, at))
            start = None
    return result


def within(spans, start, end):
    """What of the spans is inside [start, end]."""
    cut = [(max(a, start), min(b, end)) for a, b in spans]
    return [(a, b) for a, b in cut if b > a]
