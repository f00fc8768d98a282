"""Participant reports of Zoom: comma-separated, after a few lines on the meeting when they are asked for."""

import csv

from .moments import moment
from .stays import Unreadable, stay

NAME, EMAIL, START, END = 0, 1, 2, 3


def read(lines, near):
    """One row a joining. The short report, which has only totals, says nothing of when: it is refused."""
    heading, *rows = table(lines)
    if not rows:
        raise Unreadable("empty")
    if len(heading[1]) < 5:
        raise Unreadable("no_times" if len(heading[1]) >= 3 else "columns", heading[0])
    return [read_row(cells, near, number) for number, cells in rows]


def table(lines):
    """The rows of the last block between blank lines, numbered as in the file."""
    block, after_blank = [], True
    try:
        for number, cells in enumerate(csv.reader(lines, strict=True), start=1):
            if not any(cell.strip() for cell in cells):
                after_blank = True
                continue
            if after_blank:
                block, after_blank = [], False
            block.append((number, cells))
    except csv.Error:
        raise Unreadable("columns", number_of(block) + 1) from None
    if not block:
        raise Unreadable("empty")
    return block


def number_of(block):
    return block[-1][0] if block else 0


def read_row(cells, near, number):
    if len(cells) <= END:
        raise Unreadable("columns", number)
    start, end = (moment(cells[place], near, number) for place in (START, END))
    return stay(cells[NAME], cells[EMAIL], start, end, number)
