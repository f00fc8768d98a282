"""The words of a document, and asking for one."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.document_kinds import LANGUAGES, OPEN_TO_LEARNERS, PARTS, Kind, holes_of, unknown_holes
from certification.models import DocumentTemplate

from .printed import printable

WITH_HOLES = ("intro", "closing")


class DocumentForm(forms.Form):
    """A kind and a language, each chosen by a button."""

    kind = forms.ChoiceField(choices=Kind.choices)
    language = forms.ChoiceField(choices=[(language, language) for language in LANGUAGES])


class AskDocumentForm(DocumentForm):
    """The same, of what a learner asks for alone."""

    kind = forms.ChoiceField(choices=[(kind, kind.label) for kind in OPEN_TO_LEARNERS])


class TemplateForm(forms.ModelForm):
    class Meta:
        model = DocumentTemplate
        fields = [f"{part}_{language}" for language in LANGUAGES for part in PARTS]
        widgets = {f"{part}_{language}": forms.Textarea({"rows": 7}) for part in WITH_HOLES for language in LANGUAGES}
        help_texts = dict.fromkeys(
            [f"place_{language}" for language in LANGUAGES], gettext_lazy("Empty: the city of the provider.")
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.validators.append(printable)

    def clean(self):
        cleaned = super().clean()
        for name in [f"{part}_{language}" for part in WITH_HOLES for language in LANGUAGES]:
            if fault := self.fault(cleaned.get(name) or ""):
                self.add_error(name, forms.ValidationError(fault, code="hole"))
        return cleaned

    def fault(self, text):
        """Why this text cannot be filled; None when it can."""
        try:
            unknown = unknown_holes(text, self.instance.kind)
        except ValueError:
            return _("A brace stands alone. Write names between two braces: {holder}.")
        if unknown:
            values = {"unknown": written(unknown), "known": written(holes_of(self.instance.kind))}
            return _("%(unknown)s is not known. Use: %(known)s.") % values
        return None


def written(names):
    return ", ".join(f"{{{name}}}" for name in names)
