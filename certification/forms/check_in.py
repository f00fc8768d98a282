"""The code of the room, and a signature."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from certification import drawing, sentences
from certification.models import AttendanceMark


class CodeForm(forms.Form):
    """The code under the projected picture, typed when the camera does not read it."""

    code = forms.CharField(
        label=_("Code on the screen"),
        help_text=_("Six letters and figures. The code changes every 30 seconds."),
        max_length=40,
        error_messages={"required": _("Write the code that is on the screen.")},
        widget=forms.TextInput(
            {"class": "code", "autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def refuse(self, refused):
        self.add_error("code", forms.ValidationError(sentences.refusal(refused), code=refused.code))


class SignatureForm(forms.Form):
    """A signature drawn with a finger or, where `otherwise` is offered, the word of a signed-in account."""

    signature = forms.CharField(required=False, widget=forms.HiddenInput, max_length=drawing.LARGEST_TEXT)
    otherwise = forms.BooleanField(required=False, widget=forms.HiddenInput)
    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, otherwise=False):
        self.offers_otherwise = otherwise
        super().__init__(data, initial={"uuid": uuid4()})

    def clean_signature(self):
        text = self.cleaned_data["signature"]
        if not text:
            return []
        try:
            return drawing.strokes_of(text)
        except ValueError:
            raise forms.ValidationError(_("Draw your signature again, larger."), code="signature") from None

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if not cleaned.get("uuid"):
            raise forms.ValidationError(_("This page is out of date. Save again."), code="uuid")
        if self.offers_otherwise and cleaned["otherwise"]:
            cleaned["signature"] = []
        elif not cleaned["signature"]:
            self.add_error("signature", forms.ValidationError(_("Draw your signature with your finger."), code="empty"))
        return cleaned

    @property
    def next_uuid(self):
        """Kept when the form is shown again, unless it is not one."""
        return uuid4() if self.is_bound and not self.cleaned_data.get("uuid") else self["uuid"].value()

    def refuse(self, refused):
        self.add_error(None, forms.ValidationError(sentences.refusal(refused), code=refused.code))

    def save(self, slot, learner, author, now):
        return AttendanceMark.objects.sign(
            slot=slot,
            learner=learner,
            author=author,
            signature=self.cleaned_data["signature"],
            uuid=self.cleaned_data["uuid"],
            now=now,
        )
