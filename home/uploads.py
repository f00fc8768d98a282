"""What an uploaded file really is, whatever its name says: values in, a refusal or nothing out."""

import io
import os
import zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_DOCUMENT = 20 * 1024**2
LARGEST_UNPACKED = 200 * 1024**2
MOST_PIXELS = 40_000_000
MOST_ENTRIES, LARGEST_RATIO = 5000, 200

OOXML = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
ODF = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
OFFICE = "application/vnd.openxmlformats-officedocument."
# What a person may hand in, by its extension.
TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "pptx": f"{OFFICE}presentationml.presentation",
    **{extension: said.decode() for extension, said in ODF.items()},
    "txt": "text/plain; charset=utf-8",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "webm": "audio/webm",
}
EXTENSIONS = {content_type: extension for extension, content_type in TYPES.items()}
IMAGES = ("jpg", "png", "webp")
# (offset, first bytes) that open a sound or a film.
MEDIA = {
    "mp3": [(0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2"), (0, b"\xff\xfa")],
    "m4a": [(4, b"ftyp")],
    "mp4": [(4, b"ftyp")],
    "ogg": [(0, b"OggS")],
    "wav": [(8, b"WAVE")],
    "webm": [(0, b"\x1a\x45\xdf\xa3")],
}
# What HEIC and AVIF photos begin with after their length: they are no sound, and nothing here draws them anew.
STILLS = (b"ftyphei", b"ftyphev", b"ftypmif1", b"ftypmsf1", b"ftypavi")

REFUSALS = {
    "content": _("The content of this file is not what its name says. Save it again from the program it comes from."),
    "kind": _("This kind of file is not accepted. Save it as a PDF."),
    "unpacked": _("This file is too large once it is unpacked."),
    "macros": _("This file holds programs (macros). Save it again without them, or as a PDF."),
    "text": _("This text cannot be read. Save it again in UTF-8."),
    "image": _("This image cannot be read. Save it again as JPEG or PNG."),
}


def refuse(code):
    raise ValidationError(REFUSALS[code], code=code)


def check_size(file, largest):
    if file.size > largest:
        megabytes = _("This file is too heavy: %(count)d MB at most.") % {"count": largest // 1024**2}
        raise ValidationError(megabytes, code="size")


def recognised(file, accepted):
    """The extension, among those that are accepted, of what the content says. An image is drawn anew, without the place
    where it was taken."""
    if content_type := image_type_of(file):
        extension = EXTENSIONS.get(content_type)
        if extension not in accepted:
            refuse("image")
        draw_again(file)
        return extension
    head = head_of(file)
    if head.startswith(STILLS, 4):
        refuse("image")
    sounds = (kind for kind in MEDIA if kind in accepted and begins_like(head, kind))
    extension = "pdf" if head.startswith(b"%PDF-") else next(sounds, None) or extension_of(file)
    if extension not in accepted or extension in IMAGES:
        refuse("kind")
    if extension not in MEDIA or not begins_like(head, extension):
        check_document(file)
    return extension


def extension_of(file):
    return os.path.splitext(file.name)[1][1:].lower()


def head_of(file, length=16):
    file.seek(0)
    head = file.read(length)
    file.seek(0)
    return head


def check_document(file):
    """A PDF, an office document or a text: by its first bytes and by what is inside."""
    check_size(file, LARGEST_DOCUMENT)
    extension = extension_of(file)
    if extension in OOXML or extension in ODF:
        check_archive(file, extension)
    elif extension in ("txt", "vtt"):
        check_text(file, extension)
    elif not head_of(file).startswith(b"%PDF-"):
        refuse("content")


def check_archive(file, extension):
    """Nothing is unpacked but the first entry of an OpenDocument, which has to say its own type in clear."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            check_weight(entries)
            wanted = is_office(entries, extension) if extension in OOXML else is_open_document(archive, extension)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        refuse("content")
    file.seek(0)
    if not wanted:
        refuse("content")
    if any(entry.filename.lower().endswith((".bin", ".exe", ".dll", ".js")) or is_macro(entry) for entry in entries):
        refuse("macros")


def is_macro(entry):
    return entry.filename.startswith(("Basic/", "Scripts/")) and not entry.is_dir()


def check_weight(entries):
    """By what the archive declares: a bomb says how large it is, or does not open."""
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or unpacked > LARGEST_RATIO * max(packed, 1):
        refuse("unpacked")


def is_office(entries, extension):
    names = [entry.filename for entry in entries]
    return "[Content_Types].xml" in names and any(name.startswith(OOXML[extension]) for name in names)


def is_open_document(archive, extension):
    first = archive.infolist()[:1]
    said = first and first[0].filename == "mimetype" and first[0].compress_type == zipfile.ZIP_STORED
    return said and archive.read(first[0]) == ODF[extension]


def check_text(file, extension):
    file.seek(0)
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse("text")
    file.seek(0)
    if "\0" in text:
        refuse("text")
    if extension == "vtt" and not text.startswith("WEBVTT"):
        refuse("content")


def check_media(file):
    head = head_of(file)
    if head.startswith(STILLS, 4):
        refuse("image")
    if not begins_like(head, extension_of(file)):
        refuse("content")


def begins_like(head, extension):
    return any(head.startswith(sign, offset) for offset, sign in MEDIA.get(extension, []))


def image_type_of(file):
    """The media type that the content of an image says; nothing when it is none, or far too large."""
    file.seek(0)
    try:
        with Image.open(file) as image:
            return Image.MIME[kind_of(image)] if image.width * image.height <= MOST_PIXELS else ""
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return ""
    finally:
        file.seek(0)


def kind_of(image):
    """Some telephones write several pictures in one JPEG (MPO): the first is the photo."""
    return "JPEG" if image.format == "MPO" else image.format


def draw_again(file):
    """Writes an image anew, in place: its pixels stay; what else was in the file, such as a place or a script, goes."""
    file.seek(0)
    try:
        with Image.open(file) as image:
            drawn = drawing_of(image)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        refuse("image")
    file.seek(0)
    file.truncate()
    file.write(drawn)
    file.seek(0)
    file.size = len(drawn)


def drawing_of(image):
    drawn, kind = io.BytesIO(), kind_of(image)
    if kind != "JPEG" and getattr(image, "n_frames", 1) > 1:
        image.save(drawn, kind, save_all=True)
    else:
        bare = ImageOps.exif_transpose(image)
        bare.info = {name: bare.info[name] for name in ("transparency",) if name in bare.info}
        bare.save(drawn, kind, **({"quality": 90} if kind in ("JPEG", "WEBP") else {}))
    return drawn.getvalue()
