"""Text as it is printed: spaces that never break, durations, file sizes, initials."""

import re
from math import ceil

from django.utils.formats import number_format
from django.utils.translation import gettext

NO_BREAK = "\N{NO-BREAK SPACE}"
UNIT = re.compile(r"(?<=\d) (?=(?:h|min|Ko|Mo|kB|MB|u|s|%|€)(?!\w))")
MINUTES_AFTER_HOURS = re.compile(r"(\d[ \u00a0][hu]) (?=\d\d(?!\d))")
FRENCH_BEFORE = re.compile(r" (?=[:;?!»])")
FRENCH_AFTER = re.compile(r"(?<=«) ")
TAG = re.compile(r"(<[^>]*>)")


def typo(text, language):
    """Keeps a number with its unit and, in French, high punctuation with its word."""
    text = MINUTES_AFTER_HOURS.sub(rf"\1{NO_BREAK}", UNIT.sub(NO_BREAK, text))
    if language.startswith("fr"):
        text = FRENCH_AFTER.sub(NO_BREAK, FRENCH_BEFORE.sub(NO_BREAK, text))
    return text


def typo_html(html, language):
    """The same between tags: attributes stay as they are."""
    return "".join(part if part.startswith("<") else typo(part, language) for part in TAG.split(html))


def duration(minutes, gettext=gettext):
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        sentence = gettext("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": rest}
    elif hours:
        sentence = gettext("%(hours)d h") % {"hours": hours}
    else:
        sentence = gettext("%(minutes)d min") % {"minutes": rest}
    return sentence.replace(" ", NO_BREAK)


def bytes_short(size, gettext=gettext):
    """The size of a file, rounded so that nobody pays for more than it says."""
    kilobytes = ceil(size / 1000)
    if kilobytes < 1000:
        sentence = gettext("%(size)s kB") % {"size": number_format(kilobytes)}
    else:
        sentence = gettext("%(size)s MB") % {"size": number_format(*megabytes(kilobytes))}
    return sentence.replace(" ", NO_BREAK)


def megabytes(kilobytes):
    """The number and its decimals: one below 10 MB, none when it is round."""
    tenths = ceil(kilobytes / 100)
    if tenths < 100 and tenths % 10:
        return tenths / 10, 1
    return ceil(tenths / 10), 0


def initials(name):
    words = name.split()
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()
