"""Certificates of difficult names, looked at: no sign is missing, nothing leaves its place, nothing covers another."""

import pytest
from PIL import ImageChops, ImageFilter

from certification.documents import certificate as drawing
from home.documents.fonts import shape
from tests import reading
from tests.documents import LONG_NAME, NAMES, REGISTERED, make_certificate

NAMES_TO_SEE = {
    "long": LONG_NAME,
    "one word": "Madonna",
    "one very long word": "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft",
    "arabic": NAMES["arabic"],
    "arabic in latin": "Muḥammad ʿAbd al-Raḥmān b. Ẓāfir al-Ḥaḍramī",
    "dari": NAMES["dari"],
    "tigrinya": NAMES["tigrinya"],
    "tigrinya in latin": "Gäbrä-Mädḫən Täsfay Wäldä-Śəllase",
    "cyrillic": NAMES["cyrillic"],
    "cyrillic in latin": "Volodymyr Hryhorovyč Ščerbaňuk-Jižakevyč",
    "apostrophes": "Anne-Marie N’Guessan d’Almeida O'Brien ’t Hooft",
    "diacritics": f"{NAMES['vietnamese']} {NAMES['yoruba']}",
    "right to left and left to right": NAMES["mixed"],
    "hebrew": NAMES["hebrew"],
    "high and deep": "Ậgjpqy Ṽǧj̣ Ốçğ",
}
DPI, DARK, MARGIN = 100, 200, 2
PARTS = ("_patchwork", "_provider", "_funding", "_title", "_mentions", "_granted", "_holder", "_reason", "_skills")
PARTS += ("_signatures", "_verification")
LONG_SIGNATORIES = [[LONG_NAME, "Formatrice", "Opleidster"], [NAMES["arabic"], "Coordinatrice", "Coördinatrice"]]
LAYOUTS = {
    "plain": {},
    "registered": REGISTERED,
    "replacement": {"follows_fr": "Remplace AB-2026-0147", "follows_nl": "Vervangt AB-2026-0147"},
    "long signatories": {"signatories": LONG_SIGNATORIES},
}


def ink(monkeypatch, values, *parts):
    """Where these parts alone leave ink, as a picture in black and white: 255 is ink."""
    with monkeypatch.context() as alone:
        for part in set(PARTS) - set(parts):
            alone.setattr(drawing, part, lambda *arguments: None)
        picture = reading.picture(drawing.certificate(values), DPI)
    return picture.point(lambda shade: 255 if shade < DARK else 0)


def points(picture):
    """(left, top, right, bottom) of the ink, in points from the top left; None without ink."""
    box = picture.getbbox()
    return box and tuple(side * 72 / DPI for side in box)


def covered(one, other):
    """Whether the ink of one comes near that of the other."""
    near = one.filter(ImageFilter.MaxFilter(2 * MARGIN + 1))
    return ImageChops.multiply(near, other).getbbox()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", NAMES_TO_SEE)
def test_a_name_stands_alone_and_inside(monkeypatch, name, layout):
    values = make_certificate(holder=NAMES_TO_SEE[name], **LAYOUTS[layout])
    written = ink(monkeypatch, values, "_holder")
    around = ink(monkeypatch, values, *(part for part in PARTS if part != "_holder"))
    left, _top, right, _bottom = points(written)
    assert left >= drawing.LEFT - 2 and right <= drawing.RIGHT + 2
    assert covered(written, around) is None


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_part_covers_another_nor_leaves_the_page(monkeypatch, layout):
    values = make_certificate(**LAYOUTS[layout])
    inked = {part: ink(monkeypatch, values, part) for part in PARTS}
    width, height = drawing.PAGE
    for part, picture in inked.items():
        box = points(picture)
        if box and part != "_patchwork":
            assert box[0] >= drawing.LEFT - 2 and box[2] <= drawing.RIGHT + 2, part
            assert box[1] > 14 and box[3] < height - 14 and box[2] < width, part
    pairs = [(one, other) for at, one in enumerate(PARTS) for other in PARTS[at + 1 :]]
    assert [pair for pair in pairs if covered(inked[pair[0]], inked[pair[1]])] == []


@pytest.mark.parametrize("name", NAMES_TO_SEE.values(), ids=NAMES_TO_SEE)
def test_no_sign_is_missing(name):
    """Glyph 0 is the box that stands for a sign that a font lacks; the words are read back."""
    glyphs = [glyph for run in shape(name, True).runs for glyph in run.glyphs]
    assert glyphs and all(glyph.id for glyph in glyphs)
    content = drawing.certificate(make_certificate(holder=name))
    assert [word for word in reading.plain(name).split() if word not in reading.text(content)] == []


def test_what_covers_another_is_seen(monkeypatch):
    written = ink(monkeypatch, make_certificate(), "_holder")
    moved = ImageChops.offset(written, 3, 3)
    assert covered(written, moved) and not covered(written, ImageChops.offset(written, 0, 200))
