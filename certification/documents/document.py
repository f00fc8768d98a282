"""A document that attests what a learner did: A4 portrait, tagged, from frozen values in one language."""

from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4

from home.documents.letterhead import Funder, letterhead, page_foot
from home.documents.pages import Flow, Style
from home.documents.tables import Paragraph, Table
from home.documents.tagged import BRAND, INK_2, RULE, TaggedDocument
from home.documents.typography import MM, colon, spaced, wrap

MARGIN = 20 * MM
SIGNED = 30 * MM
LABELS = ("page", "flag", "signature")

TITLE = Style(23, 28, bold=True, after=2, even=True)
SUBTITLE = Style(11, 16, color=INK_2, after=10)
HEADING = Style(12.5, 17, bold=True, color=BRAND, before=10, after=3)
BODY = Style(10.6, 15)
CELL = Style(9.6, 12.8)
SMALL = Style(9, 12.6, color=INK_2)


@dataclass(frozen=True)
class DocumentText:
    """All strings are already in the language of the document; plain values, so that JSON keeps it whole.

    `facts` are pairs of a label and a value. `tables` are dicts: heading, shares (of the width), head, rows of cells; a
    line break in a cell begins a smaller line. `labels` has a string for each key of LABELS.
    """

    lang: str
    labels: dict
    provider: str
    declared: str
    number: str
    title: str
    subtitle: str
    intro: str
    facts: list
    tables: list
    notes: list
    closing: str
    mention: str
    place_and_date: str
    signatory: list = field(default_factory=list)
    eu: str = ""
    programme: str = ""


def document(values: DocumentText) -> bytes:
    """The PDF. Raises MissingGlyph when a character of the values cannot be drawn."""
    made = TaggedDocument(
        A4,
        title=f"{spaced(values.title)} · {values.number}",
        lang=values.lang,
        author=values.provider,
        subject=values.number,
    )
    flow = Flow(made, left=MARGIN, right=MARGIN, top=16 * MM, bottom=20 * MM)
    flow.page()
    _head(made, flow, values)
    flow.block(values.intro, BODY.but(after=6))
    for label, value in values.facts:
        flow.block(f"**{label}{colon(values.lang)}** {value}", BODY)
    for table in values.tables:
        _table(flow, table)
    flow.space(8)
    for note in values.notes:
        flow.block(note, SMALL.but(before=2))
    _end(made, flow, values)
    return made.finish(footer=lambda number, total: _footer(made, values, number, total))


def _head(made, flow, values):
    funder = Funder(values.eu, values.programme, values.labels["flag"])
    letterhead(made, flow, (values.provider, values.declared), funder)
    flow.block(values.title, TITLE, "H1")
    flow.block(values.subtitle, SUBTITLE)


def _table(flow, table):
    flow.heading(table["heading"], HEADING, 2)
    columns = [flow.width * share / sum(table["shares"]) for share in table["shares"]]
    head = [[Paragraph(text, CELL.but(bold=True))] for text in table["head"]]
    Table(flow, columns, head, [[_cell(text) for text in row] for row in table["rows"]]).draw()


def _cell(text):
    first, *others = text.split("\n")
    return [Paragraph(first, CELL), *(Paragraph(line, SMALL) for line in others if line)]


def _end(made, flow, values):
    """What closes it, where and when, then room to sign and to stamp: on one page, so that what is signed is read."""
    last = [text for text in (values.closing, values.mention and f"**{values.mention}**") if text]
    lines = sum(len(wrap(text, BODY.size, flow.width)) for text in last)
    flow.room((lines + 4) * BODY.leading + 8 * len(last) + (SIGNED if values.signatory else 0))
    for text in last:
        flow.block(text, BODY.but(before=8))
    flow.block(values.place_and_date, BODY.but(before=10))
    if values.signatory:
        _signature(made, flow, values)


def _signature(made, flow, values):
    name, role = values.signatory
    flow.block(f"**{name}**, {role}" if role else f"**{name}**", BODY)
    flow.block(values.labels["signature"], SMALL)
    with made.artifact():
        made.stroke(RULE, 0.9)
        made.canvas.rect(flow.left, flow.y - SIGNED + 6, 88 * MM, SIGNED - 10, 1, 0)
    flow.space(SIGNED)


def _footer(made, values, number, total):
    page_foot(made, MARGIN, values.number, values.labels["page"].format(page=number, pages=total))
