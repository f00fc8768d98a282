from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification import chain
from certification.refusals import Conflict, Refused
from events.models import Slot
from people.models import TrailEntry
from people.models.trail import note

from .attendance import AttendanceMark, new_salt, roster_of, told
from .register import Fact, RegisterEntry, hold


class DecisionQuerySet(models.QuerySet):
    @transaction.atomic
    def decide(self, mark, author, accepted, now):
        """Accepts or refuses a late mark, once. The same answer twice is harmless, another one is a Conflict."""
        session = hold(mark.slot.session_id)
        decision = self.filter(mark=mark).first()
        if decision is None and mark.late:
            after = {**told(mark), "accepted": accepted}
            note(TrailEntry.Action.DECIDED, author, now, mark.learner, mark.slot.subject, after=after)
            decision = self.model(mark=mark, author=author, accepted=accepted, at=now)
            decision.chain_to(session)
            decision.save(force_insert=True)
            return decision
        if decision is None:
            raise Refused("not_late")
        if decision.accepted != accepted:
            raise Conflict("decided")
        return decision


class LateDecision(Fact):
    """The trainer's decision on a mark that arrived after the lock."""

    mark = models.OneToOneField(AttendanceMark, models.PROTECT, related_name="decision")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    at = models.DateTimeField()

    LINK_KIND, SESSION = RegisterEntry.Kind.DECISION, "mark__slot__session"
    SAID = {"mark": "mark__entry__position", "author": "author__code", "accepted": "accepted", "at": "at"}

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on a late mark")

    def __str__(self):
        return f"{self.mark} · {self.accepted}"


class LockQuerySet(models.QuerySet):
    @transaction.atomic
    def countersign(self, slot, trainer, now):
        """Locks the half-day, at the end that the register of its session then has. Twice is harmless: the first
        signature stays."""
        session = hold(slot.session_id)
        lock = self.filter(slot=slot).select_related("detail").first()
        if lock:
            return lock
        refuse_unready(slot, now)
        note(TrailEntry.Action.SIGNED, trainer, now, subject=slot.subject)
        lock = self.model(slot=slot, trainer=trainer, signed_at=now)
        lock.marks = AttendanceMark.objects.filter(slot=slot).count()
        lock.digest = RegisterEntry.objects.end_of(session)
        detail = LockDetail(lock=lock, printed_name=str(trainer))
        lock.detail_digest = detail.seal
        lock.chain_to(session)
        lock.save(force_insert=True)
        detail.save(force_insert=True)
        return lock


class SlotLock(Fact):
    """The trainer's countersignature: it locks the half-day, after so many marks and the digest before its own."""

    slot = models.OneToOneField(Slot, models.PROTECT, related_name="lock")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    marks = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    detail_digest = models.CharField(max_length=64)

    LINK_KIND = RegisterEntry.Kind.LOCK
    SAID = {
        "slot": "slot__code",
        "trainer": "trainer__code",
        "signed_at": "signed_at",
        "marks": "marks",
        "end": "digest",
        "seal": "detail_digest",
    }
    SEALED = {"printed_name": "detail__printed_name"}

    objects = LockQuerySet.as_manager()

    class Meta:
        verbose_name = _("countersignature")

    def __str__(self):
        return f"{self.slot} · {self.printed_name}"

    @property
    def printed_name(self):
        return self.detail.printed_name if hasattr(self, "detail") else _("erased")


class LockDetail(models.Model):
    """The name beside a countersignature. Erasing it leaves the register whole: it then says "erased"."""

    lock = models.OneToOneField(SlotLock, models.PROTECT, related_name="detail")
    printed_name = models.CharField(max_length=150)
    salt = models.CharField(max_length=32, default=new_salt)

    class Meta:
        verbose_name = _("name beside a countersignature")

    def __str__(self):
        return self.printed_name

    @property
    def seal(self):
        return chain.sealed(self.salt, {"printed_name": self.printed_name})


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
