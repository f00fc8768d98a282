"""The roster of a half-day, and corrections."""

from uuid import uuid4

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from certification import presence, sentences
from certification.codes import row_code
from certification.disagreements import disagreeing
from certification.models import AttendanceMark
from certification.presence import Source, Status
from certification.refusals import Conflict
from people.widgets import Lines

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
    """One learner in one half-day. `mark` is what stands and `signature` the mark that the learner signed, or None;
    an answer left empty changes nothing. `seen` is the mark that the page shows."""

    status = forms.ChoiceField(label=_("Status"), choices=CHOICES, required=False, widget=forms.RadioSelect)
    minutes = forms.IntegerField(
        label=_("Minutes of presence"),
        required=False,
        min_value=1,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text=_("Only for someone late, or who left early."),
    )
    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, slot, learner, mark, data=None, signature=None):
        self.slot, self.learner, self.mark, self.signature = slot, learner, mark, signature
        given = {"status": LETTER_OF[mark.status], "seen": mark.uuid} if mark else {}
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
        """What is shown as chosen: a signed row is corrected elsewhere, and sends nothing."""
        if self.signature and self.mark:
            return LETTER_OF[self.mark.status]
        return self["status"].value() or ""

    @property
    def imported(self):
        return bool(self.mark) and self.mark.source == Source.IMPORT

    @property
    def code(self):
        """That of the row on paper."""
        return row_code(self.slot.session.code, self.learner.code)

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
            seen=self.cleaned_data["seen"],
            device_at=now,
            now=now,
            **more,
        )


class CorrectionForm(MarkForm):
    """A new statement, with a reason, that outweighs what stands."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=Lines({"rows": 3}),
        help_text=_("Never write a health reason. Say what happened to the sheet."),
        error_messages={"required": _("Give a reason.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].required = True

    def save(self, author, now):
        return super().save(author, now, source=Source.CORRECTION, reason=self.cleaned_data["reason"])


class Roster:
    """The forms of everyone in a half-day, saved together or not at all.

    `marks` are all of them, in their order; `cards` the digests of the cards by which a phone knows people.
    """

    def __init__(self, slot, learners, marks, cards, data=None):
        standing = presence.standing(mark.value for mark in marks)
        signatures = {mark.learner_id: mark for mark in marks if mark.source == Source.SIGNATURE}
        disagreements = disagreeing(marks)
        self.rows = [
            MarkForm(slot, learner, standing.get(str(learner.pk)), data, signatures.get(learner.pk))
            for learner in learners
        ]
        for row in self.rows:
            row.disagreement = disagreements.get(row.learner.pk, ())
            row.card = cards.get(row.learner.pk, "")

    def is_valid(self):
        return all(row.is_valid() for row in self.rows)

    @property
    def has_errors(self):
        return any(row.errors for row in self.rows)

    def save(self, author, now, **more):
        """The marks that were added. Raises Conflict after telling the row that caused it."""
        with transaction.atomic():
            return [self.save_row(row, author, now, **more) for row in self.rows if row.changes]

    def save_row(self, row, author, now, **more):
        try:
            return row.save(author, now, **more)
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
