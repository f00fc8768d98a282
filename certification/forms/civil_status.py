"""What the State's register recognises somebody by, as the official document prints it."""

import calendar
import re
import unicodedata

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from certification.cpf import places

NIR = re.compile(r"[12]\d{4}(2[AB]|\d{2})\d{6}")
SPOKEN = {"autocomplete": "off", "spellcheck": "false", "dir": "auto"}
FIGURES = {"autocomplete": "off", "inputmode": "numeric", "class": "num"}
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-"})
FRANCE, ABROAD = "france", "abroad"


class LatinField(forms.CharField):
    """Latin letters, with their accents, and what stands between them. Nothing is transliterated: two spellings of one
    name are two people for the register."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(SPOKEN))
        super().__init__(max_length=60, **kwargs)

    def to_python(self, value):
        text = unicodedata.normalize("NFC", super().to_python(value)).translate(STRAIGHT)
        return " ".join(text.split())

    def validate(self, value):
        super().validate(value)
        if value and (any(not is_latin(sign) for sign in value) or not any(sign.isalpha() for sign in value)):
            message = _("Write it in Latin letters, as on the document: letters, spaces, hyphens and apostrophes.")
            raise forms.ValidationError(message, code="latin")


def is_latin(sign):
    return sign in " '-.," or (sign.isalpha() and unicodedata.name(sign, "").startswith("LATIN"))


class CivilStatusForm(forms.Form):
    birth_name = LatinField(
        label=_("Birth name"),
        help_text=_("As on the document. Is there only one name? Write it here and leave the first name empty."),
        error_messages={"required": _("Write the birth name.")},
    )
    used_name = LatinField(label=_("Name used in daily life, if it is another"), required=False)
    first_name = LatinField(label=_("First name"), required=False)
    second_name = LatinField(label=_("Second first name"), required=False)
    third_name = LatinField(label=_("Third first name"), required=False)
    day = forms.IntegerField(
        label=_("Day of birth"), required=False, min_value=1, max_value=31, widget=forms.TextInput(FIGURES)
    )
    month = forms.TypedChoiceField(
        label=_("Month of birth"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=lambda: [("", _("not on the document")), *MONTHS.items()],
    )
    year = forms.IntegerField(
        label=_("Year of birth"),
        min_value=1900,
        max_value=lambda: timezone.localdate().year,
        widget=forms.TextInput(FIGURES),
        error_messages={
            "required": _("Write the year of birth."),
            "min_value": _("Write the year of birth with four figures."),
            "max_value": _("This year has not come yet."),
        },
    )
    sex = forms.ChoiceField(
        label=_("Sex, as on the document"),
        choices=[("F", pgettext_lazy("sex", "F: female")), ("M", pgettext_lazy("sex", "M: male"))],
        widget=forms.RadioSelect,
        help_text=_("The register takes only these two. It serves to recognise the person, and nothing else."),
        error_messages={"required": _("Choose what is on the document.")},
    )
    born = forms.ChoiceField(
        label=_("Born"),
        choices=[(ABROAD, _("in another country")), (FRANCE, _("in France"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    country = forms.ChoiceField(
        label=_("Country of birth"),
        required=False,
        help_text=_("Only for a birth in another country."),
        choices=lambda: [("", "—"), *places.choices(get_language())],
    )
    town = LatinField(label=_("Town of birth"), required=False)
    commune = forms.CharField(
        label=_("INSEE code of the commune of birth"),
        required=False,
        help_text=_("Only for a birth in France. Five characters; without it, write the postal code."),
        widget=forms.TextInput(FIGURES),
    )
    postcode = forms.CharField(
        label=_("Postal code of the commune of birth"), required=False, widget=forms.TextInput(FIGURES)
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if settings.CPF_SCHEMA != "1.1.2":
            self.fields["nir"] = NirField()

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise forms.ValidationError(_("This year has not come yet."), code="future")
        return year

    def clean_commune(self):
        typed = self.cleaned_data["commune"].strip().upper()
        return matching(typed, places.COMMUNE, _("A code such as 59350 or 2A004."))

    def clean_postcode(self):
        return matching(self.cleaned_data["postcode"].replace(" ", ""), places.POSTCODE, _("Five figures."))

    def clean(self):
        cleaned = super().clean()
        self.check_day(cleaned.get("year"), cleaned.get("month"), cleaned.get("day"))
        if cleaned.get("second_name") and not cleaned.get("first_name"):
            self.refuse("first_name", _("Write the first one first."))
        if cleaned.get("third_name") and not cleaned.get("second_name"):
            self.refuse("second_name", _("Write the second one first."))
        self.check_place(cleaned)
        return cleaned

    def check_day(self, year, month, day):
        if day and not month:
            self.refuse("month", _("A day needs its month. Leave both empty when the document has only a year."))
        elif day and year and day > calendar.monthrange(year, month)[1]:
            self.refuse("day", _("This month has no such day."))

    def check_place(self, cleaned):
        if cleaned.get("born") == ABROAD and not cleaned.get("country") and "country" not in self.errors:
            self.refuse("country", _("Choose the country."))
        known = cleaned.get("commune") or cleaned.get("postcode") or {"commune", "postcode"} & set(self.errors)
        if cleaned.get("born") == FRANCE and not known:
            self.refuse("commune", _("Write the INSEE code or the postal code."))

    def refuse(self, name, message):
        self.add_error(name, forms.ValidationError(message, code="needed"))

    @property
    def values(self):
        """What is kept: nothing that the place of birth does not ask for."""
        dropped = {FRANCE: {"country"}, ABROAD: {"commune", "postcode"}}[self.cleaned_data["born"]]
        return {name: value for name, value in self.cleaned_data.items() if value and name not in dropped}


class NirField(forms.CharField):
    """The number of social security, without its key. A provisional one is refused: the register does not know it."""

    def __init__(self):
        super().__init__(
            label=_("Number of social security (NIR)"),
            required=False,
            help_text=_("13 characters, or 15 with the key. The register then receives it and the birth name alone."),
            widget=forms.TextInput(FIGURES),
        )

    def clean(self, value):
        text = re.sub(r"[\s.]", "", super().clean(value)).upper()
        nir, key = text[:13], text[13:]
        if text and (not NIR.fullmatch(nir) or (key and key != key_of(nir))):
            raise forms.ValidationError(_("This is not a final number of social security."), code="nir")
        return nir


def key_of(nir):
    figures = int(nir.replace("2A", "19").replace("2B", "18"))
    return f"{97 - figures % 97:02d}"


def matching(text, pattern, message):
    if text and not pattern.fullmatch(text):
        raise forms.ValidationError(message, code="pattern")
    return text
