import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from home import sprite, typography
from home.templatetags import design

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static" / "css"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
NB = "\N{NO-BREAK SPACE}"
DUTCH = {
    "%(hours)d h %(minutes)02d": "%(hours)d u %(minutes)02d",
    "%(hours)d h": "%(hours)d u",
    "%(minutes)d min": "%(minutes)d min",
}
FRENCH = {"%(size)s kB": "%(size)s Ko", "%(size)s MB": "%(size)s Mo"}


# Typography


@pytest.mark.parametrize(
    ("text", "french", "dutch"),
    [
        ("Prêt ?", "Prêt_?", "Prêt ?"),
        ("« Oui », dit-elle : venez !", "«_Oui_», dit-elle_: venez_!", "« Oui », dit-elle : venez !"),
        ("1 h 30", "1_h_30", "1_h_30"),
        ("2 u 05", "2_u_05", "2_u_05"),
        ("320 Ko, 1,1 MB, 40 %, 12 €", "320_Ko, 1,1_MB, 40_%, 12_€", "320_Ko, 1,1_MB, 40_%, 12_€"),
        ("3 hommes, 5 moments", "3 hommes, 5 moments", "3 hommes, 5 moments"),
        ("à 12:30", "à 12:30", "à 12:30"),
    ],
)
def test_typo_binds_what_must_not_break(text, french, dutch):
    assert typography.typo(text, "fr") == french.replace("_", NB)
    assert typography.typo(text, "nl") == dutch.replace("_", NB)


def test_typo_leaves_attributes_alone():
    html = '<a title="Prêt ?" href="/?a=1 h">Prêt ?</a>'
    assert typography.typo_html(html, "fr") == f'<a title="Prêt ?" href="/?a=1 h">Prêt{NB}?</a>'


def test_typo_filter_escapes_text_and_keeps_html():
    template = Template("{{ text|typo:'fr' }}")
    assert template.render(Context({"text": "a < b ?"})) == f"a &lt; b{NB}?"
    assert template.render(Context({"text": mark_safe("<b>Oui ?</b>")})) == f"<b>Oui{NB}?</b>"


@pytest.mark.parametrize(
    ("minutes", "english", "dutch"),
    [(45, "45 min", "45 min"), (120, "2 h", "2 u"), (150, "2 h 30", "2 u 30"), (65, "1 h 05", "1 u 05")],
)
def test_duration_is_said_in_hours_and_minutes(minutes, english, dutch):
    assert typography.duration(minutes, gettext=str).replace(NB, " ") == english
    assert typography.duration(minutes, gettext=DUTCH.get).replace(NB, " ") == dutch


@pytest.mark.parametrize(
    ("size", "french"),
    [
        (1, "1 Ko"),
        (320_000, "320 Ko"),
        (320_001, "321 Ko"),
        (999_500, "1 Mo"),
        (1_100_000, "1,1 Mo"),
        (2_000_000, "2 Mo"),
        (12_300_000, "13 Mo"),
    ],
)
def test_a_size_is_rounded_up(size, french):
    with translation.override("fr"):
        assert typography.bytes_short(size, gettext=FRENCH.get).replace(NB, " ") == french


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Selam Tesfay", "ST"), ("Madonna", "M"), ("jean-bosco van den berg", "JB"), ("  ", ""), ("", "")],
)
def test_initials(name, expected):
    assert typography.initials(name) == expected


# Drawings


@pytest.mark.parametrize("path", sorted(sprite.FOLDER.rglob("*.svg")), ids=lambda path: path.stem)
def test_a_drawing_is_well_formed(path):
    assert ET.parse(path).getroot().tag.endswith("svg")


@pytest.mark.parametrize("symbol_id", sprite.symbols())
def test_a_symbol_is_well_formed(symbol_id):
    symbol = ET.fromstring(sprite.symbol(symbol_id).markup)
    assert (symbol.tag, symbol.get("id")) == ("symbol", symbol_id)
    assert len(symbol)


def test_the_sprite_holds_each_used_drawing_once():
    html = design.icon("check") + design.icon("check") + design.tile(3) + '<a href="#a-hero">'
    assert re.findall(r'symbol id="([^"]+)"', sprite.sprite_for(html)) == ["i-check", "t3"]
    assert sprite.sprite_for("<p>nothing</p>") == ""


def test_an_unknown_drawing_is_refused():
    with pytest.raises(KeyError, match="i-unicorn"):
        design.icon("unicorn")
    with pytest.raises(KeyError, match="t9"):
        design.tile(9)


def test_sprited_sees_what_includes_draw():
    chip = "{% include 'components/chip.html' with icon='clock' label='12 min' only %}"
    html = Template("{% sprited %}<p>" + chip + "</p>{% endsprited %}").render(Context())
    assert html.index("</p>") < html.index('<symbol id="i-clock"')


def test_an_icon_says_how_it_turns():
    assert 'class="i i--dir i--go"' in design.icon("arrow-right", dir=True, go=True)
    assert 'class="i"' in design.icon("arrow-right")


def test_a_drawing_is_decoration_unless_it_has_a_label():
    assert 'aria-hidden="true"' in design.art("hero", preserveAspectRatio="xMidYMax slice")
    assert 'role="img"' in design.art("eu", label="Flag")
    assert "aria-hidden" not in design.art("eu", label="Flag")


# Templates

NAMED = {
    "i-": re.compile(r'(?:{% icon |\b(?:\w+_)?icon=|_?icon\|default:)"([\w-]+)"'),
    "a-": re.compile(r'{% art "([\w-]+)"'),
    "t": re.compile(r"{% tile (\d) %}"),
}
FORBIDDEN = re.compile(r"\sstyle=|<style\b|<script(?![^>]*\bsrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)
HAS_ITS_OWN_RULES = {"emails", "wagtailadmin"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_names_drawings_that_exist(path):
    source = path.read_text()
    used = {prefix + name for prefix, pattern in NAMED.items() for name in pattern.findall(source)}
    assert used <= set(sprite.symbols())


@pytest.mark.parametrize(
    "path",
    [path for path in TEMPLATES if not HAS_ITS_OWN_RULES & set(path.parts)],
    ids=lambda path: str(path.relative_to(ROOT / "templates")),
)
def test_a_template_needs_no_inline_script_or_style(path):
    assert not FORBIDDEN.findall(path.read_text())


class Specimen(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="To receive your code.")
    reading = forms.ChoiceField(choices=[("fr", "Français"), ("nl", "Nederlands")], widget=forms.RadioSelect)


def test_a_field_names_its_help_and_its_error():
    html = render_to_string("components/field.html", {"field": Specimen({"email": "selam"})["email"]})
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="in"' in html
    assert html.count('id="id_email_helptext"') == html.count('id="id_email_error"') == 1


def test_a_list_of_choices_is_a_fieldset_that_names_its_error():
    html = render_to_string("components/field.html", {"field": Specimen({})["reading"], "look": "seg"})
    assert '<fieldset class="stack stack--s" id="id_reading" tabindex="-1" aria-describedby="id_reading_error"' in html
    assert html.count('type="radio"') == 2


def test_the_error_summary_links_to_each_field():
    html = render_to_string("components/error_summary.html", {"form": Specimen({})})
    assert 'href="#id_email"' in html
    assert 'href="#id_reading"' in html
    assert render_to_string("components/error_summary.html", {"form": Specimen()}).strip() == ""


# Stylesheets and scripts

LISTED = re.compile(r"{% static '(css|js)/([\w/]+)\.(?:css|js)' %}")
URL = re.compile(r"url\(([^)]+)\)")
LAYERS = "@layer reset, tokens, base, layout, components, utilities;"


def listed(template):
    return [name for _folder, name in LISTED.findall((ROOT / "templates/components" / template).read_text())]


def total_size(folder, names, suffix):
    return sum((ROOT / "static" / folder / f"{name}{suffix}").stat().st_size for name in names)


def test_every_stylesheet_is_served_once():
    names = listed("stylesheets.html") + listed("stylesheets_staff.html")
    files = {str(path.relative_to(CSS).with_suffix("")) for path in CSS.rglob("*.css")}
    assert len(names) == len(set(names))
    assert set(names) == files - {"styleguide"}


def test_the_layers_are_named_first():
    names = listed("stylesheets.html")
    assert names[:5] == ["layers", "reset", "tokens", "base", "layout"]
    assert (CSS / "layers.css").read_text().startswith(LAYERS)


@pytest.mark.parametrize("path", sorted(set(CSS.rglob("*.css")) - {CSS / "layers.css"}), ids=lambda path: path.stem)
def test_a_stylesheet_is_one_layer_that_survives_the_minifier(path):
    """rcssmin drops the space of `.a :checked` inside a layer: such a selector must say `.a *:checked`."""
    source = path.read_text()
    assert len(re.findall(r"^@layer \w+{$", source, re.MULTILINE)) == 1
    assert not re.findall(r"[^,{}]* :[a-z-]+[^;{}]*{", source)
    assert source.count("{") == source.count("}")
    assert "@import" not in source
    for url in URL.findall(source):
        assert (path.parent / url).resolve().is_file()


def test_the_byte_budget_is_kept():
    """Of every page, and of what pages of the team add."""
    assert total_size("css", listed("stylesheets.html"), ".css") <= 37_000
    assert total_size("css", listed("stylesheets_staff.html"), ".css") <= 7_000
    assert total_size("js", listed("scripts.html"), ".js") <= 6 * 1024


def test_every_script_is_served_once():
    kinds = ("", "_staff", "_passkey", "_replay", "_verify")
    names = [name for kind in kinds for name in listed(f"scripts{kind}.html")]
    in_two = ["camera"]
    assert sorted(names) == sorted([*in_two, *(path.stem for path in (ROOT / "static/js").glob("*.js"))])


# Colours

DECLARATION = re.compile(r"--([\w-]+):([^;}]+)")
TEXT_ON_GROUND = [
    *((ink, ground) for ink in ("ink", "ink-2", "brand-ink") for ground in ("paper", "surface", "sunken")),
    *((state, f"{state}-soft") for state in ("ok", "warn", "bad", "info")),
    *((f"m{number}", f"m{number}-soft") for number in range(1, 6)),
    *((f"m{number}", "surface") for number in range(1, 6)),
    *(("ink", f"m{number}-soft") for number in range(1, 6)),
    *(("surface", f"m{number}") for number in range(1, 6)),
    ("surface", "ok"),
    ("surface", "bad"),
    ("surface", "info"),
    ("bad", "surface"),
    ("on-brand", "brand"),
    ("on-brand", "brand-hi"),
    ("brand-ink", "brand-soft"),
    ("ink", "brand-soft"),
    ("on-sun", "sun"),
    ("on-disc", "disc"),
    ("paper", "ink"),
]
EDGE_ON_GROUND = [("edge", "surface"), ("edge", "paper"), ("brand", "surface"), ("focus", "paper")]


def declarations(selector):
    source = (CSS / "tokens.css").read_text().replace("\n", "")
    return dict(DECLARATION.findall(source.partition(selector + "{")[2].partition("}")[0]))


LIGHT = declarations(":root")
DARK = {**LIGHT, **declarations(":root[data-theme=dark]")}


def colour(tokens, name):
    value = tokens[name]
    if reference := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colour(tokens, reference[1])
    digits = value.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]


def luminance(channels):
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(tokens, one, other):
    dark, light = sorted(luminance(colour(tokens, name)) for name in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_is_readable(tokens, text, ground):
    assert contrast(tokens, text, ground) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGE_ON_GROUND)
def test_a_control_stands_out(tokens, edge, ground):
    assert contrast(tokens, edge, ground) >= 3


def test_both_ways_to_the_dark_theme_are_the_same():
    assert declarations(":root:not([data-theme=light])") == declarations(":root[data-theme=dark]")
