from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ChoiceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("answer"), max_length=250)
    match = blocks.CharBlock(label=_("goes with"), max_length=250, required=False, help_text=_("Matching only."))
    correct = blocks.BooleanBlock(label=_("right answer"), required=False)
    feedback = blocks.TextBlock(label=_("feedback"), rows=2, help_text=_("Kind and useful, one or two sentences."))

    class Meta:
        icon = "radio-full"
        label = _("Answer")
        description = _("An answer with what the learner reads after choosing it")
        preview_value = {"text": "Je l’écoute.", "correct": True, "feedback": "Oui : écouter aide déjà."}


CHOICES = [("choice", ChoiceBlock())]
LINES = [("line", blocks.CharBlock(max_length=200, label=_("Line"), icon="tick"))]
