"""Giving an auditor a way to the proof of a cohort."""

import datetime
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.models import AuditorLink
from certification.models.auditors import LONGEST
from people.widgets import DayInput


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
