"""Verifying a certificate, and revoking it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.credentials.reading import LARGEST
from certification.models import CertificateEvent
from home.uploads import check_size

from .files import NO_FILE


class RevokeForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=CertificateEvent.Reason.choices,
        widget=forms.RadioSelect,
        help_text=_("Anyone who verifies the certificate reads it."),
        error_messages={"required": _("Choose a reason.")},
    )


class CorrectionRequestForm(forms.Form):
    wanted = forms.CharField(
        label=_("How is your name written?"),
        max_length=150,
        help_text=_("Exactly as on your official document."),
        error_messages={"required": _("Write your name.")},
        widget=forms.TextInput({"autocomplete": "name", "dir": "auto", "spellcheck": "false"}),
    )


class VerifyForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the certificate"),
        help_text=_("Sixteen letters and figures, printed beside the QR code."),
        error_messages={"required": _("Write the code of the certificate.")},
        widget=forms.TextInput(
            {"class": "num", "autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


class VerifyFileForm(forms.Form):
    """What the file is, its content says."""

    file = forms.FileField(
        label=_("File of the certificate"),
        help_text=_("The PDF, the badge (PNG) or the credential (JSON), as it was downloaded. 2 MB at most."),
        widget=forms.FileInput({"accept": ".json,.jsonld,.png,.pdf,application/json,image/png,application/pdf"}),
        error_messages=NO_FILE,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        check_size(file, LARGEST)
        return file
