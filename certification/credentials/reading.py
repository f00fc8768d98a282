"""What a received file holds: a credential as JSON, inside a badge (PNG), or attached to a document (PDF)."""

import json
import re
import zlib

from . import baking

LARGEST = 2 * 1024**2
ATTACHED = re.compile(rb"/Type\s*/EmbeddedFile\b[^\0]{0,400}?\bstream\r?\n")
MOST = 8


def is_pdf(data):
    return data[:1024].lstrip().startswith(b"%PDF-")


def documents_in(data):
    """The JSON objects that the file holds; none when it holds no such thing."""
    if is_pdf(data):
        texts = attachments(data)
    elif data.startswith(baking.SIGNATURE):
        texts = unbaked(data)
    else:
        texts = [data]
    return [value for value in map(parsed, texts) if isinstance(value, dict)]


def unbaked(data):
    try:
        return [baking.unbaked(data)]
    except baking.NotBaked:
        return []


def attachments(data):
    """Read from the bytes alone, without the structure that a hostile file would bend."""
    for found in list(ATTACHED.finditer(data))[:MOST]:
        yield unpacked(data[found.end() :])


def unpacked(data):
    try:
        return zlib.decompressobj().decompress(data, baking.LARGEST)
    except zlib.error:
        return data[: baking.LARGEST].partition(b"endstream")[0]


def parsed(text):
    """None when it is no JSON."""
    if len(text) > baking.LARGEST:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
