"""Attendance reports of Microsoft Teams: tab-separated, in two generations.

Today's has three numbered blocks; its headings follow the language of whoever exports, so columns are known by their
place. The one before has a row for each coming and going.
"""

import re

from .moments import moment
from .stays import Unreadable, stay

BLOCK = re.compile(r"^([123])\.\s")
LEFT = {"left", "a quitté", "quitté", "sorti", "verlaten", "heeft verlaten"}
JOINED = {
    "joined", "joined before", "a rejoint", "rejoint", "rejoint avant", "deelgenomen", "toegetreden",
}  # fmt: skip
NAME, START, END, EMAIL = 0, 1, 2, 4


def is_teams(lines):
    first = lines[0]
    return bool(BLOCK.match(first)) or len(first.split("\t")) == 3


def read(lines, near):
    return read_blocks(lines, near) if BLOCK.match(lines[0]) else read_actions(lines, near)


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


def read_actions(lines, near):
    """Whoever has not left yet stays until the last moment of the report."""
    rows = [read_action(line, near, number) for number, line in enumerate(lines[1:], start=2) if line.strip()]
    if not rows:
        raise Unreadable("empty")
    last, present, stays = max(at for _name, _left, at, _number in rows), {}, []
    for name, left, at, number in sorted(rows, key=lambda row: row[2]):
        if not left:
            present.setdefault(name, (at, number))
        elif name in present:
            start, _line = present.pop(name)
            stays.append(stay(name, "", start, at, number))
    return stays + [stay(name, "", start, last, number) for name, (start, number) in present.items()]


def read_action(line, near, number):
    cells = line.split("\t")
    if len(cells) < 3:
        raise Unreadable("columns", number)
    name, action, at = (cell.strip() for cell in cells[:3])
    if action.casefold() not in LEFT | JOINED:
        raise Unreadable("action", number)
    return name, action.casefold() in LEFT, moment(at, near, number), number
