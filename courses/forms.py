from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from .scoring import Kind, is_possible, shuffled

CHOOSE_ONE = _("Choose an answer.")
CHOOSE_SOME = _("Choose at least one answer.")
PLACE_EACH = _("Give each line its own place.")
MATCH_EACH = _("Choose an answer for each line.")
FOREIGN = _("This answer is not one of the choices. Choose again.")

REFUSALS = {
    Kind.SINGLE: CHOOSE_ONE,
    Kind.BOOLEAN: CHOOSE_ONE,
    Kind.MULTIPLE: CHOOSE_SOME,
    Kind.ORDERING: PLACE_EACH,
    Kind.MATCHING: MATCH_EACH,
}


@dataclass(frozen=True)
class Option:
    """A choice as it is shown; `mark` is True or False once it was chosen and judged."""

    id: str
    value: str
    label: str
    type: str
    checked: bool
    mark: bool | None


class QuestionForm(forms.Form):
    """One question of a quiz. `cleaned_data["answer"]` is an answer as `courses.scoring` writes it."""

    def __init__(self, question, seed, data=None, given=None):
        super().__init__(data)
        self.question = question
        if question.kind in (Kind.ORDERING, Kind.MATCHING):
            self.add_selects(seed, dict(pairs_of(question, given)))
        else:
            self.add_choices(given)

    def add_choices(self, given):
        many = self.question.kind == Kind.MULTIPLE
        field = forms.MultipleChoiceField if many else forms.ChoiceField
        refusal = REFUSALS[self.question.kind]
        self.fields["answer"] = field(
            choices=[(choice.id, choice.text) for choice in self.question.choices],
            error_messages={"required": refusal, "invalid_choice": FOREIGN, "invalid_list": FOREIGN},
            initial=(given if many else given[0]) if given else None,
        )

    def add_selects(self, seed, given):
        """A select for each line: its place in the order, or what it goes with."""
        ordering = self.question.kind == Kind.ORDERING
        choices = {choice.id: choice for choice in self.question.choices}
        mixed = shuffled(self.question.ids, seed)
        options = (
            [(str(place), str(place)) for place in range(1, len(mixed) + 1)]
            if ordering
            else [(id, choices[id].match) for id in mixed]
        )
        for id in mixed if ordering else self.question.ids:
            self.fields[f"line-{id}"] = forms.ChoiceField(
                label=choices[id].text,
                choices=[("", _("Choose")), *options],
                error_messages={"required": REFUSALS[self.question.kind], "invalid_choice": FOREIGN},
                initial=given.get(id),
            )

    def options(self, marks):
        """The choices to show, or an empty list for a question answered with selects."""
        if "answer" not in self.fields:
            return []
        field, many = self["answer"], self.question.kind == Kind.MULTIPLE
        given = field.value() or ()
        chosen = set(given) if many else {given or None}
        return [
            Option(
                id=f"answer-{choice.id}",
                value=choice.id,
                label=choice.text,
                type="checkbox" if many else "radio",
                checked=choice.id in chosen,
                mark=marks.get(choice.id),
            )
            for choice in self.question.choices
        ]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        cleaned["answer"] = self.answer(cleaned)
        if not is_possible(self.question, cleaned["answer"]):
            raise forms.ValidationError(REFUSALS[self.question.kind], code="impossible")
        return cleaned

    def answer(self, cleaned):
        if self.question.kind == Kind.MULTIPLE:
            return cleaned["answer"]
        if self.question.kind == Kind.ORDERING:
            return self.ordered({id: int(cleaned[f"line-{id}"]) for id in self.question.ids})
        if self.question.kind == Kind.MATCHING:
            return [f"{id}:{cleaned[f'line-{id}']}" for id in self.question.ids]
        return [cleaned["answer"]]

    def ordered(self, places):
        if len(set(places.values())) < len(places):
            return []
        return sorted(places, key=places.get)


def pairs_of(question, given):
    """What each select showed when this answer was given: (choice id, value)."""
    if question.kind == Kind.ORDERING:
        return [(id, str(place)) for place, id in enumerate(given or [], start=1)]
    return [tuple(pair.split(":", 1)) for pair in given or []]
