"""Cards with a QR code to cut out: A4 portrait, two by five, each 85 by 54 millimetres, tagged."""

from dataclasses import dataclass

from reportlab.lib.pagesizes import A4

from home.documents.artwork import draw_logo, draw_qr
from home.documents.tagged import BRAND, INK, INK_2, RULE, TaggedDocument
from home.documents.typography import MM, balanced, clean, fitting

WIDTH, HEIGHT = 85 * MM, 54 * MM
ACROSS, DOWN = 2, 5
LEFT, TOP = (A4[0] - ACROSS * WIDTH) / 2, A4[1] - (A4[1] - DOWN * HEIGHT) / 2
PAD, QR_SIZE = 6 * MM, 30 * MM
NAME_SIZE, NAME_FLOOR, LINE_SIZE, SMALLEST = 17, 7.5, 8.6, 6


@dataclass(frozen=True)
class CardText:
    """`name` is the one that others use; `url` is what the code says."""

    name: str
    organisation: str
    url: str


@dataclass(frozen=True)
class CardsText:
    provider: str
    cards: list[CardText]
    title: str = "Cartes · Kaarten"
    line_fr: str = "Scannez, puis tapez votre code."
    line_nl: str = "Scan en tik daarna uw code."
    qr_alt: str = "Code QR de la carte de"


def cards(values: CardsText) -> bytes:
    """The PDF. Raises MissingGlyph when a name cannot be drawn."""
    document = TaggedDocument(A4, title=clean(values.title), lang="fr", author=values.provider)
    for at, card in enumerate(values.cards):
        place = at % (ACROSS * DOWN)
        if place == 0:
            document.page()
        left = LEFT + place % ACROSS * WIDTH
        top = TOP - place // ACROSS * HEIGHT
        _cut_line(document, left, top)
        with document.tag("Sect"):
            _card(document, values, card, left, top)
    return document.finish()


def _cut_line(document, left, top):
    with document.artifact():
        document.stroke(RULE, 0.5)
        document.canvas.rect(left, top - HEIGHT, WIDTH, HEIGHT, 1, 0)
        draw_logo(document.canvas, left + PAD, top - PAD - 8 * MM, 8 * MM)


def _card(document, values, card, left, top):
    qr = left + WIDTH - PAD - QR_SIZE, top - (HEIGHT + QR_SIZE) / 2
    x, room = left + PAD, qr[0] - left - PAD - 4 * MM
    name, organisation = clean(card.name), clean(card.organisation)
    with document.tag("H1"):
        size = max(fitting([name], NAME_SIZE, room, bold=True), NAME_FLOOR)
        y = _lines(document, name, x, top - 22 * MM, size, room, BRAND, bold=True)
    if organisation:
        with document.tag("P"):
            _lines(document, organisation, x, y, LINE_SIZE, room, INK_2)
    with document.figure(f"{values.qr_alt} {name}", (*qr, QR_SIZE, QR_SIZE)):
        draw_qr(document.canvas, card.url, *qr, QR_SIZE)
    y = top - HEIGHT + 17 * MM
    for text, lang, color in ((values.line_fr, "", INK), (values.line_nl, "nl", INK_2)):
        with document.tag("P", lang=lang):
            y = _lines(document, text, x, y, LINE_SIZE, room, color)


def _lines(document, text, x, y, size, room, color, bold=False):
    """Two lines of about the same length, smaller if need be; returns where the next text begins."""
    while len(lines := balanced(text, size, room, bold)) > 2 and size > SMALLEST:
        size -= 0.4
    for line in lines:
        document.spans(x, y, line, size, color=color)
        y -= size * 1.25
    return y
