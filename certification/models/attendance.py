import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certification import chain, presence
from events.models import Slot


class MarkQuerySet(models.QuerySet):
    def values_of(self):
        """As `presence.Mark` values: one query, decisions on late marks included."""
        return [mark.value for mark in self.select_related("decision")]


class AttendanceMark(models.Model):
    """One statement about one learner in one half-day. Never changed: a correction is a new row with a reason.

    `uuid` is made by the client, so that a mark sent twice is recorded once. `late` marks arrived after the lock:
    they change nothing until the trainer decides.
    """

    STATUSES = [
        (presence.Status.PRESENT, _("present")),
        (presence.Status.LATE, _("late")),
        (presence.Status.LEFT_EARLY, _("left early")),
        (presence.Status.EXCUSED, _("excused")),
        (presence.Status.ABSENT, _("absent")),
    ]
    SOURCES = [
        (presence.Source.IMPORT, _("import")),
        (presence.Source.TRAINER, _("trainer")),
        (presence.Source.SIGNATURE, _("learner’s signature")),
        (presence.Source.CORRECTION, _("correction")),
    ]

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="marks")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="marks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="marks_made")
    status = models.CharField(max_length=10, choices=STATUSES)
    minutes = models.PositiveSmallIntegerField()
    source = models.PositiveSmallIntegerField(choices=SOURCES, default=presence.Source.TRAINER)
    late = models.BooleanField(default=False)
    uuid = models.UUIDField()
    device_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    position = models.PositiveIntegerField()
    detail_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance mark")
        ordering = ["slot", "position"]
        constraints = [
            models.UniqueConstraint(fields=["author", "uuid"], name="mark_recorded_once"),
            models.UniqueConstraint(fields=["slot", "position"], name="mark_follows_another"),
        ]

    def __str__(self):
        return f"{self.learner} · {self.slot} · {self.status}"

    @property
    def counts(self):
        return not self.late or bool(getattr(self, "decision", None) and self.decision.accepted)

    @property
    def value(self):
        return presence.Mark(
            learner=str(self.learner_id),
            status=presence.Status(self.status),
            minutes=self.minutes,
            source=presence.Source(self.source),
            at=self.device_at,
            uuid=str(self.uuid),
            counts=self.counts,
        )

    def chained(self):
        """The values that the digest covers: opaque codes only."""
        return {
            "slot": str(self.slot.code),
            "learner": str(self.learner.code),
            "author": str(self.author.code),
            "status": self.status,
            "minutes": self.minutes,
            "source": int(self.source),
            "late": self.late,
            "uuid": str(self.uuid),
            "device_at": self.device_at.isoformat(),
            "recorded_at": self.recorded_at.isoformat(),
            "position": self.position,
            "detail": self.detail_digest,
        }


def new_salt():
    return secrets.token_hex(16)


class MarkDetail(models.Model):
    """What is personal beside a mark. Erasing it leaves the chain whole: it then says "erased"."""

    mark = models.OneToOneField(AttendanceMark, models.PROTECT, related_name="detail")
    printed_name = models.CharField(max_length=150)
    reason = models.CharField(max_length=300, blank=True)
    salt = models.CharField(max_length=32, default=new_salt)

    class Meta:
        verbose_name = _("mark detail")

    def __str__(self):
        return self.printed_name

    @property
    def seal(self):
        return chain.sealed(self.salt, {"printed_name": self.printed_name, "reason": self.reason})


class LateDecision(models.Model):
    """The trainer's decision on a mark that arrived after the lock."""

    mark = models.OneToOneField(AttendanceMark, models.PROTECT, related_name="decision")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("decision on a late mark")

    def __str__(self):
        return f"{self.mark} · {self.accepted}"


class SlotLock(models.Model):
    """The trainer's countersignature: it locks the half-day at the chain's last digest."""

    slot = models.OneToOneField(Slot, models.PROTECT, related_name="lock")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    printed_name = models.CharField(max_length=150)
    signed_at = models.DateTimeField()
    marks = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("countersignature")

    def __str__(self):
        return f"{self.slot} · {self.printed_name}"
