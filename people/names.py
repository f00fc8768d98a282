"""What may be a person's name: one word is enough, in any script, spelled as on the official document."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .spreadsheets import is_formula, tidy

# Signs that turn or hide what is read; the joiners of Persian or of Bengali are letters.
INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
LONGEST_PREFIX, DIGITS = 8, 3


def check_name(value):
    if is_formula(value):
        raise ValidationError(_("A name does not begin with = + - or @."), code="formula")
    if not any(unicodedata.category(sign).startswith("L") for sign in value) or "://" in value:
        raise ValidationError(_("Write a name, in letters."), code="letters")
    if any(unicodedata.category(sign) == "Cc" for sign in value):
        raise ValidationError(_("Write the name on one line."), code="control")


def clean_name(value):
    """The spelling that is kept. Raises ValidationError for what is no name."""
    value = tidy(INVISIBLE.sub("", value))
    if value:
        check_name(value)
    return value


def by_name(person):
    """The order in which people are listed."""
    return str(person).casefold(), person.pk


def prefix_of(name):
    """What a user name begins with: the first word in plain letters, or a word that names nobody."""
    plain = unicodedata.normalize("NFKD", name.split(" ")[0]).encode("ascii", "ignore").decode().lower()
    return "".join(sign for sign in plain if sign.isalpha())[:LONGEST_PREFIX] or "personne"
