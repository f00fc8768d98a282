import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .posts import Post, PostQuerySet


class MessageQuerySet(PostQuerySet):
    def write(self, kind, registrations, session, now):
        """One message of this kind to each: what was written before is not written again."""
        self.bulk_create(
            [
                Message(
                    registration=registration,
                    kind=kind,
                    sequence=session.sequence,
                    starts_at=session.half_days[0].starts_at if session.half_days else None,
                    gone=session.gone if kind == Message.Kind.CHANGE else [],
                    language=registration.spoken,
                    address=registration.address,
                    state=Message.State.WAITING if registration.address else Message.State.TO_SHARE,
                    at=now,
                )
                for registration in registrations
            ],
            ignore_conflicts=True,
        )

    def with_letters(self):
        """All that a letter needs but the page of the event."""
        return self.select_related(
            "registration__session__room", "registration__learner", "registration__detail"
        ).prefetch_related("registration__session__slots")


class Message(Post):
    """What was sent to whom."""

    class Kind(models.TextChoices):
        CONFIRMATION = "confirmation", _("confirmation")
        LINE = "line", _("waiting list")
        MOVED = "moved", _("place given from the waiting list")
        WEEK = "week", _("reminder, 7 days before")
        DAY = "day", _("reminder, the day before")
        HOUR = "hour", _("reminder, 1 hour before")
        CHANGE = "change", _("change")
        CANCELLATION = "cancellation", _("cancellation")
        LEFT = "left", _("registration cancelled")

    REMINDERS = (Kind.WEEK, Kind.DAY, Kind.HOUR)
    CANCELS = (Kind.CANCELLATION, Kind.LEFT)

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey("events.Registration", models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=12, choices=Kind)
    sequence = models.PositiveIntegerField()
    starts_at = models.DateTimeField(null=True)
    gone = models.JSONField(default=list)
    language = models.CharField(max_length=2)
    address = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta(Post.Meta):
        verbose_name = _("message")
        ordering = ["at", "pk"]
        constraints = [
            *Post.Meta.constraints,
            models.UniqueConstraint(
                fields=["registration", "kind", "starts_at"],
                condition=models.Q(kind__in=["week", "day", "hour"]),
                name="reminded_once",
            ),
            models.UniqueConstraint(
                fields=["registration", "kind", "sequence"],
                condition=~models.Q(kind__in=["week", "day", "hour"]),
                name="told_once",
            ),
        ]
        indexes = [models.Index(fields=["state"], condition=models.Q(state="waiting"), name="messages_to_send")]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.get_state_display()}"

    def is_stale(self, now):
        """A reminder of what has started, or to somebody who left."""
        reminds = self.kind in self.REMINDERS
        return reminds and (self.starts_at <= now or self.registration.cancelled_at is not None)

    def may_be_sent_again(self, now):
        return not self.is_stale(now) and self.is_in_doubt(now)

    def send_again(self, now):
        """Only when a person asks for it. Whether it changed anything: twice is once."""
        return not self.is_stale(now) and bool(Message.objects.filter(pk=self.pk).send_again(now))

    def shared(self, now):
        Message.objects.filter(pk=self.pk, state=self.State.TO_SHARE).update(state=self.State.SENT, sent_at=now)
