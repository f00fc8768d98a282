"""A column of tagged text that runs over as many pages as it needs."""

from dataclasses import dataclass, replace

from reportlab.pdfbase.pdfdoc import PDFName

from home.documents.fonts import shape
from home.documents.tagged import INK
from home.documents.typography import balanced, spaced, wrap


@dataclass(frozen=True)
class Style:
    """Type and the space around it, in points. `bar` is the colour of a rule beside the text;
    `even` breaks it into lines of about the same length."""

    size: float
    leading: float
    bold: bool = False
    color: str = INK
    before: float = 0
    after: float = 0
    indent: float = 0
    outdent: float = 0
    bar: str = ""
    even: bool = False

    def but(self, **changes):
        return replace(self, **changes)


class Flow:
    def __init__(self, document, *, left, right, top, bottom, on_page=None):
        self.document = document
        self.left, self.right = left, document.width - right
        self.top, self.bottom = document.height - top, bottom
        self.on_page = on_page
        self.y = self.top

    @property
    def width(self):
        return self.right - self.left

    def page(self):
        self.document.page()
        self.y = self.top
        if self.on_page:
            with self.document.artifact():
                self.on_page()

    def room(self, height):
        """Turn the page when less than `height` is left."""
        if self.y - height < self.bottom:
            self.page()

    def space(self, height):
        self.y = min(self.top, self.y - height) if self.y < self.top else self.y

    def block(self, text, style, tag="P", lang="", keep=0):
        """A paragraph; `keep` is the room that must follow it on the same page."""
        with self.document.tag(tag, lang=lang):
            self.lines(text, style, keep)

    def lines(self, text, style, keep=0):
        lines = self._broken(text, style)
        self.space(style.before)
        self.room(style.leading * len(lines) + keep if keep else 0)
        for at, line in enumerate(lines):
            self.room(style.leading * (2 if at == 0 < len(lines) - 1 or at == len(lines) - 2 else 1))
            self._line(line, style)
        self.space(style.after)

    def _broken(self, text, style):
        width = self.width - style.indent - style.outdent
        return (balanced if style.even else wrap)(text, style.size, width, style.bold)

    def _baseline(self, style):
        return self.y + (style.leading - style.size) / 2 + style.size * 0.16

    def _line(self, line, style):
        self.y -= style.leading
        if style.bar:
            with self.document.artifact():
                self.document.fill(style.bar)
                self.document.canvas.rect(self.left, self.y - 1, 2.6, style.leading + 0.2, 0, 1)
        self.document.spans(self.left + style.indent, self._baseline(style), line, style.size, color=style.color)

    def at_end(self, text, style):
        """Write at the right end of the line just drawn, which has no space after it."""
        line = shape(text, style.bold)
        self.document.text(
            self.right - line.width * style.size, self._baseline(style), line, style.size, color=style.color
        )

    def rule(self, color):
        with self.document.artifact():
            self.document.stroke(color, 0.7)
            self.document.canvas.line(self.left, self.y, self.right, self.y)

    def heading(self, text, style, level, keep=0, bookmark=None):
        """A heading stays with what follows; `bookmark` is its depth in the outline."""
        lines = self._broken(text, style)
        self.space(style.before)
        self.room(style.leading * len(lines) + (keep or 3 * style.leading))
        if bookmark is not None:
            self.document.bookmark(spaced(text), bookmark)
        self.block(text, style.but(before=0), f"H{level}")

    def bullets(self, items, style, color):
        with self.document.tag("L", O=PDFName("List"), ListNumbering=PDFName("None")):
            for item in items:
                self._item(item, style, lambda x, y: self._square(x, y + style.size * 0.05, style.size * 0.42, color))

    def _square(self, x, y, side, color):
        with self.document.artifact():
            self.document.fill(color)
            self.document.canvas.roundRect(x, y, side, side, side * 0.22, 0, 1)

    def steps(self, items, style, color):
        with self.document.tag("L", O=PDFName("List"), ListNumbering=PDFName("Decimal")):
            for number, item in enumerate(items, start=1):
                self._item(item, style, lambda x, y, label=f"{number}.": self._label(x, y, label, style, color))

    def _label(self, x, y, label, style, color):
        with self.document.tag("Lbl"):
            self.document.text(x, y, shape(label, True), style.size, color=color)

    def _item(self, text, style, draw_label):
        self.room(style.leading * min(2, len(self._broken(text, style))))
        baseline = self._baseline(style) - style.leading
        with self.document.tag("LI"):
            draw_label(self.left, baseline)
            with self.document.tag("LBody"):
                self.lines(text, style)
