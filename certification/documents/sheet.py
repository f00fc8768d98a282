"""The attendance sheet of a session: who was there each half-day, and the trainers' countersignatures."""

from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4, landscape

from home.documents.fonts import drawable
from home.documents.letterhead import Funder, declared, funder_block, page_foot, provider_block
from home.documents.pages import Flow, Style
from home.documents.tables import Drawing, Paragraph, Room, Table
from home.documents.tagged import BRAND, INK_2, TaggedDocument
from home.documents.typography import MM, colon

MARGIN = 16 * MM
SLOTS_ACROSS, LINES_TO_WRITE = 4, 2
LABELS = (
    "sheet", "session", "module", "date", "place", "modality", "hours", "trainers", "learner", "employer",
    "countersigned", "corrections", "no_correction", "observations", "no_observation", "nda", "fingerprint", "page",
    "flag",
)  # fmt: skip

CELL = Style(8.6, 11.4)
CELL_BOLD = CELL.but(bold=True)
CELL_SMALL = Style(7.8, 10.4, color=INK_2)
HEADING = Style(12, 16, bold=True, color=BRAND, before=14, after=3)
BODY = Style(9.4, 13.4)


@dataclass(frozen=True)
class SheetSlot:
    """A half-day: its name ("Matin"), its hours, and who taught."""

    name: str
    hours: str
    trainers: str = ""


@dataclass(frozen=True)
class SheetMark:
    """What one slot says of one learner; `signature` tells how it was given, `drawing` holds its lines of points."""

    status: str
    minutes: str = ""
    signature: str = ""
    drawing: list = field(default_factory=list)


@dataclass(frozen=True)
class SheetRow:
    name: str
    employer: str
    marks: list[SheetMark]
    code: str = ""


@dataclass(frozen=True)
class SheetSignature:
    slot: str
    trainer: str
    signed: str


@dataclass(frozen=True)
class SheetText:
    """All strings are already in the language of the sheet. `labels` has a string for each key of LABELS;
    `labels["page"]` holds the places {page} and {pages}."""

    lang: str
    labels: dict
    provider: str
    nda: str
    title: str
    session: str
    date: str
    place: str
    modality: str
    slots: list[SheetSlot]
    rows: list[SheetRow]
    countersigns: list[SheetSignature]
    eu: str
    programme: str
    fingerprint: str
    module: str = ""
    corrections: list[str] = field(default_factory=list)
    observations: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    by_hand: bool = False
    """Printed to be signed on paper: room in the place of marks, signatures and corrections."""


def sheet(values: SheetText) -> bytes:
    """The PDF, A4 landscape. A sign that cannot be drawn keeps nobody from signing: it is left out."""
    values = drawable(values)
    document = TaggedDocument(
        landscape(A4),
        title=f"{values.labels['sheet']} · {values.session}",
        lang=values.lang,
        author=values.provider,
        subject=values.title,
    )
    flow = Flow(document, left=MARGIN, right=MARGIN, top=15 * MM, bottom=19 * MM)
    flow.page()
    _head(document, flow, values)
    _facts(flow, values)
    for start in range(0, len(values.slots), SLOTS_ACROSS):
        _attendance(flow, values, start)
    _countersigns(flow, values)
    if values.by_hand:
        _room_to_observe(flow, values)
    else:
        _listed(flow, values, "corrections", "no_correction")
        _listed(flow, values, "observations", "no_observation")
        _end(flow, values)
    return document.finish(footer=lambda number, total: _footer(document, values, number, total))


def _head(document, flow, values):
    y = flow.top - 11 * MM
    provider_block(document, flow.left, y, 9.2, values.provider, declared(values.labels, values.nda))
    funder = Funder(values.eu, values.programme, values.labels["flag"])
    funder_block(document, flow.right, y + 0.5 * MM, 8.4, funder)
    flow.y = y - 7 * MM
    flow.block(values.labels["sheet"], Style(22, 27, bold=True, after=1), "H1")
    flow.block(values.title, Style(12.5, 17, color=INK_2, after=8))


def _facts(flow, values):
    after = colon(values.lang)
    hours = " · ".join(f"{slot.name}{after} {slot.hours}" for slot in values.slots)
    trainers = ", ".join(dict.fromkeys(slot.trainers for slot in values.slots if slot.trainers))
    facts = {"session": values.session, "module": values.module, "date": values.date, "place": values.place}
    for key, fact in (facts | {"modality": values.modality, "hours": hours, "trainers": trainers}).items():
        if fact:
            flow.block(f"**{values.labels[key]}{after}** {fact}", BODY)
    flow.space(9)


def _attendance(flow, values, start):
    slots = values.slots[start : start + SLOTS_ACROSS]
    name, employer = (58 * MM, 44 * MM) if len(slots) > 2 else (70 * MM, 60 * MM)
    share = (flow.width - name - employer) / max(len(slots), 1)
    head = [_cell((values.labels["learner"], CELL_BOLD)), _cell((values.labels["employer"], CELL_BOLD))]
    head += [_cell((slot.name, CELL_BOLD), (slot.hours, CELL_SMALL)) for slot in slots]
    rows = [_row(row, start, len(slots), values.by_hand) for row in values.rows]
    flow.space(10 if start else 0)
    Table(flow, [name, employer, *[share] * len(slots)], head, rows).draw()


def _row(row, start, count, by_hand):
    cells = [_cell((row.name, CELL_BOLD), (row.code, CELL_SMALL)), _cell((row.employer, CELL))]
    if by_hand:
        return cells + [[Room(30)]] * count
    return cells + [
        _cell(*_presence(mark, count > 2)) + _drawn(mark, row.name) for mark in row.marks[start : start + count]
    ]


def _drawn(mark, name):
    return [Drawing(mark.drawing, f"{mark.signature} : {name}")] if mark.drawing else []


def _presence(mark, narrow):
    if narrow:
        yield from ((mark.status, CELL_BOLD), (mark.minutes, CELL))
    else:
        yield " · ".join(filter(None, (f"**{mark.status}**", mark.minutes))), CELL
    yield mark.signature, CELL_SMALL


def _cell(*paragraphs):
    return [Paragraph(text, style) for text, style in paragraphs if text]


def _countersigns(flow, values):
    flow.heading(values.labels["countersigned"], HEADING, 2)
    for signature in values.countersigns:
        if values.by_hand:
            flow.block(f"{signature.slot}{colon(values.lang)} {'_' * 44}", BODY.but(before=12))
            continue
        flow.block(f"{signature.slot}{colon(values.lang)} **{signature.trainer}**, {signature.signed}", BODY)


def _listed(flow, values, name, none):
    """A heading with its sentences, or the one that says that there is none."""
    flow.heading(values.labels[name], HEADING, 2)
    if getattr(values, name):
        flow.bullets(getattr(values, name), BODY.but(indent=12), BRAND)
    else:
        flow.block(values.labels[none], BODY)


def _room_to_observe(flow, values):
    flow.heading(values.labels["observations"], HEADING, 2)
    for _line in range(LINES_TO_WRITE):
        flow.block("_" * 96, BODY.but(before=10))


def _end(flow, values):
    for remark in values.remarks:
        flow.block(remark, BODY.but(before=10, color=INK_2))
    flow.block(f"{values.labels['fingerprint']}{colon(values.lang)} {values.fingerprint}", CELL_SMALL.but(before=4))


def _footer(document, values, number, total):
    foot = values.session if values.by_hand else f"{values.session} · {values.fingerprint[:16]}"
    page_foot(document, MARGIN, foot, values.labels["page"].format(page=number, pages=total))
