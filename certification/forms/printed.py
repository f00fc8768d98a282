"""What somebody types and a document prints."""

from django.forms import ValidationError
from django.utils.translation import gettext as _

from home.documents.fonts import missing


def printable(text):
    """Refuses what no embedded font draws."""
    if signs := missing(text):
        raise ValidationError(_("These signs cannot be printed: %(signs)s.") % {"signs": " ".join(signs)}, "signs")


def worded(text):
    """The text without the spaces around it; nothing when it has neither a letter nor a digit."""
    return text.strip() if any(map(str.isalnum, text)) else ""
