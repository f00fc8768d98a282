"""Files of a portfolio: what one is, its content says; and what a reviewer answers."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from certification.models import PortfolioItem, PortfolioReview
from home import uploads
from people.widgets import Lines

from .files import NO_FILE

LARGEST, LARGEST_VOICE = 10 * 1024**2, 20 * 1024**2
VOICES = ["mp3", "m4a", "ogg", "wav", "webm"]
KINDS = [*uploads.IMAGES, "pdf", "odt", "docx", *VOICES]
ACCEPT = "image/jpeg,image/png,image/webp,audio/*,.mp3,.m4a,.ogg,.wav,.webm,.pdf,.odt,.docx"


class ItemForm(forms.Form):
    title = forms.CharField(
        label=_("What does it show?"),
        max_length=120,
        help_text=_("For example: I explain a letter to a family."),
        error_messages={"required": _("Write what it shows.")},
    )
    file = forms.FileField(
        label=_("Photo, voice or document"),
        help_text=_("JPEG, PNG, PDF, DOCX, ODT: 10 MB at most. MP3, M4A, OGG, WAV: 20 MB at most."),
        widget=forms.FileInput({"accept": ACCEPT}),
        error_messages=NO_FILE,
    )
    checked = forms.BooleanField(
        label=_("I checked: nobody else’s face or name, no residence, asylum or health document."),
        error_messages={"required": _("Check the file, then tick this box.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        uploads.check_size(file, LARGEST_VOICE)
        kind = uploads.recognised(file, KINDS)
        if kind not in VOICES:
            uploads.check_size(file, LARGEST)
        self.content_type = uploads.TYPES[kind]
        file.seek(0)
        return file

    def save(self, learner, now):
        content = self.cleaned_data["file"].read()
        return PortfolioItem.objects.add(learner, self.cleaned_data["title"], content, self.content_type, now)


class ReviewForm(forms.Form):
    """Accepted for a block, or sent back with a reason that the learner reads."""

    verdict = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (PortfolioItem.Status.ACCEPTED, _("I accept it")),
            (PortfolioItem.Status.SENT_BACK, _("I send it back")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    block = forms.ChoiceField(label=_("For which block?"), required=False, help_text=_("When you accept it."))
    reason = forms.CharField(
        label=_("Why, or what to change"),
        required=False,
        max_length=PortfolioReview._meta.get_field("reason").max_length,
        widget=Lines({"rows": 3}),
        help_text=_("Needed when you send it back. The learner reads it."),
    )

    def __init__(self, blocks, data=None):
        super().__init__(data)
        self.fields["block"].choices = [("", _("Choose")), *blocks]

    def clean(self):
        cleaned = super().clean()
        verdict = cleaned.get("verdict")
        if verdict == PortfolioItem.Status.ACCEPTED and not cleaned.get("block") and not self.has_error("block"):
            self.add_error("block", ValidationError(_("Choose the block that it proves."), code="block"))
        if verdict == PortfolioItem.Status.SENT_BACK:
            cleaned["block"] = ""
            if not cleaned.get("reason") and not self.has_error("reason"):
                self.add_error("reason", ValidationError(_("Say why."), code="reason"))
        return cleaned

    def save(self, item, author, now):
        values = self.cleaned_data
        return item.say(author, values["verdict"], now, values["block"], values["reason"])
