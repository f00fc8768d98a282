from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from home.models import Topic
from people.widgets import Lines

from .models import Event, Registration, RegistrationDetail, Session


class TopicField(forms.ModelChoiceField):
    def label_from_instance(self, topic):
        return topic.label


class EventFilter(forms.Form):
    """What a visitor looks for. A value that nobody offers filters nothing."""

    kind = forms.MultipleChoiceField(
        label=_("Kind"), choices=Event.Kind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    topic = TopicField(
        label=_("Topic"),
        queryset=Topic.objects.filter(event_topics__isnull=False).distinct(),
        to_field_name="slug",
        required=False,
        empty_label=_("All topics"),
    )

    @cached_property
    def wanted(self):
        self.full_clean()
        return self.cleaned_data

    def events(self, pages):
        if kinds := self.wanted.get("kind"):
            pages = pages.filter(kind__in=kinds)
        if topic := self.wanted.get("topic"):
            pages = pages.filter(tags=topic)
        return pages


class StatusForm(forms.ModelForm):
    """Where a session stands. People are told when it is cancelled, or takes place after all."""

    class Meta:
        model = Session
        fields = ["status", "reason"]
        labels = {"status": _("Where does it stand?"), "reason": _("Why is it cancelled?")}
        help_texts = {"reason": _("Only when it is cancelled: shown on the page.")}
        widgets = {"status": forms.RadioSelect}

    def __init__(self, session, event, data=None):
        super().__init__(data, instance=session)
        self.event = event
        self.fields["status"].choices = list(SAID.items())
        self.fields["reason"].choices = [("", "—"), *Session.Reason.choices]

    def clean_status(self):
        status = self.cleaned_data["status"]
        if status == Session.Status.PUBLISHED and not (self.event and self.event.replay):
            raise forms.ValidationError(_("The replay is empty. Fill it in on the page of the event."), code="replay")
        return status

    def save(self, now):
        Registration.objects.tell_changes(Session.objects.get(pk=self.instance.pk), now)
        if self.instance.status != Session.Status.CANCELLED:
            self.instance.reason = ""
        self.instance.save(update_fields=["status", "reason"])
        Registration.objects.tell_changes(Session.objects.get(pk=self.instance.pk), now)


SAID = {
    Session.Status.DRAFT: _("Draft: nobody can register yet"),
    Session.Status.OPEN: _("Open: people register; when it is full, they wait in line"),
    Session.Status.CLOSED: _("Closed: nobody registers any more"),
    Session.Status.HELD: _("Held: it took place"),
    Session.Status.PUBLISHED: _("Published: people find the replay on the page"),
    Session.Status.CANCELLED: _("Cancelled: everybody who is registered is told why"),
}


class PrepareForm(forms.ModelForm):
    """What the trainers should know before the session."""

    class Meta:
        model = RegistrationDetail
        fields = ["needs", "question"]
        labels = {"needs": _("What do you need to take part?"), "question": _("A question for the trainers")}
        help_texts = {
            "needs": _("For example: a place for a wheelchair, large letters, a break to pray. No medical details."),
            "question": _("They answer it during the session."),
        }
        widgets = {"needs": Lines({"rows": 3}), "question": Lines({"rows": 3})}


class GuestForm(PrepareForm):
    """Somebody without an account: a name and one way to reach them."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=20, widget=forms.TextInput({"type": "tel", "autocomplete": "tel"})
    )

    class Meta(PrepareForm.Meta):
        fields = ["name", "email", "phone", "needs", "question"]

    def clean_phone(self):
        """With its digits and a + in front, so that the same number is the same."""
        typed = self.cleaned_data["phone"].strip()
        digits = "".join(filter(str.isdigit, typed))
        if typed and not (6 <= len(digits) <= 15 and set(typed) <= set("+0123456789 ./()-")):
            raise forms.ValidationError(_("Write a phone number, with digits only."), code="phone")
        return ("+" if typed.startswith("+") else "") + digits if typed else ""

    def clean(self):
        values = super().clean()
        if not {"email", "phone"} & set(self.errors) and not (values.get("email") or values.get("phone")):
            self.add_error("email", forms.ValidationError(_("Give an e-mail address or a phone number."), code="reach"))
        return values
