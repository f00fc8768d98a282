"""The provider's and the funder's lines that open and close a printed document."""

from typing import NamedTuple

from home.documents.artwork import draw_flag, draw_logo
from home.documents.fonts import shape
from home.documents.tagged import INK, INK_2, RULE
from home.documents.typography import MM, spaced, wrap


class Funder(NamedTuple):
    statement: str
    programme: str
    flag_alt: str


def letterhead(document, flow, provider, funder):
    """Both at the top of a page in portrait, one under the other; `flow` goes on below. `provider` is a name and a
    detail."""
    y = flow.top - 11 * MM
    provider_block(document, flow.left, y, 9.2, *provider)
    below = y - 15 * MM if funder.statement else y
    funder_block(document, flow.right, below, 8.4, funder)
    flow.y = below - 9 * MM


def page_foot(document, margin, text, page):
    """A rule, what the document is, and which page this is."""
    document.stroke(RULE, 0.7)
    document.canvas.line(margin, 14 * MM, document.width - margin, 14 * MM)
    document.text(margin, 10 * MM, spaced(text), 8, color=INK_2)
    right = document.width - margin - shape(spaced(page)).width * 8
    document.text(right, 10 * MM, spaced(page), 8, color=INK_2)


def declared(labels, number):
    """The declaration number of the training provider with its label, or nothing."""
    return f"{labels['nda']} {number}" if number else ""


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
