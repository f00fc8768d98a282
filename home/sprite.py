"""The drawings of the design system, as SVG symbols that a page carries once."""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent.parent / "static" / "icons"
PREFIXES = {FOLDER: "i-", FOLDER / "tiles": "", FOLDER / "art": "a-"}
OUTER = re.compile(r"<svg\b(?P<attributes>[^>]*)>(?P<drawing>.*)</svg>", re.DOTALL)
VIEW_BOX = re.compile(r'\bviewBox="([^"]+)"')
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
BETWEEN_TAGS = re.compile(r"\s*\n\s*")
USED = re.compile(r'<use href="#((?:i-|a-|t\d)[a-z0-9-]*)"')


class Symbol(NamedTuple):
    view_box: str
    markup: str


def read_symbol(symbol_id, source):
    outer = OUTER.search(COMMENT.sub("", source))
    view_box = VIEW_BOX.search(outer["attributes"])[1]
    drawing = BETWEEN_TAGS.sub("", outer["drawing"]).replace(" />", "/>")
    return Symbol(view_box, f'<symbol id="{symbol_id}" viewBox="{view_box}">{drawing}</symbol>')


@lru_cache(maxsize=1)
def symbols():
    files = {prefix + path.stem: path for folder, prefix in PREFIXES.items() for path in folder.glob("*.svg")}
    return {symbol_id: read_symbol(symbol_id, path.read_text()) for symbol_id, path in files.items()}


def symbol(symbol_id):
    try:
        return symbols()[symbol_id]
    except KeyError:
        raise KeyError(f"No drawing is called {symbol_id!r} in static/icons") from None


def sprite_for(html):
    """One hidden SVG with the symbols that `html` uses, each once, or nothing."""
    used = dict.fromkeys(USED.findall(html))
    if not used:
        return ""
    drawings = "\n".join(symbol(symbol_id).markup for symbol_id in sorted(used))
    return f"<div hidden><svg>\n{drawings}\n</svg></div>\n"
