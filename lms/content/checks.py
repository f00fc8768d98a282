"""What the content must be, proved on the files alone: complete in both languages, readable, answerable, sourced."""

import re
from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import urlsplit

import textstat

from courses.scoring import Kind

from . import framework
from .blocks import key_of
from .reader import LANGUAGES, MARKDOWN, ROOT, Mapping, Mistake, read

LONGEST, MEAN = 25, 14
WORDS = range(350, 701)
LESSONS, QUESTIONS, KINDS = range(5, 9), 8, 4
LESSON_BLOCKS = {"terms", "case", "exercise", "callout", "keep"}
SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
HEALTH_AND_LAW = {"health", "sexual-health", "violence", "rights", "secularism"}


class Paper:
    """Stands for the database while files are checked: every name of another file is known, nothing is written."""

    def __init__(self, leaves):
        self.keys = {leaf.key for leaf in leaves}
        contacts = read(ROOT / "contacts.yaml")
        self.contacts = dict.fromkeys(contacts.raw("contacts", dict), 0)
        self.topics = set(read(ROOT / "tags.yaml").data)
        self.links = {path.stem: 0 for path in (ROOT / "pages").glob("*.yaml")}

    def page(self, key):
        return SimpleNamespace(pk=None) if key in self.keys else None

    def topic(self, entry, name):
        if name not in self.topics:
            raise entry.wrong("theme" if entry.has("theme") else "tags", f"“{name}” is not in tags.yaml.")
        return name

    def activity(self, entry, name):
        if key_of(f"activities/{name}") not in self.keys:
            raise entry.wrong("activities", f"“{name}” is not an activity.")
        return name

    def document(self, entry, name, kind, title):
        if not (ROOT / "media" / f"{name}.yaml").exists():
            raise entry.wrong("file", f"content/media/{name}.yaml is not there.")

    def image(self, entry, name, title):
        if not (ROOT / "media" / name).exists():
            raise entry.wrong("sketchnote", f"content/media/{name} is not there.")


@dataclass
class Said:
    """One text of a pair, where it stands, and the names of the keys that lead to it."""

    text: str
    language: str
    line: int
    trail: tuple


def texts(node, trail=()):
    """Every text of a file, in both languages."""
    if isinstance(node, Mapping) and set(node) == set(LANGUAGES):
        yield from (Said(node[language], language, node.lines[language], trail) for language in LANGUAGES)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, (*trail, key))
    elif isinstance(node, list):
        for value in node:
            yield from texts(value, trail)


def paragraphs(markdown):
    for token in MARKDOWN.parse(markdown):
        if token.type == "inline":
            yield "".join(child.content or " " for child in token.children if child.type in ("text", "softbreak"))


def sentences(text):
    found = (match.strip() for paragraph in paragraphs(text) for match in SENTENCE.findall(paragraph))
    return [sentence for sentence in found if textstat.lexicon_count(sentence)]


def mistakes_in(leaf, paper):
    """Every mistake of a file, each as a sentence that begins with file and line."""
    try:
        entry = read(leaf.path)
        for language in LANGUAGES:
            spoken = entry.spoken(language, paper.links)
            leaf.fields(spoken, leaf.place, paper)
            spoken.finish()
    except Mistake as mistake:
        return [str(mistake)]
    return [
        str(Mistake(leaf.path, line, sentence))
        for check in (reading, addresses, lesson_shape, quiz_shape)
        for line, sentence in check(entry)
    ]


def reading(entry):
    """No sentence over 25 words, at most 14 on average, in each language."""
    said = [text for text in texts(entry.data) if "slug" not in text.trail]
    for language in LANGUAGES:
        textstat.set_lang(language)
        lengths = []
        for text in (text for text in said if text.language == language):
            for sentence in sentences(text.text):
                lengths.append(textstat.lexicon_count(sentence))
                if lengths[-1] > LONGEST:
                    yield text.line, f"A sentence of {lengths[-1]} words in “{language}”: {sentence[:60]}…"
        if lengths and sum(lengths) / len(lengths) > MEAN:
            yield 1, f"Sentences of {sum(lengths) / len(lengths):.1f} words on average in “{language}”."


def linked(node):
    """Every mapping that holds an outside address."""
    if isinstance(node, dict):
        if "url" in node:
            yield node
        for value in node.values():
            yield from linked(value)
    elif isinstance(node, list):
        for value in node:
            yield from linked(value)


def addresses(entry):
    for holder in linked(entry.data):
        url, line = holder["url"], holder.lines["url"]
        if url and not is_address(url):
            yield line, f"“{url}” is not an address."
        if "language" in holder and "checked_on" not in holder:
            yield line, "An outside link needs a “checked_on” date."
        if "country" in holder and "verified_on" not in entry.data:
            yield line, "A source needs the “verified_on” date of its page."


def is_address(url):
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and "." in parts.netloc and " " not in url


def lesson_shape(entry):
    if "minutes" not in entry.data or "body" not in entry.data:
        return
    blocks = [next(iter(block)) for block in entry.data["body"]]
    for kind in sorted(LESSON_BLOCKS - set(blocks)):
        yield entry.data.lines["body"], f"A lesson needs a “{kind}” block."
    if HEALTH_AND_LAW & set(entry.data["tags"]) and not entry.has("sources"):
        yield entry.data.lines["tags"], "A lesson on health or law needs “sources” and “verified_on”."
    for language in LANGUAGES:
        textstat.set_lang(language)
        said = [text.text for text in texts(entry.data["body"]) if text.language == language]
        count = sum(textstat.lexicon_count(text) for text in said)
        if count not in WORDS:
            yield entry.data.lines["body"], f"{count} words in “{language}”: {WORDS.start} to {WORDS.stop - 1}."


def quiz_shape(entry):
    if "questions" not in entry.data:
        return
    questions = entry.data["questions"]
    if len(questions) < QUESTIONS:
        yield entry.data.lines["questions"], f"{len(questions)} questions: at least {QUESTIONS}."
    kinds = {question["kind"] for question in questions}
    if len(kinds) < KINDS:
        yield entry.data.lines["questions"], f"{len(kinds)} kinds of question: at least {KINDS} of {len(Kind)}."


def media_mistakes():
    """Replays and files to hand out are read like pages."""
    shared = ROOT / "shared.yaml"
    for path in [shared, *sorted((ROOT / "media").glob("*.yaml"))]:
        entry = read(path)
        for check in (reading,) if path == shared else (reading, addresses):
            for line, sentence in check(entry):
                yield str(Mistake(path, line, sentence))


def framework_mistakes():
    try:
        framework.framework_of(read(framework.PATH))
        framework.links_of(read(framework.PATH))
    except Mistake as mistake:
        return [str(mistake)]
    lines = reading(read(framework.PATH))
    return [str(Mistake(framework.PATH, line, sentence)) for line, sentence in lines]


def course_mistakes():
    """What only the files together show: enough lessons in a module, and a hat in each."""
    for folder in sorted(path for path in (ROOT / "course").iterdir() if path.is_dir()):
        lessons = [read(path) for path in sorted(folder.glob("[0-9]*.yaml"))]
        if len(lessons) not in LESSONS:
            yield f"content/course/{folder.name}: {len(lessons)} lessons: {LESSONS.start} to {LESSONS.stop - 1}."
        if not any(entry.has("hat") for entry in lessons):
            yield f"content/course/{folder.name}: no lesson shows the ambassador with a hat."
