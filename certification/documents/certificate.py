"""The certificate: one A4 landscape page, tagged, from frozen values that hold both languages."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfdoc import PDFName

from home.documents.artwork import MODULES, draw_flag, draw_logo, draw_qr, draw_tile
from home.documents.fonts import shape
from home.documents.tagged import BRAND, INK, INK_2, SUN, TaggedDocument
from home.documents.typography import MM, balanced, clean, fitting, spaced, wrap

PAGE = landscape(A4)
LEFT, RIGHT = 52 * MM, 283 * MM
NAME_SIZE, NAME_FLOOR, NAME_TRACKING = 46, 30, -20
REASON_SIZE, REASON_LEADING, REASON_HEIGHT = 12.8, 1.4, 16 * MM
ROLE_FLOOR = 8.6
MENTION_SIZE, MENTION_LEADING, MENTION_HEIGHT = 8.8, 1.24, 15.2 * MM
# The right one of two columns, and how wide each is.
SECOND, COLUMN = 171.8 * MM, 106 * MM
QR_SIZE, QR_BOTTOM = 32.5 * MM, 8.5 * MM


@dataclass(frozen=True)
class CertificateText:
    """Every printed string, as frozen with the certificate; plain values, so that JSON keeps it whole.

    `skills` holds pairs (French, Dutch), `signatories` triples (name, role in French, role in Dutch).
    Words between two stars in the reasons are printed bold. `qr_text` is the address with what verifies it offline. The
    mentions are those that the law asks for of a registered title, one a line: empty for any other. `follows` names the
    certificate that this one replaces or renews.
    """

    number: str
    code: str
    verify_url: str
    verify_label: str
    holder: str
    title_fr: str
    title_nl: str
    granted_fr: str
    granted_nl: str
    reason_fr: str
    reason_nl: str
    heading_fr: str
    heading_nl: str
    skills: list
    signatories: list
    place_and_date_fr: str
    place_and_date_nl: str
    eu_fr: str
    eu_nl: str
    programme: str
    provider: str
    provider_sub: str
    mentions_fr: list = field(default_factory=list)
    mentions_nl: list = field(default_factory=list)
    follows_fr: str = ""
    follows_nl: str = ""
    verify_fr: str = "Vérifier"
    verify_nl: str = "Controleren"
    flag_alt: str = "Drapeau de l’Union européenne"
    qr_alt: str = "Code QR de vérification"
    qr_text: str = ""


def certificate(values: CertificateText, attachments=()) -> bytes:
    """The PDF, with its attachments. Raises MissingGlyph when a character of the values cannot be drawn."""
    document = TaggedDocument(
        PAGE,
        title=f"{spaced(values.title_fr)} · {clean(values.holder)}",
        lang="fr",
        author=values.provider,
        subject=values.number,
    )
    document.attachments += attachments
    document.page()
    _patchwork(document)
    for part in (
        _provider,
        _funding,
        _title,
        _mentions,
        _granted,
        _holder,
        _reason,
        _skills,
        _signatures,
        _verification,
    ):
        part(document, values)
    return document.finish()


def _top(millimetres):
    return PAGE[1] - millimetres * MM


def _patchwork(document):
    height = PAGE[1] / len(MODULES)
    with document.artifact():
        for row, module in enumerate(MODULES):
            draw_tile(document.canvas, module, 0, PAGE[1] - (row + 1) * height, 38 * MM, height)


def _provider(document, values):
    with document.artifact():
        draw_logo(document.canvas, LEFT, _top(24), 13 * MM)
    text = partial(document.text, 68.2 * MM)
    with document.tag("P"):
        text(_top(16.8), f"{spaced(values.provider)} ", 13.8, bold=True)
        text(_top(21.8), spaced(values.provider_sub), 10.5, color=INK_2)


def _funding(document, values):
    lines = (values.eu_fr, values.eu_nl, values.programme)
    x = RIGHT - max(shape(spaced(line), line is values.eu_fr).width * 9 for line in lines)
    flag = x - 19.5 * MM, _top(23), 16.5 * MM
    with document.figure(values.flag_alt, (*flag, 11 * MM)):
        draw_flag(document.canvas, *flag)
    with document.tag("P"):
        document.text(x, _top(14.2), spaced(values.eu_fr), 9, bold=True)
    with document.tag("P", lang="nl"):
        document.text(x, _top(18.35), spaced(values.eu_nl), 9, color=INK_2)
    with document.tag("P"):
        document.text(x, _top(22.5), spaced(values.programme), 9)


def _title(document, values):
    size = fitting([values.title_fr], 32, RIGHT - LEFT, bold=True, tracking=-20)
    with document.tag("H1"):
        document.text(LEFT, _top(46), shape(spaced(values.title_fr), True, -20), size)
    with document.tag("P", lang="nl"):
        size = fitting([values.title_nl], 17, RIGHT - LEFT)
        document.text(LEFT, _top(54.2), spaced(values.title_nl), size, color=INK_2)


def _mentions(document, values):
    """What the law asks for of a registered title, small, in two columns; what follows moves down for it."""
    size, width = MENTION_SIZE, RIGHT - SECOND
    french, dutch = ". ".join(values.mentions_fr), ". ".join(values.mentions_nl)
    while max(len(wrap(text, size, width)) for text in (french, dutch)) * size * MENTION_LEADING > MENTION_HEIGHT:
        size -= 0.2
    for x, lang, text, color in ((LEFT, "", french, INK), (SECOND, "nl", dutch, INK_2)) if french else ():
        with document.tag("P", lang=lang):
            for row, line in enumerate(wrap(text, size, width)):
                document.spans(x, _top(61) - row * size * MENTION_LEADING, line, size, color=color)


def _below(values, top, shift):
    """A height in millimetres, lower by so many when there are mentions above."""
    return _top(top + (shift if values.mentions_fr else 0))


def _granted(document, values):
    _bilingual(document, LEFT, _below(values, 68.3, 12.2), values.granted_fr, values.granted_nl, 13)


def _bilingual(document, x, y, french, dutch, size):
    with document.tag("P"):
        x = document.text(x, y, f"{spaced(french)} · ", size)
        with document.tag("Span", lang="nl"):
            return document.text(x, y, spaced(dutch), size, color=INK_2)


def _holder(document, values):
    lines, size = _name_lines(clean(values.holder))
    leading, width = size * 1.12, max(line.width for line in lines) * size
    below = max(5.3 * MM if size > 40 else 4 * MM, lines[-1].depth * size + 1.6 * MM)
    rule = _below(values, 98.2 + 1.2 * len(lines), 7.8) - max(0, below - 5.3 * MM) / 2
    last = rule + 1.2 * MM + below
    with document.tag("P"):
        for above, line in zip(range(len(lines) - 1, -1, -1), lines, strict=True):
            indent = width - line.width * size if line.right_to_left else 0
            document.text(LEFT + indent, last + above * leading, line, size, color=BRAND)
    with document.artifact():
        document.fill(SUN)
        document.canvas.rect(LEFT, rule, width, 1.2 * MM, 0, 1)


def _name_lines(name):
    """One line, smaller if need be; past the floor, two."""
    whole = shape(name, True, NAME_TRACKING)
    size = min(NAME_SIZE, (RIGHT - LEFT) / whole.width)
    if size >= NAME_FLOOR or " " not in name:
        return [whole], size
    words = name.split(" ")
    halves = ([" ".join(words[:at]) + " ", " ".join(words[at:])] for at in range(1, len(words)))
    pairs = [[shape(half, True, NAME_TRACKING) for half in pair] for pair in halves]
    best = min(pairs, key=lambda pair: max(line.width for line in pair))
    return best, min(NAME_FLOOR, (RIGHT - LEFT) / max(line.width for line in best))


def _reason(document, values):
    size, y = _reason_size(values), _below(values, 112.4, 4)
    for text, lang, color in ((values.reason_fr, "", INK), (values.reason_nl, "nl", INK_2)):
        with document.tag("P", lang=lang):
            for line in balanced(text, size, RIGHT - LEFT):
                document.spans(LEFT, y, line, size, color=color)
                y -= size * REASON_LEADING


def _reason_size(values):
    """The largest size at which both reasons end well above the skills."""
    size, height = REASON_SIZE, REASON_HEIGHT - (4 * MM if values.mentions_fr else 0)
    while _line_count(values, size) > 1 + height / (size * REASON_LEADING):
        size -= 0.4
    return size


def _line_count(values, size):
    return sum(len(wrap(text, size, RIGHT - LEFT)) for text in (values.reason_fr, values.reason_nl))


def _skills(document, values):
    languages = ((LEFT, "", values.heading_fr, 0, INK), (SECOND, "nl", values.heading_nl, 1, INK_2))
    size = fitting([text for pair in values.skills for text in pair], 11, COLUMN)
    for x, lang, heading, column, color in languages:
        with document.tag("Sect", lang=lang):
            with document.tag("H2"):
                document.text(x, _top(135.4), spaced(heading), 12, bold=True, color=BRAND)
            with document.tag("L", O=PDFName("List"), ListNumbering=PDFName("None")):
                for row, pair in enumerate(values.skills):
                    _skill(document, x, _top(141.2 + 5.4 * row), row, pair[column], size, color)


def _skill(document, x, y, row, text, size, color):
    with document.artifact():
        document.fill(MODULES[row % len(MODULES) + 1][0])
        document.canvas.roundRect(x, y - 0.3 * MM, 2.3 * MM, 2.3 * MM, 0.5 * MM, 0, 1)
    with document.tag("LI"), document.tag("LBody"):
        document.text(x + 4.6 * MM, y, spaced(text), size, color=color)


def _signatures(document, values):
    gap, count = 8 * MM, max(len(values.signatories), 1)
    width = (149 * MM - gap * (count - 1)) / count
    for at, signatory in enumerate(values.signatories):
        x = LEFT + at * (width + gap)
        with document.artifact():
            document.stroke(INK, 0.35 * MM)
            document.canvas.line(x, _top(188.6), x + width, _top(188.6))
        _signatory(document, x, width, *signatory)


def _signatory(document, x, width, name, role_fr, role_nl):
    with document.tag("P"):
        document.text(x, _top(193.8), clean(name), fitting([name], 10, width, bold=True), bold=True)
    if fitting([f"{role_fr} · {role_nl}"], 10, width) >= ROLE_FLOOR:
        _bilingual(document, x, _top(198.5), role_fr, role_nl, fitting([f"{role_fr} · {role_nl}"], 10, width))
        return
    size = fitting([role_fr, role_nl], 9.2, width)
    with document.tag("P"):
        document.text(x, _top(198.2), spaced(role_fr), size)
    with document.tag("P", lang="nl"):
        document.text(x, _top(202.2), spaced(role_nl), size, color=INK_2)


def _verification(document, values):
    side = QR_SIZE
    with document.figure(f"{values.qr_alt} : {values.verify_url}", (RIGHT - side, QR_BOTTOM, side, side)):
        draw_qr(document.canvas, values.qr_text or values.verify_url, RIGHT - side, QR_BOTTOM, side)
    y = _top(198.5) + 4.3 * MM * (len(_facts(values)) - 1)
    for text, lang, bold in _facts(values):
        line = shape(spaced(text), bold)
        x = RIGHT - side - 4.2 * MM - line.width * 8.6
        with document.tag("P", lang=lang), _linked(document, values, text, (x, y - 2, line.width * 8.6, 11)):
            document.text(x, y, line, 8.6, color=INK if bold else INK_2)
        y -= 4.3 * MM


@contextmanager
def _linked(document, values, text, box):
    """The printed address is also a link for those who read on a screen."""
    if text != values.verify_label:
        yield
        return
    with document.tag("Link"):
        yield
        document.link(values.verify_url, box, f"{values.verify_fr} : {values.verify_url}")


def _facts(values):
    """What is printed beside the QR code, as (text, language, bold)."""
    dates = {values.place_and_date_fr: "", values.place_and_date_nl: "nl"}
    if values.place_and_date_fr == values.place_and_date_nl:
        dates = {values.place_and_date_fr: ""}
    lines = [(values.number, "", True)]
    lines += [(text, lang, False) for text, lang in ((values.follows_fr, ""), (values.follows_nl, "nl")) if text]
    lines += [(date, lang, False) for date, lang in dates.items()]
    lines += [(f"{values.verify_fr} · {values.verify_nl}", "", False), (values.verify_label, "", False)]
    if values.code not in values.verify_label:
        lines.append((values.code, "", True))
    return lines
