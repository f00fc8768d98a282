"""What the trainers of the demo share: files, links and news (content/shared.yaml)."""

import datetime

from django.core.files.base import ContentFile
from django.utils import timezone

from courses.models import Item
from events.material_forms import Upload
from events.models import Material, Session
from guides.contents import imprint
from home.documents.handout import HandoutSection, HandoutText, handout
from home.interface import spoken_in
from home.models import SiteSettings
from people.models import Cohort, News

from .blocks import key_of
from .reader import LANGUAGES, ROOT, read


def load_shared(users):
    """What was published before is left as it is, withdrawn or not."""
    entry, now = read(ROOT / "shared.yaml"), timezone.now()
    for row in entry.entries("materials"):
        load_material(row, users, now)
    for row in entry.entries("news"):
        texts = {f"text_{language}": row.spoken(language, {}).text("text", limit=500) for language in LANGUAGES}
        cohort = Cohort.objects.get(name=row.raw("cohort", str))
        News.objects.publish(code_of(row), cohort, users[row.raw("author", str)], texts, at(row, now))


def code_of(row):
    return key_of("shared", row.raw("key", str))


def at(row, now):
    return now + datetime.timedelta(days=row.integer("days", -400, 0))


def load_material(row, users, now):
    code, author = code_of(row), users[row.raw("author", str)]
    if Material.objects.filter(code=code).exists():
        return
    audience = row.raw("audience", str)
    cohort = None if audience in Material.Audience.values else Cohort.objects.get(name=audience)
    values = {
        **{f"title_{language}": row.spoken(language, {}).text("title", limit=150) for language in LANGUAGES},
        **place_of(row),
        "language": row.raw("language", str),
        "licence": row.one_of("licence", Material.Licence.values),
        "audience": Material.Audience.GROUP if cohort else audience,
        "cohort": cohort,
        "url": row.raw("url", str, ""),
    }
    Material.objects.publish(author, code, values, sheet(row) if row.has("file") else None, at(row, now))


def place_of(row):
    if not row.has("belongs"):
        return {}
    key = key_of(row.raw("belongs", str))
    item, session = Item.objects.filter(key=key).first(), Session.objects.filter(key=key).first()
    if not (item or session):
        raise row.wrong("belongs", "This is neither a module nor an event.")
    return {"item": item, "session": session}


def sheet(row):
    """A sheet of content/media/ as a PDF, in the language of the row."""
    language = row.raw("language", str)
    entry = read(ROOT / "media" / f"{row.raw('file', str)}.yaml").spoken(language, {})
    sections = [
        HandoutSection(part.text("heading"), bullets=part.texts("points")) for part in entry.entries("sections")
    ]
    with spoken_in(language):
        text = HandoutText(
            lang=language,
            title=entry.text("title"),
            subtitle=entry.text("subtitle"),
            eyebrow="",
            sections=sections,
            imprint=imprint(SiteSettings.load()),
            module=2,
        )
    return Upload(ContentFile(handout(text), "sheet.pdf"), "pdf")
