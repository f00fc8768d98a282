"""Words that somebody who knows this site tries first."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# docs/security.md, 6.1.2: the names of the project, of its partners and places, and of what people do here.
CONTEXT = [
    "ambassad",
    "bienvenue",
    "certificat",
    "flandre",
    "formation",
    "hauts-de-france",
    "integration",
    "intégration",
    "interreg",
    "lille",
    "lesgever",
    "opleiding",
    "refugie",
    "réfugié",
    "vlaanderen",
    "vluchteling",
    "wallonie",
    "welkom",
]
LEAST = 6


class ContextValidator:
    """What is left of a password without these words, and without the person's own names, must still be long."""

    def validate(self, password, user=None):
        left = password.lower()
        names = [getattr(user, field, "") or "" for field in ("username", "printed_name", "used_name")]
        for word in [*CONTEXT, *(part for name in names for part in name.lower().split() if len(part) > 2)]:
            left = left.replace(word, "")
        if len(left) < LEAST and left != password.lower():
            raise ValidationError(_("This password is too easy to guess. Add other words."), code="context")

    def get_help_text(self):
        return _("Not only your name, or words of this site.")
