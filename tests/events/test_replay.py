"""The replay of an event: each part, on its page once it is published, and nothing before."""

import re

import pytest
from django.core.files.base import ContentFile
from wagtail.images.tests.utils import get_test_image_file

from events.models import Event, Session
from events.replay_blocks import ChapterBlock
from home.models import SiteDocument, SiteImage, SiteMedia
from tests.cast import block
from tests.events.planned import plan
from tests.events.test_read import EVENT, change, read

CHAPTERS = (
    "chapters",
    {"chapters": [{"time": "0:00", "title": "Accueil"}, {"time": "1:05:30", "title": "Le sommeil"}]},
)
TEXTS = [
    ("slide", {"title": "À retenir", "text": "<p>Demander, écouter.</p>", "image": None}),
    ("transcript", {"text": "<p>Bienvenue à toutes.</p>", "document": None}),
    ("summary", {"text": "<h3>L’essentiel</h3><p>Trois idées.</p>", "document": None}),
    ("questions", {"questions": [{"question": "Qui traduit ?", "answer": "La personne choisit."}]}),
]
SAID = [
    "Le sommeil",
    "Demander, écouter.",
    "Bienvenue à toutes.",
    "Trois idées.",
    "Qui traduit",
    "La personne choisit.",
]


def show(*parts, status=Session.Status.PUBLISHED, **values):
    session = plan(-3, status=status, **values)
    change(replay=[block(kind, value) for kind, value in parts])
    return session


def document(name, size):
    return SiteDocument.objects.create(title=name, file=ContentFile(b"%PDF-" + b"x" * (size - 5), name), file_size=size)


def media(name, size):
    kind = "video" if name.endswith("mp4") else "audio"
    return SiteMedia.objects.create(title=name, type=kind, file=ContentFile(b"x" * size, name), duration=9)


def recording(**values):
    return "recording", {"video": None, "captions": None, "url": ""} | values


@pytest.mark.django_db
def test_every_text_is_on_the_page_once_it_is_published(client):
    show(CHAPTERS, *TEXTS)
    html = read(client)
    for text in [*SAID, "1:05:30", "Rien n’a été enregistré"]:
        assert text in html
    assert 'data-at="3930"' in html and "data-chapters" not in html


@pytest.mark.parametrize("status", [status for status in Session.Status if status != Session.Status.PUBLISHED])
@pytest.mark.django_db
def test_nothing_of_it_before(client, status):
    show(CHAPTERS, *TEXTS, recording(url="https://example.org/film"), status=status)
    html = read(client)
    assert not [text for text in [*SAID, "example.org"] if text in html]


@pytest.mark.django_db
def test_a_video_waits_for_a_tap_and_says_its_size(client):
    film = media("film.mp4", 2_340_000)
    captions = SiteDocument.objects.create(title="st", file=ContentFile(b"WEBVTT", "st.vtt"))
    show(CHAPTERS, recording(video=film.pk, captions=captions.pk))
    html = read(client)
    video = re.search(r"<video[^>]*>.*?</video>", html)[0]
    assert 'preload="none"' in video and "poster" not in video and film.url in video and captions.url in video
    assert "2,4\u00a0Mo" in html and "data-chapters" in html


@pytest.mark.django_db
def test_a_recording_elsewhere_is_a_link_that_opens(client):
    show(recording(url="https://example.org/film"))
    html = read(client)
    assert '<a class="dlbig" href="https://example.org/film" rel="noreferrer">' in html and "<iframe" not in html


@pytest.mark.django_db
def test_who_saves_data_is_offered_the_light_version_first(client):
    sound, slides = media("son.mp3", 400_000), document("dias.pdf", 300_000)
    show(recording(url="https://example.org/film"), ("sound", {"audio": sound.pk}), ("slides", {"document": slides.pk}))
    html, light = read(client), client.get(EVENT, headers={"save-data": "on"})
    assert "Save-Data" in light["Vary"]
    orders = [page.index("example.org/film") < page.index(sound.url) for page in (html, light.content.decode())]
    assert orders == [True, False]
    assert "700\u00a0Ko" in html and "400\u00a0Ko" in html and "300\u00a0Ko" in html
    assert 'preload="none"' in re.search(r"<audio[^>]*>", html)[0]


@pytest.mark.django_db
def test_a_sketchnote_comes_with_its_text_and_its_size(client):
    image = SiteImage.objects.create(title="Dessin", file=get_test_image_file(size=(400, 300)))
    show(("sketchnote", {"image": image.pk, "text": "<p>Demander de l’aide.</p>"}))
    html = read(client)
    drawing = re.search(r'<img src="[^"]*" width="400"[^>]*>', html)[0]
    assert 'loading="lazy"' in drawing and "Demander de l’aide." in html and "Voir la sketchnote" in html


@pytest.mark.parametrize(
    ("kinds", "label"), [([recording(url="https://example.org/")], "i-play"), ([CHAPTERS], "i-file-text")]
)
@pytest.mark.django_db
def test_the_list_says_what_stays(client, kinds, label):
    show(*kinds)
    row = re.search(
        r'<a class="item" href="/fr/agenda/une-journee-ensemble/".*?</a>', read(client, "/fr/agenda/"), re.S
    )
    assert f"#{label}" in row[0]


@pytest.mark.parametrize("time", ["12:30", "1:05:00", "0:00", "59:59"])
def test_the_time_of_a_chapter(time):
    assert ChapterBlock().clean(ChapterBlock().to_python({"time": time, "title": "Accueil"}))


@pytest.mark.parametrize("time", ["12", "12:60", "1:60:00", "à 12 h", ""])
def test_a_time_that_is_none(time):
    with pytest.raises(Exception, match=r".") as refused:
        ChapterBlock().clean(ChapterBlock().to_python({"time": time, "title": "Accueil"}))
    assert "time" in refused.value.block_errors


@pytest.mark.django_db
def test_each_part_is_there_once(client):
    errors = Event._meta.get_field("replay").stream_block.meta.block_counts
    assert {name for name, limits in errors.items() if limits == {"max_num": 1}} == {
        "recording",
        "sound",
        "chapters",
        "slides",
        "transcript",
        "sketchnote",
        "summary",
        "questions",
        "resources",
    }
