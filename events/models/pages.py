from django.db import models
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from courses.blocks import LINES
from courses.models.pages import MODULE_NUMBERS
from events.blocks import MATERIALS, SPEAKERS
from events.replay_blocks import ONCE, REPLAY
from home.blocks import COMMON_BLOCKS
from home.models import Topic

from .planning import EventForm, PlanningPanel
from .sessions import Session


class EventIndex(Page):
    intro = models.CharField(_("introduction"), max_length=300, blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.Event"]
    max_count_per_parent = 1
    template = "events/event_index.html"
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("events")


class EventTopic(ItemBase):
    tag = models.ForeignKey(Topic, models.CASCADE, related_name="event_topics")
    content_object = ParentalKey("events.Event", on_delete=models.CASCADE, related_name="topic_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="event_topic_once")]


class Event(Page):
    """The page of a webinar or a workshop; dates, place and presence belong to its session."""

    class Kind(models.TextChoices):
        WEBINAR = "webinar", _("Webinar")
        WORKSHOP = "workshop", _("Workshop")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.WORKSHOP)
    number = models.PositiveSmallIntegerField(_("module"), choices=MODULE_NUMBERS, help_text=_("Its tile and colour."))
    summary = models.CharField(_("summary"), max_length=300)
    objectives = StreamField(LINES, blank=True, verbose_name=_("what we will do"))
    languages = models.CharField(_("languages"), max_length=150, blank=True)
    practical = models.CharField(_("practical"), max_length=300, blank=True)
    series = models.CharField(_("series"), max_length=100, blank=True)
    audience = models.CharField(_("for whom"), max_length=150, blank=True)
    level = models.CharField(_("level"), max_length=100, blank=True)
    access = models.CharField(
        _("access"), max_length=300, blank=True, help_text=_("How to come, and the way for a wheelchair or a pram.")
    )
    bring = models.CharField(_("what to bring"), max_length=200, blank=True, help_text=_("Phone, headphones…"))
    support = models.CharField(_("childcare and transport"), max_length=200, blank=True)
    speakers = StreamField(SPEAKERS, blank=True, verbose_name=_("speakers"))
    body = StreamField(COMMON_BLOCKS, blank=True, verbose_name=_("text"))
    materials = StreamField(MATERIALS, blank=True, verbose_name=_("materials"))
    replay = StreamField(
        REPLAY,
        blank=True,
        block_counts=ONCE,
        verbose_name=_("replay"),
        help_text=_("People see it when the status is “published (replay)”."),
    )
    tags = ClusterTaggableManager(through=EventTopic, blank=True, verbose_name=_("topics"))

    parent_page_types = ["events.EventIndex"]
    subpage_types = []
    template = "events/event.html"
    base_form_class = EventForm
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("number"), FieldPanel("tags")], _("About this event")),
        FieldPanel("summary"),
        PlanningPanel(),
        FieldPanel("objectives"),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("languages", "practical", "access", "bring", "support", "series", "audience", "level")
            ],
            _("Practical"),
        ),
        FieldPanel("speakers"),
        FieldPanel("body"),
        FieldPanel("materials"),
        FieldPanel("replay"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("event")

    def save(self, *args, **kwargs):
        result = super().save(*args, **kwargs)
        Session.objects.get_or_create(key=self.translation_key)
        return result

    def save_revision(self, *args, **kwargs):
        if not self.live and hasattr(self, "planned"):
            self.planned()
        return super().save_revision(*args, **kwargs)

    @property
    def is_recorded(self):
        return any(block.block_type in ("recording", "sound") for block in self.replay)

    def serve(self, request, *args, **kwargs):
        """Whoever saves data is shown the light version first."""
        response = super().serve(request, *args, **kwargs)
        patch_vary_headers(response, ["Save-Data"])
        return response

    @cached_property
    def session(self):
        sessions = Session.objects.select_related("room").prefetch_related("slots")
        return sessions.with_seats().get(key=self.translation_key)
