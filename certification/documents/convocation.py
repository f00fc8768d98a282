"""The convocation to a session: who, what, when, where, and whom to call."""

from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4

from home.documents.fonts import drawable
from home.documents.letterhead import Funder, declared, letterhead, page_foot
from home.documents.pages import Flow, Style
from home.documents.tagged import BRAND, INK_2, TaggedDocument
from home.documents.typography import MM

MARGIN = 20 * MM
LABELS = ("convocation", "session", "objectives", "enclosed", "read", "nda", "page", "flag")

TITLE = Style(24, 29, bold=True, after=2)
SUBTITLE = Style(13, 18, color=INK_2, after=12)
HEADING = Style(12.5, 17, bold=True, color=BRAND, before=12, after=3)
BODY = Style(11, 16)


@dataclass(frozen=True)
class ConvocationText:
    """All strings are already in the language of the letter. `labels` has a string for each key of LABELS;
    `sections` are pairs of a heading and its lines."""

    lang: str
    labels: dict
    provider: str
    nda: str
    learner: str
    title: str
    number: str
    sections: list[tuple[str, list[str]]]
    day: str
    objectives: list[str] = field(default_factory=list)
    enclosed: list[str] = field(default_factory=list)
    eu: str = ""
    programme: str = ""


def convocation(values: ConvocationText) -> bytes:
    """The PDF, A4 portrait. A sign that cannot be drawn is left out."""
    values = drawable(values)
    document = TaggedDocument(
        A4,
        title=f"{values.labels['convocation']} · {values.title}",
        lang=values.lang,
        author=values.provider,
        subject=values.title,
    )
    flow = Flow(document, left=MARGIN, right=MARGIN, top=16 * MM, bottom=20 * MM)
    flow.page()
    head(document, flow, values)
    for heading, lines in values.sections:
        flow.heading(heading, HEADING, 2)
        for line in lines:
            flow.block(line, BODY)
    bulleted(flow, values.labels["objectives"], values.objectives)
    bulleted(flow, values.labels["enclosed"], values.enclosed)
    flow.block(values.labels["read"], BODY.but(before=18, color=INK_2))
    return document.finish(footer=lambda number, total: footer(document, values, number, total))


def head(document, flow, values):
    provider = values.provider, declared(values.labels, values.nda)
    letterhead(document, flow, provider, Funder(values.eu, values.programme, values.labels["flag"]))
    flow.block(values.labels["convocation"], TITLE, "H1")
    flow.block(values.title, SUBTITLE)
    flow.block(f"**{values.learner}**", BODY)
    flow.block(f"{values.labels['session']} {values.number}", BODY.but(color=INK_2))
    flow.block(values.day, BODY.but(color=INK_2))


def bulleted(flow, heading, items):
    if items:
        flow.heading(heading, HEADING, 2)
        flow.bullets(items, BODY.but(indent=12), BRAND)


def footer(document, values, number, total):
    page = values.labels["page"].format(page=number, pages=total)
    page_foot(document, MARGIN, f"{values.labels['session']} {values.number}", page)
