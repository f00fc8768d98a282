import datetime
from uuid import uuid4

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.widgets import DayInput

from . import presence, sentences
from .models import AttendanceMark, AuditorLink, CertificateEvent
from .models.auditors import LONGEST
from .presence import Source, Status
from .refusals import Conflict

# One letter a status on the roster: its stylesheet and its script know them.
LETTERS = {
    "p": Status.PRESENT,
    "l": Status.LATE,
    "a": Status.ABSENT,
    "e": Status.EXCUSED,
    "d": Status.LEFT_EARLY,
}
PARTIAL = (Status.LATE, Status.LEFT_EARLY)
LETTER_OF = {status: letter for letter, status in LETTERS.items()}
CHOICES = [(letter, dict(AttendanceMark.STATUSES)[status]) for letter, status in LETTERS.items()]


class MarkForm(forms.Form):
    """One learner in one half-day. `mark` is what stands, or None; an answer left empty changes nothing."""

    status = forms.ChoiceField(label=_("Status"), choices=CHOICES, required=False, widget=forms.RadioSelect)
    minutes = forms.IntegerField(
        label=_("Minutes of presence"),
        required=False,
        min_value=1,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text=_("Only for someone late, or who left early."),
    )
    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, slot, learner, mark, data=None):
        self.slot, self.learner, self.mark = slot, learner, mark
        given = {"status": LETTER_OF[mark.status]} if mark else {}
        if mark and mark.status in PARTIAL:
            given["minutes"] = mark.minutes
        super().__init__(data, prefix=str(learner.code), initial={**given, "uuid": uuid4()})

    def clean(self):
        cleaned = super().clean()
        status = LETTERS.get(cleaned.get("status"))
        if status is None or self.errors:
            return cleaned
        try:
            cleaned["minutes"] = presence.minutes_for(status, cleaned.get("minutes"), self.slot.minutes)
        except ValueError:
            sentence = _("Write the minutes of presence: from 1 to %(planned)d.") % {"planned": self.slot.minutes}
            self.add_error("minutes", forms.ValidationError(sentence, code="minutes"))
        if not cleaned.get("uuid"):
            self.add_error(None, forms.ValidationError(_("This page is out of date. Save again."), code="uuid"))
        return cleaned

    @property
    def said(self):
        """The status and minutes that were given, or None."""
        status = LETTERS.get(self.cleaned_data.get("status"))
        return status and (status, self.cleaned_data["minutes"])

    @property
    def changes(self):
        return self.said is not None and self.said != (self.mark and (self.mark.status, self.mark.minutes))

    @property
    def letter(self):
        return self["status"].value() or ""

    @property
    def signed(self):
        return self.mark is not None and self.mark.source == Source.SIGNATURE

    @property
    def opened(self):
        """Whether the minutes are shown: they are asked for, or wrong."""
        return LETTERS.get(self.letter) in PARTIAL or bool(self.errors)

    @property
    def next_uuid(self):
        """Kept when the form is shown again, unless it was already used."""
        used = self.is_bound and self.has_error("__all__")
        return uuid4() if used else self["uuid"].value()

    def refuse(self, refused):
        self.add_error(None, forms.ValidationError(sentences.refusal(refused), code=refused.code))

    def save(self, author, now, **more):
        status, minutes = self.said
        return AttendanceMark.objects.record(
            slot=self.slot,
            learner=self.learner,
            author=author,
            status=status,
            minutes=minutes,
            uuid=self.cleaned_data["uuid"],
            device_at=now,
            now=now,
            **more,
        )


class CorrectionForm(MarkForm):
    """A new statement, with a reason, that outweighs what stands."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Never write a health reason. Say what happened to the sheet."),
        error_messages={"required": _("Give a reason.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].required = True

    def save(self, author, now):
        return super().save(author, now, source=Source.CORRECTION, reason=self.cleaned_data["reason"])


class Roster:
    """The forms of everyone in a half-day, saved together or not at all."""

    def __init__(self, slot, learners, standing, data=None):
        self.rows = [MarkForm(slot, learner, standing.get(str(learner.pk)), data) for learner in learners]

    def is_valid(self):
        return all(row.is_valid() for row in self.rows)

    @property
    def has_errors(self):
        return any(row.errors for row in self.rows)

    def save(self, author, now):
        """The marks that were added. Raises Conflict after telling the row that caused it."""
        with transaction.atomic():
            return [self.save_row(row, author, now) for row in self.rows if row.changes]

    def save_row(self, row, author, now):
        try:
            return row.save(author, now)
        except Conflict as conflict:
            row.refuse(conflict)
            raise

    @property
    def counts(self):
        letters = [row.letter for row in self.rows]
        return {letter: letters.count(letter) for letter in LETTERS}

    @property
    def left(self):
        return sum(not row.letter for row in self.rows)


class RevokeForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=CertificateEvent.Reason.choices,
        widget=forms.RadioSelect,
        help_text=_("Anyone who verifies the certificate reads it."),
        error_messages={"required": _("Choose a reason.")},
    )


class AuditorForm(forms.Form):
    """Who may read the proof of a cohort, from the beginning of one day to the end of another."""

    who = forms.CharField(
        label=_("Who is it for?"),
        max_length=120,
        help_text=_("The office and the name of the auditor."),
        error_messages={"required": _("Write who it is for.")},
    )
    starts_on = forms.DateField(label=_("First day"), widget=DayInput())
    ends_on = forms.DateField(label=_("Last day"), help_text=_("At most 90 days after the first."), widget=DayInput())
    code = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, today, data=None):
        self.today = today
        given = {"code": uuid4(), "starts_on": today, "ends_on": today + datetime.timedelta(days=30)}
        super().__init__(data, initial=given)

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < max(first, self.today):
            self.add_error("ends_on", forms.ValidationError(_("Choose a day that is not over."), code="over"))
        elif first and last and last - first > LONGEST:
            self.add_error("ends_on", forms.ValidationError(_("Choose 90 days or fewer."), code="long"))
        return cleaned

    def save(self, cohort, token, author, now):
        """The new link, or None when this form was already sent."""
        values = self.cleaned_data
        return AuditorLink.objects.give(
            token,
            author,
            now,
            cohort=cohort,
            code=values["code"],
            who=values["who"],
            starts_at=at(values["starts_on"], datetime.time()),
            ends_at=at(values["ends_on"], datetime.time(23, 59, 59)),
        )


def at(day, clock):
    return timezone.make_aware(datetime.datetime.combine(day, clock))


class VerifyForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the certificate"),
        help_text=_("Sixteen letters and figures, printed beside the QR code."),
        error_messages={"required": _("Write the code of the certificate.")},
        widget=forms.TextInput(
            {"class": "num", "autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
