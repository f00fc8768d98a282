import json
import re
from dataclasses import asdict

import pytest
import segno

from certification.documents.certificate import CertificateText, certificate
from home.documents.fonts import MissingGlyph
from tests import reading
from tests.documents import LONG_NAME, NAMES, REGISTERED, make_certificate

MM = 72 / 25.4
PRINTED = ("number", "code", "verify_label", "holder", "title_fr", "title_nl", "granted_fr", "granted_nl", "heading_fr")
PRINTED += ("heading_nl", "place_and_date_fr", "place_and_date_nl", "eu_fr", "eu_nl", "programme", "provider")
PRINTED += ("provider_sub", "verify_fr", "verify_nl")


@pytest.fixture(scope="module")
def page():
    return certificate(make_certificate())


def test_it_is_one_a4_landscape_page(page):
    (only,) = reading.reader(page).pages
    assert [round(float(side) / MM) for side in only.mediabox[2:]] == [297, 210]


def test_every_string_can_be_read_back(page):
    values, read = make_certificate(), reading.text(page)
    strings = [getattr(values, name) for name in PRINTED]
    strings += [text for pair in values.skills for text in pair]
    strings += [text for triple in values.signatories for text in triple]
    strings += [*values.reason_fr.split("**"), values.reason_nl]
    assert [string for string in strings if reading.plain(string) not in read] == []


@pytest.mark.parametrize("name", [*NAMES.values(), LONG_NAME], ids=[*NAMES, "long"])
def test_the_name_can_be_read_back(name):
    read = reading.text(certificate(make_certificate(holder=name)))
    assert [word for word in reading.plain(name).split() if word not in read] == []


@pytest.mark.parametrize("script", ["arabic", "sorani", "hebrew", "mixed"])
def test_a_screen_reader_gets_a_right_to_left_name_in_reading_order(script):
    content = certificate(make_certificate(holder=NAMES[script]))
    assert NAMES[script] in [element.get("/ActualText") for _, element in reading.elements(content)]


def test_all_fonts_are_embedded_subsets(page):
    found = list(reading.fonts(page))
    assert len(found) == 2
    assert all(re.match(r"/[A-Z]{6}\+", name) and program for name, program in found)


def test_a_subset_is_small(page):
    assert len(page) < 60_000


def test_it_says_its_title_and_its_language(page):
    document = reading.reader(page)
    catalog = document.trailer["/Root"]
    assert document.metadata.title == "Certificat d’ambassadrice d’intégration · Selam Tesfay"
    assert catalog["/Lang"] == "fr"
    assert bool(catalog["/ViewerPreferences"]["/DisplayDocTitle"])
    assert bool(catalog["/MarkInfo"]["/Marked"])


def test_its_tags_tell_what_each_part_is(page):
    tags = reading.tags(page)
    assert tags.count("H1") == 1
    assert tags.count("H2") == 2
    assert tags.count("LI") == 10
    assert tags.count("Figure") == 2


def test_drawings_are_described(page):
    alternatives = [element["/Alt"] for tag, element in reading.elements(page) if tag == "Figure"]
    assert alternatives[0] == "Drapeau de l’Union européenne"
    assert alternatives[1].endswith("https://ambassadeurs.example/v/K7M4QX2P/")


def test_dutch_is_marked_as_dutch(page):
    assert sum(element.get("/Lang") == "nl" for _, element in reading.elements(page)) == 8


def test_the_printed_address_is_a_link(page):
    (link,) = [note.get_object() for note in reading.reader(page).pages[0]["/Annots"]]
    assert link["/A"]["/URI"] == "https://ambassadeurs.example/v/K7M4QX2P/"
    assert link["/Contents"]


def test_the_same_values_give_the_same_bytes(page):
    assert certificate(make_certificate()) == page


def test_values_survive_json(page):
    stored = json.loads(json.dumps(asdict(make_certificate())))
    assert certificate(CertificateText(**stored)) == page


def test_a_long_name_takes_two_lines_on_one_page():
    content = certificate(make_certificate(holder=LONG_NAME))
    assert len(reading.reader(content).pages) == 1
    assert reading.plain(LONG_NAME) in reading.text(content)


def test_a_name_that_cannot_be_drawn_is_refused():
    with pytest.raises(MissingGlyph) as refusal:
        certificate(make_certificate(holder="李伟"))
    assert refusal.value.characters == ["伟", "李"]


def test_one_date_for_both_languages_is_printed_once():
    content = certificate(make_certificate(place_and_date_nl="Lille, 18.12.2026"))
    assert reading.text(content).count("18.12.2026") == 1


def test_the_code_is_not_repeated_when_the_address_holds_it():
    content = certificate(make_certificate(verify_label="ambassadeurs.example/v/K7M4QX2P"))
    assert reading.text(content).count("K7M4QX2P") == 1


def test_the_qr_code_says_the_address_in_32_millimetres_with_four_silent_modules(page):
    matrix = segno.make(make_certificate().verify_url, error="m", boost_error=False).matrix
    figure = [element for tag, element in reading.elements(page) if tag == "Figure"][1]
    left, _bottom, right, top = (float(side) for side in figure["/A"]["/BBox"])
    assert right - left >= 32 * MM
    unit, picture = (right - left) / len(matrix), reading.picture(page, 300)
    for row in range(-4, len(matrix) + 4):
        for column in range(-4, len(matrix) + 4):
            inside = 0 <= row < len(matrix) and 0 <= column < len(matrix)
            point = left + (column + 0.5) * unit, top - (row + 0.5) * unit
            assert (reading.shade(picture, point, 300) < 128) == (inside and bool(matrix[row][column]))


def test_long_reasons_stand_above_the_skills():
    long = "et accompagné une personne pendant trois mois dans une association de la frontière, " * 6
    lines = reading.lines(certificate(make_certificate(reason_fr=long, reason_nl=long)))
    reasons = [y for y, line in lines if "frontière" in line]
    (heading,) = [y for y, line in lines if "Elle sait" in line]
    assert len(reasons) > 4 and min(reasons) > heading + 12


@pytest.mark.parametrize("count", [0, 1, 3])
def test_it_takes_any_number_of_signatories(count):
    people = [[f"Personne {at}", "Formatrice", "Opleidster"] for at in range(count)]
    read = reading.text(certificate(make_certificate(signatories=people)))
    assert all(name in read for name, _, _ in people)


@pytest.mark.parametrize("holder", [NAMES["latin"], LONG_NAME, NAMES["arabic"]])
def test_the_mentions_of_a_registered_title_stand_between_the_title_and_the_holder(holder):
    content = certificate(make_certificate(holder=holder, **REGISTERED))
    read = reading.text(content, "-raw")
    for mention in REGISTERED["mentions_fr"] + REGISTERED["mentions_nl"]:
        assert reading.plain(mention) in read
    lines = reading.lines(content)
    mentions = [y for y, line in lines if "RNCP" in line or "Certificateur" in line or "Certificerende" in line]
    (title,) = [y for y, line in lines if "integratieambassadrice" in line]
    (granted,) = [y for y, line in lines if "Ce certificat est remis" in line]
    assert title - 14 > max(mentions) and min(mentions) > granted + 14
    assert len(reading.reader(content).pages) == 1


def test_long_mentions_get_smaller_rather_than_longer():
    long = ["Certificateur : Association pour l’accueil et la formation des Hauts-de-France et de la Wallonie " * 4]
    lines = reading.lines(certificate(make_certificate(mentions_fr=long, mentions_nl=long)))
    (granted,) = [y for y, line in lines if "Ce certificat est remis" in line]
    assert min(y for y, line in lines if "Wallonie" in line) > granted + 12


def test_mentions_in_dutch_are_marked_as_dutch(page):
    registered = certificate(make_certificate(**REGISTERED))
    count = sum(element.get("/Lang") == "nl" for _, element in reading.elements(registered))
    assert count == 1 + sum(element.get("/Lang") == "nl" for _, element in reading.elements(page))
