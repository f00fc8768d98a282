"""One embedded, subset font per face, addressed by glyph number, with its way back to Unicode."""

from hashlib import sha256

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

from home.documents.archive import compressed

SUBSET = (
    hb.SubsetFlags.RETAIN_GIDS
    | hb.SubsetFlags.NO_HINTING
    | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    | hb.SubsetFlags.NOTDEF_OUTLINE
)
UNUSED_TABLES = ("GSUB", "GPOS", "GDEF", "cmap", "name", "post", "OS/2")
SYMBOLIC = 4
# Readers reverse a ligature's letters with the line they stand in; its own code point stays whole.
LAM_ALEF = {"\u0644\u0622": "\ufef5", "\u0644\u0623": "\ufef7", "\u0644\u0625": "\ufef9", "\u0644\u0627": "\ufefb"}


class EmbeddedFont:
    def __init__(self, face, number):
        self.face = face
        self.name = f"/F{number}"
        self.texts = {}

    def learn(self, glyph):
        """Remember the glyph; False when its own entry cannot give `glyph.text` back."""
        if glyph.text is None:
            self.texts.setdefault(glyph.id, self.face.nominal.get(glyph.id, "\u200b"))
            return False
        text = LAM_ALEF.get(glyph.text, glyph.text)
        return self.texts.setdefault(glyph.id, text) == text or not text.strip()

    def add_to(self, document):
        used = sorted(self.texts)
        digest = sha256(f"{self.face.name}{used}".encode()).digest()
        base = PDFName("".join(chr(65 + byte % 26) for byte in digest[:6]) + f"+{self.face.name}")
        font = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": base,
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArray([document.Reference(self._descendant(document, base, used))]),
                "ToUnicode": document.Reference(compressed(self._to_unicode(used))),
            }
        )
        document.idToObject["BasicFonts"].dict[self.name[1:]] = document.Reference(font)

    def _descendant(self, document, base, used):
        widths = []
        for glyph in used:
            widths += [glyph, PDFArray([round(self.face.width(glyph), 3)])]
        system = {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
        return PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": base,
                "CIDSystemInfo": PDFDictionary(system),
                "CIDToGIDMap": PDFName("Identity"),
                "FontDescriptor": document.Reference(self._descriptor(document, base, used)),
                "W": PDFArray(widths),
            }
        )

    def _descriptor(self, document, base, used):
        extents = self.face.font.get_font_extents("ltr")
        ascent, descent = (round(x * self.face.scale) for x in (extents.ascender, extents.descender))
        return PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": base,
                "Flags": SYMBOLIC,
                "FontBBox": PDFArray([-1000, descent, 2000, ascent]),
                "ItalicAngle": 0,
                "Ascent": ascent,
                "Descent": descent,
                "CapHeight": ascent,
                "StemV": 120 if self.face.name.endswith("Bold") else 80,
                "FontFile2": document.Reference(self._program(used)),
            }
        )

    def _program(self, used):
        wanted = hb.SubsetInput()
        wanted.flags = SUBSET
        wanted.glyph_set.update([0, *used])
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in UNUSED_TABLES)
        data = hb.subset(self.face.face, wanted).blob.data
        stream = compressed(data)
        stream.dictionary["Length1"] = len(data)
        return stream

    def _to_unicode(self, used):
        lines = [f"<{glyph:04X}> <{self.texts[glyph].encode('utf-16-be').hex().upper()}>" for glyph in used]
        groups = [lines[at : at + 100] for at in range(0, len(lines), 100)]
        body = "\n".join(f"{len(group)} beginbfchar\n" + "\n".join(group) + "\nendbfchar" for group in groups)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")
