import io
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from pypdf import PdfReader

from guides import files
from guides.models import Activity
from tests.guides.shelf import make_activity, make_guide, make_library


@pytest.fixture
def guide(database):
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "guides", ignore_errors=True)
    library = make_library()
    return make_guide(library, [make_activity(library), make_activity(library, "Au marché", "Naar de markt")])


def address(guide, size="phone", language="fr"):
    return f"/{language}/guides/{guide.translation_key}/{size}.pdf"


def text_of(response):
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


@pytest.mark.parametrize("size", files.SIZES)
def test_a_visitor_downloads_the_french_guide(client, guide, size):
    response = client.get(address(guide, size))
    text = text_of(response)
    assert response.headers["Content-Type"] == "application/pdf"
    assert int(response.headers["Content-Length"]) == len(response.content)
    for sentence in ("Autour d’une table", "Valise à parler", "Au marché", "Pour qui ?", "Qu’est-ce que c’est ?"):
        assert sentence in text
    assert text.index("Posez la valise.") < text.index("Sortez un objet.")
    assert not response.cookies


def test_the_dutch_guide_is_in_dutch(client, guide):
    response = client.get(address(guide, language="nl"))
    assert "Praatvalies" in text_of(response) and "Wat is dit?" in text_of(response)
    assert PdfReader(io.BytesIO(response.content)).root_object["/Lang"].startswith("nl")


def test_the_file_is_named_after_the_title(client, guide):
    assert client.get(address(guide, "a4")).headers["Content-Disposition"] == (
        'attachment; filename="autour-dune-table-a4.pdf"'
    )
    assert 'filename="rond-een-tafel-' in client.get(address(guide, language="nl")).headers["Content-Disposition"]


def test_it_is_made_once_then_only_served(client, guide, monkeypatch):
    first = client.get(address(guide))
    monkeypatch.setattr(files, "guide", lambda *args: pytest.fail("made twice"))
    assert client.get(address(guide)).content == first.content


def test_a_browser_that_has_it_downloads_nothing(client, guide):
    tag = client.get(address(guide)).headers["ETag"]
    assert client.get(address(guide), headers={"if-none-match": tag}).status_code == 304


def test_a_changed_activity_makes_a_new_file_and_drops_the_old(client, guide):
    before = client.get(address(guide))
    Activity.objects.filter(title="Au marché").update(title="Au grand marché")
    after = client.get(address(guide))
    assert "Au grand marché" in text_of(after) and before.headers["ETag"] != after.headers["ETag"]
    assert len(default_storage.listdir(files.folder(guide, "phone"))[1]) == 1


def test_the_button_says_the_size_of_the_file_that_is_kept(client, guide):
    assert "kB" not in client.get(guide.url).content.decode()
    path = files.prepare(guide, "phone")
    assert files.stored_size(guide, "phone") == default_storage.size(path)
    assert files.stored_size(guide, "a4") is None


def test_an_unpublished_activity_is_not_printed(client, guide):
    Activity.objects.filter(title="Au marché").update(live=False)
    assert "Au marché" not in text_of(client.get(address(guide)))


def test_nothing_else_is_served(client, guide):
    assert client.get(address(guide, "a5")).status_code == 404
    assert client.get("/fr/guides/00000000-0000-4000-8000-000000000000/a4.pdf").status_code == 404
    assert client.post(address(guide)).status_code == 405
    guide.live = False
    guide.save()
    assert client.get(address(guide)).status_code == 404
    assert client.get(address(guide, language="nl")).status_code == 200


def test_two_taps_from_the_library(client, guide):
    html = client.get(reverse("guides:library"), follow=True).content.decode()
    assert address(guide) in html
