"""The handout of a webinar: its slides, summary or transcript as a document to keep."""

from dataclasses import dataclass, field

from home.documents.booklet import Booklet, Imprint


@dataclass(frozen=True)
class HandoutSection:
    heading: str
    paragraphs: list[str] = field(default_factory=list)
    bullets: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class HandoutText:
    """All strings are in the language of the handout; `module` (1 to 5) gives the tile and the colours."""

    lang: str
    title: str
    subtitle: str
    eyebrow: str
    sections: list[HandoutSection]
    imprint: Imprint
    module: int = 5


def handout(values: HandoutText, size: str = "a4") -> bytes:
    """The PDF, for paper ("a4") or for a telephone ("phone"). Raises MissingGlyph."""
    booklet = Booklet(size, title=values.title, lang=values.lang, module=values.module, imprint=values.imprint)
    booklet.cover(values.eyebrow, values.subtitle)
    booklet.flow.page()
    for section in values.sections:
        style = booklet.format.part.but(size=booklet.format.part.size * 1.2, color=booklet.deep)
        booklet.flow.heading(section.heading, style, 2, bookmark=1)
        booklet.paragraphs(section.paragraphs)
        if section.bullets:
            booklet.bullets(section.bullets)
    return booklet.finish()
