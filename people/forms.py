from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from .models import User
from .roles import Role

FIELDS = ["username", "printed_name", "used_name", "email", "agreement", "interface_language", "organisation"]
ROLES = ["is_superuser", "groups"]


class RolesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        return capfirst(dict(Role.choices).get(group.name, group.name))


class PersonForm(forms.Form):
    """What every form on a person asks, in place of Wagtail's first and last name. E-mail is optional."""

    first_name = last_name = None
    email = forms.EmailField(label=_("e-mail"), required=False)
    interface_language = forms.ChoiceField(
        label=_("language of menus"), required=False, choices=lambda: [("", "—"), *settings.INTERFACE_LANGUAGES]
    )
    groups = RolesField(Group.objects.order_by("name"), label=_("roles"), required=False)

    def clean_email(self):
        """Two people with one address could not both sign in by a code."""
        email = self.cleaned_data["email"]
        others = User.objects.exclude(pk=self.instance.pk).filter(email__iexact=email)
        if email and others.exists():
            raise forms.ValidationError(get_adapter().error_messages["email_taken"], code="email_taken")
        return email


class PersonCreationForm(PersonForm, UserCreationForm):
    class Meta:
        model = User
        fields = [*FIELDS, *ROLES]


class PersonEditForm(PersonForm, UserEditForm):
    class Meta:
        model = User
        fields = [*FIELDS, "is_active", *ROLES]
