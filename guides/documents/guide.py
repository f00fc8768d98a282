"""A language-practice guide: a cover, an introduction, then one activity after the other."""

from dataclasses import dataclass, field

from home.documents.booklet import BAD, Booklet, Imprint
from home.documents.fonts import drawable

LABELS = ("contents", "goals", "material", "steps", "sentences", "variants", "tips", "safety")


@dataclass(frozen=True)
class Activity:
    """`facts` are short ("20 min", "2 à 8 personnes"); the rest are lists of plain sentences."""

    title: str
    facts: list[str] = field(default_factory=list)
    intro: list[str] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    material: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    variants: list[str] = field(default_factory=list)
    tips: list[str] = field(default_factory=list)
    safety: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class GuideText:
    """All strings are in the language of the guide; `labels` has a string for each key of LABELS.
    `module` (1 to 5) gives the tile and the colours."""

    lang: str
    title: str
    subtitle: str
    eyebrow: str
    intro: list[str]
    activities: list[Activity]
    labels: dict
    imprint: Imprint
    module: int = 5


def guide(values: GuideText, size: str) -> bytes:
    """The PDF, for paper ("a4") or for a telephone ("phone"). A sign that cannot be drawn is left out."""
    values = drawable(values)
    _, starts = _booklet(values, size, [0] * len(values.activities))
    booklet, _ = _booklet(values, size, starts)
    return booklet.finish()


def _booklet(values, size, starts):
    """Lay the guide out with the given page numbers in its contents; returns it and the real numbers."""
    booklet = Booklet(size, title=values.title, lang=values.lang, module=values.module, imprint=values.imprint)
    booklet.cover(values.eyebrow, values.subtitle)
    booklet.flow.page()
    booklet.paragraphs(values.intro, scale=1.12)
    booklet.flow.heading(values.labels["contents"], booklet.format.part.but(color=booklet.deep), 2)
    booklet.contents(zip((activity.title for activity in values.activities), starts, strict=True))
    real = []
    for activity in values.activities:
        booklet.flow.page()
        real.append(len(booklet.document.pages))
        _activity(booklet, activity, values.labels)
    return booklet, real


def _activity(booklet, activity, labels):
    flow, style = booklet.flow, booklet.format
    flow.heading(activity.title, style.heading, 2, bookmark=1)
    if activity.facts:
        booklet.chips(activity.facts)
    booklet.paragraphs(activity.intro)
    parts = (
        ("goals", activity.goals, booklet.bullets),
        ("material", activity.material, booklet.bullets),
        ("steps", activity.steps, booklet.steps),
        ("sentences", activity.sentences, lambda texts: _marked(booklet, texts, booklet.mid, bold=True)),
        ("variants", activity.variants, booklet.bullets),
        ("tips", activity.tips, booklet.bullets),
        ("safety", activity.safety, lambda texts: _marked(booklet, texts, BAD)),
    )
    for key, texts, draw in parts:
        if texts:
            booklet.part(labels[key], style.part.but(color=BAD if key == "safety" else booklet.deep))
            draw(texts)


def _marked(booklet, texts, bar, bold=False):
    """Lines with a coloured rule beside them: what to say, and what to take care of."""
    style = booklet.format.body
    for text in texts:
        booklet.flow.block(text, style.but(bold=bold, bar=bar, indent=style.size))
