"""The grid of an assessor, the learner's answer, and who is asked to assess."""

import datetime
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from certification import sentences
from certification.competence import Moment
from certification.models import Assessment, AssessmentAnswer, Assignment, Recognition
from certification.models.practice import MARKS, possible_assessors
from certification.practice_words import MOMENTS
from people.widgets import DayInput, Lines

OLD_PAGE = _("This page is out of date. Open the grid again.")
LONG_AGO = datetime.timedelta(days=730)


class GridForm(forms.Form):
    """One block as an assessor saw it at one moment. A criterion without a mark was not seen."""

    moment = forms.ChoiceField(
        label=_("When, in the path of the learner?"),
        choices=list(MOMENTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a moment.")},
    )
    observed_on = forms.DateField(label=_("Day of the observation"), widget=DayInput())
    remark = forms.CharField(
        label=_("What would help this person?"),
        required=False,
        max_length=1000,
        widget=Lines({"rows": 3}),
        help_text=_("The learner reads it. Write what you saw, never why: no health, no story, no status."),
    )
    uuid = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": OLD_PAGE})
    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": OLD_PAGE})

    def __init__(self, block, version, today, language, moment="", data=None):
        given = {"moment": moment, "observed_on": today, "uuid": uuid4(), "version": version.number}
        super().__init__(data, initial=given)
        self.block, self.framework_version, self.today, self.language = block, version, today, language
        for criterion in block.criteria:
            self.fields[f"mark-{criterion.code}"] = forms.TypedChoiceField(
                label=criterion.text[language],
                choices=[*MARKS[::-1], ("", _("not seen"))],
                coerce=int,
                required=False,
                empty_value=None,
                widget=forms.RadioSelect,
            )
            self.fields[f"comment-{criterion.code}"] = forms.CharField(
                label=_("Comment"), required=False, max_length=300, widget=Lines({"rows": 2})
            )

    def clean_observed_on(self):
        day = self.cleaned_data["observed_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."), code="future")
        if day < self.today - LONG_AGO:
            raise forms.ValidationError(_("This day is too long ago."), code="past")
        return day

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("version") not in (None, self.framework_version.number):
            self.add_error(None, forms.ValidationError(sentences.REFUSALS["criterion"], code="criterion"))
        if not self.marks and not self.errors:
            self.add_error(None, forms.ValidationError(sentences.REFUSALS["nothing_seen"], code="nothing_seen"))
        for code in set(self.comments) - set(self.marks):
            self.add_error(f"comment-{code}", forms.ValidationError(_("Mark this criterion too."), code="unmarked"))
        return cleaned

    def given(self, kind):
        values = ((row.code, self.cleaned_data.get(f"{kind}-{row.code}")) for row in self.block.criteria)
        return {code: value for code, value in values if value not in (None, "")}

    @property
    def marks(self):
        return self.given("mark")

    @property
    def comments(self):
        return self.given("comment")

    @property
    def rows(self):
        """Each competence with its criteria and their fields."""
        for competence in self.block.competences:
            yield (
                competence,
                [
                    (criterion, self[f"mark-{criterion.code}"], self[f"comment-{criterion.code}"])
                    for criterion in competence.criteria
                ],
            )

    @property
    def next_uuid(self):
        """Kept when the form is shown again, unless it was already used."""
        return uuid4() if self.is_bound and self.has_error("__all__", "conflict") else self["uuid"].value()

    def refuse(self, refused):
        self.add_error(None, forms.ValidationError(sentences.refusal(refused), code=refused.code))

    def save(self, assignment, now):
        values = self.cleaned_data
        return Assessment.objects.record(
            assignment=assignment,
            version=self.framework_version,
            block=self.block.code,
            moment=Moment(values["moment"]),
            marks=self.marks,
            comments=self.comments,
            remark=values["remark"],
            observed_on=values["observed_on"],
            uuid=values["uuid"],
            now=now,
        )


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        widget=Lines({"rows": 3}),
        help_text=_("You answer once. Your assessors and your trainers read it."),
        error_messages={"required": _("Write your answer.")},
    )

    def save(self, assessment, now):
        return AssessmentAnswer.objects.give(assessment, self.cleaned_data["text"], now)


class AskForm(forms.Form):
    """Whom a coordinator asks to assess one learner."""

    assessor = forms.ModelChoiceField(
        label=_("Who assesses?"),
        queryset=None,
        to_field_name="code",
        empty_label=_("Choose"),
        error_messages={"required": _("Choose somebody."), "invalid_choice": _("Choose somebody.")},
    )

    def __init__(self, edition, learner, data=None):
        super().__init__(data)
        self.edition, self.learner = edition, learner
        asked = Assignment.objects.open().filter(edition=edition, learner=learner).values("assessor")
        people = possible_assessors(edition).exclude(pk=learner.pk)
        self.fields["assessor"].queryset = people if data else people.exclude(pk__in=asked)
        self.fields["assessor"].label_from_instance = named

    def save(self, author, now):
        return Assignment.objects.ask(self.edition, self.learner, self.cleaned_data["assessor"], author, now)


def named(person):
    return f"{person} · {person.organisation}" if person.organisation_id else str(person)


class RecognitionForm(forms.Form):
    """A block that experience or another title gives."""

    block = forms.ChoiceField(label=_("Block"))
    kind = forms.ChoiceField(
        label=_("What stands for the block?"),
        choices=Recognition.KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    source_title = forms.CharField(
        label=_("Title, or work that was done"),
        max_length=200,
        help_text=_("For example the name and the number of the other title, or the decision of the jury (VAE)."),
        error_messages={"required": _("Write what it rests on.")},
    )
    source_block = forms.CharField(label=_("Block of the other title"), max_length=200, required=False)
    item = forms.ModelChoiceField(
        label=_("File of the portfolio"), queryset=None, to_field_name="code", required=False, empty_label=_("None")
    )
    code = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, framework, learner, language, data=None):
        super().__init__(data, initial={"code": uuid4()})
        self.fields["block"].choices = block_choices(framework, language)
        self.fields["item"].queryset = learner.portfolio.all()

    def save(self, edition, learner, author, now):
        return Recognition.objects.grant(edition, learner, author, now, **self.cleaned_data)


def block_choices(framework, language):
    return [(block.code, f"{block.code} · {block.title[language]}") for block in framework.blocks]
