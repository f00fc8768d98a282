import datetime
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

LOST = datetime.timedelta(minutes=10)


class MessageQuerySet(models.QuerySet):
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

    def claim(self, pk, now):
        """Whether it is ours to send: of several workers, one gets it."""
        waiting = self.filter(pk=pk, state=Message.State.WAITING)
        return bool(waiting.update(state=Message.State.CLAIMED, claimed_at=now))

    def with_letters(self):
        """All that a letter needs but the page of the event."""
        return self.select_related(
            "registration__session__room", "registration__learner", "registration__detail"
        ).prefetch_related("registration__session__slots")


class Message(models.Model):
    """What was sent to whom. It is claimed before it is sent; one that stayed claimed may have arrived or not, and is
    never sent again by itself."""

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

    class State(models.TextChoices):
        WAITING = "waiting", _("to be sent")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")
        UNCERTAIN = "uncertain", _("uncertain: it may have arrived")
        TO_SHARE = "to_share", _("to share by hand")

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
    state = models.CharField(max_length=9, choices=State)
    at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        ordering = ["at", "pk"]
        constraints = [
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
            models.CheckConstraint(
                name="message_claimed_at_a_moment",
                condition=~models.Q(state="claimed") | models.Q(claimed_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state"], condition=models.Q(state="waiting"), name="messages_to_send")]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.get_state_display()}"

    def state_at(self, now):
        """A message that stayed claimed was in the hands of a worker that stopped."""
        if self.state == self.State.CLAIMED and self.claimed_at < now - LOST:
            return self.State.UNCERTAIN
        return self.State(self.state)

    def is_stale(self, now):
        """A reminder of what has started, or to somebody who left."""
        reminds = self.kind in self.REMINDERS
        return reminds and (self.starts_at <= now or self.registration.cancelled_at is not None)

    def may_be_sent_again(self, now):
        return not self.is_stale(now) and self.state_at(now) in (self.State.FAILED, self.State.UNCERTAIN)

    def send_again(self, now):
        """Only when a person asks for it. Whether it changed anything: twice is once."""
        if not self.may_be_sent_again(now):
            return False
        unchanged = Message.objects.filter(pk=self.pk, state=self.state, claimed_at=self.claimed_at)
        return bool(unchanged.update(state=self.State.WAITING, claimed_at=None))

    def shared(self, now):
        Message.objects.filter(pk=self.pk, state=self.State.TO_SHARE).update(state=self.State.SENT, sent_at=now)
