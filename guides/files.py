"""The PDFs of a guide: made once per version, kept in the default storage, then only served."""

from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from home.interface import spoken_in
from home.models import SiteSettings

from .contents import guide_text
from .documents.guide import guide

SIZES = ("a4", "phone")
LAYOUT = 1  # raise it when the look of the document changes: every guide is then made again


def prepare(page, size):
    """The path of the PDF of this version of the page, which is made when it is missing."""
    values = values_of(page)
    path = f"{folder(page, size)}/{digest(values)}.pdf"
    if not default_storage.exists(path):
        keep(path, guide(values, size))
    return path


def stored_size(page, size):
    """The size in bytes of the PDF that is kept, or None."""
    names = stored_names(folder(page, size))
    return default_storage.size(f"{folder(page, size)}/{names[0]}") if names else None


def values_of(page):
    language = page.locale.language_code
    with spoken_in(language):
        return guide_text(page, language, page.activities, SiteSettings.load())


def digest(values):
    return sha256(f"{LAYOUT} {values!r}".encode()).hexdigest()[:32]


def folder(page, size):
    return f"guides/{page.translation_key}/{page.locale.language_code}/{size}"


def keep(path, content):
    """Keeps this version and drops the older ones."""
    default_storage.save(path, ContentFile(content))
    parent = path.rpartition("/")[0]
    for name in stored_names(parent):
        if f"{parent}/{name}" != path:
            default_storage.delete(f"{parent}/{name}")


def stored_names(path):
    try:
        return default_storage.listdir(path)[1]
    except FileNotFoundError:
        return []
