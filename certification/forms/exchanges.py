"""An exchange between a learner and a tutor, as the team notes it."""

import datetime

from django import forms
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.models import Exchange, ExchangeNote
from people.widgets import MomentInput

# Somebody may ask about a training before it begins.
EARLY = datetime.timedelta(days=365)
SAID = ("subject", "answered_at", "tutor")


class ExchangeForm(forms.ModelForm):
    text = forms.CharField(
        label=_("In one line"),
        max_length=120,
        required=False,
        help_text=_("What it was about, never what was said. Nothing on health, papers or the life of the person."),
    )

    class Meta:
        model = Exchange
        fields = ["channel", "subject", "asked_at", "answered_at", "tutor", "text"]
        labels = {
            "channel": _("How?"),
            "subject": _("On what?"),
            "asked_at": _("Asked on"),
            "answered_at": _("Answered on"),
            "tutor": _("Who answered, or will answer?"),
        }
        help_texts = {"answered_at": _("Leave it empty while the answer is awaited.")}
        widgets = {
            "channel": forms.RadioSelect,
            "subject": forms.RadioSelect,
            "asked_at": MomentInput,
            "answered_at": MomentInput,
        }

    def __init__(self, author, exchange, now, data=None):
        super().__init__(
            data, instance=exchange, initial={"tutor": exchange.tutor_id or author.pk, "text": exchange.line}
        )
        self.now = now
        for name in ("channel", "subject"):
            self.fields[name].choices = self.fields[name].choices[1:]
        tutors = Q(cohorts_led=exchange.edition.cohort_id) | Q(pk__in=[author.pk, exchange.tutor_id or author.pk])
        self.fields["tutor"].queryset = (
            get_user_model().objects.filter(tutors).distinct().order_by("printed_name", "pk")
        )
        self.fields["tutor"].empty_label = None

    def clean(self):
        values = super().clean()
        asked, answered = values.get("asked_at"), values.get("answered_at")
        if asked and asked < first_moment(self.instance.edition):
            self.add_error("asked_at", forms.ValidationError(_("This day is long before the training."), code="early"))
        for name in ("asked_at", "answered_at"):
            if values.get(name) and values[name] > self.now:
                self.add_error(name, forms.ValidationError(_("This moment has not come yet."), code="future"))
        if asked and answered and answered < asked:
            self.add_error(
                "answered_at", forms.ValidationError(_("The answer comes after the question."), code="order")
            )
        twin = self.twins(values).exclude(pk=self.instance.pk).first()
        if twin and (self.instance.pk or not says(twin, values)):
            self.add_error("asked_at", forms.ValidationError(_("Another exchange began then."), code="twice"))
        return values

    def twins(self, values):
        """The one that began by this channel at this moment."""
        mine = {"edition": self.instance.edition_id, "learner": self.instance.learner_id}
        began = {"channel": values.get("channel"), "asked_at": values.get("asked_at")}
        return Exchange.objects.filter(**began, **mine).select_related("note")

    def _get_validation_exclusions(self):
        """What the constraints say is said above, in plain words."""
        return {*super()._get_validation_exclusions(), "asked_at", "answered_at"}

    @transaction.atomic
    def keep(self):
        """Sent twice, it is noted once."""
        if self.instance.pk:
            exchange, changed = super().save(), True
        else:
            given = {name: self.cleaned_data[name] for name in SAID}
            key = {name: getattr(self.instance, name) for name in ("edition", "learner", "channel", "asked_at")}
            exchange, changed = Exchange.objects.get_or_create(**key, defaults=given)
        if changed:
            ExchangeNote.objects.filter(exchange=exchange).delete()
            if self.cleaned_data["text"]:
                ExchangeNote.objects.create(exchange=exchange, text=self.cleaned_data["text"])
        return exchange


def first_moment(edition):
    return timezone.make_aware(datetime.datetime.combine(edition.starts_on - EARLY, datetime.time.min))


def says(exchange, values):
    """Whether an exchange is noted in the very words that a form holds."""
    return exchange.line == values.get("text") and all(getattr(exchange, name) == values.get(name) for name in SAID)
