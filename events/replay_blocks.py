"""What stays of an event: each part is a block of its own; the page shows them in its own order."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock

from home.blocks import RICH_TEXT_SHORT, ResourcesBlock, TextBlock

PREVIEW = "blocks/preview_media.html"
MOMENT = r"^(\d{1,2}:)?[0-5]?\d:[0-5]\d$"


class RecordingBlock(blocks.StructBlock):
    video = VideoChooserBlock(label=_("video"), required=False)
    captions = DocumentChooserBlock(label=_("captions (WebVTT file)"), required=False)
    url = blocks.URLBlock(
        label=_("or its address on another site"), required=False, help_text=_("It opens there: nothing is shown here.")
    )

    class Meta:
        icon = "media"
        label = _("Recording")
        description = _("The video with its captions, or a link to it")
        preview_template = PREVIEW


class SoundBlock(blocks.StructBlock):
    audio = AudioChooserBlock(label=_("sound"))

    class Meta:
        icon = "media"
        label = _("Sound alone")
        description = _("For the light version, with the slides")
        preview_template = PREVIEW


class ChapterValue(blocks.StructValue):
    @property
    def seconds(self):
        parts = [int(part) for part in self["time"].split(":")]
        return sum(part * 60**power for power, part in enumerate(reversed(parts)))


class ChapterBlock(blocks.StructBlock):
    time = blocks.RegexBlock(
        MOMENT,
        label=_("time"),
        help_text=_("For example 12:30, or 1:05:00."),
        error_messages={"invalid": _("Write minutes and seconds: 12:30.")},
    )
    title = blocks.CharBlock(label=_("title"), max_length=150)

    class Meta:
        icon = "time"
        label = _("Chapter")
        value_class = ChapterValue


class ChaptersBlock(blocks.StructBlock):
    chapters = blocks.ListBlock(ChapterBlock(), min_num=1, max_num=30, label=_("chapters"))

    class Meta:
        icon = "list-ol"
        label = _("Chapters")
        description = _("What is said when: a tap leads there in the recording")
        preview_value = {"chapters": [{"time": "0:00", "title": "Accueil"}]}


class SlidesBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("file (PDF)"))

    class Meta:
        icon = "doc-full"
        label = _("Slides")
        description = _("All the slides in one file")
        preview_template = PREVIEW


class SlideBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=150)
    text = TextBlock(label=_("what it says"), features=RICH_TEXT_SHORT)
    image = ImageChooserBlock(label=_("image"), required=False)

    class Meta:
        icon = "image"
        label = _("A slide")
        description = _("What one slide says, with its image or without")
        preview_value = {"title": "À retenir", "text": "<p>Demander, écouter, passer le relais.</p>"}


class SketchnoteBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("image"))
    text = TextBlock(label=_("what it says"), features=RICH_TEXT_SHORT)

    class Meta:
        icon = "image"
        label = _("Sketchnote")
        description = _("A drawing of what was said, with its text")
        preview_template = PREVIEW


class WrittenBlock(blocks.StructBlock):
    text = TextBlock(label=_("text"), features=["h3", *RICH_TEXT_SHORT])
    document = DocumentChooserBlock(label=_("the same as a file (PDF)"), required=False)


class TranscriptBlock(WrittenBlock):
    class Meta:
        icon = "openquote"
        label = _("Transcript")
        description = _("Everything that was said, written")
        preview_value = {"text": "<p>Bienvenue à toutes et à tous.</p>"}


class SummaryBlock(WrittenBlock):
    class Meta:
        icon = "doc-full"
        label = _("Summary")
        description = _("The event on one page")
        preview_value = {"text": "<p>Trois idées à retenir.</p>"}


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("question"), max_length=300)
    answer = blocks.TextBlock(label=_("answer"), rows=3)

    class Meta:
        icon = "help"
        label = _("Question")


class QuestionsBlock(blocks.StructBlock):
    questions = blocks.ListBlock(QuestionBlock(), min_num=1, max_num=40, label=_("questions"))

    class Meta:
        icon = "help"
        label = _("Questions answered")
        description = _("What people asked, and the answers")
        preview_value = {"questions": [{"question": "Qui traduit ?", "answer": "La personne choisit."}]}


REPLAY = [
    ("recording", RecordingBlock()),
    ("sound", SoundBlock()),
    ("chapters", ChaptersBlock()),
    ("slides", SlidesBlock()),
    ("slide", SlideBlock()),
    ("transcript", TranscriptBlock()),
    ("sketchnote", SketchnoteBlock()),
    ("summary", SummaryBlock()),
    ("questions", QuestionsBlock()),
    ("resources", ResourcesBlock()),
]
ONCE = {name: {"max_num": 1} for name, _block in REPLAY if name != "slide"}
