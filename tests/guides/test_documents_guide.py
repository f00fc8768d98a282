from dataclasses import replace

import pytest

from guides.documents.guide import LABELS, guide
from home.documents.handout import handout
from tests import reading
from tests.documents import GUIDE_LABELS, IMPRINT, make_activity, make_guide, make_handout

MM = 72 / 25.4
SIZES = ("a4", "phone")


@pytest.fixture(scope="module", params=SIZES)
def booklet(request):
    return guide(make_guide(), request.param)


def outline(content):
    document = reading.reader(content)

    def flat(entries):
        for entry in entries:
            if isinstance(entry, list):
                yield from flat(entry)
            else:
                yield entry.title, document.get_destination_page_number(entry) + 1

    return list(flat(document.outline))


def test_the_sample_has_every_label():
    assert set(GUIDE_LABELS) == set(LABELS)


@pytest.mark.parametrize(("size", "page"), [("a4", [210, 297]), ("phone", [105, 186])])
def test_it_has_the_size_of_paper_or_of_a_telephone(size, page):
    first = reading.reader(guide(make_guide(), size)).pages[0]
    assert [round(float(side) / MM) for side in first.mediabox[2:]] == page


def test_every_sentence_can_be_read_back(booklet):
    values, read = make_guide(), reading.text(booklet)
    activity = values.activities[0]
    strings = [values.title, values.subtitle, values.eyebrow, *values.intro, *GUIDE_LABELS.values(), activity.title]
    strings += [sentence for part in vars(activity).values() if isinstance(part, list) for sentence in part]
    strings += [IMPRINT.provider, IMPRINT.provider_sub, IMPRINT.eu, IMPRINT.licence]
    assert [string for string in strings if reading.plain(string) not in read] == []


def test_a_sign_that_cannot_be_drawn_is_left_out():
    values = replace(make_guide(), title="Se présenter 😀", intro=["Li 李 arrive."])
    read = reading.text(guide(values, "a4"))
    assert "Se présenter" in read and "Li ? arrive." in read


def test_it_tells_who_pays(booklet):
    assert "Interreg" in reading.text(booklet)
    assert "Figure" in reading.tags(booklet)


def test_headings_follow_one_another(booklet):
    headings = [tag for tag in reading.tags(booklet) if tag in ("H1", "H2", "H3")]
    assert headings == ["H1", "H2"] + ["H2", *["H3"] * 7] * 2


def test_steps_are_numbered(booklet):
    labels = reading.tags(booklet).count("Lbl")
    assert labels == 6
    assert "1. Installez deux chaises." in reading.text(booklet)


def test_bookmarks_lead_to_each_activity(booklet):
    marks = outline(booklet)
    assert [title for title, _ in marks] == ["Parler de santé", "À la pharmacie", "Le corps en chanson"]
    assert marks[0][1] == 1


def test_the_contents_give_the_page_of_each_activity(booklet):
    read = reading.text(booklet)
    for title, page in outline(booklet)[1:]:
        assert f"{title} {page}" in read


def test_pages_are_numbered_after_the_cover(booklet):
    pages = len(reading.reader(booklet).pages)
    read = reading.text(booklet)
    assert f"Page 2 sur {pages}" in read and f"Page {pages} sur {pages}" in read
    assert "Page 1 sur" not in read


def test_an_empty_part_has_no_heading():
    activity = make_activity(variants=[], safety=[])
    read = reading.text(guide(make_guide(activities=[activity]), "a4"))
    assert "Variantes" not in read and "Attention" not in read


def test_a_long_step_runs_over_the_page():
    step = "Racontez encore une fois la même histoire, plus lentement. " * 60
    content = guide(make_guide(activities=[make_activity(steps=[step])]), "phone")
    assert reading.text(content).count("Racontez") == 60


def test_all_fonts_are_embedded(booklet):
    assert all(program for _, program in reading.fonts(booklet))


@pytest.mark.parametrize("size", SIZES)
def test_the_same_values_give_the_same_bytes(size):
    assert guide(make_guide(), size) == guide(make_guide(), size)


def test_a_handout_has_its_sections_in_its_language():
    content = handout(make_handout())
    read = reading.text(content)
    assert reading.reader(content).trailer["/Root"]["/Lang"] == "nl"
    assert all(f"Idee {at}" in read for at in range(3))
    assert [title for title, _ in outline(content)] == ["Luisteren zonder oordeel", "Idee 0", "Idee 1", "Idee 2"]


def test_a_handout_fits_a_telephone_too():
    assert len(reading.reader(handout(make_handout(), "phone")).pages) > 1
