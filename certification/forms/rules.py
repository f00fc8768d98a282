"""Writing what a scheme asks for."""

from dataclasses import fields

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.rules import RuleSet

IN_MINUTES = _("In minutes: 90 is 1 h 30. Empty: nothing is asked for.")
LONGEST = 60_000


def minutes(label):
    return forms.IntegerField(label=label, min_value=0, max_value=LONGEST, required=False, help_text=IN_MINUTES)


class RuleForm(forms.Form):
    modules = forms.BooleanField(label=_("Every module is finished"), required=False)
    quiz_percent = forms.IntegerField(
        label=_("Least score of each quiz, in percent"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("Empty: the pass mark of the course is enough."),
    )
    on_site = minutes(_("Least time on site"))
    virtual = minutes(_("Least time in virtual class"))
    work = minutes(_("Least time in a work situation"))
    online = minutes(_("Least time of online work"))
    assessors = forms.IntegerField(
        label=_("How many assessors observe the person"),
        min_value=0,
        max_value=9,
        required=False,
        help_text=_("Empty: nothing is asked for."),
    )
    blocks = forms.BooleanField(label=_("Every block of the framework is validated"), required=False)
    jury = forms.BooleanField(
        label=_("A jury admits the person"),
        required=False,
        help_text=_("Then no certificate leaves before the minutes are signed, whoever asks for it."),
    )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and self.rule_set == RuleSet(modules=False):
            raise forms.ValidationError(_("Ask for one thing at least."), code="nothing")
        return cleaned

    @property
    def rule_set(self):
        return RuleSet(**{field.name: field.type(self.cleaned_data[field.name] or 0) for field in fields(RuleSet)})


class PublishForm(RuleForm):
    """The same, hidden, with the number of the version that it was tried against."""

    after = forms.IntegerField(min_value=0)
