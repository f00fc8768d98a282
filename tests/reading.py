"""What other programs read in our PDF files: poppler's text, pypdf's structure."""

import io
import shutil
import subprocess
import unicodedata

import pytest
from PIL import Image
from pypdf import PdfReader


def reader(content):
    return PdfReader(io.BytesIO(content))


def text(content, order="-nopgbrk"):
    """The text as poppler reads it, on one line, with ordinary spaces and no direction marks.

    Poppler follows the columns it sees; with "-raw", the order in which the page was written.
    """
    if not shutil.which("pdftotext"):
        pytest.skip("apt install poppler-utils: no pdftotext to read with")
    read = subprocess.run(
        ["pdftotext", order, "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    visible = "".join(c for c in unicodedata.normalize("NFKC", read) if unicodedata.category(c) != "Cf")
    return " ".join(visible.split())


def lines(content):
    """(height above the foot, text) of each piece of the first page."""
    found = []

    def visit(text, _, matrix, *__):
        if text.strip():
            found.append((matrix[5], text))

    reader(content).pages[0].extract_text(visitor_text=visit)
    return found


def picture(content, resolution):
    """The first page in shades of grey."""
    if not shutil.which("pdftoppm"):
        pytest.skip("apt install poppler-utils: no pdftoppm to look with")
    command = ["pdftoppm", "-r", str(resolution), "-gray", "-singlefile", "-"]
    drawn = subprocess.run(command, input=content, capture_output=True, check=True)
    return Image.open(io.BytesIO(drawn.stdout))


def shade(image, point, resolution):
    x, y = (round(side * resolution / 72) for side in point)
    return image.getpixel((x, image.height - 1 - y))


def plain(string):
    return " ".join(unicodedata.normalize("NFKC", string).replace("**", "").split())


def elements(content):
    """Every structure element as (tag, dictionary), in reading order."""

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for kid in node:
                yield from walk(kid)
        elif hasattr(node, "get"):
            if node.get("/Type") == "/StructElem":
                yield node["/S"][1:], node
            if "/K" in node and not isinstance(node["/K"], int):
                yield from walk(node["/K"])

    return list(walk(reader(content).trailer["/Root"]["/StructTreeRoot"]))


def tags(content):
    return [tag for tag, _ in elements(content)]


def fonts(content):
    """Every font of the file as (name, embedded program)."""
    for page in reader(content).pages:
        for font in page["/Resources"]["/Font"].get_object().values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            yield font.get_object()["/BaseFont"], descendant["/FontDescriptor"].get_object().get("/FontFile2")
