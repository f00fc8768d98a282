"""Lists from anybody's hand, and from somebody's who means harm."""

import csv
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image

from people import spreadsheets
from people.spreadsheets import Unreadable, harmless, is_formula, read, read_paste, tidy, trimmed, write

ROWS = [["Naam", "E-mail"], ["Zoë Şahin", "zoe@example.org"], ["أمينة"]]
# Cells as people fill them: neither a control character nor half a surrogate pair.
CELLS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"], blacklist_characters="\ufffe\uffff\ufeff"))


def workbook(rows):
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def text_of(rows, delimiter=";"):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def cells(pairs):
    return [row for _number, row in pairs]


def code_of(data):
    with pytest.raises(Unreadable) as refusal:
        read(data)
    assert str(refusal.value.sentence)
    return refusal.value.code


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_delimiter_and_encoding(delimiter, encoding):
    assert cells(read(text_of(ROWS, delimiter).encode(encoding))) == ROWS


def test_what_excel_writes_in_western_europe():
    assert cells(read("Nom;Prénom\r\nLefèvre;Zoë\r\n".encode("cp1252"))) == [["Nom", "Prénom"], ["Lefèvre", "Zoë"]]


def test_a_workbook():
    assert cells(read(workbook(ROWS))) == ROWS


def test_a_number_and_a_date_are_read_as_text():
    assert cells(read(workbook([["Amina", 12.0, None, 3]]))) == [["Amina", "12", "", "3"]]


def test_lines_keep_their_number():
    assert [number for number, _cells in read(b'\n\nA\n\n"B\nB"\nC\n')] == [3, 5, 7]
    assert [number for number, _cells in read(workbook([["A"], [None], ["B"]]))] == [1, 3]


def test_a_comma_belongs_to_a_pasted_name():
    rows = cells(read_paste("Diallo, Amina; amina@example.org\nHaile, Gebre"))
    assert rows == [["Diallo, Amina", "amina@example.org"], ["Haile, Gebre"]]


def test_a_formula_is_read_as_what_it_says():
    assert cells(read(workbook([["=1+1"]]))) == [["=1+1"]]


@pytest.mark.parametrize("data", [b"", b"\n\n ;;\n", "\ufeff".encode()])
def test_an_empty_list(data):
    assert code_of(data) == "empty"


def test_too_many_people():
    assert len(read(b"Name\n" + b"Amina\n" * 500)) == 501
    assert code_of(b"Name\n" + b"Amina\n" * 501) == "rows"
    assert code_of(workbook([["Amina"]] * 502)) == "rows"


def test_a_row_at_the_end_of_the_world_is_not_waited_for():
    book, file = Workbook(), io.BytesIO()
    book.active.cell(1_048_576, 16_384, "Amina")
    book.save(file)
    assert code_of(file.getvalue()) == "rows"


def test_a_heavy_file():
    assert code_of(b"a" * (spreadsheets.LARGEST + 1)) == "size"


def test_a_zip_bomb_is_not_unpacked():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (spreadsheets.LARGEST_UNPACKED + 1))
    assert len(bomb.getvalue()) < 100_000
    assert code_of(bomb.getvalue()) == "unpacked"


def test_a_bomb_of_many_entries():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w") as archive:
        for number in range(300):
            archive.writestr(f"xl/{number}", b"")
    assert code_of(bomb.getvalue()) == "unpacked"


def test_an_entity_bomb_is_not_expanded():
    sheet = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    with zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in (parts | {"xl/worksheets/sheet1.xml": sheet}).items():
            archive.writestr(name, content)
    assert code_of(file.getvalue()) in ("content", "empty")


def picture():
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    return file.getvalue()


def other_archive():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", b"<x/>")
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        picture(),
        b"%PDF-1.7\n\x00\x01",
        b"PK\x03\x04 and nothing else",
        other_archive(),
        b"MZ\x90\x00\x03",
        b"\xff\xfea",
    ],
)
def test_another_kind_of_file(data):
    assert code_of(data) == "content"


@pytest.mark.parametrize("cut", [10, 200, 2000, 4000])
def test_a_workbook_that_is_cut(cut):
    assert code_of(workbook(ROWS)[:cut]) == "content"


def rows_or_code(data):
    try:
        return cells(read(data)), None
    except Unreadable as refusal:
        return [], refusal.code


@given(st.binary(max_size=300))
def test_any_bytes_are_a_list_or_refused(data):
    for start in (b"", b"PK\x03\x04"):
        rows, code = rows_or_code(start + data)
        assert bool(rows) != (code in spreadsheets.REFUSALS)
        assert all(isinstance(cell, str) and cell == tidy(cell) for row in rows for cell in row)


@settings(max_examples=60)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=8))
def test_what_is_written_is_read_again(rows):
    expected = [[tidy(harmless(cell)) for cell in row] for row in rows]
    expected = [trimmed(row) for row in expected if any(row)]
    head = ["a", "b", "c", "d", "e"]
    assert rows_or_code(write([head, *rows])) == ([head, *expected], None)


@given(CELLS, st.sampled_from(["=", "+", "-", "@", " =", "\t", "\r", "＝"]))
def test_nothing_that_is_written_is_calculated(text, sign):
    (row,) = csv.reader(io.StringIO(write([[sign + text]]).decode("utf-8-sig"), newline=""), delimiter=";")
    assert not is_formula(row[0])


def test_numbers_are_written_as_numbers():
    assert write([[-5, "-5"]]).decode("utf-8-sig") == "-5;'-5\r\n"
