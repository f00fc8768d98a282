"""What a phone kept while it had no network, as it arrives."""

import datetime
import json

from django import forms

from certification import drawing
from certification.models import AttendanceMark
from certification.presence import Source, Status
from certification.refusals import Refused

from .attendance import LETTERS

MOST_ENTRIES, LARGEST_BODY = 50, 1_000_000
# A clock of before or after says nothing at all.
FIRST, LAST = (datetime.datetime(year, 1, 1, tzinfo=datetime.UTC) for year in (1970, 2090))
# Clocks that are so near are the same one: a network is slow too.
ON_TIME = 120


class MomentField(forms.DateTimeField):
    def clean(self, value):
        moment = super().clean(value)
        if moment and not FIRST < moment < LAST:
            raise forms.ValidationError("moment", code="moment")
        return moment


class OutboxForm(forms.Form):
    """The envelope: `sent_at` is the clock of the device when it sends. Raises Refused when there is none to open."""

    sent_at = MomentField(required=False)

    @classmethod
    def read(cls, body, entry=None):
        """`entry` makes each entry of its values: a mark, or what is given."""
        try:
            content = json.loads(body)
        except (ValueError, RecursionError):
            raise Refused("outbox") from None
        entries = content.get("entries") if isinstance(content, dict) else None
        if not isinstance(entries, list) or len(entries) > MOST_ENTRIES:
            raise Refused("outbox")
        form = cls(plain(content))
        form.entries = [(entry or EntryForm)(plain(values)) for values in entries]
        return form

    def skew(self, now):
        sent_at = self.cleaned_data.get("sent_at") if self.is_valid() else None
        seconds = round((now - sent_at).total_seconds()) if sent_at else 0
        return seconds if abs(seconds) >= ON_TIME else None


def plain(content):
    """The texts and numbers of an object, as a form posts them; whatever else stands there, and half a letter, is left
    out."""
    values = content.items() if isinstance(content, dict) else ()
    return {name: str(value).encode(errors="ignore").decode() for name, value in values if type(value) in (str, int)}


class EntryForm(forms.Form):
    """One mark, or one signature: it says that somebody was there, whatever the device showed (presence.measured)."""

    uuid = forms.UUIDField()
    author = forms.UUIDField()
    learner = forms.UUIDField()
    status = forms.ChoiceField(choices=[(letter, letter) for letter in LETTERS])
    minutes = forms.IntegerField(required=False)
    device_at = MomentField()
    seen = forms.UUIDField(required=False)
    signature = forms.CharField(required=False, max_length=drawing.LARGEST_TEXT)

    def clean_status(self):
        return LETTERS[self.cleaned_data["status"]]

    def clean_signature(self):
        text = self.cleaned_data["signature"]
        try:
            return drawing.strokes_of(text) if text else []
        except ValueError:
            raise forms.ValidationError("signature", code="signature") from None

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("signature") and cleaned.get("status") and not cleaned["status"].attended:
            raise forms.ValidationError("absent", code="absent")
        return cleaned

    @property
    def written_by(self):
        """The code of whoever marked on this phone: perhaps not the one who is signed in now."""
        return self.data.get("author")

    def refuse_unreadable(self):
        if not self.is_valid():
            raise Refused("signature_small" if self.has_error("signature") else "unreadable")

    def save(self, slot, expected, author, now, skew):
        """The mark. `expected` gives the people of the half-day by their code."""
        self.refuse_unreadable()
        values = {**self.cleaned_data, "learner": expected.get(self.cleaned_data["learner"]), "author": author}
        if values["learner"] is None:
            raise Refused("not_expected")
        source = Source.SIGNATURE if values["signature"] else Source.TRAINER
        if source is Source.SIGNATURE:
            values |= {"status": Status.PRESENT, "minutes": None}
        try:
            return AttendanceMark.objects.record(slot=slot, source=source, now=now, skew=skew, **values)
        except ValueError:
            raise Refused("minutes") from None
