"""The rows of a list, as the people they mean: which column is which, and what is wrong with a line."""

import unicodedata
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from .names import clean_name
from .spreadsheets import tidy

HEADERS = {
    "printed_name": {"nom imprime", "nom complet", "gedrukte naam", "volledige naam", "printed name", "full name"},
    "name": {"nom", "nom de famille", "naam", "familienaam", "achternaam", "name", "last name", "surname"},
    "first_name": {"prenom", "voornaam", "first name"},
    "used_name": {"nom d'usage", "roepnaam", "used name"},
    "email": {"e-mail", "email", "mail", "courriel", "adresse e-mail", "e-mailadres", "e-mail address"},
    "language": {"langue", "taal", "language"},
    "agreement": {"accord", "aanspreking", "aanspreekvorm", "agreement"},
}
COLUMNS = {header: field for field, headers in HEADERS.items() for header in headers}
LANGUAGES = {
    "fr": {"fr", "francais", "frans", "french"},
    "nl": {"nl", "neerlandais", "nederlands", "flamand", "vlaams", "dutch"},
}
AGREEMENTS = {
    "f": {"f", "feminin", "feminine", "vrouwelijk", "v", "mme", "mevr.", "ambassadrice"},
    "m": {"m", "masculin", "masculine", "mannelijk", "ambassadeur"},
}
REFUSALS = {
    "name": _("There is no name on this line."),
    "name_long": _("This name is too long: 150 signs at most."),
    "used_long": _("The used name is too long: 80 signs at most."),
    "email": _("This is no e-mail address."),
    "language": _("This language is not known here. Write fr or nl."),
    "agreement": _("Write f or m for the agreement, or nothing."),
    "taken": _("This e-mail address belongs to somebody already."),
    "twice": _("The same name or e-mail is on a line above. If they are two people, give each an e-mail."),
}


@dataclass(frozen=True)
class Newcomer:
    """Somebody to invite; the values of the fields of a person."""

    printed_name: str
    used_name: str = ""
    email: str = ""
    interface_language: str = ""
    agreement: str = ""

    @property
    def values(self):
        return asdict(self)


def plain(header):
    """A word without its capitals, its accents and its kind of apostrophe."""
    letters = unicodedata.normalize("NFKD", header.replace("’", "'").casefold())
    return " ".join("".join(sign for sign in letters if not unicodedata.combining(sign)).strip(" :*").split())


def columns_of(cells):
    """{field: place} when these cells name a column with a name, else None."""
    fields = {}
    for place, cell in enumerate(cells):
        fields.setdefault(COLUMNS.get(plain(cell)), place)
    fields.pop(None, None)
    return fields if {"printed_name", "name"} & set(fields) else None


def without_header(rows):
    """(columns, rows): a list without a header holds a name, then perhaps an e-mail."""
    columns = columns_of(rows[0][1])
    return (columns, rows[1:]) if columns else ({"printed_name": 0, "email": 1}, rows)


def fields_of(cells, columns):
    """What a line says, by field. A first name beside a name makes the printed name."""
    said = {field: cells[place] for field, place in columns.items() if place < len(cells)}
    first = said.pop("first_name", "")
    name = said.pop("name", "")
    said["printed_name"] = said.get("printed_name") or tidy(f"{first} {name}")
    said["used_name"] = said.get("used_name") or first
    return said


def newcomer_of(said):
    """Raises ValidationError with the first thing that is wrong."""
    printed_name, used_name = clean_name(said["printed_name"]), clean_name(said.get("used_name", ""))
    for code, wrong in (
        ("name", not printed_name),
        ("name_long", len(printed_name) > 150),
        ("used_long", len(used_name) > 80),
    ):
        if wrong:
            raise refused(code)
    return Newcomer(
        printed_name,
        used_name,
        email_of(said.get("email", "")),
        one_of(LANGUAGES, said.get("language", ""), "language"),
        one_of(AGREEMENTS, said.get("agreement", ""), "agreement"),
    )


def email_of(text):
    try:
        if text:
            validate_email(text)
    except ValidationError:
        raise refused("email") from None
    if len(text) > 254:
        raise refused("email")
    return text


def one_of(choices, text, code):
    word = plain(text)
    found = next((value for value, words in choices.items() if word in words), "")
    if word and not found:
        raise refused(code)
    return found


def refused(code):
    return ValidationError(REFUSALS[code], code=code)
