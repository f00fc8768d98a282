import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import News
from .models.news import LONGEST
from .widgets import Lines


class NewsForm(forms.Form):
    code = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text_fr = forms.CharField(
        label=_("In French"),
        required=False,
        max_length=LONGEST,
        help_text=_("500 characters at most."),
        widget=Lines({"rows": 4, "lang": "fr"}),
    )
    text_nl = forms.CharField(
        label=_("In Dutch"),
        required=False,
        max_length=LONGEST,
        help_text=_("One language is enough: the others read that one."),
        widget=Lines({"rows": 4, "lang": "nl"}),
    )

    def clean(self):
        values = super().clean()
        if not self.errors and not (values["text_fr"] or values["text_nl"]):
            self.add_error("text_fr", forms.ValidationError(_("Write something."), code="empty"))
        return values

    @property
    def texts(self):
        return {name: self.cleaned_data[name] for name in ("text_fr", "text_nl")}

    def save(self, cohort, author, now):
        return News.objects.publish(self.cleaned_data["code"], cohort, author, self.texts, now)

    def again(self):
        """What was typed, to be sent as something new."""
        return NewsForm({**self.texts, "code": uuid.uuid4()})
