"""Attendance on paper: a sheet with a code a row, the signed one kept as proof, its marks copied."""

import hashlib
import io
from uuid import uuid4

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image

from certification.codes import row_code
from certification.forms import files
from certification.models import AttendanceMark, PaperSheet
from home import uploads
from tests import reading
from tests.certification.facts import everyone_present, say, sign
from tests.certification.test_mark import answers
from tests.databases import together

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@pytest.fixture
def slot(session):
    return session.half_days[0]


def url(slot, name="paper", *more):
    return reverse(f"certification:{name}", args=[slot.code, *more])


def scan(content=PDF, name="feuille.pdf"):
    return SimpleUploadedFile(name, content)


def photo(kind="JPEG", size=(40, 30), **more):
    drawn = io.BytesIO()
    Image.new("RGB", size, "white").save(drawn, kind, **more)
    return drawn.getvalue()


def add(client, slot, file=None):
    return client.post(url(slot), {"file": file or scan()})


def test_it_works(browse_as, trainer, slot):
    client = browse_as(trainer)
    assert client.get(url(slot)).status_code == 200
    assert add(client, slot).url == url(slot)
    paper = PaperSheet.objects.get()
    assert (paper.slot, paper.author, paper.size) == (slot, trainer, len(PDF))
    assert paper.sha256 == hashlib.sha256(PDF).hexdigest()
    assert paper.content() == PDF
    assert not storages["default"].exists(paper.name)
    assert url(slot, "paper_file", paper.code) in client.get(url(slot)).content.decode()


def test_it_comes_back_as_a_file_for_one_reader(browse_as, trainer, slot):
    client = browse_as(trainer)
    add(client, slot)
    response = client.get(url(slot, "paper_file", PaperSheet.objects.get().code))
    assert response.content == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("kind", "kept"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_photo_is_drawn_anew(browse_as, trainer, slot, kind, kept):
    exif = Image.Exif()
    exif[0x010E] = "Where it was taken"
    add(browse_as(trainer), slot, scan(photo(kind, exif=exif) + b"<script>", "a.pdf"))
    paper = PaperSheet.objects.get()
    assert paper.content_type == kept and paper.name.endswith(paper.name.rpartition(".")[2])
    assert b"script" not in paper.content() and b"Where" not in paper.content()
    assert Image.open(io.BytesIO(paper.content())).size == (40, 30)


@pytest.mark.parametrize(
    "content", [b"", b"<svg/>", b"PK\x03\x04", b"MZ" * 20, photo("GIF"), photo("TIFF"), photo("JPEG")[:60]]
)
def test_what_is_neither_a_pdf_nor_a_photo_is_refused(browse_as, trainer, slot, content):
    response = add(browse_as(trainer), slot, scan(content, "photo.jpg"))
    assert response.status_code == 422
    assert not PaperSheet.objects.exists()


def test_nothing_chosen_too_heavy_or_too_large(browse_as, trainer, slot, monkeypatch):
    client = browse_as(trainer)
    assert client.post(url(slot)).status_code == 422
    monkeypatch.setattr(uploads, "MOST_PIXELS", 100)
    assert add(client, slot, scan(photo())).status_code == 422
    monkeypatch.setattr(files, "LARGEST_PAPER", 10)
    assert add(client, slot).status_code == 422
    assert not PaperSheet.objects.exists()


def test_the_same_file_twice_is_kept_once(browse_as, trainer, slot):
    client = browse_as(trainer)
    assert [add(client, slot).status_code for _time in range(2)] == [302, 302]
    assert PaperSheet.objects.count() == 1
    add(client, slot, scan(PDF + b"2"))
    assert PaperSheet.objects.count() == 2


def test_the_same_file_twice_at_once_is_kept_once(real_database, browse_as, trainer, session):
    slot = session.half_days[0]
    together(*[lambda: add(browse_as(trainer), slot)] * 2)
    assert PaperSheet.objects.count() == 1


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404), ("coordinator", 302)])
def test_who_may_add(request, browse_as, slot, person, status):
    assert add(browse_as(request.getfixturevalue(person)), slot).status_code == status
    assert PaperSheet.objects.exists() == (status == 302)


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404), ("coordinator", 200)])
def test_who_may_read(request, browse_as, trainer, slot, session, person, status):
    add(browse_as(trainer), slot)
    client = browse_as(request.getfixturevalue(person))
    assert client.get(url(slot, "paper_file", PaperSheet.objects.get().code)).status_code == status
    assert client.get(url(session, "paper_sheet")).status_code == status


def test_a_file_of_another_half_day_and_a_missing_one(client, browse_as, trainer, session, slot):
    add(browse_as(trainer), slot)
    paper = PaperSheet.objects.get()
    assert browse_as(trainer).get(url(session.half_days[1], "paper_file", paper.code)).status_code == 404
    assert browse_as(trainer).get(url(slot, "paper_file", uuid4())).status_code == 404
    assert browse_as(trainer).get(reverse("certification:paper", args=[uuid4()])).status_code == 404
    assert reverse("account_login") in add(client, slot).url
    assert browse_as(trainer).post(url(slot, "paper_file", paper.code)).status_code == 405


def test_marks_that_are_copied_say_so(browse_as, trainer, learner, slot):
    client = browse_as(trainer)
    add(client, slot)
    html = client.get(url(slot, "roster") + "?paper=1").content.decode()
    assert 'name="paper"' in html and row_code(slot.session.code, learner.code) in html
    client.post(url(slot, "mark"), {**answers((learner, "p", "")), "paper": "1"})
    assert AttendanceMark.objects.get().source == 5
    sheet = client.get(reverse("certification:sheet", args=[slot.session.code])).content
    assert "recopié de la feuille papier" in reading.text(sheet)


def test_without_a_signed_sheet_nothing_is_copied(browse_as, trainer, learner, slot):
    client = browse_as(trainer)
    assert 'name="paper"' not in client.get(url(slot, "roster") + "?paper=1").content.decode()
    assert client.post(url(slot, "mark"), {**answers((learner, "p", "")), "paper": "1"}).status_code == 404
    assert not AttendanceMark.objects.exists()


def test_a_refused_copy_is_still_a_copy(browse_as, trainer, learner, slot):
    client = browse_as(trainer)
    add(client, slot)
    response = client.post(url(slot, "mark"), {**answers((learner, "l", "")), "paper": "1"})
    assert response.status_code == 422 and 'name="paper"' in response.content.decode()


def test_paper_weighs_as_much_as_the_mark_of_the_trainer(trainer, learner, other_learner, slot):
    say(slot, learner, trainer, "absent", source=5)
    sign(slot, learner)
    say(slot, other_learner, trainer, "absent")
    say(slot, other_learner, trainer, "present", source=5)
    standing = AttendanceMark.objects.filter(slot=slot).standing()
    assert [standing[str(person.pk)].status for person in (learner, other_learner)] == ["present", "present"]


def test_a_sheet_may_be_added_after_the_countersignature(browse_as, trainer, session, slot):
    everyone_present(session, trainer)
    client = browse_as(trainer)
    assert add(client, slot).status_code == 302
    assert url(slot) in client.get(url(slot, "roster")).content.decode()


def test_the_sheet_to_sign_has_a_code_a_row_and_no_mark(browse_as, trainer, learner, other_learner, session, slot):
    say(slot, learner, trainer)
    for language, title in [("fr", "Feuille d’émargement"), ("nl", "Aanwezigheidslijst")]:
        with translation.override(language):
            content = browse_as(trainer).get(url(session, "paper_sheet")).content
        read = reading.text(content)
        codes = {row_code(session.code, person.code) for person in (learner, other_learner)}
        assert title in read and len(codes) == 2 and all(code in read for code in codes)
        assert "Présent" not in read and "Aanwezig " not in read
