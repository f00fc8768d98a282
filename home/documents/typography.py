"""Spacing of French, spans of bold, breaking and fitting of lines. Sizes are in points."""

import re
from dataclasses import dataclass

from home.documents.fonts import clean, shape

MM = 72 / 25.4
NBSP = "\u00a0"
UNITS = r"(?:h|u|min|mn|s|Ko|Mo|kB|MB|heures?|minutes?|uur|minuten|%|€)"


def spaced(text):
    """French punctuation, hours and quantities never part from what they belong to."""
    text = re.sub(r"[ \u202f]([:;?!»])", NBSP + r"\1", clean(text))
    text = re.sub(r"«[ \u202f]", "«" + NBSP, text)
    text = re.sub(rf"(\d) (?={UNITS}(?!\w))", r"\1" + NBSP, text)
    return re.sub(r"(\u00a0[hu]) (?=\d\d\b)", r"\1" + NBSP, text)


def colon(lang):
    """What follows a label: French puts a space before it, the others do not."""
    return " :" if lang == "fr" else ":"


@dataclass(frozen=True)
class Span:
    text: str
    bold: bool = False

    def width(self, size):
        return shape(self.text, self.bold).width * size


def spans(text, bold=False):
    """Text whose **important words** are bold."""
    parts = spaced(text).split("**")
    return [Span(part, bold or at % 2 == 1) for at, part in enumerate(parts) if part]


def wrap(text, size, width, bold=False):
    """Lines of spans that fit the width; a single word wider than it is cut."""
    lines: list[list[Span]] = []
    line: list[Span] = []
    room = width
    for word in _cut_to(width, size, _words(text, bold)):
        taken = sum(span.width(size) for span in word)
        if line and taken - _trailing(word, size) > room:
            lines.append(line)
            line, room = [], width
        line += word
        room -= taken
    return [_joined(line) for line in [*lines, line] if line]


def _words(text, bold):
    """Words, each a list of spans with the space that follows it."""
    word = []
    for span in spans(text, bold):
        for piece in re.findall(r"[^ ]+ ?| ", span.text):
            word.append(Span(piece, span.bold))
            if piece.endswith(" "):
                yield word
                word = []
    if word:
        yield word


def _cut_to(width, size, words):
    for word in words:
        if sum(span.width(size) for span in word) - _trailing(word, size) <= width:
            yield word
        else:
            yield from ([piece] for span in word for piece in _slices(span, size, width))


def _slices(span, size, width):
    start = 0
    for end in range(1, len(span.text) + 1):
        if end - start > 1 and Span(span.text[start:end], span.bold).width(size) > width:
            yield Span(span.text[start : end - 1], span.bold)
            start = end - 1
    yield Span(span.text[start:], span.bold)


def _trailing(word, size):
    return Span(" ", word[-1].bold).width(size) if word[-1].text.endswith(" ") else 0


def _joined(line):
    joined: list[Span] = []
    for span in line:
        if joined and joined[-1].bold == span.bold:
            joined[-1] = Span(joined[-1].text + span.text, span.bold)
        else:
            joined.append(span)
    return joined


def balanced(text, size, width, bold=False):
    """Like `wrap`, with lines of about the same length."""
    lines = wrap(text, size, width, bold)
    if len(lines) < 2:
        return lines
    narrow, wide = width / len(lines), width
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        fits = len(wrap(text, size, middle, bold)) == len(lines)
        narrow, wide = (narrow, middle) if fits else (middle, wide)
    return wrap(text, size, wide, bold)


def fitting(texts, size, width, bold=False, tracking=0):
    """The size, never larger than given, at which every text fits the width on one line."""
    widest = max((shape(spaced(text), bold, tracking).width for text in texts), default=0)
    return min(size, width / widest) if widest else size
