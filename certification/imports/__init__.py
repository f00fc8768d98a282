"""Reports of virtual classes, whatever platform they come from, as stays. Values in, values out."""

from . import bigbluebutton, teams, zoom
from .stays import Stay, Unreadable, by_participant, minutes_in

__all__ = ["Stay", "Unreadable", "by_participant", "minutes_in", "read"]

LARGEST = 2 * 1024**2
BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def read(content, near):
    """The stays that a report holds; `near` is a moment of the session, in the zone of whoever exported it."""
    text = decoded(content)
    if text.lstrip().startswith("{"):
        return bigbluebutton.read(text, near)
    lines = text.splitlines()
    while lines and not lines[0].strip():
        lines.pop(0)
    if not lines:
        raise Unreadable("empty")
    if bigbluebutton.is_table(lines):
        return bigbluebutton.read_table(lines, near)
    return teams.read(lines, near) if teams.is_teams(lines) else zoom.read(lines, near)


def decoded(content):
    """UTF-16 as Teams writes it, with or without its mark, else UTF-8."""
    if len(content) > LARGEST:
        raise Unreadable("size")
    encoding = next((name for mark, name in BOMS.items() if content.startswith(mark)), "")
    if not encoding:
        encoding = "utf-16-le" if b"\0" in content[1:200:2] else "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None
    if "\0" in text:
        raise Unreadable("encoding")
    return text
