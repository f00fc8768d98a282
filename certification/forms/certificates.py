"""Verifying a certificate, and revoking it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.models import CertificateEvent


class RevokeForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=CertificateEvent.Reason.choices,
        widget=forms.RadioSelect,
        help_text=_("Anyone who verifies the certificate reads it."),
        error_messages={"required": _("Choose a reason.")},
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
