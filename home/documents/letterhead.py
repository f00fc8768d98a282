"""The provider's and the funder's lines that open and close a printed document."""

from typing import NamedTuple

from home.documents.artwork import draw_flag, draw_logo
from home.documents.fonts import shape
from home.documents.tagged import INK, INK_2
from home.documents.typography import spaced, wrap


class Funder(NamedTuple):
    statement: str
    programme: str
    flag_alt: str


def provider_block(document, x, y, size, name, detail):
    """The logo with its lower left corner at x, y, then the name and a line under it; `size` is the small type's."""
    side = size * 3.4
    with document.artifact():
        draw_logo(document.canvas, x, y, side)
    with document.tag("P"):
        document.text(x + side + size, y + side * 0.56, f"{spaced(name)} ", size * 1.36, bold=True)
        document.text(x + side + size, y + side * 0.14, spaced(detail), size, color=INK_2)


def funder_block(document, right, y, size, funder):
    """The European flag and its sentence on two lines, ending at `right`; nothing without a funder."""
    if not funder.statement:
        return
    width = max(shape(spaced(funder.statement), True).width, shape(spaced(funder.programme)).width) * size
    flag = size * 5.2
    _flag(document, right - width - flag - size, y, flag, funder)
    with document.tag("P"):
        document.text(right - width, y + size * 1.9, f"{spaced(funder.statement)} ", size, bold=True)
        document.text(right - width, y + size * 0.55, spaced(funder.programme), size)


def funder_lines(document, left, right, y, size, funder):
    """The same, for narrow pages: the sentence wraps beside the flag. Returns the height taken above y."""
    if not funder.statement:
        return 0
    flag = size * 5.4
    column = right - left - flag - size
    lines = [(line, INK) for line in wrap(f"**{funder.statement}**", size, column)]
    lines += [(line, INK_2) for line in wrap(funder.programme, size, column)]
    height = max(size * 1.35 * len(lines), flag * 2 / 3)
    _flag(document, left, y + height - flag * 2 / 3, flag, funder)
    with document.tag("P"):
        for at, (line, color) in enumerate(lines, start=1):
            baseline = y + height - at * size * 1.35 + size * 0.35
            document.spans(left + flag + size, baseline, line, size, color=color)
    return height


def _flag(document, x, y, width, funder):
    with document.figure(funder.flag_alt, (x, y, width, width * 2 / 3)):
        draw_flag(document.canvas, x, y, width)
