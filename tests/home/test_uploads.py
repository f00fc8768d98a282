"""What editors may upload is known by its content, whatever its name says."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from home import uploads
from home.models import SiteDocument, SiteImage, SiteMedia

HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"


@pytest.fixture
def editor(browse_as, coordinator):
    coordinator.is_superuser = True
    coordinator.save()
    return browse_as(coordinator)


def archive(*entries):
    """A zip file of (name, content, whether it is packed)."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for name, content, packed in entries:
            written.writestr(name, content, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED)
    return file.getvalue()


DOCX = [("[Content_Types].xml", "<Types/>", True), ("word/document.xml", "<w/>", True)]
ODT = [("mimetype", "application/vnd.oasis.opendocument.text", False), ("content.xml", "<o/>", True)]
BOMB = ("word/bomb.xml", b"\0" * 30_000_000, True)


def upload(name, content):
    return SimpleUploadedFile(name, content)


def refusal_of(name, content):
    with pytest.raises(ValidationError) as refused:
        uploads.check_document(upload(name, content))
    return refused.value.code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("guide.pdf", b"%PDF-1.7\n"),
        ("guide.PDF", b"%PDF-1.7\n"),
        ("lettre.docx", archive(*DOCX)),
        ("lettre.odt", archive(*ODT)),
        ("notes.txt", "Été, coördinatie".encode()),
        ("sous-titres.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nÉté".encode()),
        ("sous-titres.vtt", b"\xef\xbb\xbfWEBVTT\n"),
    ],
)
def test_what_is_what_it_says_comes_in(name, content):
    file = upload(name, content)
    uploads.check_document(file)
    assert file.read() == content


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("page.pdf", HTML, "content"),
        ("late.pdf", b"\n" + HTML + b"%PDF-1.7", "content"),
        ("program.pdf", EXE, "content"),
        ("program.txt", EXE, "text"),
        ("program.docx", EXE, "content"),
        ("empty.pdf", b"", "content"),
        ("drawing.vtt", SVG, "content"),
        ("notes.txt", "Été".encode("latin-1"), "text"),
        ("zero.txt", b"a\0b", "text"),
        ("archive.docx", archive(("readme.txt", "x", True)), "content"),
        ("sheet.xlsx", archive(*DOCX), "content"),
        ("text.ods", archive(*ODT), "content"),
        ("packed.odt", archive(("mimetype", "application/vnd.oasis.opendocument.text", True)), "content"),
        ("late.odt", archive(*reversed(ODT)), "content"),
        ("macro.docx", archive(*DOCX, ("word/vbaProject.bin", "x", True)), "macros"),
        ("macro.odt", archive(*ODT, ("Basic/Standard/Module1.xml", "x", True)), "macros"),
        ("bomb.docx", archive(*DOCX, BOMB), "unpacked"),
        ("many.docx", archive(*DOCX, *((f"word/{n}", "", False) for n in range(5001))), "unpacked"),
        ("cut.docx", archive(*DOCX)[:-30], "content"),
        ("heavy.pdf", b"%PDF-1.7" + b"\0" * uploads.LARGEST_DOCUMENT, "size"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_something_else_is_refused(name, content, code):
    assert refusal_of(name, content) == code


def test_a_picture_in_a_document_of_an_office_is_no_macro():
    uploads.check_document(upload("lettre.docx", archive(*DOCX, ("word/media/image1.png", "x", True))))


def test_a_bomb_is_not_unpacked_to_be_seen(monkeypatch):
    content = archive(*DOCX, BOMB)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_args, **_options: pytest.fail("unpacked"))
    assert refusal_of("bomb.docx", content) == "unpacked"


def picture(kind="PNG", size=(40, 30), mode="RGB", **options):
    file = io.BytesIO()
    Image.new(mode, size, "white").save(file, kind, **options)
    return file.getvalue()


def drawn(name, content):
    file = upload(name, content)
    uploads.draw_again(file)
    assert file.size == len(file.read())
    file.seek(0)
    return file.read()


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.gif", "GIF"), ("a.webp", "WEBP")])
def test_an_image_keeps_its_pixels_and_loses_what_follows_them(name, kind):
    clean = drawn(name, picture(kind) + HTML)
    assert b"<script" not in clean
    with Image.open(io.BytesIO(clean)) as image:
        assert (image.format, image.size) == (kind, (40, 30))


def test_a_photo_stands_upright_and_forgets_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "rue des Lilas 12"
    with Image.open(io.BytesIO(drawn("a.jpg", picture("JPEG", exif=exif)))) as image:
        assert image.size == (30, 40)
        assert not image.getexif()


def test_a_comment_in_an_image_is_not_kept():
    assert b"alert" not in drawn("a.jpg", picture("JPEG", comment=HTML))
    assert b"alert" not in drawn("a.gif", picture("GIF", comment=HTML))


def test_of_a_jpeg_of_several_pictures_the_first_is_kept():
    """As some telephones write them (MPO)."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(
        file, "MPO", save_all=True, append_images=[Image.new("RGB", (40, 30), "red")]
    )
    assert uploads.image_type_of(upload("a.jpg", file.getvalue())) == "image/jpeg"
    with Image.open(io.BytesIO(drawn("a.jpg", file.getvalue()))) as image:
        assert image.format == "JPEG" and image.getpixel((5, 5)) == (255, 255, 255)


def test_a_moving_image_still_moves():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=80)
    with Image.open(io.BytesIO(drawn("a.gif", file.getvalue()))) as image:
        assert image.n_frames == 3


@pytest.mark.parametrize("content", [HTML, SVG, EXE, b"", picture()[:60]])
def test_what_is_no_image_is_refused(content):
    with pytest.raises(ValidationError) as refused:
        uploads.draw_again(upload("a.png", content))
    assert refused.value.code == "image"


@pytest.mark.parametrize(
    ("name", "content", "well"),
    [
        ("a.mp3", b"ID3\x04", True),
        ("a.mp3", b"\xff\xfb\x90", True),
        ("a.mp4", b"\0\0\0\x20ftypisom", True),
        ("a.webm", b"\x1a\x45\xdf\xa3", True),
        ("a.mp3", HTML, False),
        ("a.mp4", EXE, False),
        ("a.webm", b"\0\0\0\x20ftypisom", False),
        ("a.svg", SVG, False),
        ("a.m4a", b"\0\0\0\x18ftypheic", False),
        ("a.mp4", b"\0\0\0\x18ftypavif", False),
    ],
)
def test_a_sound_or_a_film_begins_like_one(name, content, well):
    if well:
        return uploads.check_media(upload(name, content))
    with pytest.raises(ValidationError):
        uploads.check_media(upload(name, content))
    return None


def add_document(editor, name, content):
    return editor.post("/admin/documents/add/", {"title": "Essai", "file": upload(name, content), "collection": 1})


@pytest.mark.parametrize(
    ("name", "content"), [("page.pdf", HTML), ("x.svg", SVG), ("x.html", HTML), ("x.exe", EXE), ("x.docm", b"PK")]
)
def test_the_editors_screen_refuses_a_document(editor, name, content):
    response = add_document(editor, name, content)
    assert response.context["form"].has_error("file")
    assert not SiteDocument.objects.filter(title="Essai").exists()


def test_the_editors_screen_takes_a_good_document(editor):
    add_document(editor, "guide.pdf", b"%PDF-1.7\n")
    document = SiteDocument.objects.get(title="Essai")
    assert document.file_size == 9
    edit = editor.post(f"/admin/documents/edit/{document.pk}/", {"title": "Autre", "file": "", "collection": 1})
    assert edit.status_code == 302


def test_many_documents_at_once_are_looked_at_too(editor):
    response = editor.post("/admin/documents/multiple/add/", {"title": "Essai", "files[]": upload("page.pdf", HTML)})
    assert response.json()["success"] is False


def add_image(editor, name, content):
    return editor.post("/admin/images/add/", {"title": "Essai", "file": upload(name, content), "collection": 1})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.svg", SVG),
        ("x.png", SVG),
        ("x.png", HTML),
        ("x.png", picture("JPEG")),
        ("x.exe", EXE),
        ("huge.png", picture(size=(9000, 5000), mode="1")),
        ("bomb.png", picture(size=(20_000, 10_000), mode="1")),
    ],
    ids=["svg", "svg named png", "html", "jpeg named png", "exe", "45 megapixels", "200 megapixels"],
)
def test_the_editors_screen_refuses_an_image(editor, name, content):
    response = add_image(editor, name, content)
    assert response.context["form"].has_error("file")
    assert not SiteImage.objects.filter(title="Essai").exists()


def test_an_image_is_stored_without_what_followed_it(editor):
    add_image(editor, "photo.png", picture() + HTML)
    image = SiteImage.objects.get(title="Essai")
    with image.file.open() as file:
        content = file.read()
    assert b"<script" not in content
    assert (image.file_size, image.width) == (len(content), 40)


def test_a_form_that_is_shown_again_keeps_the_clean_image_only(editor):
    content = picture() + HTML
    response = editor.post("/admin/images/multiple/add/", {"title": "x" * 300, "files[]": upload("p.png", content)})
    assert response.status_code == 200
    assert not [image for image in SiteImage.objects.all() if b"<script" in image.file.read()]


def test_the_editors_screen_refuses_a_film_that_is_none(editor):
    data = {"title": "Essai", "file": upload("film.mp4", HTML), "collection": 1, "duration": 0}
    response = editor.post("/admin/media/video/add/", data)
    assert response.context["form"].has_error("file")
    assert not SiteMedia.objects.filter(title="Essai").exists()


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Le contenu de ce fichier"), ("nl", "De inhoud van dit bestand")]
)
def test_the_refusal_is_said_in_the_language_of_the_editor(editor, language, words):
    data = {"title": "Essai", "file": upload("page.pdf", HTML), "collection": 1}
    html = editor.post("/admin/documents/add/", data, headers={"accept-language": language}).content.decode()
    assert words in html
