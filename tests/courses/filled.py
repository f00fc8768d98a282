"""Pages with a text in every place that takes one, whatever their type: each text says where it stands."""

import datetime
import itertools
import uuid

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
from django.test import TestCase
from django.utils.text import slugify
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock

from courses.models import Question, Quiz
from courses.scoring import Kind
from guides.models import Activity, Chapter, Guide, Library
from home.models import Contact, HomePage, SiteDocument, SiteImage, SiteMedia, Topic

TODAY = datetime.date(2026, 11, 23)
PAGE_FIELDS = ["title", "slug", "seo_title", "search_description"]


class Words:
    """Texts, each different, and the files that blocks point to."""

    def __init__(self):
        self.numbers, self.said = itertools.count(1), {}

    def say(self, place):
        text = f"{place} {next(self.numbers)}"
        self.said[text] = place
        return text

    def value(self, block, place):
        """A value of a block, as StreamField stores it, with a text in each of its places."""
        if isinstance(block, blocks.StructBlock):
            return {name: self.value(child, f"{place}.{name}") for name, child in block.child_blocks.items()}
        if isinstance(block, blocks.ListBlock):
            return [item(self.value(block.child_block, f"{place}.item")) for _each in range(2)]
        if isinstance(block, blocks.RichTextBlock):
            return f"<p>{self.say(place)}</p><ul><li>{self.say(place)}</li></ul>"
        if isinstance(block, blocks.URLBlock):
            return "https://example.org/"
        if isinstance(block, blocks.CharBlock | blocks.TextBlock):
            return self.say(place)
        return plain_value(block)

    def stream(self, block, place):
        return [
            {"type": name, "id": str(uuid.uuid4()), "value": self.value(child, f"{place}.{name}")}
            for name, child in block.child_blocks.items()
        ]

    def field(self, field):
        if isinstance(field, StreamField):
            return self.stream(field.stream_block, field.name)
        if isinstance(field, RichTextField):
            return f"<p>{self.say(field.name)}</p>"
        return self.say(field.name)


def item(value):
    return {"type": "item", "id": str(uuid.uuid4()), "value": value}


def plain_value(block):
    """What is not text: numbers, dates, choices, files."""
    if isinstance(block, blocks.ChoiceBlock):
        return next(value for value, _label in block.field.choices if value)
    makers = {
        blocks.BooleanBlock: lambda: True,
        blocks.IntegerBlock: lambda: 3,
        blocks.DateBlock: TODAY.isoformat,
        blocks.RegexBlock: lambda: "12:30",
        ImageChooserBlock: lambda: image().pk,
        DocumentChooserBlock: lambda: document().pk,
        AudioChooserBlock: lambda: media("audio").pk,
        VideoChooserBlock: lambda: media("video").pk,
        SnippetChooserBlock: lambda: contact().pk,
    }
    return next(make() for kind, make in makers.items() if isinstance(block, kind))


def image():
    return SiteImage.objects.get_or_create(title="Image", defaults={"file": get_test_image_file(size=(40, 30))})[0]


def document():
    return SiteDocument.objects.get_or_create(title="File", defaults={"file": ContentFile(b"WEBVTT", "file.vtt")})[0]


def media(kind):
    file = ContentFile(b"\0" * 2000, f"{kind}.mp3")
    return SiteMedia.objects.get_or_create(title=kind, defaults={"type": kind, "file": file, "duration": 2})[0]


def contact():
    names = {"country": "fr", "number": "0800123456", "name_fr": "Écoute", "name_nl": "Luisterlijn"}
    return Contact.objects.get_or_create(key="ecoute", defaults={**names, "verified_on": TODAY})[0]


def topic():
    return Topic.objects.get_or_create(slug="sante", defaults={"name": "Santé", "label_nl": "Gezondheid"})[0]


def is_text(field):
    if field.choices or field.name == "slug" or field.remote_field:
        return False
    return isinstance(field, models.CharField | models.TextField | StreamField) and not isinstance(
        field, models.URLField
    )


def own_fields(model):
    return [field for field in model._meta.local_fields if is_text(field)]


def filled(model, parent):
    """A published page of this type below `parent`, and its words."""
    words = Words()
    values = {field.name: words.field(field) for field in own_fields(model)}
    title = words.say("title")
    for name in ("seo_title", "search_description"):
        values[name] = words.say(name)
    page = model(title=title, slug=slugify(title), **values, **other_values(model))
    if model is Quiz:
        page.questions = [question(words, order, kind) for order, kind in enumerate(Kind)]
    if model is Guide:
        page.chapters = [Chapter(activity=filled(Activity, parent)[0])]
    parent.add_child(instance=page)
    if hasattr(page, "tags"):
        page.tags.add(topic())
        page.save()
    return page, words


def other_values(model):
    """Numbers and links that the type cannot do without."""
    wanted = {"minutes": 10, "number": 1, "duration": 30, "verified_on": TODAY}
    names = {field.name for field in model._meta.local_fields}
    values = {name: value for name, value in wanted.items() if name in names}
    return {**values, "theme": topic()} if model is Activity else values


def question(words, order, kind):
    block = Question._meta.get_field("choices").stream_block
    choices = [*words.stream(block, "question.choices"), *words.stream(block, "question.choices")]
    choices[1]["value"]["correct"] = kind in (Kind.MULTIPLE, Kind.ORDERING, Kind.MATCHING)
    text, french = words.say("question.text"), Locale.get_default()
    return Question(sort_order=order, kind=kind, text=text, choices=choices, locale=french)


def library():
    return HomePage.objects.get(slug="accueil").add_child(instance=Library(title="Guides", slug="guides"))


def translated(page):
    """The page in Dutch, made by wagtail-localize: each text begins with “nl”. A second call translates again."""
    source, _made = TranslationSource.update_or_create_from_instance(page)
    dutch = Locale.objects.get(language_code="nl")
    job, _made = Translation.objects.get_or_create(source=source, target_locale=dutch)
    for segment in source.stringsegment_set.select_related("string", "context"):
        text = segment.string.data
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=dutch,
            context=segment.context,
            defaults={
                "data": f"nl-{text}" if segment.context.path == "slug" else f"nl {text}",
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            },
        )
    with TestCase.captureOnCommitCallbacks(execute=True):  # wagtail-localize publishes after the commit
        job.save_target(publish=True)
    return page.get_translations().get(locale=dutch)


def segments(page):
    source, _made = TranslationSource.update_or_create_from_instance(page)
    return {segment.string.data for segment in source.stringsegment_set.select_related("string")}


def page_types(*names):
    found = [model for name in names for model in apps.get_app_config(name).get_models()]
    return [model for model in found if issubclass(model, Page)]
