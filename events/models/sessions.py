import datetime
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page

from courses.models import Edition
from events import bigbluebutton
from events.refusals import Refusal
from people.roles import Role


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
            taken=models.Count(
                "registrations",
                filter=models.Q(registrations__cancelled_at=None, registrations__waiting=False),
                distinct=True,
            )
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
    """When and where people meet, in no language: its French and Dutch pages share it through `key`.

    `told` is what those who are registered know; `sequence` grows each time they are told a change.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        HELD = "held", _("held")
        PUBLISHED = "published", _("published (replay)")
        CANCELLED = "cancelled", _("cancelled")

    class Reason(models.TextChoices):
        PEOPLE = "people", _("Too few people can come.")
        TRAINER = "trainer", _("The trainer cannot come.")
        PLACE = "place", _("The place is not available.")
        TRAVEL = "travel", _("Travelling is difficult that day.")
        OTHER = "other", _("It cannot take place that day.")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.UUIDField(unique=True, editable=False)
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("edition")
    )
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT)
    reason = models.CharField(
        _("reason"), max_length=7, choices=Reason, blank=True, help_text=_("Why it is cancelled: shown on the page.")
    )
    open_to_public = models.BooleanField(
        _("open to the public"), default=False, help_text=_("Anyone may register, without an account.")
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)
    told = models.JSONField(default=dict, editable=False)
    capacity = models.PositiveSmallIntegerField(_("places"), default=14)
    online = models.BooleanField(_("online"), default=False)
    place = models.CharField(_("place"), max_length=150, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    join_url = models.URLField(_("link to join"), blank=True)
    phone = models.CharField(
        _("by phone"),
        max_length=100,
        blank=True,
        help_text=_("For a link: the number to call, and the code to type. A room of the platform has its own."),
    )
    has_room = models.BooleanField(_("a room of the platform (BigBlueButton)"), default=False)
    recorded = models.BooleanField(
        _("may be recorded"),
        default=False,
        help_text=_("A trainer starts and stops the recording in the room. Tell everybody before."),
    )
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="sessions_led", verbose_name=_("trainers")
    )

    objects = SessionQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("status"),
                FieldPanel("reason"),
                FieldPanel("edition"),
                FieldPanel("open_to_public"),
                FieldPanel("capacity"),
                FieldPanel("trainers"),
            ]
        ),
        MultiFieldPanel(
            [
                FieldPanel("online"),
                FieldPanel("join_url"),
                FieldPanel("phone"),
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
        constraints = [
            models.CheckConstraint(
                name="session_cancelled_with_reason",
                condition=~models.Q(status="cancelled") | ~models.Q(reason=""),
                violation_error_message=_("Say why it is cancelled."),
            ),
            models.CheckConstraint(
                name="session_room_is_online",
                condition=models.Q(has_room=False) | models.Q(online=True),
                violation_error_message=_("A room of the platform is online."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        if self.status == self.Status.CANCELLED and not self.reason:
            raise ValidationError({"reason": _("Say why it is cancelled.")})

    @cached_property
    def title(self):
        """That of its page, as first written."""
        titles = Page.objects.filter(translation_key=self.key).order_by("pk").values_list("title", flat=True)
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
    def on_platform(self):
        """Whether people meet in a room of ours."""
        return self.has_room and bigbluebutton.is_configured()

    @property
    def by_phone(self):
        """What to call and to type, on one line, or nothing."""
        room = getattr(self, "room", None) if self.on_platform else None
        if room is None or not room.number:
            return "" if self.has_room else self.phone
        return _("%(number)s, then the code %(pin)s") % {"number": room.number, "pin": room.pin}

    @property
    def call(self):
        """What a telephone dials to come into our room, or nothing."""
        number = self.room.number if self.on_platform and self.by_phone else ""
        return "".join(sign for sign in number if sign in "+0123456789")

    @property
    def facts(self):
        """What people rely on when they come: they are told when it changes."""
        joining = [said for said in ("room" if self.has_room else "", self.phone) if said]
        return {
            "cancelled": self.status == self.Status.CANCELLED,
            "where": [self.online, self.place, self.city, self.address, self.join_url, *joining],
            "half_days": [[str(slot.code), *map(utc, (slot.starts_at, slot.ends_at))] for slot in self.half_days],
        }

    @property
    def gone(self):
        """The half-days that people were told and that are no more."""
        codes = {code for code, _start, _end in self.facts["half_days"]}
        return [half_day for half_day in self.told.get("half_days", []) if half_day[0] not in codes]

    @property
    def minutes(self):
        return sum(slot.minutes for slot in self.half_days)

    def has_started(self, now):
        return bool(self.half_days) and self.half_days[0].starts_at <= now

    def has_ended(self, now):
        return bool(self.half_days) and self.half_days[-1].ends_at <= now

    @property
    def places_left(self):
        """Needs `with_seats`."""
        return max(self.capacity - self.taken, 0)

    def refusal(self, now):
        """Why nobody may register, or None. Whether it is full is counted apart, under a lock."""
        if self.status != self.Status.OPEN:
            over = self.status in (self.Status.HELD, self.Status.PUBLISHED)
            return Refusal.PAST if over else Refusal(self.status)
        if not self.half_days:
            return Refusal.DRAFT
        if self.has_ended(now):
            return Refusal.PAST
        return Refusal.STARTED if self.has_started(now) else None

    def is_for(self, learner):
        """A session of an edition is for those who follow it, unless it is open to the public."""
        if self.open_to_public or not self.edition_id:
            return True
        return learner.is_authenticated and learner.enrolments.filter(edition=self.edition_id).exists()

    def may_cancel(self, now):
        """Until the day before."""
        return bool(self.half_days) and timezone.localdate(now) < timezone.localdate(self.half_days[0].starts_at)


def utc(moment):
    return moment.astimezone(datetime.UTC).isoformat()
