import pytest

from certification.documents.sheet import LABELS, SheetMark, SheetRow, sheet
from tests import reading
from tests.documents import NAMES, SHEET_LABELS, make_sheet


def attributes(content, tag):
    return [element["/A"].get_object() for name, element in reading.elements(content) if name == tag]


@pytest.fixture(scope="module")
def class_of_forty():
    return sheet(make_sheet(40))


def test_the_sample_has_every_label():
    assert set(SHEET_LABELS) == set(LABELS)


def test_it_says_who_what_when_and_where():
    values = make_sheet()
    read = reading.text(sheet(values))
    facts = (values.provider, values.nda, values.title, values.session, values.date, values.place, values.modality)
    facts += (
        values.module,
        values.eu,
        values.programme,
        values.fingerprint,
        "Nadia Benali, Katrien Maes",
        "9 h à 12 h",
    )
    assert [fact for fact in facts if reading.plain(fact) not in read] == []


def test_each_learner_has_a_status_and_minutes_for_each_half_day():
    read = reading.text(sheet(make_sheet(1)))
    assert "Présente · 180 min" in read
    assert "Absente, excusée · 0 min" in read
    assert "signé à 9 h 04" in read


def test_countersignatures_and_corrections_are_printed():
    read = reading.text(sheet(make_sheet()))
    assert "Matin : Nadia Benali, le 8 décembre 2026 à 12 h 07" in read
    assert "motif : le bus." in read
    assert "Aucune correction." not in read


def test_it_is_an_a4_page_on_its_side():
    page = reading.reader(sheet(make_sheet())).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)


def test_observations_are_printed_or_their_absence():
    assert "Aucune observation." in reading.text(sheet(make_sheet()))
    read = reading.text(sheet(make_sheet(observations=["Matin : une feuille signée sur papier est gardée."])))
    assert "une feuille signée sur papier est gardée" in read
    assert "Aucune observation." not in read


def test_on_paper_there_is_room_for_observations_and_signatures():
    read = reading.text(sheet(make_sheet(by_hand=True)))
    assert "Observations" in read and "Contre-signature" in read
    assert read.count("____") > 3
    assert "Empreinte" not in read


def test_a_sheet_without_correction_says_so():
    assert "Aucune correction." in reading.text(sheet(make_sheet(corrections=[])))


def test_forty_learners_run_over_several_pages(class_of_forty):
    read = reading.text(class_of_forty, "-raw")
    pages = len(reading.reader(class_of_forty).pages)
    assert pages == 4
    assert [at for at in range(40) if f" {at} CCAS" not in read] == []
    assert f"Page 1 sur {pages}" in read and f"Page {pages} sur {pages}" in read


def test_names_are_printed_in_every_script():
    rows = [SheetRow(name, "", [SheetMark("Présente")] * 2) for name in NAMES.values()]
    read = reading.text(sheet(make_sheet(rows=rows)))
    words = {word for name in NAMES.values() for word in reading.plain(name).split()}
    assert sorted(word for word in words if word not in read) == []


def test_the_table_head_comes_back_on_each_page_but_is_read_once(class_of_forty):
    pages = [page.extract_text() for page in reading.reader(class_of_forty).pages]
    with_learners = [page for page in pages if "CCAS" in page]
    assert len(with_learners) > 1
    assert all("Employeur" in page for page in with_learners)
    assert reading.tags(class_of_forty).count("THead") == 1


def test_header_cells_say_what_they_head(class_of_forty):
    scopes = [attribute["/Scope"] for attribute in attributes(class_of_forty, "TH")]
    assert scopes == ["/Column"] * 4 + ["/Row"] * 40
    assert reading.tags(class_of_forty).count("TD") == 120


def test_many_half_days_take_a_second_table():
    content = sheet(make_sheet(3, slots=6))
    assert reading.tags(content).count("Table") == 2


def test_a_sheet_without_learner_is_still_a_sheet():
    assert len(reading.reader(sheet(make_sheet(0))).pages) == 1


def test_it_is_in_the_language_of_its_values():
    labels = SHEET_LABELS | {"sheet": "Aanwezigheidslijst"}
    content = sheet(make_sheet(lang="nl", labels=labels))
    assert reading.reader(content).trailer["/Root"]["/Lang"] == "nl"
    assert "Aanwezigheidslijst" in reading.text(content)


def test_all_fonts_are_embedded(class_of_forty):
    assert all(program for _, program in reading.fonts(class_of_forty))


def test_the_same_values_give_the_same_bytes(class_of_forty):
    assert sheet(make_sheet(40)) == class_of_forty


def test_a_name_that_cannot_be_drawn_keeps_nobody_from_signing():
    rows = [SheetRow("Li 李", "", [SheetMark("Présente")] * 2), SheetRow("Amina 😀", "", [SheetMark("Présente")] * 2)]
    printed = reading.text(sheet(make_sheet(rows=rows)))
    assert "Li ?" in printed and "Amina" in printed
