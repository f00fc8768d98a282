from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification import chain
from certification.refusals import Conflict, Refused
from events.models import Slot
from people.models import TrailEntry
from people.models.trail import note

from .attendance import AttendanceMark, roster_of, told


class DecisionQuerySet(models.QuerySet):
    @transaction.atomic
    def decide(self, mark, author, accepted, now):
        """Accepts or refuses a late mark, once. The same answer twice is harmless, another one is a Conflict."""
        Slot.objects.select_for_update().get(pk=mark.slot_id)
        decision = self.filter(mark=mark).first()
        if decision is None and mark.late:
            after = {**told(mark), "accepted": accepted}
            note(TrailEntry.Action.DECIDED, author, now, mark.learner, mark.slot.subject, after=after)
            return self.create(mark=mark, author=author, accepted=accepted, at=now)
        if decision is None:
            raise Refused("not_late")
        if decision.accepted != accepted:
            raise Conflict("decided")
        return decision


class LateDecision(models.Model):
    """The trainer's decision on a mark that arrived after the lock."""

    mark = models.OneToOneField(AttendanceMark, models.PROTECT, related_name="decision")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on a late mark")

    def __str__(self):
        return f"{self.mark} · {self.accepted}"


class LockQuerySet(models.QuerySet):
    @transaction.atomic
    def countersign(self, slot, trainer, now):
        """Locks the half-day at the last digest of its chain. Twice is harmless: the first signature stays."""
        Slot.objects.select_for_update().get(pk=slot.pk)
        lock = self.filter(slot=slot).first()
        if lock:
            return lock
        refuse_unready(slot, now)
        marks = AttendanceMark.objects.filter(slot=slot).order_by("position")
        note(TrailEntry.Action.SIGNED, trainer, now, subject=slot.subject)
        return self.create(
            slot=slot,
            trainer=trainer,
            printed_name=str(trainer),
            signed_at=now,
            marks=len(marks),
            digest=marks.last().digest,
        )


class SlotLock(models.Model):
    """The trainer's countersignature: it locks the half-day at the chain's last digest."""

    slot = models.OneToOneField(Slot, models.PROTECT, related_name="lock")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    printed_name = models.CharField(max_length=150)
    signed_at = models.DateTimeField()
    marks = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    objects = LockQuerySet.as_manager()

    class Meta:
        verbose_name = _("countersignature")

    def __str__(self):
        return f"{self.slot} · {self.printed_name}"


def refuse_unready(slot, now):
    """A half-day is signed on its day or later, when everyone expected is marked."""
    if timezone.localdate(now) < timezone.localdate(slot.starts_at):
        raise Refused("too_early")
    people = roster_of(slot)
    if not people:
        raise Refused("nobody")
    standing = AttendanceMark.objects.filter(slot=slot).standing()
    left = sum(str(person.pk) not in standing for person in people)
    if left:
        raise Refused("unmarked", count=left)


def is_whole(slot):
    """Whether each mark of a half-day says what was recorded, and its signature still fits. One query."""
    marks = list(
        AttendanceMark.objects.filter(slot=slot)
        .select_related("slot", "learner", "author", "detail")
        .order_by("position")
    )
    if chain.first_break([(mark.chained(), mark.digest) for mark in marks]) is not None:
        return False
    if any(hasattr(mark, "detail") and mark.detail.seal != mark.detail_digest for mark in marks):
        return False
    lock = getattr(slot, "lock", None)
    return lock is None or [mark.digest for mark in marks[: lock.marks]][-1:] == [lock.digest]
