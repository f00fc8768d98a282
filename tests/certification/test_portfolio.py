"""The portfolio: private files of a learner, judged by what is in them, accepted for a block or sent back."""

import datetime
import io
from uuid import uuid4

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from certification.forms import portfolio as forms
from certification.models import Assignment, PortfolioItem, PortfolioReview, Recognition, portfolio
from people import privacy
from tests.certification.practising import make_assessor, publish
from tests.certification.test_paper import photo
from tests.certification.test_practice import read, url
from tests.databases import together

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@pytest.fixture
def version(edition, coordinator):
    return publish(coordinator)


@pytest.fixture
def assessor(edition, learner, coordinator, version):
    person = make_assessor()
    Assignment.objects.ask(edition, learner, person, coordinator, timezone.now())
    return person


@pytest.fixture
def item(learner, edition, version):
    return PortfolioItem.objects.add(learner, "Une fiche", PDF, "application/pdf", timezone.now())


def add(client, content=PDF, name="fiche.pdf", **more):
    sent = {"title": "Une fiche", "file": SimpleUploadedFile(name, content), "checked": "on", **more}
    return client.post(url("portfolio"), sent)


def test_it_works(browse_as, learner, edition):
    client = browse_as(learner)
    assert client.get(url("portfolio")).status_code == 200
    assert add(client).url == url("portfolio")
    item = PortfolioItem.objects.get()
    assert (item.learner, item.content(), item.status) == (learner, PDF, "submitted")
    assert not storages["default"].exists(item.file.name) and storages["private"].exists(item.file.name)
    assert url("portfolio_file", item.code) in read(client.get(url("portfolio")))
    response = client.get(url("portfolio_file", item.code))
    assert response.content == PDF and response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "private, no-store" and response["X-Content-Type-Options"] == "nosniff"


def test_a_photo_forgets_where_and_when_it_was_taken(browse_as, learner, edition):
    exif = Image.Exif()
    exif[0x010E] = "Where it was taken"
    exif.get_ifd(0x8825)[1] = "N"
    add(browse_as(learner), photo(exif=exif) + b"<script>", "IMG.jpg")
    item = PortfolioItem.objects.get()
    assert item.content_type == "image/jpeg"
    assert b"Where" not in item.content() and b"script" not in item.content()
    assert not Image.open(io.BytesIO(item.content())).getexif()


@pytest.mark.parametrize(
    ("content", "kept"),
    [(b"ID3\x03rest", "audio/mpeg"), (b"OggS rest", "audio/ogg"), (b"RIFF....WAVEfmt ", "audio/wav"),
     (b"\x00\x00\x00 ftypM4A rest", "audio/mp4"), (b"\x1a\x45\xdf\xa3rest", "audio/webm")],
)  # fmt: skip
def test_a_voice_is_known_by_its_first_bytes(browse_as, learner, edition, content, kept):
    assert add(browse_as(learner), content, "voix.bin").status_code == 302
    assert PortfolioItem.objects.get().content_type == kept


HEIC, AVIF = (b"\x00\x00\x00\x18ftyp" + brand + b"\x00" * 40 for brand in (b"heic", b"avif"))


@pytest.mark.parametrize(
    "content", [b"", b"<svg/>", b"<html>", b"MZ" * 20, b"PK\x03\x04", photo("GIF"), photo()[:60], HEIC, AVIF]
)
def test_what_is_none_of_these_is_refused(browse_as, learner, edition, content):
    response = add(browse_as(learner), content, "photo.docx")
    assert response.status_code == 422 and "Une fiche" in read(response)
    assert not PortfolioItem.objects.exists()


def test_a_title_a_file_and_the_check_are_needed(browse_as, learner, edition):
    client = browse_as(learner)
    assert add(client, title="").status_code == 422
    assert add(client, checked="").status_code == 422
    assert client.post(url("portfolio"), {"title": "Rien", "checked": "on"}).status_code == 422


def test_the_limits_of_size_and_number(browse_as, learner, edition, monkeypatch):
    client = browse_as(learner)
    monkeypatch.setattr(forms, "LARGEST", 10)
    assert add(client).status_code == 422
    assert add(client, b"OggS" + b"a" * 20, "a.ogg").status_code == 302
    monkeypatch.setattr(forms, "LARGEST_VOICE", 10)
    assert add(client, b"OggS" + b"b" * 20, "b.ogg").status_code == 422
    monkeypatch.undo()
    monkeypatch.setattr(portfolio, "MOST_ITEMS", 1)
    assert add(client).status_code == 422
    assert PortfolioItem.objects.count() == 1


def test_the_same_file_twice_is_kept_once(browse_as, learner, edition):
    client = browse_as(learner)
    assert [add(client).status_code for _time in range(2)] == [302, 302]
    assert PortfolioItem.objects.count() == 1


def test_the_same_file_twice_at_once_is_kept_once(real_database, browse_as, learner, edition):
    together(*[lambda: add(browse_as(learner))] * 2)
    assert PortfolioItem.objects.count() == 1


def test_whoever_is_not_enrolled_adds_nothing(client, browse_as, stranger, edition):
    assert browse_as(stranger).get(url("portfolio")).status_code == 200
    assert add(browse_as(stranger)).status_code == 403
    assert reverse("account_login") in add(client).url


@pytest.mark.parametrize(
    ("person", "reads", "reviews"),
    [("learner", 200, 403), ("trainer", 200, 200), ("coordinator", 200, 200), ("assessor", 200, 200),
     ("other_learner", 404, 404), ("stranger", 404, 404)],
)  # fmt: skip
def test_who_may_read_and_answer(request, browse_as, item, assessor, person, reads, reviews):
    client = browse_as(request.getfixturevalue(person))
    assert client.get(url("portfolio_file", item.code)).status_code == reads
    assert client.get(url("review_item", item.code)).status_code == reviews


def test_an_assessor_who_is_not_asked_any_more_reads_nothing(browse_as, item, assessor):
    Assignment.objects.get().end(timezone.now())
    assert browse_as(assessor).get(url("portfolio_file", item.code)).status_code == 404


def test_it_is_accepted_for_a_block_or_sent_back_with_a_reason(browse_as, learner, item, assessor):
    client, address = browse_as(assessor), url("review_item", item.code)
    wrong = [
        {"verdict": ""},
        {"verdict": "accepted"},
        {"verdict": "sent_back"},
        {"verdict": "accepted", "block": "B9"},
        {"verdict": "no"},
    ]
    for sent in wrong:
        assert client.post(address, sent).status_code == 422
    for _time in range(2):
        assert client.post(address, {"verdict": "sent_back", "reason": "Ajoutez la suite."}).url == address
    item = PortfolioItem.objects.get()
    assert item.reviews.count() == 1 and item.status == "sent_back"
    assert "Ajoutez la suite." in read(browse_as(learner).get(url("portfolio")))
    client.post(address, {"verdict": "accepted", "block": "B2"})
    item = PortfolioItem.objects.get()
    assert (item.status, item.review.block, item.reviews.count()) == ("accepted", "B2", 2)


def test_the_learner_takes_back_what_nobody_accepted(
    browse_as, learner, other_learner, item, trainer, django_capture_on_commit_callbacks
):
    assert browse_as(other_learner).post(url("take_back", item.code)).status_code == 404
    item.say(trainer, "accepted", timezone.now(), "B1")
    assert browse_as(learner).post(url("take_back", item.code)).status_code == 302
    assert PortfolioItem.objects.exists()
    item.say(trainer, "sent_back", timezone.now() + datetime.timedelta(seconds=1), reason="Non")
    with django_capture_on_commit_callbacks(execute=True):
        browse_as(learner).post(url("take_back", item.code))
    assert not PortfolioItem.objects.exists() and not storages["private"].exists(item.file.name)
    assert browse_as(learner).post(url("take_back", item.code)).status_code == 404
    assert browse_as(learner).get(url("take_back", item.code)).status_code == 405


def test_what_proves_a_recognised_block_stays(browse_as, learner, coordinator, edition, item):
    values = {"block": "B1", "kind": "experience", "source_title": "VAE", "item": item}
    granted = Recognition.objects.grant(edition, learner, coordinator, timezone.now(), code=uuid4(), **values)
    browse_as(learner).post(url("take_back", item.code))
    assert PortfolioItem.objects.exists()
    granted.end(coordinator, timezone.now())
    browse_as(learner).post(url("take_back", item.code))
    assert not PortfolioItem.objects.exists()


@pytest.mark.parametrize("how", ["erased", "too old"])
def test_the_file_itself_goes_too(learner, item, trainer, how, django_capture_on_commit_callbacks):
    item.say(trainer, "accepted", timezone.now(), "B1")
    with django_capture_on_commit_callbacks(execute=True):
        if how == "erased":
            privacy.erase(learner, timezone.now())
        else:
            privacy.apply_retention(timezone.now() + datetime.timedelta(days=3660))
    assert not PortfolioItem.objects.exists() and not storages["private"].exists(item.file.name)


@pytest.mark.parametrize("values", [{"block": ""}, {"verdict": "sent_back"}, {"verdict": "sent_back", "block": ""}])
def test_the_database_refuses_half_an_answer(item, trainer, values):
    item.say(trainer, "accepted", timezone.now(), "B1")
    with pytest.raises(IntegrityError), transaction.atomic():
        PortfolioReview.objects.update(**values)
