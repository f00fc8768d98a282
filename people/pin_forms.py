"""What is typed to get in: at the first entry, with a card, and for a new PIN."""

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import pins
from .forms import Autonyms
from .languages import MOTHER_TONGUES
from .models import Pin, User
from .refusals import REFUSALS, answer_of


class PinInput(forms.PasswordInput):
    def __init__(self, autocomplete):
        super().__init__({"inputmode": "numeric", "autocomplete": autocomplete, "class": "code"})


class PinField(forms.CharField):
    """Six digits in any script, typed as one likes."""

    def __init__(self, autocomplete="new-password", **options):
        super().__init__(widget=PinInput(autocomplete), max_length=32, **options)

    def clean(self, value):
        digits = pins.normalised(super().clean(value))
        if digits and not pins.is_pin(digits):
            raise forms.ValidationError(_("A PIN is six digits."), code="not_a_pin")
        return digits


class SharedForm(forms.Form):
    shared = forms.BooleanField(
        label=_("This is not my phone"),
        help_text=_("We keep nothing on it, and you are signed out soon."),
        required=False,
    )


class NewPinForm(forms.Form):
    """A PIN typed twice."""

    pin = PinField(label=_("Choose a PIN"), help_text=_("Six digits that you alone know."))
    again = PinField(label=_("The same PIN again"))

    def clean_pin(self):
        digits = self.cleaned_data["pin"]
        if digits and pins.is_weak(digits):
            raise forms.ValidationError(_("This PIN is too easy to guess. Choose another one."), code="weak")
        return digits

    def clean(self):
        data = super().clean()
        if "pin" in data and "again" in data and data["pin"] != data["again"]:
            self.add_error("again", forms.ValidationError(_("The two PINs are not the same."), code="different"))
        return data

    def keep(self, person, now):
        Pin.objects.choose(person, self.cleaned_data["pin"], now)


class ResetForm(NewPinForm, SharedForm):
    """The new PIN of somebody who lost the first one: whoever is signed in with it is out."""

    def keep(self, person, now):
        super().keep(person, now)
        person.distrust(now)


class EntryForm(NewPinForm, SharedForm, forms.ModelForm):
    """The first entry: everything may stay as it is but the PIN, for which a password may stand."""

    interface_language = forms.ChoiceField(
        label=_("You prefer to read in"), choices=lambda: settings.INTERFACE_LANGUAGES, widget=forms.RadioSelect
    )
    mother_tongue = forms.TypedChoiceField(
        label=_("Mother tongue"),
        help_text=_("A language, never a country. You may leave it empty."),
        required=False,
        choices=[("", "—"), *MOTHER_TONGUES],
        empty_value=None,
        widget=Autonyms,
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("Eight signs or more."),
        required=False,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    field_order = ["used_name", "agreement", "interface_language", "mother_tongue", "pin", "again", "password"]

    class Meta:
        model = User
        fields = ["used_name", "agreement", "interface_language", "mother_tongue"]
        labels = {"used_name": _("The name that others see"), "agreement": _("How we speak to you in French")}
        help_texts = {"used_name": _("Your first name, or another name that you choose.")}
        widgets = {"agreement": forms.RadioSelect, "used_name": forms.TextInput({"autocomplete": "nickname"})}

    def __init__(self, *args, instance, **kwargs):
        used_name = instance.used_name or instance.printed_name.partition(" ")[0]
        language = instance.interface_language or get_language()
        super().__init__(
            *args, instance=instance, initial={"used_name": used_name, "interface_language": language}, **kwargs
        )
        for name in ("pin", "again"):
            self.fields[name].required = not self.data.get("password")

    def clean_password(self):
        password = self.cleaned_data["password"]
        if password:
            validate_password(password, self.instance)
        return password

    def keep(self, person, now):
        chosen = {name: self.cleaned_data[name] for name in self.Meta.fields}
        User.objects.filter(pk=person.pk).update(**chosen)
        if self.cleaned_data["password"]:
            person.set_password(self.cleaned_data["password"])
            person.save(update_fields=["password"])
        if self.cleaned_data["pin"]:
            super().keep(person, now)


class CardForm(SharedForm):
    """The PIN of whoever the card names."""

    pin = PinField("current-password", label=_("Your PIN"), help_text=_("Your six digits."))
    field_order = ["pin", "shared"]

    def __init__(self, *args, person, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.person, self.now = person, now

    def clean_pin(self):
        answer = answer_of(self.person, self.cleaned_data["pin"], self.now)
        if answer != Pin.Answer.RIGHT:
            wrong = _("This is not the right PIN. Try again, or ask your trainer for a new one.")
            raise forms.ValidationError(REFUSALS.get(answer, wrong), code=answer)
        return self.cleaned_data["pin"]


class ChangePinForm(NewPinForm):
    """`old` is asked from whoever did not sign in just now: the PIN or, before the first one, the password."""

    old = forms.CharField(strip=False, widget=PinInput("current-password"))
    field_order = ["old", "pin", "again"]

    def __init__(self, *args, person, now, fresh, **kwargs):
        super().__init__(*args, **kwargs)
        self.person, self.now = person, now
        if fresh:
            del self.fields["old"]
        else:
            self.fields["old"].label = _("Your PIN of today") if hasattr(person, "pin") else _("Your password")

    def clean_old(self):
        typed = self.cleaned_data["old"]
        if not hasattr(self.person, "pin"):
            answer = Pin.Answer.RIGHT if get_adapter().reauthenticate(self.person, typed) else Pin.Answer.WRONG
        else:
            answer = answer_of(self.person, pins.normalised(typed), self.now)
        if answer != Pin.Answer.RIGHT:
            raise forms.ValidationError(REFUSALS.get(answer, _("This is not right. Try again.")), code=answer)
        return typed
