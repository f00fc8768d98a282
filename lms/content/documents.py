"""The materials of a webinar as PDF documents, made from content/media/."""

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils.translation import gettext as _

from guides.contents import imprint
from home.documents.handout import HandoutSection, HandoutText, handout
from home.interface import spoken_in
from home.models import SiteDocument, SiteImage, SiteSettings

from .reader import MARKDOWN, ROOT, read


class Documents:
    """Makes each document once; the next loading finds it again by its file name."""

    def of(self, entry, name, kind, title):
        path = ROOT / "media" / f"{name}.yaml"
        if not path.exists():
            raise entry.wrong("file", f"content/media/{name}.yaml is not there.")
        language = entry.language
        stored = f"{name}-{kind}-{language}.pdf"
        found = SiteDocument.objects.filter(file__endswith=stored).first()
        return found or self.make(read(path).spoken(language, {}), kind, title, stored)

    def image(self, entry, name, title):
        """A drawing of content/media/."""
        path = ROOT / "media" / name
        if not path.exists():
            raise entry.wrong("sketchnote", f"content/media/{name} is not there.")
        found = SiteImage.objects.filter(file__endswith=f"/{name}").first()
        return found or SiteImage.objects.create(title=title, file=ImageFile(path.open("rb"), name))

    def make(self, entry, kind, title, stored):
        with spoken_in(entry.language):
            values = HandoutText(
                lang=entry.language,
                title=entry.text("title"),
                subtitle=title,
                eyebrow=_("Webinar"),
                sections=SECTIONS[kind](entry),
                imprint=imprint(SiteSettings.load()),
                module=2,
            )
        document = SiteDocument(title=f"{values.title} · {title}")
        document.file.save(stored, ContentFile(handout(values)), save=False)
        document.file_size = document.file.size
        document.save()
        return document


def slides(entry):
    return [HandoutSection(slide.text("title"), bullets=slide.texts("points")) for slide in entry.entries("slides")]


def transcript(entry):
    told = entry.within(entry.raw("transcript", dict))
    turns = [
        HandoutSection(f"{turn.raw('speaker', str)}, {turn.text('role')}", plain(turn.text("text")))
        for turn in told.entries("turns")
    ]
    return [HandoutSection(_("About this text"), plain(told.text("note"))), *turns]


def summary(entry):
    """A Markdown text: each heading begins a section."""
    sections, heading, paragraphs, bullets = [], "", [], []
    for level, said in outline(entry.text("summary")):
        if level == "heading":
            sections.append(HandoutSection(heading, paragraphs, bullets))
            heading, paragraphs, bullets = said, [], []
        else:
            (bullets if level == "item" else paragraphs).append(said)
    return [section for section in [*sections, HandoutSection(heading, paragraphs, bullets)] if section.heading]


def outline(markdown):
    """(heading | item | paragraph, plain text) for each block of a Markdown text."""
    place = []
    for token in MARKDOWN.parse(markdown):
        if token.nesting:
            place = [*place, token.tag] if token.nesting == 1 else place[:-1]
        elif token.type == "inline":
            said = "".join(child.content or " " for child in token.children if child.type in ("text", "softbreak"))
            yield ("heading" if "h2" in place else "item" if "li" in place else "paragraph"), said


def plain(markdown):
    return [said for _level, said in outline(markdown)]


SECTIONS = {"slides": slides, "transcript": transcript, "summary": summary}
