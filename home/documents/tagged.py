"""A tagged PDF/UA-1 and PDF/A-3b document on ReportLab's canvas: every mark belongs to an element or is an artifact."""

import io
from contextlib import contextmanager

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

from home.documents.archive import attach, compressed, metadata, output_intent
from home.documents.embedding import EmbeddedFont
from home.documents.fonts import shape
from home.documents.structure import Element, Tree

INK, INK_2, BRAND, SUN, RULE = "#1a2320", "#424a46", "#0e4b3d", "#f6bb42", "#e1d9c9"
ANNOTATION_KEYS = 100_000


class BareCanvas(Canvas):
    """ReportLab opens each page with Helvetica, which is not embedded; this one opens with nothing."""

    def _make_preamble(self):
        self._preamble = ""


class TaggedDocument:
    def __init__(self, size, *, title, lang, author="", subject=""):
        self.width, self.height = size
        self.facts = {"title": title, "lang": lang, "author": author, "subject": subject}
        self.file = io.BytesIO()
        self.canvas = BareCanvas(self.file, pagesize=size, lang=lang, invariant=1, pageCompression=1, pdfVersion=(1, 7))
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setSubject(subject)
        self.tree = Tree()
        self.fonts = {}
        self.pages = []
        self.bookmarks = []
        self.attachments = []
        self.in_artifact = False

    def page(self):
        """Start a page. Pages stay open to drawing until `finish`, so that a footer can know their number."""
        self.pages.append([])
        self.canvas._code = self.pages[-1]

    @contextmanager
    def tag(self, tag, *, lang="", alt="", actual="", **attributes):
        self.tree.push(Element(tag, lang, alt, actual, attributes))
        yield
        self.tree.pop()

    @contextmanager
    def artifact(self, kind=""):
        self._write(f"/Artifact <</Type /{kind}>> BDC" if kind else "/Artifact BMC")
        self.in_artifact = True
        yield
        self.in_artifact = False
        self._write("EMC")

    @contextmanager
    def figure(self, alt, box):
        """A drawing with its description; `box` is x, y, width, height."""
        x, y, width, height = box
        place = {"O": PDFName("Layout"), "BBox": PDFArray([round(v, 2) for v in (x, y, x + width, y + height)])}
        with self.tag("Figure", alt=alt, **place), self._marked():
            yield

    @contextmanager
    def _marked(self):
        if self.in_artifact:
            yield
            return
        element = self.tree.open[-1]
        self._write(f"/{element.tag} <</MCID {self.tree.mark(len(self.pages) - 1)}>> BDC")
        yield
        self._write("EMC")

    def text(self, x, y, text, size, *, bold=False, color=INK, tracking=0):
        """Draw one line inside the open element; returns the x where it ends."""
        line = shape(text, bold, tracking) if isinstance(text, str) else text
        if line.right_to_left:
            with self.tag("Span", actual=line.text):
                self._line(x, y, line, size, color)
        else:
            self._line(x, y, line, size, color)
        return x + line.width * size

    def spans(self, x, y, spans, size, *, color=INK):
        """Draw one line of spans, each with its own weight."""
        for span in spans:
            x = self.text(x, y, span.text, size, bold=span.bold, color=color)
        return x

    def _line(self, x, y, line, size, color):
        with self._marked():
            self._write(f"BT {_rgb(color)} rg 1 0 0 1 {x:.3f} {y:.3f} Tm")
            for run in line.runs:
                self._run(run, size)
            self._write("ET")

    def _run(self, run, size):
        font = self._font(run.face)
        learnt = [font.learn(glyph) for glyph in run.glyphs]
        faithful = all(learnt) or run.right_to_left
        if not faithful:
            self._write(f"/Span <</ActualText <FEFF{run.text.encode('utf-16-be').hex().upper()}>>> BDC")
        self._write(f"{font.name} {size:g} Tf")
        for rise, shown in _shown(run):
            self._write(f"{rise * size / 1000:.3f} Ts {shown} TJ" if rise else f"{shown} TJ")
            if rise:
                self._write("0 Ts")
        if not faithful:
            self._write("EMC")

    def _font(self, face):
        if face.name not in self.fonts:
            self.fonts[face.name] = EmbeddedFont(face, len(self.fonts) + 1)
        return self.fonts[face.name]

    def link(self, url, box, contents):
        """A web link over `box`, in an open Link element."""
        key = ANNOTATION_KEYS + len(self.tree.annotations)
        x, y, width, height = box
        action = PDFDictionary({"S": PDFName("URI"), "URI": PDFString(url)})
        annotation = PDFDictionary(
            {
                "Type": PDFName("Annot"),
                "Subtype": PDFName("Link"),
                "Rect": PDFArray([round(v, 2) for v in (x, y, x + width, y + height)]),
                "Border": PDFArray([0, 0, 0]),
                "F": 4,
                "A": action,
                "Contents": PDFString(contents),
                "StructParent": key,
            }
        )
        self.tree.annotate(len(self.pages) - 1, self.canvas._doc.Reference(annotation, f"link{key}"), key)

    def bookmark(self, title, level=0):
        """An outline entry for the top of the current page."""
        self.bookmarks.append((len(self.pages) - 1, title, level))

    def fill(self, color):
        self.canvas.setFillColor(HexColor(color))

    def stroke(self, color, width):
        self.canvas.setStrokeColor(HexColor(color))
        self.canvas.setLineWidth(width)

    def _write(self, operators):
        self.canvas._code.append(operators)

    def finish(self, footer=None):
        """Close the document; `footer(number, total)` draws on each page as an artifact."""
        for number, operators in enumerate(self.pages):
            self.canvas._code = operators
            if footer:
                with self.artifact("Pagination"):
                    footer(number + 1, len(self.pages))
            self._close_page(number)
        self._complete_catalog()
        self.canvas.save()
        return self.file.getvalue()

    def _close_page(self, number):
        for at, (page, title, level) in enumerate(self.bookmarks):
            if page == number:
                self.canvas.bookmarkPage(f"b{at}")
                self.canvas.addOutlineEntry(title, f"b{at}", level)
        links = [kid for kid in _annotations(self.tree.root) if kid.page == number]
        self.canvas._annotationrefs = [link.reference for link in links]
        self.canvas.showPage()
        page = self.canvas._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.Contents = compressed(page.stream)
        page.StructParents = number
        page.Tabs = PDFName("S")

    def _complete_catalog(self):
        document, catalog = self.canvas._doc, self.canvas._doc.Catalog
        for font in self.fonts.values():
            font.add_to(document)
        pages = [document.Reference(page) for page in document.Pages.pages]
        catalog.StructTreeRoot = self.tree.add_to(document, pages)
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
        catalog.Metadata = metadata(self.facts)
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents", "AF"]
        catalog.OutputIntents = PDFArray([output_intent(document)])
        if self.attachments:
            attach(document, self.attachments)


def _annotations(element):
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _annotations(kid)
        elif hasattr(kid, "reference"):
            yield kid


def _rgb(color):
    return " ".join(f"{part:.4g}" for part in HexColor(color).rgb())


def _shown(run):
    """The run as (rise, operand of TJ): glyph numbers and the moves between them, in thousandths."""
    parts: list[str] = []
    rise = carried = 0
    for glyph in run.glyphs:
        if glyph.dy != rise and parts:
            yield rise, f"[{' '.join(parts)}]"
            parts = []
        rise = glyph.dy
        before = carried - glyph.dx
        parts += ([f"{before:.4g}"] if abs(before) > 0.05 else []) + [f"<{glyph.id:04X}>"]
        carried = glyph.dx + run.face.width(glyph.id) - glyph.advance
    if abs(carried) > 0.05:
        parts.append(f"{carried:.4g}")
    yield rise, f"[{' '.join(parts)}]"
