"""The minutes of a jury: both languages one after the other, then the signatures of all."""

from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4

from home.documents.letterhead import Funder, declared, letterhead, page_foot
from home.documents.pages import Flow, Style
from home.documents.tables import Drawing, Paragraph, Table
from home.documents.tagged import BRAND, INK_2, TaggedDocument
from home.documents.typography import MM, colon

MARGIN = 18 * MM
LABELS = (
    "minutes", "members", "conflicts", "no_conflict", "decisions", "candidate", "decision", "reason", "signatures",
    "signature", "account", "member", "nda", "fingerprint", "page", "flag",
)  # fmt: skip
TITLE = Style(22, 27, bold=True, after=1)
SUBTITLE = Style(12.5, 17, color=INK_2, after=8)
HEADING = Style(12, 16, bold=True, color=BRAND, before=14, after=3)
BODY = Style(10, 14.2)
CELL = Style(9.2, 12.4)
CELL_BOLD = CELL.but(bold=True)
CELL_SMALL = Style(8.2, 11, color=INK_2)


@dataclass(frozen=True)
class MinutesText:
    """The minutes in one language. `labels` has a string for each key of LABELS; `facts` are pairs of a label and a
    value, `members` of a name and a quality; `rows` hold a name, a decision and its lines."""

    lang: str
    labels: dict
    provider: str
    nda: str
    title: str
    facts: list
    members: list
    conflicts: list
    rows: list
    closing: str
    eu: str = ""
    programme: str = ""


@dataclass(frozen=True)
class MinutesSignature:
    name: str
    quality: str
    moment: str
    drawing: list = field(default_factory=list)


@dataclass(frozen=True)
class MinutesPaper:
    texts: list[MinutesText]
    signatures: list[MinutesSignature]
    fingerprint: str


def minutes(values: MinutesPaper) -> bytes:
    """The PDF, A4 portrait. Raises MissingGlyph when a character of the values cannot be drawn."""
    first = values.texts[0]
    document = TaggedDocument(
        A4,
        title=" · ".join([first.labels["minutes"], first.title]),
        lang=first.lang,
        author=first.provider,
        subject=first.title,
    )
    flow = Flow(document, left=MARGIN, right=MARGIN, top=15 * MM, bottom=20 * MM)
    for text in values.texts:
        flow.page()
        with document.tag("Sect", lang=text.lang):
            _text(document, flow, text)
    _signatures(flow, values)
    return document.finish(footer=lambda number, total: _footer(document, values, number, total))


def _text(document, flow, text):
    _head(document, flow, text)
    for label, value in text.facts:
        flow.block(f"**{label}{colon(text.lang)}** {value}", BODY)
    flow.heading(text.labels["members"], HEADING, 2)
    flow.bullets([f"{name}, {quality}" for name, quality in text.members], BODY.but(indent=12), BRAND)
    flow.heading(text.labels["conflicts"], HEADING, 2)
    for sentence in text.conflicts or [text.labels["no_conflict"]]:
        flow.block(sentence, BODY)
    _decisions(flow, text)
    flow.block(text.closing, BODY.but(before=10))


def _head(document, flow, text):
    provider = text.provider, declared(text.labels, text.nda)
    letterhead(document, flow, provider, Funder(text.eu, text.programme, text.labels["flag"]))
    flow.block(text.labels["minutes"], TITLE, "H1")
    flow.block(text.title, SUBTITLE)


def _decisions(flow, text):
    flow.heading(text.labels["decisions"], HEADING, 2)
    name, decision = 52 * MM, 36 * MM
    head = [_cell((text.labels[key], CELL_BOLD)) for key in ("candidate", "decision", "reason")]
    rows = [
        [_cell((who, CELL_BOLD)), _cell((decided, CELL)), _cell(*((line, CELL) for line in lines))]
        for who, decided, lines in text.rows
    ]
    Table(flow, [name, decision, flow.width - name - decision], head, rows).draw()


def _signatures(flow, values):
    both = [text.labels for text in values.texts]
    flow.heading(_in_both(both, "signatures"), HEADING.but(before=20), 2)
    head = [_cell((_in_both(both, key), CELL_BOLD)) for key in ("member", "signature")]
    rows = [
        [
            _cell((one.name, CELL_BOLD), (one.quality, CELL_SMALL), (one.moment, CELL_SMALL)),
            _signature(one, both),
        ]
        for one in values.signatures
    ]
    Table(flow, [flow.width / 2] * 2, head, rows).draw()
    flow.block(f"{_in_both(both, 'fingerprint')} : {values.fingerprint}", CELL_SMALL.but(before=10))


def _signature(one, both):
    """Drawn, or given by account."""
    if not one.drawing:
        return _cell((_in_both(both, "account"), CELL))
    return [Drawing(one.drawing, f"{_in_both(both, 'signature')} : {one.name}", (150, 44))]


def _in_both(both, key):
    return " · ".join(dict.fromkeys(labels[key] for labels in both))


def _cell(*paragraphs):
    return [Paragraph(text, style) for text, style in paragraphs if text]


def _footer(document, values, number, total):
    first = values.texts[0]
    page = first.labels["page"].format(page=number, pages=total)
    page_foot(document, MARGIN, f"{first.labels['minutes']} · {values.fingerprint[:16]}", page)
