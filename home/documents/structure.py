"""The tree of tags that tells assistive technology what each mark on the page is."""

from dataclasses import dataclass, field

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString


@dataclass
class Element:
    tag: str
    lang: str = ""
    alt: str = ""
    actual: str = ""
    attributes: dict = field(default_factory=dict)
    kids: list = field(default_factory=list)


@dataclass(frozen=True)
class Mark:
    """A marked piece of a page's content."""

    page: int
    number: int


@dataclass(frozen=True)
class Annotation:
    page: int
    reference: object
    key: int


class Tree:
    def __init__(self):
        self.root = Element("Document")
        self.open = [self.root]
        self.marks = {}
        self.annotations = []

    def push(self, element):
        self.open[-1].kids.append(element)
        self.open.append(element)

    def pop(self):
        self.open.pop()

    def mark(self, page):
        """Attach the next content of the page to the open element; returns its number on that page."""
        owners = self.marks.setdefault(page, [])
        owners.append(self.open[-1])
        self.open[-1].kids.append(Mark(page, len(owners) - 1))
        return len(owners) - 1

    def annotate(self, page, reference, key):
        self.open[-1].kids.append(Annotation(page, reference, key))
        self.annotations.append((key, self.open[-1]))

    def add_to(self, document, pages):
        """Write the tree; `pages` are references, in order. Page n has StructParents n."""
        references: dict[int, object] = {}
        root = PDFDictionary()
        root_reference = document.Reference(root)
        top = self._write(document, self.root, root_reference, pages, references)
        owners = {page: PDFArray([references[id(e)] for e in marks]) for page, marks in self.marks.items()}
        owners |= {key: references[id(element)] for key, element in self.annotations}
        numbers = [item for key in sorted(owners) for item in (key, owners[key])]
        root.dict.update(
            Type=PDFName("StructTreeRoot"),
            K=top,
            ParentTree=document.Reference(PDFDictionary({"Nums": PDFArray(numbers)})),
            ParentTreeNextKey=max(owners, default=-1) + 1,
        )
        return root_reference

    def _write(self, document, element, parent, pages, references):
        entry = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(element.tag), "P": parent})
        reference = references[id(element)] = document.Reference(entry)
        texts = {"Lang": element.lang, "Alt": element.alt, "ActualText": element.actual}
        entry.dict.update({key: PDFString(text) for key, text in texts.items() if text})
        if element.attributes:
            entry["A"] = PDFDictionary(element.attributes)
        kids = [self._kid(document, kid, reference, pages, references) for kid in element.kids]
        entry["K"] = PDFArray(kids)
        return reference

    def _kid(self, document, kid, reference, pages, references):
        if isinstance(kid, Mark):
            return PDFDictionary({"Type": PDFName("MCR"), "Pg": pages[kid.page], "MCID": kid.number})
        if isinstance(kid, Annotation):
            return PDFDictionary({"Type": PDFName("OBJR"), "Pg": pages[kid.page], "Obj": kid.reference})
        return self._write(document, kid, reference, pages, references)
