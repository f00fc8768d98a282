import logging

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as get_factors
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from .factors import is_first_use
from .languages import MOTHER_TONGUES
from .models import ErasureRequest, TrailEntry, User
from .roles import Role
from .widgets import DayInput

logger = logging.getLogger(__name__)
FIELDS = ["username", "printed_name", "used_name", "email", "agreement", "interface_language", "organisation"]
ROLES = ["is_superuser", "groups"]


class RolesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        return capfirst(dict(Role.choices).get(group.name, group.name))


class OwnEmail(forms.Form):
    """An e-mail is optional; two people with one address could not both sign in by a code."""

    email = forms.EmailField(label=_("e-mail"), required=False)

    def clean_email(self):
        email = self.cleaned_data["email"]
        others = User.objects.exclude(pk=self.instance.pk).filter(email__iexact=email)
        if email and others.exists():
            raise forms.ValidationError(get_adapter().error_messages["email_taken"], code="email_taken")
        return email


class PersonForm(OwnEmail):
    """What every form on a person asks, in place of Wagtail's first and last name."""

    first_name = last_name = None
    interface_language = forms.ChoiceField(
        label=_("language of menus"), required=False, choices=lambda: [("", "—"), *settings.INTERFACE_LANGUAGES]
    )
    groups = RolesField(Group.objects.order_by("name"), label=_("roles"), required=False)


class PersonCreationForm(PersonForm, UserCreationForm):
    class Meta:
        model = User
        fields = [*FIELDS, *ROLES]


class PersonEditForm(PersonForm, UserEditForm):
    class Meta:
        model = User
        fields = [*FIELDS, "is_active", *ROLES]


class SeenForm(WagtailAdminModelForm):
    """Offers the cohorts, editions and people that whoever fills it sees, and keeps what was chosen before."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            rows = getattr(field, "queryset", None)
            if rows is not None and (rows.model is User or hasattr(rows, "seen_by")):
                field.queryset = rows.filter(Q(pk__in=self.seen_in(rows)) | Q(pk__in=self.chosen(name)))

    def seen_in(self, rows):
        return self.for_user.people_seen() if rows.model is User else rows.seen_by(self.for_user)

    def chosen(self, name):
        value = self.initial.get(name)
        return [getattr(one, "pk", one) for one in (value if isinstance(value, list) else [value])]


class CohortForm(SeenForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        trainers = self.fields["trainers"]
        trainers.queryset = trainers.queryset.filter(groups__name=Role.TRAINER).distinct()


class Autonyms(forms.Select):
    """Each language is read aloud as what it is."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"] |= {"lang": value, "dir": "auto"}
        return option


class MeForm(OwnEmail, forms.ModelForm):
    """What people write about themselves. The printed name is on their documents: their trainer corrects it."""

    interface_language = forms.ChoiceField(
        label=_("Language of the menus"),
        required=False,
        choices=lambda: [("", _("the language of the page")), *settings.INTERFACE_LANGUAGES],
    )
    mother_tongue = forms.TypedChoiceField(
        label=_("Mother tongue"),
        help_text=_("A language, never a country. You may leave it empty."),
        required=False,
        choices=[("", "—"), *MOTHER_TONGUES],
        empty_value=None,
        widget=Autonyms,
    )
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("Only if you want to sign in with a code by e-mail."), required=False
    )

    class Meta:
        model = User
        fields = ["used_name", "agreement", "interface_language", "mother_tongue", "email"]
        labels = {"used_name": _("The name that others see"), "agreement": _("How we speak to you in French")}
        help_texts = {"used_name": _("Your first name, or another name that you choose.")}
        widgets = {"agreement": forms.RadioSelect}

    def keep(self):
        """Writes these fields only, and nothing on somebody erased meanwhile. An address that was replaced opens
        nothing any more."""
        User.objects.filter(pk=self.instance.pk, erased_at=None).update(**self.cleaned_data)
        EmailAddress.objects.filter(user=self.instance).exclude(email__iexact=self.instance.email).delete()


class OnceMixin:
    def clean_code(self):
        try:
            code = super().clean_code()
            if not is_first_use(self.user, code):
                raise get_factors().validation_error("incorrect_code")
        except forms.ValidationError:
            logger.warning("Second proof refused: person %s", self.user.code)
            raise
        return code


class CodeForm(OnceMixin, AuthenticateForm):
    """The code that is asked when somebody signs in."""


class CodeAgainForm(OnceMixin, ReauthenticateForm):
    """The code that is asked of somebody who is signed in."""


class TrailForm(forms.Form):
    """What to look for in the audit trail; nothing is asked for."""

    q = forms.CharField(label=_("Search"), help_text=_("A name, a number, a group."), required=False, max_length=150)
    action = forms.ChoiceField(
        label=_("What"), required=False, choices=lambda: [("", _("everything")), *TrailEntry.Action.choices]
    )
    since = forms.DateField(label=_("From day"), required=False, widget=DayInput())
    until = forms.DateField(label=_("To day"), required=False, widget=DayInput())

    def found_in(self, entries):
        """Those that are asked for; all of them when what was typed says nothing."""
        asked = self.cleaned_data
        if asked.get("q", "").strip():
            entries = entries.about(asked["q"].strip())
        if asked.get("action"):
            entries = entries.filter(action=asked["action"])
        if asked.get("since"):
            entries = entries.filter(at__date__gte=asked["since"])
        if asked.get("until"):
            entries = entries.filter(at__date__lte=asked["until"])
        return entries


class RefusalForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why not?"),
        choices=ErasureRequest.Reason.choices,
        widget=forms.RadioSelect,
        help_text=_("The person reads it."),
        error_messages={"required": _("Choose a reason.")},
    )
