"""Lists of people as others write them (pasted, CSV, XLSX), and lists that their programs open without harm.

What a file is shows in its content, never in its name. A formula is read as the text it is, and calculated nowhere.
"""

import codecs
import csv
import io
import re
import unicodedata
import zipfile
from itertools import islice

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

LARGEST, LARGEST_UNPACKED = 1024**2, 20 * 1024**2
MOST_ENTRIES, MOST_ROWS, MOST_LINES, MOST_COLUMNS = 200, 500, 5000, 30
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
ZIP = b"PK\x03\x04"
DELIMITERS = ";\t,"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")

REFUSALS = {
    "content": _("This file is not a list that we can read. Save it as CSV or as XLSX."),
    "size": _("This file is too heavy: 1 MB at most."),
    "unpacked": _("This file is too large once it is unpacked."),
    "rows": _("This list is too long: 500 people at most. Make two lists of it."),
    "empty": _("This list is empty."),
}


class Unreadable(ValueError):
    def __init__(self, code):
        self.code = code
        super().__init__(code)

    @property
    def sentence(self):
        return REFUSALS[self.code]


def read(data):
    """The rows of a file as pairs of a line number and cells; Unreadable says why it is not a list."""
    if len(data) > LARGEST:
        raise Unreadable("size")
    return counted(read_workbook(data) if data.startswith(ZIP) else read_text(decoded(data)))


def read_paste(text):
    """The same from a text that was typed: a comma belongs to a name there."""
    return counted(read_text(text, ";\t"))


def counted(rows):
    """The rows with something in them."""
    rows = list(islice(rows, MOST_LINES + 1))
    if len(rows) > MOST_LINES:
        raise Unreadable("rows")
    rows = [(number, trimmed(cells)) for number, cells in rows if any(cells)]
    if not rows:
        raise Unreadable("empty")
    if len(rows) > MOST_ROWS + 1:
        raise Unreadable("rows")
    return rows


def trimmed(cells):
    """Without the empty cells at the end."""
    return cells[: max(at for at, cell in enumerate(cells, 1) if cell)]


def decoded(data):
    """UTF-8, UTF-16 with its mark, or what Excel writes in Western Europe."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("content")


def read_text(text, delimiters=DELIMITERS):
    if CONTROL.search(text):
        raise Unreadable("content")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text, delimiters))
    before = 0
    try:
        for cells in lines:
            yield before + 1, [tidy(cell) for cell in cells[:MOST_COLUMNS]]
            before = lines.line_num
    except csv.Error:
        raise Unreadable("content") from None


def delimiter_of(text, delimiters):
    """The one that the first line holds most often, outside quotes; of two equals, the first."""
    first = re.sub(r'"[^"]*"', "", text.lstrip().partition("\n")[0])
    return max(delimiters, key=first.count)


def read_workbook(data):
    check_archive(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = list(islice(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), MOST_LINES + 1))
    except Exception:  # noqa: BLE001 - a workbook that is broken on purpose fails anywhere in its parser
        raise Unreadable("content") from None
    return [(number, [tidy(said(cell)) for cell in cells]) for number, cells in enumerate(rows, 1)]


def check_archive(data):
    """Nothing is unpacked before its weight is known: Python reads no more of an entry than it declares."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable("content") from None
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Unreadable("unpacked")
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise Unreadable("content")


def said(cell):
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def tidy(cell):
    """One spelling for what looks the same, on one line."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def is_formula(cell):
    """Whether a spreadsheet would calculate this text."""
    return cell.lstrip().startswith(FORMULA) or cell[:1] in ("\t", "\r", "\n")


def write(rows):
    """A CSV file for a spreadsheet program. A text that it would calculate is shown as a text."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + text.getvalue().encode()


def harmless(cell):
    return f"'{cell}" if isinstance(cell, str) and is_formula(cell) else cell
