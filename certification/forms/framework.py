"""Writing the competence framework: one block at a time, and what the course covers of each competence."""

from dataclasses import asdict, replace

from django import forms
from django.utils.translation import gettext_lazy as _

from certification import chain
from certification.competence import LANGUAGES, Block, Competence, Criterion, next_code
from certification.models import CoverageLink
from certification.refusals import Conflict
from people.widgets import Lines

NEW = "new"
NAMES = {"fr": _("French"), "nl": _("Dutch")}


def fingerprint(block):
    return chain.hashed(chain.canonical(asdict(block)))


class BlockForm(forms.Form):
    """A block with its competences and their criteria, each in French and in Dutch.

    A pair that is emptied is taken away; a row more is always there to write in. Codes are given, never typed. What a
    colleague added since the page was opened was not sent: it stays.
    """

    def __init__(self, block=None, data=None):
        super().__init__(data)
        self.block = block or Block("", {}, {}, {})
        self.add("title", _("Title of the block"), self.block.title, 200, required=True)
        self.add("activity", _("The work in which it shows"), self.block.activity, 500, required=True)
        self.add("assessment", _("How it is assessed"), self.block.assessment, 500, required=True)
        for competence in self.competences:
            self.add(competence.code, _("Competence"), competence.title, 300)
            for criterion in self.criteria_of(competence):
                self.add(criterion.code, _("Criterion"), criterion.text, 300)
                self.fields[f"{criterion.code}-critical"] = forms.BooleanField(
                    label=_("Critical: without it the block is not validated"),
                    required=False,
                    initial=criterion.critical,
                )
        if self.is_bound:
            unsent = [name for name in self.fields if f"{name.rpartition('-')[0]}-fr" not in data]
            self.data = {**dict(data.items()), **{name: self.fields[name].initial for name in unsent}}
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=fingerprint(self.block))

    def again(self):
        """What was typed, over the block as it is now."""
        return BlockForm(self.block, {**self.data, "seen": fingerprint(self.block)})

    def add(self, name, label, text, limit, required=False):
        for language in LANGUAGES:
            self.fields[f"{name}-{language}"] = forms.CharField(
                label=f"{label} · {NAMES[language]}",
                max_length=limit,
                required=required,
                initial=text.get(language, ""),
                widget=Lines({"rows": 3, "lang": language}),
                error_messages={"required": _("Write it in both languages.")},
            )

    @property
    def competences(self):
        return [*self.block.competences, Competence(NEW, {})]

    def criteria_of(self, competence):
        return [*competence.criteria, Criterion(f"{competence.code}.{NEW}", {})]

    def clean(self):
        cleaned = super().clean()
        for name in [name.removesuffix("-fr") for name in self.fields if name.endswith("-fr")]:
            texts = [cleaned.get(f"{name}-{language}") for language in LANGUAGES]
            for language, text in zip(LANGUAGES, texts, strict=True):
                if any(texts) and not text and not self.has_error(f"{name}-{language}"):
                    sentence = forms.ValidationError(_("Write it in both languages."), code="pair")
                    self.add_error(f"{name}-{language}", sentence)
        for competence in self.competences:
            written = [row for row in self.criteria_of(competence) if self.text(row.code)]
            if written and not self.text(competence.code) and not self.has_error(f"{competence.code}-fr"):
                sentence = forms.ValidationError(_("Write the competence of these criteria."), code="orphan")
                self.add_error(f"{competence.code}-fr", sentence)
        return cleaned

    def text(self, name):
        """The pair that was written, or None."""
        pair = {language: self.cleaned_data.get(f"{name}-{language}", "") for language in LANGUAGES}
        return pair if any(pair.values()) else None

    def written(self, framework, used):
        """The framework with this block as it was written. `used`: the codes that may not be given again.

        A Conflict when somebody else changed the block since it was shown.
        """
        if self.cleaned_data["seen"] != fingerprint(framework.block(self.block.code) or Block("", {}, {}, {})):
            raise Conflict("block_changed")
        used = set(used) | framework.codes
        code = self.block.code or next_code("", used)
        competences = []
        for competence in self.competences:
            title = self.text(competence.code)
            if title:
                own = next_code(code, used) if competence.code == NEW else competence.code
                used.add(own)
                competences.append(Competence(own, title, self.criteria_written(competence, own, used)))
        texts = {name: self.text(name) for name in ("title", "activity", "assessment")}
        return framework.with_block(replace(self.block, code=code, competences=tuple(competences), **texts))

    def criteria_written(self, competence, code, used):
        found = []
        for criterion in self.criteria_of(competence):
            text = self.text(criterion.code)
            if text:
                own = next_code(code, used) if criterion.code.endswith(NEW) else criterion.code
                used.add(own)
                found.append(Criterion(own, text, self.cleaned_data[f"{criterion.code}-critical"]))
        return tuple(found)

    @property
    def pairs(self):
        """The fields of the block itself, two by two."""
        return [self.pair(name) for name in ("title", "activity", "assessment")]

    @property
    def rows(self):
        """(competence, its two fields, [(criterion, its two fields, whether it is critical)])."""
        for competence in self.competences:
            criteria = [
                (criterion, self.pair(criterion.code), self[f"{criterion.code}-critical"])
                for criterion in self.criteria_of(competence)
            ]
            yield competence, self.pair(competence.code), criteria

    def pair(self, name):
        return [self[f"{name}-{language}"] for language in LANGUAGES]


class CoverForm(forms.Form):
    """The lessons that teach one competence and the quiz questions that test it. `modules`: what may be chosen."""

    def __init__(self, modules, chosen, data=None):
        super().__init__(data)
        self.modules = modules
        for number, module in enumerate(modules):
            for kind, label in (
                (CoverageLink.Kind.LESSON, _("Lessons")),
                (CoverageLink.Kind.QUESTION, _("Quiz questions")),
            ):
                choices = [(str(thing.key), thing.title) for thing in module.things if thing.kind == kind]
                self.fields[f"{kind}-{number}"] = forms.MultipleChoiceField(
                    label=label,
                    choices=choices,
                    required=False,
                    initial=[key for key, _title in choices if key in chosen],
                    widget=forms.CheckboxSelectMultiple,
                )

    @property
    def rows(self):
        kinds = CoverageLink.Kind.values
        return [(module, [self[f"{kind}-{number}"] for kind in kinds]) for number, module in enumerate(self.modules)]

    def save(self, competence):
        keys = {
            kind: {key for number in range(len(self.modules)) for key in self.cleaned_data[f"{kind}-{number}"]}
            for kind in CoverageLink.Kind.values
        }
        CoverageLink.objects.choose(competence, keys)
