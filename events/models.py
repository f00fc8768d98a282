import uuid

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from courses.blocks import LINES
from courses.models import Edition
from courses.models.pages import MODULE_NUMBERS
from home.blocks import COMMON_BLOCKS
from home.models import Topic
from people.roles import Role

from .blocks import MATERIALS, SPEAKERS
from .refusals import Refusal


class SessionQuerySet(models.QuerySet):
    def announced(self):
        return self.exclude(status__in=[Session.Status.DRAFT, Session.Status.CANCELLED])

    def with_times(self):
        """Each row carries `first_start` and `last_end`."""
        return self.annotate(first_start=models.Min("slots__starts_at"), last_end=models.Max("slots__ends_at"))

    def coming(self, now):
        return self.with_times().filter(last_end__gt=now).order_by("first_start")

    def past(self, now):
        return self.with_times().filter(last_end__lte=now).order_by("-first_start")

    def with_seats(self):
        """Each row carries `taken`: the registrations that stand."""
        return self.annotate(
            taken=models.Count("registrations", filter=models.Q(registrations__cancelled_at=None), distinct=True)
        )

    def led_by(self, user):
        """The sessions whose attendance this person may take: those of the editions they see and, for a trainer,
        those they lead themselves. One without an edition belongs to the organisations of its trainers."""
        if user.sees_everyone:
            return self
        led = models.Q(edition__in=Edition.objects.seen_by(user))
        if user.has_role(Role.TRAINER):
            led |= models.Q(pk__in=user.sessions_led.values("pk"))
        if user.is_coordinator and user.organisation_id:
            ours = self.filter(trainers__organisation=user.organisation_id)
            led |= models.Q(edition=None, pk__in=ours.values("pk"))
        return self.filter(led)


class Session(ClusterableModel):
    """When and where people meet, in no language: its French and Dutch pages share it through `key`."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.UUIDField(unique=True, editable=False)
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("edition")
    )
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT)
    capacity = models.PositiveSmallIntegerField(_("places"), default=14)
    online = models.BooleanField(_("online"), default=False)
    place = models.CharField(_("place"), max_length=150, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    join_url = models.URLField(_("link to join"), blank=True)
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="sessions_led", verbose_name=_("trainers")
    )

    objects = SessionQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("status"), FieldPanel("edition"), FieldPanel("capacity"), FieldPanel("trainers")]),
        MultiFieldPanel(
            [
                FieldPanel("online"),
                FieldPanel("join_url"),
                FieldPanel("place"),
                FieldPanel("city"),
                FieldPanel("address"),
            ],
            _("Where"),
        ),
        InlinePanel("slots", heading=_("Half-days"), label=_("Half-day")),
    ]

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self):
        return self.title

    @cached_property
    def title(self):
        """That of its page, as first written."""
        titles = Event.objects.filter(translation_key=self.key).order_by("pk").values_list("title", flat=True)
        return titles.first() or str(self.code)

    @cached_property
    def half_days(self):
        return sorted(self.slots.all(), key=lambda slot: slot.starts_at)

    @property
    def where(self):
        """The place on one line."""
        if self.online:
            return str(_("online"))
        return ", ".join(part for part in (self.place, self.address or self.city) if part)

    @property
    def minutes(self):
        return sum(slot.minutes for slot in self.half_days)

    def has_ended(self, now):
        return bool(self.half_days) and self.half_days[-1].ends_at <= now

    @property
    def places_left(self):
        """Needs `with_seats`."""
        return max(self.capacity - self.taken, 0)

    def refusal(self, now):
        """Why nobody may register, or None. Whether it is full is counted apart, under a lock."""
        if self.status != self.Status.OPEN:
            return Refusal.PAST if self.status == self.Status.HELD else Refusal(self.status)
        if not self.half_days:
            return Refusal.DRAFT
        if self.has_ended(now):
            return Refusal.PAST
        return Refusal.STARTED if self.half_days[0].starts_at <= now else None

    def may_cancel(self, now):
        """Until the day before."""
        return bool(self.half_days) and timezone.localdate(now) < timezone.localdate(self.half_days[0].starts_at)


class Slot(models.Model):
    """A half-day of a session: the unit of attendance."""

    class Period(models.TextChoices):
        MORNING = "morning", _("morning")
        AFTERNOON = "afternoon", _("afternoon")
        EVENING = "evening", _("evening")

    class Modality(models.TextChoices):
        ON_SITE = "on_site", _("on site")
        VIRTUAL = "virtual", _("virtual class")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = ParentalKey(Session, on_delete=models.PROTECT, related_name="slots")
    period = models.CharField(_("half-day"), max_length=9, choices=Period)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    modality = models.CharField(_("modality"), max_length=8, choices=Modality, default=Modality.ON_SITE)

    panels = [FieldPanel("period"), FieldPanel("starts_at"), FieldPanel("ends_at"), FieldPanel("modality")]

    class Meta:
        verbose_name = _("half-day")
        verbose_name_plural = _("half-days")
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["session", "starts_at"], name="slot_once"),
            models.CheckConstraint(name="slot_ends_after_start", condition=models.Q(ends_at__gt=models.F("starts_at"))),
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def subject(self):
        """How the audit trail names it, in no language."""
        where = self.session.edition.cohort if self.session.edition_id else self.session.city
        return " · ".join(filter(None, [str(where), f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"]))

    @property
    def minutes(self):
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class RegistrationQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(cancelled_at=None)

    def seen_by(self, user):
        sessions = Session.objects.led_by(user)
        return self.filter(models.Q(session__in=sessions) | models.Q(learner__in=user.people_seen()))

    def register(self, session, learner, now):
        """Registers once, never beyond the capacity: the session is locked meanwhile. Returns a Refusal or None."""
        with transaction.atomic():
            session = Session.objects.select_for_update().get(pk=session.pk)
            standing = self.standing().filter(session=session)
            if standing.filter(learner=learner).exists():
                return None
            refusal = session.refusal(now)
            if refusal is None and standing.count() >= session.capacity:
                refusal = Refusal.FULL
            if refusal is None:
                self.create(session=session, learner=learner, at=now)
            return refusal

    def cancel(self, session, learner, now):
        """Without a registration there is nothing to do. Returns a Refusal or None."""
        standing = self.standing().filter(session=session, learner=learner)
        if session.may_cancel(now):
            standing.update(cancelled_at=now)
            return None
        return Refusal.LATE if standing.exists() else None


class Registration(models.Model):
    session = models.ForeignKey(Session, models.PROTECT, related_name="registrations")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="registrations")
    at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "learner"], condition=models.Q(cancelled_at=None), name="registered_once"
            )
        ]

    def __str__(self):
        return f"{self.learner} · {self.session}"


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
    speakers = StreamField(SPEAKERS, blank=True, verbose_name=_("speakers"))
    body = StreamField(COMMON_BLOCKS, blank=True, verbose_name=_("text"))
    materials = StreamField(MATERIALS, blank=True, verbose_name=_("materials"))
    tags = ClusterTaggableManager(through=EventTopic, blank=True, verbose_name=_("topics"))

    parent_page_types = ["events.EventIndex"]
    subpage_types = []
    template = "events/event.html"
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("number"), FieldPanel("tags")], _("About this event")),
        FieldPanel("summary"),
        FieldPanel("objectives"),
        MultiFieldPanel([FieldPanel("languages"), FieldPanel("practical")], _("Practical")),
        FieldPanel("speakers"),
        FieldPanel("body"),
        FieldPanel("materials"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("event")

    def save(self, *args, **kwargs):
        result = super().save(*args, **kwargs)
        Session.objects.get_or_create(key=self.translation_key)
        return result

    @cached_property
    def session(self):
        return Session.objects.prefetch_related("slots").with_seats().get(key=self.translation_key)
