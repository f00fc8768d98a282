"""The look shared by guides and handouts: a cover with a tile, pages of text, a footer."""

from dataclasses import dataclass

from reportlab.lib.pagesizes import A4

from home.documents.artwork import MODULES, draw_tile
from home.documents.fonts import shape
from home.documents.letterhead import Funder, funder_lines, provider_block
from home.documents.pages import Flow, Style
from home.documents.tagged import INK_2, RULE, TaggedDocument
from home.documents.typography import MM, spaced, wrap

BAD = "#971b1b"


@dataclass(frozen=True)
class Format:
    """A page and its type; `band` is the height of the patchwork on the cover, `foot` what the footer takes."""

    size: tuple[float, float]
    margin: float
    foot: float
    band: float
    title: Style
    heading: Style
    part: Style
    body: Style
    small: Style


FORMATS = {
    "a4": Format(
        size=A4,
        margin=24 * MM,
        foot=20 * MM,
        band=105 * MM,
        title=Style(34, 39, bold=True, after=6, even=True),
        heading=Style(23, 28, bold=True, after=6, even=True),
        part=Style(13.5, 18, bold=True, before=11, after=3),
        body=Style(11.2, 16.2, after=3.5),
        small=Style(9, 13, color=INK_2),
    ),
    "phone": Format(
        size=(105 * MM, 186 * MM),
        margin=8 * MM,
        foot=13 * MM,
        band=52.5 * MM,
        title=Style(25, 29, bold=True, after=5, even=True),
        heading=Style(20, 24, bold=True, after=5, even=True),
        part=Style(14.5, 19, bold=True, before=11, after=3),
        body=Style(13.5, 20, after=5),
        small=Style(10, 14, color=INK_2),
    ),
}


@dataclass(frozen=True)
class Imprint:
    """Who publishes and who pays, printed on the cover and in the footers. `page` has the places {page}, {pages}."""

    provider: str
    provider_sub: str
    eu: str
    programme: str
    licence: str
    flag: str
    page: str


class Booklet:
    def __init__(self, size, *, title, lang, module, imprint):
        self.format, self.imprint, self.title = FORMATS[size], imprint, spaced(title)
        self.module = module if module in MODULES else 5
        self.deep, self.mid, self.soft = MODULES[self.module]
        self.document = TaggedDocument(self.format.size, title=self.title, lang=lang, author=imprint.provider)
        margin = self.format.margin
        self.flow = Flow(
            self.document,
            left=margin,
            right=margin,
            top=margin * 0.8 + 2 * MM,
            bottom=self.format.foot,
            on_page=self._edge,
        )

    def _edge(self):
        self.document.fill(self.deep)
        self.document.canvas.rect(0, self.document.height - 2.4 * MM, self.document.width, 2.4 * MM, 0, 1)

    def cover(self, eyebrow, subtitle):
        document, flow, style = self.document, self.flow, self.format
        document.page()
        document.bookmark(self.title)
        with document.artifact():
            self._patchwork()
        flow.y = document.height - style.band - style.margin * 0.6
        if eyebrow:
            flow.block(eyebrow, style.part.but(color=self.deep, before=0, after=4))
        flow.block(self.title, style.title, "H1")
        if subtitle:
            flow.block(subtitle, style.body.but(size=style.body.size * 1.15, leading=style.body.leading * 1.15))
        self._imprint()

    def _patchwork(self):
        """The module's tile, large; a column of the four others."""
        document, band = self.document, self.format.band
        y, others = document.height - band, [m for m in MODULES if m != self.module]
        column = band / 2
        large = document.width - column * 2
        draw_tile(document.canvas, self.module, 0, y, large, band)
        for at, module in enumerate(others):
            draw_tile(document.canvas, module, large + column * (at % 2), y + column * (1 - at // 2), column, column)

    def _imprint(self):
        document, style, imprint = self.document, self.format, self.imprint
        y, size = style.margin * 0.8, style.small.size
        licence = wrap(imprint.licence, size, self.flow.width)
        for_licence = style.small.leading * len(licence) + size * 0.8
        funder = Funder(imprint.eu, imprint.programme, imprint.flag)
        for_funder = funder_lines(document, self.flow.left, self.flow.right, y + for_licence, size, funder)
        publisher_y = y + for_licence + for_funder + size * 1.6
        provider_block(document, self.flow.left, publisher_y, size, imprint.provider, imprint.provider_sub)
        with document.tag("P"):
            for at, line in enumerate(licence, start=1):
                below = y + style.small.leading * (len(licence) - at) + size * 0.3
                document.spans(self.flow.left, below, line, size, color=INK_2)

    def part(self, title, style=None):
        self.flow.heading(title, style or self.format.part.but(color=self.deep), 3, keep=2 * self.format.body.leading)

    def paragraphs(self, texts, scale=1.0):
        body = self.format.body
        style = body.but(size=body.size * scale, leading=body.leading * scale, after=body.leading * 0.45)
        for text in texts:
            self.flow.block(text, style)

    def contents(self, entries):
        """Titles with the number of their page."""
        style = self.format.body.but(outdent=self.format.body.size * 3, after=0)
        with self.document.tag("TOC"):
            for title, page in entries:
                self.flow.space(style.size * 0.5)
                with self.document.tag("TOCI"):
                    self.flow.lines(f"{title} ", style)
                    self.flow.at_end(str(page), style.but(bold=True, color=self.deep))
                self.flow.space(style.size * 0.5)
                self.flow.rule(RULE)

    def bullets(self, texts):
        self.flow.bullets(texts, self.format.body.but(indent=self.format.body.size * 1.3), self.deep)

    def steps(self, texts):
        indent = self.format.body.size * (1.6 if len(texts) < 10 else 2.1)
        self.flow.steps(texts, self.format.body.but(indent=indent), self.deep)

    def chips(self, facts):
        """Short facts in rounded grounds, row after row."""
        style = self.format.body
        size, height, pad = style.size * 0.92, style.size * 1.75, style.size * 0.7
        x, gap = self.flow.left, style.size * 0.5
        self.flow.y -= height
        with self.document.tag("L"):
            for fact in facts:
                line = shape(f"{spaced(fact)} ", True)
                width = line.width * size + 2 * pad - 0.25 * size
                if x > self.flow.left and x + width > self.flow.right:
                    x, self.flow.y = self.flow.left, self.flow.y - height - gap
                self._chip(x, width, height, pad, line, size)
                x += width + gap
        self.flow.space(gap * 2)

    def _chip(self, x, width, height, pad, line, size):
        with self.document.artifact():
            self.document.fill(self.soft)
            self.document.canvas.roundRect(x, self.flow.y, width, height, height / 2, 0, 1)
        with self.document.tag("LI"), self.document.tag("LBody"):
            self.document.text(x + pad, self.flow.y + height / 2 - size * 0.33, line, size, color=self.deep)

    def finish(self):
        return self.document.finish(footer=self._footer)

    def _footer(self, number, total):
        if number == 1:
            return
        document, style = self.document, self.format
        y, size = style.foot * 0.45, style.small.size
        document.stroke(RULE, 0.7)
        document.canvas.line(style.margin, y + size * 1.7, document.width - style.margin, y + size * 1.7)
        page = shape(spaced(self.imprint.page.format(page=number, pages=total)))
        room = self.flow.width - (page.width + 2) * size
        document.spans(style.margin, y, wrap(self.title, size, room)[0], size, color=INK_2)
        document.text(document.width - style.margin - page.width * size, y, page, size, color=INK_2)
