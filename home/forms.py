from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from PIL import Image
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from .uploads import REFUSALS, check_media, draw_again


class SpecimenForm(forms.Form):
    """One field of each kind, for the style guide."""

    name = forms.CharField(label="Nom imprimé", help_text="Comme sur le document officiel. Un seul nom suffit.")
    email = forms.EmailField(label="Adresse e-mail", required=False)
    place = forms.ChoiceField(label="Lieu", choices=[("lille", "Lille"), ("oostende", "Oostende")])
    reading = forms.ChoiceField(
        label="Langue de lecture", choices=[("fr", "Français"), ("nl", "Nederlands")], widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        label="Jours", choices=[("1", "Lundi"), ("2", "Mardi")], widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(label="Motif", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agree = forms.BooleanField(label="J’ai lu la note d’information.")


class SiteImageForm(BaseImageForm):
    def full_clean(self):
        """Pillow does not open an image that is far too large, and Wagtail does not expect that."""
        try:
            super().full_clean()
        except Image.DecompressionBombError:
            self.add_error("file", ValidationError(REFUSALS["image"], code="image"))

    def clean_file(self):
        """Wagtail has seen that it is an image of the kind its name says."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            draw_again(file)
        return file


class SiteMediaForm(BaseMediaForm):
    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_media(file)
        return file

    def clean_thumbnail(self):
        file = self.cleaned_data["thumbnail"]
        if isinstance(file, UploadedFile):
            draw_again(file)
        return file
