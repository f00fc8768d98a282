"""Text to glyphs: the face that draws each character, shaped by HarfBuzz, in visual order."""

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from unicodedata import bidirectional, category, normalize

import uharfbuzz as hb
from bidi import algorithm as bidi

FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts" / "print"
HOUSE = "AtkinsonHyperlegibleNext"
WIDE = "NotoSans"
FAMILIES = (
    HOUSE,
    WIDE,
    "NotoSansArabic",
    "NotoSansEthiopic",
    "NotoSansGeorgian",
    "NotoSansArmenian",
    "NotoSansBengali",
    "NotoSansTamil",
    "NotoSansDevanagari",
    "NotoSansHebrew",
)
JOINERS = "\u200c\u200d"
IGNORABLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff]")


class MissingGlyph(ValueError):
    """No embedded font can draw some of the characters; `characters` lists them."""

    def __init__(self, characters):
        self.characters = characters
        names = ", ".join(f"{c} (U+{ord(c):04X})" for c in characters)
        super().__init__(f"No glyph for {names}")


class Glyph(NamedTuple):
    """One drawn sign, in thousandths of the type size. `text` is None when it shares its letter with another."""

    id: int
    advance: float
    dx: float
    dy: float
    text: str | None


class Face:
    def __init__(self, name):
        self.name = name
        self.data = (FOLDER / f"{name}.ttf").read_bytes()
        self.face = hb.Face(self.data)
        self.font = hb.Font(self.face)
        self.scale = 1000 / self.face.upem
        self.characters = frozenset(self.face.unicodes)

    @cached_property
    def nominal(self):
        return {self.font.get_nominal_glyph(code): chr(code) for code in sorted(self.characters, reverse=True)}

    def draws(self, text):
        return all(ord(c) in self.characters or c in JOINERS for c in text)

    def width(self, glyph_id):
        return self.font.get_glyph_h_advance(glyph_id) * self.scale

    def shape(self, text, right_to_left):
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if right_to_left else "ltr"
        hb.shape(self.font, buffer)
        return self._glyphs(text, buffer)

    def _glyphs(self, text, buffer):
        clusters = [info.cluster for info in buffer.glyph_infos]
        ends = dict(zip(sorted(set(clusters)), [*sorted(set(clusters))[1:], len(text)], strict=True))
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            alone = clusters.count(info.cluster) == 1
            yield Glyph(
                info.codepoint,
                place.x_advance * self.scale,
                place.x_offset * self.scale,
                place.y_offset * self.scale,
                text[info.cluster : ends[info.cluster]] if alone else None,
            )

    def ink(self, glyph):
        """Lowest and highest point of the glyph, in thousandths."""
        box = self.font.get_glyph_extents(glyph.id)
        top = box.y_bearing * self.scale + glyph.dy
        return top + box.height * self.scale, top


@dataclass(frozen=True)
class Run:
    face: Face
    text: str
    glyphs: tuple[Glyph, ...]
    right_to_left: bool


@dataclass(frozen=True)
class Line:
    """Shaped text in visual order; measures are in ems."""

    runs: tuple[Run, ...]
    text: str

    @cached_property
    def width(self):
        return sum(glyph.advance for run in self.runs for glyph in run.glyphs) / 1000

    @property
    def right_to_left(self):
        return any(run.right_to_left for run in self.runs)

    @cached_property
    def depth(self):
        lowest = (run.face.ink(glyph)[0] for run in self.runs for glyph in run.glyphs)
        return -min(lowest, default=0) / 1000


@cache
def face(family, bold=False):
    return Face(f"{family}-{'Bold' if bold else 'Regular'}")


def clean(text):
    return IGNORABLE.sub("", re.sub(r"[ \t\r\n]+", " ", normalize("NFC", text))).strip(" ")


def missing(text):
    """The characters no embedded font can draw, for a form to refuse before anything is printed."""
    return sorted({c for c in clean(text) if not any(face(family).draws(c) for family in FAMILIES)})


def drawable(value):
    """The same text, list, dict or dataclass without what no embedded font draws: symbols go, letters become “?”. For a
    paper that must exist; what proves a name asks `missing` instead, and refuses."""
    if isinstance(value, str):
        absent = set(missing(value))
        return "".join(_instead(c) if c in absent else c for c in value) if absent else value
    if isinstance(value, list | tuple):
        return type(value)(map(drawable, value))
    if isinstance(value, dict):
        return {key: drawable(one) for key, one in value.items()}
    if is_dataclass(value):
        return replace(value, **{field.name: drawable(getattr(value, field.name)) for field in fields(value)})
    return value


def _instead(character):
    return "?" if category(character)[0] in "LMN" else ""


@lru_cache(maxsize=1024)
def shape(text, bold=False, tracking=0):
    """Shape one line. Raises MissingGlyph; `tracking` (thousandths) only moves scripts whose letters do not join."""
    text = normalize("NFC", text)
    runs = [_run(face(name, bold), piece, level, tracking) for level, name, piece in _visual(list(_pieces(text)))]
    return Line(tuple(runs), text)


def _run(chosen, text, level, tracking):
    glyphs = chosen.shape(text, level % 2 == 1)
    if tracking and chosen.name.split("-")[0] in (HOUSE, WIDE):
        glyphs = (g._replace(advance=g.advance + tracking) if g.advance else g for g in glyphs)
    return Run(chosen, text, tuple(glyphs), level % 2 == 1)


def _pieces(text):
    """Cut where the direction or the face changes."""
    letters = zip(_levels(text), _families(text), text, strict=True)
    for (level, name), group in groupby(letters, key=lambda letter: letter[:2]):
        yield level, name, "".join(letter[2] for letter in group)


def _families(text):
    units = re.findall(r"[^\u0300-\u036f\u200c\u200d]?[\u0300-\u036f\u200c\u200d]*", text)
    chosen = [(unit, _family(unit)) for unit in units if unit]
    absent = sorted({c for unit, name in chosen if name is None for c in unit if not face(WIDE).draws(c)})
    if any(name is None for _, name in chosen):
        raise MissingGlyph(absent or [unit for unit, name in chosen if name is None])
    if any(name == WIDE for _, name in chosen):
        chosen = [(unit, WIDE if name == HOUSE else name) for unit, name in chosen]
    return _neutral(chosen)


@lru_cache(maxsize=4096)
def _family(unit):
    return next((name for name in FAMILIES if face(name).draws(unit)), None)


def _neutral(units):
    """Spaces, points and digits stay with the letters before them when that face has them."""
    names, current = [], None
    for unit, name in units:
        if category(unit[0])[0] in "LM" or current is None or not face(current).draws(unit):
            current = name
        names += [current] * len(unit)
    return names


def _levels(text):
    if not any(bidirectional(c) in ("R", "AL") for c in text):
        return [0] * len(text)
    storage = bidi.get_empty_storage()
    storage["base_level"] = bidi.get_base_level(text)
    storage["base_dir"] = "LR"[storage["base_level"]]
    bidi.get_embedding_levels(text, storage)
    for step in (bidi.explicit_embed_and_overrides, bidi.resolve_weak_types, bidi.resolve_neutral_types):
        step(storage, False)
    bidi.resolve_implicit_levels(storage, False)
    return _with_joiners(text, [c["level"] for c in storage["chars"]], storage["base_level"])


def _with_joiners(text, levels, base):
    """The algorithm drops invisible characters; they take the level of the letter before them."""
    kept = iter(levels)
    complete: list[int] = []
    for character in text:
        dropped = bidirectional(character) in bidi.X9_REMOVED
        complete.append((complete[-1] if complete else base) if dropped else next(kept))
    return complete


def _visual(pieces):
    """Rule L2 of the bidirectional algorithm, on whole pieces."""
    for level in range(max((p[0] for p in pieces), default=0), 0, -1):
        ordered: list[tuple] = []
        for deep, group in groupby(pieces, key=lambda piece: piece[0] >= level):
            members = list(group)
            ordered += members[::-1] if deep else members
        pieces = ordered
    return pieces
