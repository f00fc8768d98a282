from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class MaterialKind(models.TextChoices):
    SLIDES = "slides", _("Slides")
    TRANSCRIPT = "transcript", _("Transcript")
    SUMMARY = "summary", _("Summary")
    REPLAY = "replay", _("Replay")
    OTHER = "other", _("Document")


ICONS = {MaterialKind.REPLAY: "video", MaterialKind.SLIDES: "book-open"}


class SpeakerBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("name"), max_length=120)
    role = blocks.CharBlock(label=_("role"), max_length=120, required=False)
    organisation = blocks.CharBlock(label=_("organisation"), max_length=120, required=False)

    class Meta:
        icon = "user"
        label = _("Speaker")
        description = _("A person who speaks, with role and organisation")
        preview_value = {"name": "Nadia Benali", "role": "Psychologue", "organisation": "La Vie Active"}


class MaterialValue(blocks.StructValue):
    @property
    def kind_label(self):
        return MaterialKind(self["kind"]).label

    @property
    def icon(self):
        return ICONS.get(self["kind"], "file-text")


class MaterialBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(MaterialKind.choices, default=MaterialKind.OTHER, label=_("kind"))
    title = blocks.CharBlock(label=_("title"), max_length=150)
    document = DocumentChooserBlock(label=_("file"), required=False)
    url = blocks.URLBlock(label=_("address"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Material")
        description = _("Slides, transcript, summary or replay")
        value_class = MaterialValue
        preview_value = {"kind": "summary", "title": "Résumé en une page"}


SPEAKERS = [("speaker", SpeakerBlock())]
MATERIALS = [("material", MaterialBlock())]
