"""A jury: when it meets and for whom, who sits, what a member declares, decides and signs."""

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.contrib.auth import get_user_model
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from certification import convoking, deliberating, jury_words, sentences
from certification.jury import Decision, Seat
from certification.models.jury import possible_members
from people.widgets import MomentInput

from .check_in import SignatureForm
from .practice import block_choices, named
from .printed import printable, worded

LATEST = timedelta(days=5 * 365)


class JuryForm(forms.Form):
    """When and where a jury meets, and whom it hears. `said`: what is missing for each learner besides the jury."""

    at = forms.DateTimeField(
        label=gettext_lazy("Day and hour"),
        widget=MomentInput(),
        error_messages={"required": gettext_lazy("Choose a day and an hour.")},
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=200,
        validators=[printable],
        help_text=gettext_lazy("The room and the town, or the address of the meeting."),
        error_messages={"required": gettext_lazy("Write the place.")},
    )
    learners = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Candidates"),
        queryset=None,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose one person at least.")},
    )
    code = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, edition, said, data=None, jury=None):
        given = {"code": jury.code if jury else uuid4(), "learners": [one for one, lacks in said.items() if not lacks]}
        if jury:
            given |= {"at": jury.at, "place": jury.place, "learners": [one.pk for one in jury.learners]}
        given["learners"] = get_user_model().objects.filter(pk__in=given["learners"])
        super().__init__(data, initial=given)
        self.edition, self.jury = edition, jury
        people = get_user_model().objects.filter(enrolments__edition=edition).order_by("printed_name", "pk")
        self.fields["learners"].queryset = people
        self.fields["learners"].label_from_instance = lambda person: choice(person, said.get(person.pk, []))

    def clean_at(self):
        """A jury meets once the training has begun, and at the latest five years after its end."""
        at, first, last = self.cleaned_data["at"], self.edition.starts_on, self.edition.ends_on + LATEST
        if not first <= at.date() <= last:
            days = {"first": date_format(first), "last": date_format(last)}
            raise forms.ValidationError(_("Choose a day from %(first)s to %(last)s.") % days, code="day")
        return at

    def clean_place(self):
        if place := worded(self.cleaned_data["place"]):
            return place
        raise forms.ValidationError(self.fields["place"].error_messages["required"], code="required")

    def save(self, author, now):
        values = self.cleaned_data
        learners = values.pop("learners")
        if self.jury:
            deliberating.move(self.jury, learners, author, now, values["at"], values["place"])
            return self.jury
        return deliberating.open_jury(self.edition, learners, author, now, **values)

    def refuse(self, refused):
        self.add_error(None, forms.ValidationError(sentences.refusal(refused), code=refused.code))


def choice(person, lacks):
    return f"{person} · {' '.join(lacks) or _('everything else is there')}"


class CancelJuryForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Only the coordination reads it. Write nothing about a person."),
        error_messages={"required": gettext_lazy("Write why it is cancelled.")},
    )

    def __init__(self, jury, data=None):
        super().__init__(data)
        self.jury = jury

    def clean_reason(self):
        if reason := worded(self.cleaned_data["reason"]):
            return reason
        raise forms.ValidationError(self.fields["reason"].error_messages["required"], code="required")

    def save(self, author, now):
        convoking.call_off(self.jury, self.cleaned_data["reason"], author, now)

    def refuse(self, refused):
        self.add_error(None, forms.ValidationError(sentences.refusal(refused), code=refused.code))


class MemberForm(forms.Form):
    """Who sits, and as what."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Who sits?"),
        queryset=None,
        to_field_name="code",
        empty_label=gettext_lazy("Choose"),
        error_messages={
            "required": gettext_lazy("Choose somebody."),
            "invalid_choice": gettext_lazy("Choose somebody."),
        },
    )
    seat = forms.ChoiceField(
        label=pgettext_lazy("jury", "As"),
        choices=[(str(seat), capfirst(jury_words.SEATS[seat])) for seat in Seat],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )

    def __init__(self, jury, data=None):
        super().__init__(data)
        self.jury = jury
        people = possible_members(jury.edition)
        sitting = jury.members.standing().values("person")
        self.fields["person"].queryset = people if data else people.exclude(pk__in=sitting)
        self.fields["person"].label_from_instance = named
        self.fields["seat"].choices = [(str(seat), capfirst(str(jury_words.SEATS[seat]))) for seat in Seat]

    def save(self, author, now):
        values = self.cleaned_data
        return deliberating.name_member(self.jury, values["person"], Seat(values["seat"]), author, now)

    def refuse(self, refused):
        self.add_error("seat", forms.ValidationError(sentences.refusal(refused), code=refused.code))


class ConflictForm(forms.Form):
    """With whom of the candidates a member has a tie. What was declared before stays, and is not asked again."""

    candidates = forms.ModelMultipleChoiceField(
        label=gettext_lazy("With whom do you have a conflict of interest?"),
        queryset=None,
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "A relative, a friend, somebody with whom you work or worked, or any tie that could make one doubt. "
            "You do not say why. You do not read their file and do not judge them."
        ),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("I have read the whole list. I declare that I have no such tie with the others."),
        error_messages={"required": gettext_lazy("Read the list, then tick this box.")},
    )

    def __init__(self, member, learners, data=None):
        super().__init__(data)
        self.member = member
        open_still = [one.pk for one in learners if str(one.code) not in (member.conflicts or ())]
        people = get_user_model().objects.filter(pk__in=open_still).order_by("printed_name", "pk")
        self.fields["candidates"].queryset = people

    def save(self, now):
        deliberating.declare(self.member, self.cleaned_data["candidates"], now)


class DecisionForm(forms.Form):
    """What the jury decided of one candidate."""

    decision = forms.ChoiceField(
        label=gettext_lazy("What did the jury decide?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    blocks = forms.MultipleChoiceField(
        label=gettext_lazy("Blocks that are validated, when it is a part"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        required=False,
        validators=[printable],
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy(
            "Needed unless the person is admitted. The person reads it: write facts, and what would help."
        ),
    )

    def __init__(self, jury, learner, framework, language, data=None, last=None):
        given = {"decision": last.decision, "blocks": last.blocks, "reason": last.reason} if last else {}
        super().__init__(data, initial=given)
        self.jury, self.learner = jury, learner
        offered = [one for one in Decision if jury.scheme.has_blocks or one != Decision.PARTIAL]
        self.fields["decision"].choices = [(str(one), capfirst(str(jury_words.DECISIONS[one]))) for one in offered]
        if jury.scheme.has_blocks:
            self.fields["blocks"].choices = block_choices(framework, language)
        else:
            del self.fields["blocks"]

    def clean_reason(self):
        return worded(self.cleaned_data["reason"])

    def save(self, member, now):
        values = self.cleaned_data
        return deliberating.decide(
            member, self.learner, values["decision"], now, values["reason"], values.get("blocks", [])
        )

    def object(self, found, names):
        """Shows what keeps the jury from deciding."""
        where = {"no_reason": "reason", "some_blocks": "blocks", "blocks_elsewhere": "blocks"}
        for fault in found:
            self.add_error(where.get(fault.code), forms.ValidationError(jury_words.fault(fault, names), fault.code))


class MinutesForm(SignatureForm):
    """A signature under the minutes that the member read: `digest` is theirs."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, minutes, data=None):
        super().__init__(data, otherwise=True)
        self.fields["digest"].initial = self.initial["digest"] = minutes.digest

    def save(self, member, now):
        return deliberating.sign(member, self.cleaned_data["digest"], self.cleaned_data["signature"], now)
