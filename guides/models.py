from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from home.blocks import RICH_TEXT_SHORT
from home.models import Topic
from people import limits

LINES = [("line", blocks.TextBlock(rows=2, label=_("Line"), icon="list-ul"))]
COLOURS = [(number, str(number)) for number in range(1, 6)]


class Level(models.TextChoices):
    """The Common European Framework of Reference, with a first step for people who do not read yet."""

    PRE_A1 = "pre-A1", _("beginner")
    A1 = "A1", "A1"
    A2 = "A2", "A2"
    B1 = "B1", "B1"
    B2 = "B2", "B2"


class Place(models.TextChoices):
    INDOOR = "indoor", _("indoors")
    OUTDOOR = "outdoor", _("outdoors")
    ONLINE = "online", _("online")
    HOME = "home", _("at home")


class Reading(models.TextChoices):
    NONE = "none", _("no reading needed")
    LITTLE = "little", _("a little reading")
    YES = "yes", _("reading needed")


class Cost(models.IntegerChoices):
    FREE = 0, _("free")
    LITTLE = 1, _("a few euros")
    SOME = 2, _("some costs")


class Library(Page):
    intro = models.CharField(_("introduction"), max_length=300, blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["guides.Guide", "guides.Activity"]
    max_count_per_parent = 1
    template = "guides/library.html"
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("guide library")

    def serve(self, request, *args, **kwargs):
        if limits.searches_too_often(request):
            return limits.too_many(request)
        return super().serve(request, *args, **kwargs)


class Activity(Page):
    """A language-practice activity for volunteers and learners."""

    summary = models.CharField(_("summary"), max_length=300)
    goal_language = models.CharField(_("language goal"), max_length=300)
    goal_social = models.CharField(_("social goal"), max_length=300)
    theme = models.ForeignKey(Topic, models.PROTECT, related_name="activities", verbose_name=_("topic"))
    level_min = models.CharField(_("from level"), max_length=6, choices=Level, default=Level.A1)
    level_max = models.CharField(_("to level"), max_length=6, choices=Level, default=Level.B1)
    reading = models.CharField(_("reading"), max_length=6, choices=Reading, default=Reading.LITTLE)
    group_min = models.PositiveSmallIntegerField(_("people, from"), default=2)
    group_max = models.PositiveSmallIntegerField(_("people, to"), default=8)
    duration = models.PositiveSmallIntegerField(_("duration in minutes"))
    preparation = models.PositiveSmallIntegerField(_("preparation in minutes"), default=0)
    place = models.CharField(_("place"), max_length=7, choices=Place, default=Place.INDOOR)
    cost = models.PositiveSmallIntegerField(_("cost"), choices=Cost, default=Cost.FREE)
    material = StreamField(LINES, blank=True, verbose_name=_("material"))
    steps = StreamField(LINES, verbose_name=_("steps"))
    sentences = StreamField(LINES, verbose_name=_("useful sentences"))
    variants = RichTextField(_("variants"), features=RICH_TEXT_SHORT, blank=True)
    tips = RichTextField(_("tips for the volunteer"), features=RICH_TEXT_SHORT, blank=True)
    safety = RichTextField(_("safety"), features=RICH_TEXT_SHORT, blank=True)
    participation_hours = models.BooleanField(
        _("may count for the participation path (Flanders)"), default=False, help_text=_("When it is done in Dutch.")
    )

    parent_page_types = ["guides.Library"]
    subpage_types = []
    template = "guides/activity.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("goal_language"), FieldPanel("goal_social"), FieldPanel("theme")], _("Goals")),
        MultiFieldPanel([FieldPanel("level_min"), FieldPanel("level_max"), FieldPanel("reading")], _("Level")),
        MultiFieldPanel(
            [
                FieldPanel("group_min"),
                FieldPanel("group_max"),
                FieldPanel("duration"),
                FieldPanel("preparation"),
                FieldPanel("place"),
                FieldPanel("cost"),
                FieldPanel("participation_hours"),
            ],
            _("Practical"),
        ),
        FieldPanel("material"),
        FieldPanel("steps"),
        FieldPanel("sentences"),
        FieldPanel("variants"),
        FieldPanel("tips"),
        FieldPanel("safety"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(
                name="activity_group_range", condition=models.Q(group_max__gte=models.F("group_min"))
            )
        ]


class GuideTopic(ItemBase):
    tag = models.ForeignKey(Topic, models.CASCADE, related_name="guide_topics")
    content_object = ParentalKey("guides.Guide", on_delete=models.CASCADE, related_name="topic_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="guide_topic_once")]


class Guide(Page):
    """Activities put together, on screen and as a PDF made from this page."""

    summary = models.CharField(_("summary"), max_length=300)
    number = models.PositiveSmallIntegerField(_("colour"), choices=COLOURS, default=1)
    level_min = models.CharField(_("from level"), max_length=6, choices=Level, default=Level.A1)
    level_max = models.CharField(_("to level"), max_length=6, choices=Level, default=Level.B1)
    place = models.CharField(_("place"), max_length=7, choices=Place, default=Place.INDOOR)
    intro = RichTextField(_("how to use it"), features=RICH_TEXT_SHORT)
    advice = RichTextField(_("advice"), features=RICH_TEXT_SHORT, blank=True)
    tags = ClusterTaggableManager(through=GuideTopic, blank=True, verbose_name=_("topics"))

    parent_page_types = ["guides.Library"]
    subpage_types = []
    template = "guides/guide.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("number"),
                FieldPanel("level_min"),
                FieldPanel("level_max"),
                FieldPanel("place"),
                FieldPanel("tags"),
            ],
            _("About this guide"),
        ),
        FieldPanel("intro"),
        FieldPanel("advice"),
        InlinePanel("chapters", heading=_("Activities"), label=_("Activity"), min_num=1),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        verbose_name = _("guide")

    @property
    def cover(self):
        """The name of its drawing, of static/icons/art."""
        return f"g{self.number}"

    @property
    def activities(self):
        """Its activities in the language of this page, in order: two queries."""
        keys = list(self.chapters.values_list("activity__translation_key", flat=True))
        pages = Activity.objects.live().filter(translation_key__in=keys, locale=self.locale_id).select_related("theme")
        return sorted(pages, key=lambda page: keys.index(page.translation_key))


class Chapter(Orderable):
    guide = ParentalKey(Guide, on_delete=models.CASCADE, related_name="chapters")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+", verbose_name=_("activity"))

    panels = [FieldPanel("activity")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["guide", "activity"], name="activity_once_in_a_guide")]
