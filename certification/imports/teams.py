"""Attendance reports of Microsoft Teams: tab-separated, in two generations, and those of its live events.

Today's has three numbered blocks; its headings follow the language of whoever exports, so columns are known by their
place. The one before has a row for each coming and going, and so has that of a live event: commas, and hours in UTC.
"""

import csv
import re
from datetime import UTC

from .moments import moment
from .stays import Unreadable, stay

BLOCK = re.compile(r"^([123])\.\s")
LEFT = {"left", "a quitté", "quitté", "sorti", "verlaten", "heeft verlaten"}
JOINED = {
    "joined", "joined before", "a rejoint", "rejoint", "rejoint avant", "deelgenomen", "toegetreden",
}  # fmt: skip
NAME, START, END, EMAIL = 0, 1, 2, 4
LIVE = re.compile(r'^"?session ?id"?,', re.IGNORECASE)
LIVE_COLUMNS = 6


def is_teams(lines):
    first = lines[0]
    return bool(BLOCK.match(first) or LIVE.match(first)) or len(first.split("\t")) == 3


def read(lines, near):
    if BLOCK.match(lines[0]):
        return read_blocks(lines, near)
    action = read_live_action if LIVE.match(lines[0]) else read_action
    return read_actions(lines, near, action)


def read_blocks(lines, near):
    """Each coming and going of the third block or, in a report without it, the first and last of the second."""
    blocks, current = {}, None
    for number, line in enumerate(lines, start=1):
        title = BLOCK.match(line)
        if title:
            current = blocks.setdefault(title[1], [])
        elif line.strip() and current is not None:
            current.append((number, line.split("\t")))
    rows = blocks.get("3", [])[1:] or blocks.get("2", [])[1:]
    if not rows:
        raise Unreadable("empty")
    return [read_row(cells, near, number) for number, cells in rows]


def read_row(cells, near, number):
    if len(cells) <= EMAIL:
        raise Unreadable("columns", number)
    start, end = (moment(cells[place], near, number) for place in (START, END))
    return stay(cells[NAME], cells[EMAIL], start, end, number)


def read_actions(lines, near, action):
    """Whoever has not left yet stays until the last moment of the report."""
    rows = [action(line, near, number) for number, line in enumerate(lines[1:], start=2) if line.strip()]
    if not rows:
        raise Unreadable("empty")
    last, present, stays = max(at for _who, _left, at, _number in rows), {}, []
    for who, left, at, number in sorted(rows, key=lambda row: row[2]):
        if not left:
            present.setdefault(who, (at, number))
        elif who in present:
            start, _line = present.pop(who)
            stays.append(stay(*who[:2], start, at, number))
    return stays + [stay(*who[:2], start, last, number) for who, (start, number) in present.items()]


def read_action(line, near, number):
    """((name, e-mail), whether they left, when, the line)."""
    cells = line.split("\t")
    if len(cells) < 3:
        raise Unreadable("columns", number)
    name, action, at = (cell.strip() for cell in cells[:3])
    return (name, ""), has_left(action, number), moment(at, near, number), number


def read_live_action(line, near, number):
    """The same, told apart by their connection. Whoever gave no name is known by their code."""
    try:
        cells = [cell.strip() for cell in next(csv.reader([line]))]
    except csv.Error:
        cells = []
    if len(cells) < LIVE_COLUMNS:
        raise Unreadable("columns", number)
    connection, code, name, _browser, at, action = cells[:LIVE_COLUMNS]
    who = (name or code, code if "@" in code else "", connection)
    return who, has_left(action, number), moment(at, near.astimezone(UTC), number), number


def has_left(action, number):
    if action.casefold() not in LEFT | JOINED:
        raise Unreadable("action", number)
    return action.casefold() in LEFT
