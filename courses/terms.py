"""The key terms of a lesson, underlined where its text says them."""

import re
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from home.typography import TAG

ARTICLE = re.compile(r"^(?:l[ae] |les |l’|une? |des |de |het |een )", re.IGNORECASE)
NOTE = re.compile(r" \(.*\)$")
UNTOUCHED = re.compile(r"<(/?)(?:a|button|h\d)\b")


@dataclass
class Word:
    number: int
    term: str
    meaning: str
    other: str = ""
    found: bool = False

    @property
    def pattern(self):
        said = NOTE.sub("", ARTICLE.sub("", self.term))
        return re.compile(rf"\b{re.escape(said)}\b", re.IGNORECASE)


def words_of(body, other_body=None):
    """Those of its boxes; `other` is the same word in the same box of the other language, read raw: no other query."""
    raw = other_body.raw_data if other_body else ()
    beside = {box["id"]: box["value"]["terms"] for box in raw if box["type"] == "terms"}
    words = []
    for box in (block for block in body if block.block_type == "terms"):
        others = beside.get(box.id, [])
        for index, value in enumerate(box.value["terms"]):
            other = others[index]["value"]["term"] if index < len(others) else ""
            words.append(Word(len(words) + 1, value["term"], value["meaning"], other))
    return words


def mark(html, words):
    """Each word becomes a button where it is first said, outside headings and links."""
    for word in words:
        if not word.found:
            html = mark_one(html, word)
    return mark_safe(html)


def mark_one(html, word):
    inside = 0
    parts = TAG.split(html)
    for index, part in enumerate(parts):
        if tag := UNTOUCHED.match(part):
            inside += -1 if tag[1] else 1
        elif not inside and not part.startswith("<") and (said := word.pattern.search(part)):
            button = format_html(
                '<button class="term" type="button" popovertarget="word-{}">{}</button>',
                word.number,
                mark_safe(said[0]),
            )
            parts[index] = part[: said.start()] + button + part[said.end() :]
            word.found = True
            break
    return "".join(parts)
