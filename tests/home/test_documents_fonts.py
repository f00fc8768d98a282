import pytest

from home.documents import fonts
from home.documents.typography import Span, fitting, spaced, spans, wrap
from tests.documents import NAMES


def faces(text, bold=False):
    return [run.face.name for run in fonts.shape(text, bold).runs]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_name_is_drawn_without_an_empty_box(name):
    for bold in (False, True):
        glyphs = [glyph.id for run in fonts.shape(name, bold).runs for glyph in run.glyphs]
        assert glyphs and 0 not in glyphs


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_form_finds_nothing_missing_in_them(name):
    assert fonts.missing(name) == []


def test_latin_wears_the_house_face():
    assert faces("Şahin Łukasz", bold=True) == ["AtkinsonHyperlegibleNext-Bold"]


def test_one_letter_the_house_face_lacks_moves_the_whole_name():
    assert faces("Nguyễn Văn An") == ["NotoSans-Regular"]


def test_runs_are_split_by_script():
    assert faces("Selam ሰላም") == ["AtkinsonHyperlegibleNext-Regular", "NotoSansEthiopic-Regular"]


def test_arabic_letters_join():
    alone = {glyph.id for letter in "محمد" for run in fonts.shape(letter).runs for glyph in run.glyphs}
    joined = {glyph.id for run in fonts.shape("محمد").runs for glyph in run.glyphs}
    assert joined - alone


def test_arabic_runs_from_right_to_left():
    (run,) = fonts.shape("سلم").runs
    assert run.right_to_left
    assert [glyph.text for glyph in run.glyphs] == ["م", "ل", "س"]


def test_a_latin_name_keeps_its_place_before_an_arabic_one():
    line = fonts.shape("Ahmad أحمد Rahimi")
    assert [run.text.strip() for run in line.runs if run.text.strip()] == ["Ahmad", "أحمد", "Rahimi"]


def test_bengali_vowel_sign_moves_before_its_letter():
    (run,) = fonts.shape("কি").runs
    letter = fonts.face("NotoSansBengali").font.get_nominal_glyph(ord("ক"))
    ids = [glyph.id for glyph in run.glyphs]
    assert ids.index(letter) == 1


def test_an_invisible_joiner_keeps_letters_apart_without_a_glyph_of_its_own():
    apart, joined = fonts.shape("علی‌رضا"), fonts.shape("علیرضا")
    assert len(apart.runs[0].glyphs) == len(joined.runs[0].glyphs)
    assert apart.runs[0].glyphs != joined.runs[0].glyphs


def test_a_character_without_a_glyph_is_named():
    with pytest.raises(fonts.MissingGlyph) as refusal:
        fonts.shape("Li 李 Wei 😀")
    assert refusal.value.characters == ["李", "😀"]
    assert "U+674E" in str(refusal.value)
    assert isinstance(refusal.value, ValueError)


def test_a_form_can_ask_what_is_missing():
    assert fonts.missing("Li 李 Wei 😀") == ["李", "😀"]


def test_decomposed_letters_are_composed():
    assert fonts.shape("e\u0301").text == "é"


def test_tracking_spreads_latin_but_never_arabic():
    assert fonts.shape("Selam", False, 50).width > fonts.shape("Selam").width
    assert fonts.shape("محمد", False, 50).width == fonts.shape("محمد").width


def test_descending_letters_have_depth():
    assert fonts.shape("gy").depth > 0.15 > fonts.shape("AE").depth


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("Attention : oui ; non ? si !", "Attention\u00a0: oui\u00a0; non\u00a0? si\u00a0!"),
        ("« oui »", "«\u00a0oui\u00a0»"),
        ("27 heures, 1 h 30, 320 Ko", "27\u00a0heures, 1\u00a0h\u00a030, 320\u00a0Ko"),
        ("27 uur, culturen; kan", "27\u00a0uur, culturen; kan"),
        ("3 hommes", "3 hommes"),
        (" deux\nlignes ", "deux lignes"),
    ],
)
def test_french_is_spaced(plain, expected):
    assert spaced(plain) == expected


def test_stars_make_words_bold():
    assert spans("pour **27 heures** de cours") == [
        Span("pour "),
        Span("27\u00a0heures", bold=True),
        Span(" de cours"),
    ]


def test_lines_fit_the_width_and_lose_nothing():
    text = "Vingt minutes suffisent pour jouer **le dialogue** à deux et changer de rôle. " * 4
    lines = wrap(text, 12, 180)
    assert len(lines) > 4
    assert "".join(span.text for line in lines for span in line) == spaced(text).replace("**", "")
    assert all(sum(span.width(12) for span in line) <= 180 + Span(" ").width(12) for line in lines)


def test_a_word_wider_than_the_column_is_cut():
    lines = wrap("Donaudampfschifffahrtsgesellschaft", 12, 60)
    assert len(lines) > 2
    assert all(line[0].width(12) <= 60 for line in lines)


def test_the_longest_text_gives_the_size():
    assert fitting(["court"], 12, 400) == 12
    size = fitting(["court", "très long " * 20], 12, 400)
    assert fonts.shape(("très long " * 20).strip()).width * size == pytest.approx(400)
