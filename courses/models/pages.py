import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index

from courses import scoring
from courses.blocks import CHOICES, LINES
from home.blocks import LESSON_BLOCKS, SOURCES, Hat
from home.models import Topic

from .items import Item, KeyedPage

MODULE_NUMBERS = [(number, str(number)) for number in range(1, 6)]


class Catalogue(Page):
    """Lists the courses; with one course, it leads there."""

    intro = models.CharField(_("introduction"), max_length=300, blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.Course"]
    max_count_per_parent = 1
    template = "courses/catalogue.html"
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("catalogue")

    @property
    def courses(self):
        return Course.objects.child_of(self).live()


class Course(KeyedPage):
    kind = Item.Kind.COURSE
    summary = models.CharField(_("summary"), max_length=300)

    parent_page_types = ["courses.Catalogue"]
    subpage_types = ["courses.Module", "courses.Quiz"]
    template = "courses/course.html"
    content_panels = [*Page.content_panels, FieldPanel("summary")]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        verbose_name = _("course")


class Module(KeyedPage):
    kind = Item.Kind.MODULE
    number = models.PositiveSmallIntegerField(_("number"), choices=MODULE_NUMBERS, help_text=_("Its tile and colour."))
    summary = models.CharField(_("summary"), max_length=300)
    objectives = StreamField(LINES, verbose_name=_("objectives"), help_text=_("At the end, you will be able to…"))
    before = StreamField(LINES, blank=True, verbose_name=_("before you begin"))
    sensitive = models.TextField(_("sensitive content"), blank=True, help_text=_("Warns before a hard subject."))
    certificate_line = models.CharField(
        _("line of the certificate"), max_length=60, help_text=_("What the person knows how to do.")
    )

    parent_page_types = ["courses.Course"]
    subpage_types = ["courses.Lesson", "courses.Quiz"]
    template = "courses/module.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("number"),
        FieldPanel("summary"),
        FieldPanel("objectives"),
        FieldPanel("before"),
        FieldPanel("sensitive"),
        FieldPanel("certificate_line"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        verbose_name = _("module")


class LessonTopic(ItemBase):
    tag = models.ForeignKey(Topic, models.CASCADE, related_name="lesson_topics")
    content_object = ParentalKey("courses.Lesson", on_delete=models.CASCADE, related_name="topic_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="lesson_topic_once")]


class Lesson(KeyedPage):
    kind = Item.Kind.LESSON
    summary = models.CharField(_("summary"), max_length=300)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(60)], help_text=_("Average time it takes.")
    )
    sensitive = models.TextField(
        _("sensitive content"), blank=True, help_text=_("Warns before the text and shows the quick exit.")
    )
    hat = models.CharField(_("hat"), max_length=12, choices=Hat, blank=True, default="")
    body = StreamField(LESSON_BLOCKS, verbose_name=_("text"))
    sources = StreamField(SOURCES, blank=True, verbose_name=_("sources"))
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    tags = ClusterTaggableManager(through=LessonTopic, blank=True, verbose_name=_("topics"))

    parent_page_types = ["courses.Module"]
    subpage_types = []
    template = "courses/lesson.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("minutes"), FieldPanel("hat"), FieldPanel("tags")], _("About this lesson")),
        FieldPanel("sensitive"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("sources"), FieldPanel("verified_on")], _("Sources")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("lesson")
        constraints = [
            models.CheckConstraint(name="lesson_minutes", condition=models.Q(minutes__gte=1, minutes__lte=60))
        ]


class Quiz(KeyedPage):
    kind = Item.Kind.QUIZ
    intro = models.TextField(_("introduction"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10, validators=[MinValueValidator(1)])
    pass_percent = models.PositiveSmallIntegerField(
        _("pass mark (%)"), default=70, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    parent_page_types = ["courses.Module", "courses.Course"]
    subpage_types = []
    template = "courses/quiz.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("minutes"), FieldPanel("pass_percent")], _("About this quiz")),
        InlinePanel("questions", heading=_("Questions"), label=_("Question"), min_num=1),
    ]

    class Meta:
        verbose_name = _("quiz")
        constraints = [
            models.CheckConstraint(
                name="quiz_pass_percent", condition=models.Q(pass_percent__gte=1, pass_percent__lte=100)
            )
        ]

    @cached_property
    def rows(self):
        return list(self.questions.select_related("review"))

    @property
    def values(self):
        """The questions as plain values, in order, in the language of this page."""
        return [row.value for row in self.rows]


class Question(TranslatableMixin, Orderable):
    """One level of child rows only: deeper nesting is lost in translation (docs/architecture.md, decision 2)."""

    KINDS = [
        (scoring.Kind.SINGLE, _("one answer")),
        (scoring.Kind.MULTIPLE, _("several answers")),
        (scoring.Kind.BOOLEAN, _("true or false")),
        (scoring.Kind.ORDERING, _("put in order")),
        (scoring.Kind.MATCHING, _("match")),
    ]

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(_("kind"), max_length=8, choices=KINDS, default=scoring.Kind.SINGLE)
    text = models.CharField(_("question"), max_length=300)
    review = models.ForeignKey(
        Lesson, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("lesson to read again")
    )
    choices = StreamField(CHOICES, verbose_name=_("answers"), min_num=2, max_num=6)

    panels = [FieldPanel("kind"), FieldPanel("text"), FieldPanel("choices"), FieldPanel("review")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("question")

    def __str__(self):
        return self.text

    @property
    def review_key(self):
        return self.review.translation_key if self.review else None

    @property
    def value(self):
        choices = (
            scoring.Choice(
                id=str(uuid.UUID(block.id)),
                text=block.value["text"],
                correct=block.value["correct"],
                feedback=block.value["feedback"],
                match=block.value["match"],
            )
            for block in self.choices
        )
        return scoring.Question(str(self.translation_key), scoring.Kind(self.kind), self.text, tuple(choices))
