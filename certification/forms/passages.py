"""The return file of the State's register."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certification import sentences
from certification.cpf.reading import LARGEST
from home.uploads import check_size

from .files import NO_FILE


class ReceiptForm(forms.Form):
    file = forms.FileField(
        label=_("Return file (accusé de traitement)"),
        help_text=_("The XML file that the portal gives back, 100 MB at most."),
        widget=forms.FileInput({"accept": ".xml,application/xml,text/xml"}),
        error_messages=NO_FILE,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        check_size(file, LARGEST)
        return file

    def refuse(self, error):
        self.add_error("file", forms.ValidationError(sentences.unreadable_receipt(error), code=error.reason))
