"""The vocabulary that every page shares. Named lists of blocks are at the bottom."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock

RICH_TEXT = ["h2", "bold", "italic", "ul", "ol", "link"]
RICH_TEXT_SHORT = ["bold", "italic", "ul", "ol", "link"]


class Hat(models.TextChoices):
    """One hat at a time: the role in which a situation shows the ambassador."""

    NONE = "", _("none")
    INTERPRETER = "interpreter", _("Interpreter")
    MEDIATOR = "mediator", _("Mediator")
    PEER = "peer", _("Peer")


class Tone(models.TextChoices):
    INFO = "info", _("information")
    GOOD = "good", _("good to know")
    WARNING = "warning", _("take care")
    URGENT = "urgent", _("urgent")


class ContentLanguage(models.TextChoices):
    FRENCH = "fr", _("French")
    DUTCH = "nl", _("Dutch")
    MULTI = "multi", _("several languages")


class PlaceOfLaw(models.TextChoices):
    FRANCE = "fr", _("France")
    BELGIUM = "be", _("Belgium")
    EUROPE = "eu", _("European Union")
    ANY = "any", _("everywhere")


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(features=kwargs.pop("features", RICH_TEXT), **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, headings and lists")
        template = "blocks/text.html"
        preview_value = "<h2>Écouter d’abord</h2><p>Asseyez-vous. Laissez du temps.</p>"


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("image"))
    alt = blocks.CharBlock(label=_("description for a person who does not see it"), max_length=250)
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A picture with its description")
        template = "blocks/image.html"
        preview_template = "blocks/preview_media.html"


class AudioBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=150)
    audio = AudioChooserBlock(label=_("sound"))
    transcript = TextBlock(label=_("written text"), features=RICH_TEXT_SHORT)

    class Meta:
        icon = "media"
        label = _("Audio")
        description = _("A sound with its written text")
        template = "blocks/audio.html"
        preview_template = "blocks/preview_media.html"


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=150)
    video = VideoChooserBlock(label=_("video"))
    captions = DocumentChooserBlock(label=_("captions (WebVTT file)"))
    transcript = TextBlock(label=_("written text"), features=RICH_TEXT_SHORT)

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A video with captions and its written text")
        template = "blocks/video.html"
        preview_template = "blocks/preview_media.html"


class TermBlock(blocks.StructBlock):
    term = blocks.CharBlock(label=_("word"), max_length=100)
    meaning = blocks.TextBlock(label=_("meaning"), rows=2)

    class Meta:
        icon = "openquote"
        label = _("Key term")


class TermsBlock(blocks.StructBlock):
    terms = blocks.ListBlock(TermBlock(), min_num=1, max_num=6, label=_("words"))

    class Meta:
        icon = "openquote"
        label = _("Key terms")
        description = _("Important words with their meaning")
        template = "blocks/terms.html"
        preview_value = {"terms": [{"term": "le stress", "meaning": "La réaction du corps face à un danger."}]}


class CaseValue(blocks.StructValue):
    @property
    def hat_label(self):
        return Hat(self["hat"] or "").label


class CaseBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=150)
    hat = blocks.ChoiceBlock(Hat.choices[1:], required=False, label=_("hat"))
    text = TextBlock(features=RICH_TEXT_SHORT, label=_("text"))

    class Meta:
        icon = "user"
        label = _("Situation")
        description = _("A short situation, with the hat that the ambassador wears")
        template = "blocks/case.html"
        value_class = CaseValue
        preview_value = {"title": "Chez le médecin", "hat": "interpreter", "text": "<p>Amina accompagne un ami.</p>"}


class ExerciseBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=150)
    minutes = blocks.IntegerBlock(label=_("minutes"), required=False, min_value=1, max_value=60)
    text = TextBlock(features=RICH_TEXT_SHORT, label=_("text"))

    class Meta:
        icon = "edit"
        label = _("Exercise")
        description = _("Something to do, alone and without sharing it")
        template = "blocks/exercise.html"
        preview_value = {"title": "Observer", "minutes": 3, "text": "<p>Regardez autour de vous.</p>"}


class BreathingBlock(blocks.StructBlock):
    text = TextBlock(features=RICH_TEXT_SHORT, label=_("text"))

    class Meta:
        icon = "rotate"
        label = _("Breathing")
        description = _("In for 4 seconds, hold for 2, out for 8")
        template = "blocks/breathing.html"
        preview_value = {"text": "<p>Asseyez-vous. Posez les pieds au sol.</p>"}


class CalloutBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(Tone.choices, default=Tone.INFO, label=_("tone"))
    title = blocks.CharBlock(label=_("title"), max_length=150)
    text = TextBlock(features=RICH_TEXT_SHORT, label=_("text"))

    class Meta:
        icon = "warning"
        label = _("Callout")
        description = _("A note that stands out")
        template = "blocks/callout.html"
        preview_value = {"tone": "warning", "title": "Attention", "text": "<p>Ne promettez pas.</p>"}


class SensitiveBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("text"), rows=2)

    class Meta:
        icon = "view"
        label = _("Sensitive content")
        description = _("Warns before a hard subject; the page then has a quick exit")
        template = "blocks/sensitive.html"
        preview_value = {"text": "Cette leçon parle de souvenirs difficiles."}


class CountryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=150)
    france = TextBlock(features=RICH_TEXT_SHORT, label=_("in France"))
    belgium = TextBlock(features=RICH_TEXT_SHORT, label=_("in Belgium"))

    class Meta:
        icon = "globe"
        label = _("France and Belgium")
        description = _("What differs between the two countries")
        template = "blocks/country.html"
        preview_value = {"title": "Où aller ?", "france": "<p>La PASS.</p>", "belgium": "<p>Le CPAS.</p>"}


class ContactsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=150)
    contacts = blocks.ListBlock(SnippetChooserBlock("home.Contact"), min_num=1, label=_("contacts"))

    class Meta:
        icon = "mail"
        label = _("Contacts")
        description = _("Whom to call or write to")
        template = "blocks/contacts.html"
        preview_template = "blocks/preview_media.html"


class KeepBlock(blocks.StructBlock):
    text = TextBlock(features=RICH_TEXT_SHORT, label=_("text"))

    class Meta:
        icon = "tick"
        label = _("Keep in mind")
        description = _("One to three short sentences to remember")
        template = "blocks/keep.html"
        preview_value = {"text": "<p>Le stress protège. Le corps peut apprendre à se calmer.</p>"}


class ResourceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=200)
    url = blocks.URLBlock(label=_("address"), required=False)
    document = DocumentChooserBlock(label=_("file"), required=False)
    language = blocks.ChoiceBlock(ContentLanguage.choices, default=ContentLanguage.FRENCH, label=_("language"))
    checked_on = blocks.DateBlock(label=_("checked on"))

    class Meta:
        icon = "link"
        label = _("Resource")


class ResourcesBlock(blocks.StructBlock):
    resources = blocks.ListBlock(ResourceBlock(), min_num=1, label=_("resources"))

    class Meta:
        icon = "link"
        label = _("Resources")
        description = _("Links and files to go further")
        template = "blocks/resources.html"
        preview_template = "blocks/preview_media.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=80)
    text = blocks.TextBlock(label=_("text"), rows=2)

    class Meta:
        icon = "list-ol"
        label = _("Step")
        description = _("One step, told in one or two sentences")
        preview_value = {"title": "Venez aux rencontres", "text": "Une formatrice vous accompagne."}


class SourceValue(blocks.StructValue):
    @property
    def country_label(self):
        return PlaceOfLaw(self["country"]).label


class SourceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=250)
    url = blocks.URLBlock(label=_("address"), required=False)
    country = blocks.ChoiceBlock(PlaceOfLaw.choices, default=PlaceOfLaw.ANY, label=_("country"))

    class Meta:
        icon = "doc-full"
        label = _("Source")
        value_class = SourceValue


COMMON_BLOCKS = [
    ("text", TextBlock()),
    ("image", ImageBlock()),
    ("audio", AudioBlock()),
    ("video", VideoBlock()),
    ("callout", CalloutBlock()),
    ("country", CountryBlock()),
    ("contacts", ContactsBlock()),
    ("resources", ResourcesBlock()),
]
LESSON_BLOCKS = [
    *COMMON_BLOCKS,
    ("terms", TermsBlock()),
    ("case", CaseBlock()),
    ("exercise", ExerciseBlock()),
    ("breathing", BreathingBlock()),
    ("sensitive", SensitiveBlock()),
    ("keep", KeepBlock()),
]
SOURCES = [("source", SourceBlock())]
