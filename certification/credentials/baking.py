"""A credential inside a picture (Open Badges 3.0: an iTXt chunk of a PNG), and taken out of it again."""

import zlib
from struct import pack, unpack

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
LARGEST = 400_000


class NotBaked(ValueError):
    """No picture, a broken one, or one that holds no credential."""


def baked(png, text):
    """The picture with the text in it, in place of one that it held."""
    data = KEYWORD + b"\0\0\0\0\0" + text.encode()
    parts = [
        (kind, content) for kind, content in chunks(png) if not (kind == b"iTXt" and keyword_of(content) == KEYWORD)
    ]
    parts.insert(1, (b"iTXt", data))
    return SIGNATURE + b"".join(chunk(kind, content) for kind, content in parts)


def unbaked(png):
    """The text of a picture. Raises NotBaked."""
    found = [content for kind, content in chunks(png) if kind == b"iTXt" and keyword_of(content) == KEYWORD]
    if len(found) != 1:
        raise NotBaked("not one credential")
    try:
        compressed, method = found[0][len(KEYWORD) + 1 : len(KEYWORD) + 3]
        _language, _translated, text = found[0][len(KEYWORD) + 3 :].split(b"\0", 2)
        return (inflated(text, method) if compressed else text).decode()
    except (ValueError, zlib.error) as error:
        raise NotBaked("unreadable text") from error


def inflated(data, method):
    engine = zlib.decompressobj()
    text = engine.decompress(data, LARGEST)
    if method or engine.unconsumed_tail:
        raise ValueError("too large")
    return text


def keyword_of(content):
    return content.partition(b"\0")[0]


def chunks(png):
    """Pairs (kind, content). Raises NotBaked."""
    if not png.startswith(SIGNATURE):
        raise NotBaked("not a PNG")
    at, found = len(SIGNATURE), []
    while at < len(png):
        if at + 12 > len(png):
            raise NotBaked("cut")
        (length,), kind = unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        content, end = png[at + 8 : at + 8 + length], at + 12 + length
        if end > len(png) or png[end - 4 : end] != pack(">I", zlib.crc32(kind + content)):
            raise NotBaked("broken")
        found.append((kind, content))
        at = end
    if not found or found[0][0] != b"IHDR":
        raise NotBaked("not a PNG")
    return found


def chunk(kind, content):
    return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))
