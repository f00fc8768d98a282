"""Tables whose head comes back on every page, with header cells that say what they head."""

from dataclasses import dataclass

from reportlab.pdfbase.pdfdoc import PDFName

from home.documents.tagged import BRAND, INK, RULE
from home.documents.typography import wrap

PAD_X, PAD_Y = 4, 4
HEAD_GROUND = "#deede5"


@dataclass(frozen=True)
class Paragraph:
    text: str
    style: object

    def lines(self, width):
        return wrap(self.text, self.style.size, width, self.style.bold)

    def height(self, width):
        return self.style.leading * len(self.lines(width))

    def draw(self, document, x, y, width):
        for line in self.lines(width):
            y -= self.style.leading
            document.spans(x, y + self.style.size * 0.28, line, self.style.size, color=self.style.color)


@dataclass(frozen=True)
class Drawing:
    """Lines drawn by hand, as lists of points whose y grows downwards: as large as `box` allows, never stretched."""

    lines: list
    alt: str
    box: tuple = (90, 24)
    color: str = INK

    def height(self, width):
        return self.box[1]

    def draw(self, document, x, y, width):
        points = [point for line in self.lines for point in line]
        left, top = (min(point[axis] for point in points) for axis in (0, 1))
        across, down = (max(point[axis] for point in points) - low for axis, low in ((0, left), (1, top)))
        room, height = min(self.box[0], width), self.box[1] - 3
        scale = min(room / max(across, 1), height / max(down, 1))
        with document.figure(self.alt, (x, y - self.box[1], across * scale, down * scale)):
            document.stroke(self.color, 0.9)
            document.canvas.setLineCap(1)
            path = document.canvas.beginPath()
            for line in self.lines:
                start, *others = [(x + (px - left) * scale, y - 1 - (py - top) * scale) for px, py in line]
                path.moveTo(*start)
                for point in others or [start]:
                    path.lineTo(*point)
            document.canvas.drawPath(path)
            document.canvas.setLineCap(0)


@dataclass(frozen=True)
class Room:
    """Nothing yet: room to write by hand."""

    room: float

    def height(self, width):
        return self.room

    def draw(self, document, x, y, width):
        pass


class Table:
    """`columns` are widths; `head` and each row hold, per column, one list of paragraphs and drawings. A row's first
    cell heads it."""

    def __init__(self, flow, columns, head, rows):
        self.flow, self.document = flow, flow.document
        self.columns, self.head, self.rows = columns, head, rows

    def draw(self):
        with self.document.tag("Table"):
            self.flow.room(self._height(self.head) + (self._height(self.rows[0]) if self.rows else 0))
            with self.document.tag("THead"):
                self._row(self.head, head=True)
            with self.document.tag("TBody"):
                for row in self.rows:
                    self._turn_page_for(row)
                    self._row(row)

    def _turn_page_for(self, row):
        if self.flow.y - self._height(row) >= self.flow.bottom:
            return
        self.flow.page()
        top = self.flow.y
        self._ground(self._height(self.head))
        with self.document.artifact():
            for x, cell, width in self._cells(self.head):
                self._contents(x, top, cell, width)
        self.flow.y = top - self._height(self.head)

    def _row(self, row, head=False):
        top, height = self.flow.y, self._height(row)
        if head:
            self._ground(height)
        with self.document.tag("TR"):
            for at, (x, cell, width) in enumerate(self._cells(row)):
                with self._cell(at, head):
                    self._contents(x, top, cell, width)
        self._rule(top - height, BRAND if head else RULE)
        self.flow.y = top - height

    def _cell(self, at, head):
        if not head and at:
            return self.document.tag("TD")
        return self.document.tag("TH", O=PDFName("Table"), Scope=PDFName("Column" if head else "Row"))

    def _cells(self, row):
        x = self.flow.left
        for width, cell in zip(self.columns, row, strict=True):
            yield x + PAD_X, cell, width - 2 * PAD_X
            x += width

    def _contents(self, x, top, cell, width):
        y = top - PAD_Y
        for content in cell:
            content.draw(self.document, x, y, width)
            y -= content.height(width)

    def _height(self, row):
        return 2 * PAD_Y + max(self._cell_height(cell, width) for _, cell, width in self._cells(row))

    def _cell_height(self, cell, width):
        return sum(content.height(width) for content in cell)

    def _ground(self, height):
        with self.document.artifact():
            self.document.fill(HEAD_GROUND)
            self.document.canvas.rect(self.flow.left, self.flow.y - height, sum(self.columns), height, 0, 1)

    def _rule(self, y, color):
        with self.document.artifact():
            self.document.stroke(color, 0.7)
            self.document.canvas.line(self.flow.left, y, self.flow.left + sum(self.columns), y)
