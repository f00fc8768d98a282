"""What the staff writes about people. The roles are given in the admin alone."""

import re
from functools import partial

from django import forms
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from . import spreadsheets
from .alerts import tell
from .forms import OwnEmail
from .inviting import Line, compare
from .models import Cohort, Country, TrailEntry, User
from .models.trail import note
from .names import clean_name
from .newcomers import Newcomer

PREFIXES = {Country.FRANCE: "33", Country.BELGIUM: "32"}
HOUR = 3600


class FindForm(forms.Form):
    q = forms.CharField(
        label=_("Name or user name"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"placeholder": _("Name or user name")}),
    )
    cohort = forms.ModelChoiceField(
        Cohort.objects.none(), to_field_name="code", label=_("Group"), empty_label=_("Every group"), required=False
    )
    never = forms.BooleanField(label=_("Never came in"), required=False)

    def __init__(self, user, data):
        super().__init__(data)
        self.fields["cohort"].queryset = Cohort.objects.seen_by(user)


class GroupForm(forms.Form):
    cohort = forms.ModelChoiceField(Cohort.objects.none(), to_field_name="code", label=_("Group"))

    def __init__(self, user, data=None):
        super().__init__(data)
        self.fields["cohort"].queryset = Cohort.objects.seen_by(user)


class NamesForm(OwnEmail):
    """What is asked of somebody new, and corrected later."""

    field_order = ["printed_name", "used_name", "agreement", "interface_language", "email"]

    printed_name = forms.CharField(
        label=_("Printed name"), help_text=_("Exactly as on the official document. One word is enough."), max_length=150
    )
    used_name = forms.CharField(
        label=_("Used name"), help_text=_("What the others see: a first name is enough."), max_length=80, required=False
    )
    agreement = forms.ChoiceField(
        label=_("Agreement in French"), choices=User.Agreement, required=False, widget=forms.RadioSelect
    )
    interface_language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("The language of the message and of the menus."),
        required=False,
        choices=lambda: [("", _("the language of the page")), *settings.INTERFACE_LANGUAGES],
    )
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("Only to sign in with a code by e-mail."), max_length=254, required=False
    )

    def clean_printed_name(self):
        return clean_name(self.cleaned_data["printed_name"])

    def clean_used_name(self):
        return clean_name(self.cleaned_data["used_name"])


class InviteForm(NamesForm):
    phone = forms.CharField(
        label=_("Telephone"), help_text=_("For the message only: it is not kept."), max_length=30, required=False
    )

    def __init__(self, cohort, data=None):
        self.cohort, self.instance = cohort, User()
        super().__init__(data)

    def clean_phone(self):
        """As WhatsApp wants it: the country first, digits only."""
        text = self.cleaned_data["phone"]
        digits = re.sub(r"[\s().\-/]", "", text)
        if digits and not re.fullmatch(r"\+?\d{6,15}", digits):
            raise forms.ValidationError(_("Write the telephone number in digits."), code="phone")
        country = PREFIXES[self.cohort.organisation.country]
        return re.sub(r"^0(?=[1-9])", country, re.sub(r"^(\+|00)", "", digits))

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            line = Line(1, {}, self.newcomer)
            compare([line], self.cohort)
            if line.member:
                self.add_error("printed_name", _("This person is in the group already."))
        return cleaned

    @property
    def newcomer(self):
        return Newcomer(**{name: value for name, value in self.cleaned_data.items() if name != "phone"})


class CorrectForm(NamesForm):
    def __init__(self, person, data=None):
        self.instance = person
        super().__init__(data, initial={name: getattr(person, name) for name in NamesForm.base_fields})

    @transaction.atomic
    def keep(self, author, now):
        """Writes what changed, and what it was in the audit trail. Another e-mail closes the ways in of the old one,
        which is told so."""
        person = User.objects.select_for_update().get(pk=self.instance.pk, erased_at=None)
        changed = {name: new for name, new in self.cleaned_data.items() if new != getattr(person, name)}
        if not changed:
            return
        before = {name: getattr(person, name) for name in changed}
        User.objects.filter(pk=person.pk).update(**changed)
        if "email" in changed:
            person.emailaddress_set.exclude(email__iexact=changed["email"]).delete()
            transaction.on_commit(partial(tell, person, "account/email/email_changed"))
        note(TrailEntry.Action.CHANGED, author, now, person, before=before, after=changed)


class ListForm(forms.Form):
    """A list, pasted or in a file."""

    text = forms.CharField(
        label=_("Paste a list"),
        help_text=_("One name a line. If you want: name; e-mail"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea({"rows": 8}),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        help_text=_("CSV or XLSX, 1 MB and 500 people at most."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".csv,.txt,.xlsx"}),
    )

    def clean(self):
        cleaned = super().clean()
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if not self.errors:
            try:
                cleaned["rows"] = read_file(file) if file else spreadsheets.read_paste(text)
            except spreadsheets.Unreadable as unreadable:
                self.add_error("file" if file else "text", unreadable.sentence)
        return cleaned


def read_file(file):
    if file.size > spreadsheets.LARGEST:
        raise spreadsheets.Unreadable("size")
    return spreadsheets.read(file.read())


def sealed(cohort, newcomers):
    """What was shown, for the page to give back as it is."""
    return signing.dumps([one.values for one in newcomers], salt=f"people.import.{cohort.code}", compress=True)


def opened(cohort, seal):
    """What was shown within the hour; None when it was changed, is of another group or too old."""
    try:
        values = signing.loads(seal, salt=f"people.import.{cohort.code}", max_age=HOUR)
    except signing.BadSignature:
        return None
    return [Newcomer(**one) for one in values]


class ChooseForm(forms.Form):
    """Some people of a group."""

    people = forms.ModelMultipleChoiceField(
        User.objects.none(), to_field_name="code", label=_("Who?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, people, data=None, initial=()):
        super().__init__(data, initial={"people": [person.code for person in initial]})
        self.fields["people"].queryset = people
