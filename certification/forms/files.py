"""Attendance that comes as a file: a sheet signed on paper, the report of a virtual class."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certification import reports, sentences
from certification.models import PaperSheet
from home import uploads
from home.typography import duration

LARGEST_PAPER = 10 * 1024**2
NO_FILE = {
    "required": _("Choose a file."),
    "empty": _("This file is empty."),
    "missing": _("Choose a file."),
}


class PaperForm(forms.Form):
    """A scan or a photo."""

    file = forms.FileField(
        label=_("Scan or photo of the signed sheet"),
        help_text=_("PDF, JPEG or PNG, 10 MB at most."),
        widget=forms.FileInput({"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
        error_messages=NO_FILE,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        uploads.check_size(file, LARGEST_PAPER)
        self.content_type = uploads.TYPES[uploads.recognised(file, ["pdf", *uploads.IMAGES])]
        file.seek(0)
        return file

    def save(self, slot, author, now):
        content = self.cleaned_data["file"].read()
        return PaperSheet.objects.attach(slot, author, content, self.content_type, now)


class ReportForm(forms.Form):
    file = forms.FileField(
        label=_("Report of the virtual class"),
        help_text=_("From Teams or Zoom (CSV), or from BigBlueButton: rather JSON, else CSV."),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.json"}),
        error_messages=NO_FILE,
    )

    def refuse(self, error):
        self.add_error("file", forms.ValidationError(sentences.unreadable(error), code=error.reason))


class MatchForm(forms.Form):
    """Who each participant is, among those expected: a proposal is chosen already, nobody is otherwise."""

    def __init__(self, slot, learners, participants, data=None):
        super().__init__(data)
        self.learners = {str(learner.code): learner for learner in learners}
        self.participants = participants
        choices = [("", _("Nobody of this group")), *((code, str(person)) for code, person in self.learners.items())]
        for number, code in enumerate(reports.proposals(participants, learners)):
            one = participants[number]
            label = f"{one.name or one.email} · {duration(one.minutes(slot))}"
            self.fields[f"who-{number}"] = forms.ChoiceField(
                label=label, choices=choices, initial=code, required=False, help_text=one.email if one.name else ""
            )

    @property
    def chosen(self):
        """Pairs of a learner and a participant."""
        codes = [self.cleaned_data[f"who-{number}"] for number in range(len(self.participants))]
        pairs = zip(codes, self.participants, strict=True)
        return [(self.learners[code], participant) for code, participant in pairs if code]
