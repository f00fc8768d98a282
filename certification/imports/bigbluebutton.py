"""The learning dashboard of BigBlueButton: its data (learning_dashboard_data.json), where moments are thousandths of
seconds, or the table (CSV) that it makes of them, whose headings follow the language of whoever saves it."""

import csv
import json
import re
from datetime import UTC, datetime, timedelta
from itertools import islice

from .moments import moment
from .stays import Unreadable, stay

NAME, MODERATOR, JOINED, LEFT, LASTED = 0, 1, 9, 10, 11
LENGTH = re.compile(r"(\d\d):(\d\d):(\d\d)")
NONE = ("", "-")
# Seconds are cut off in the hours and in the length, each apart.
ROUNDED = timedelta(seconds=2)


def read(text, near):
    try:
        data = json.loads(text)
        users, ended = data["users"], data.get("endedOn") or 0
        spans = [span for user in users.values() for span in spans_of(user)]
        last = max([ended, *(max(start, end) for _name, start, end in spans)], default=0)
        stays = [stay(name, "", at(start), at(end or last), 0) for name, start, end in spans]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError, RecursionError):
        raise Unreadable("json") from None
    if not stays:
        raise Unreadable("empty")
    return [each for each in stays if each.name]


def spans_of(user):
    """(name, joined, left) in thousandths; 0 for somebody who is still there. Older files have no `sessions`."""
    for connection in user["intIds"].values():
        for session in connection.get("sessions") or [connection]:
            yield str(user["name"]), int(session["registeredOn"]), int(session.get("leftOn") or 0)


def at(milliseconds):
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def is_table(lines):
    try:
        rows = csv.reader(lines[:2])
        heading, first = next(rows), next(rows, [])
    except csv.Error:
        return False
    return len(heading) > LASTED < len(first) and first[MODERATOR] in ("TRUE", "FALSE", "")


def read_table(lines, near):
    """One row a person, however often they came: what they missed in between is taken off at the end. Whoever is still
    there stays until the last one left. The anonymous row has only answers."""
    rows = [row for row in numbered(lines) if row[1][JOINED].strip() not in NONE]
    found = [row_of(cells, near, number) for number, cells in rows]
    if not found:
        raise Unreadable("empty")
    last = max((left for *_rest, left, _lasted in found if left), default=None)
    return [
        stay(name, "", joined, until(joined, left or last, lasted), number)
        for number, name, joined, left, lasted in found
    ]


def numbered(lines):
    """The rows under the heading, with the line where each ends."""
    reader = csv.reader(lines)
    try:
        for cells in islice(reader, 1, None):
            if any(cells) and len(cells) <= LASTED:
                raise Unreadable("columns", reader.line_num)
            if any(cells):
                yield reader.line_num, cells
    except csv.Error:
        raise Unreadable("columns", reader.line_num) from None


def row_of(cells, near, number):
    left, length = cells[LEFT].strip(), LENGTH.fullmatch(cells[LASTED].strip())
    if length is None:
        raise Unreadable("moment", number)
    hours, minutes, seconds = map(int, length.groups())
    lasted = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    gone = None if left in NONE else moment(left, near, number)
    return number, cells[NAME], moment(cells[JOINED], near, number), gone, lasted


def until(joined, left, lasted):
    """Never after they left, nor longer than what the table counted: it counts in days, and forgets whole ones."""
    if left is None:
        return joined + lasted
    span = left - joined
    return left if span >= timedelta(days=1) or span - lasted <= ROUNDED else joined + lasted
