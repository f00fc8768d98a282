import datetime
import secrets
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification import chain, presence
from certification.refusals import Conflict, Refused
from courses.models import Enrolment
from events.models import Registration, Slot
from people.models import TrailEntry
from people.models.trail import note
from people.names import by_name

from .register import Fact, RegisterEntry, hold


class MarkQuerySet(models.QuerySet):
    def record(
        self, *, slot, status, uuid, now, minutes=None, source=presence.Source.TRAINER, reason="", signature=(),
        seen=None, **said,
    ):  # fmt: skip
        """Adds one statement to the register of the session. `said`: the learner, the author, device_at, the skew.

        Sent again by the same author with the same uuid it is recorded once; with another body it is a Conflict.
        After the countersignature a correction counts, anything else is kept as late. Raises ValueError when late
        or left early comes without minutes.
        """
        if source == presence.Source.CORRECTION and not reason:
            raise Refused("reason")
        mark = self.model(
            slot=slot,
            status=presence.Status(status),
            minutes=presence.minutes_for(status, minutes, slot.minutes),
            source=presence.Source(source),
            uuid=UUID(str(uuid)),
            recorded_at=now,
            seen=seen and UUID(str(seen)),
            **said,
        )
        detail = MarkDetail(mark=mark, printed_name=str(mark.learner), reason=reason, signature=list(signature))
        return self._append(mark, detail)

    @transaction.atomic
    def sign(self, *, slot, learner, author, uuid, now, signature=()):
        """The learner's own signature, once a half-day. It says nothing of the minutes (presence.measured).

        `signature` holds the strokes; without any, the account of the learner stands for them.
        """
        hold(slot.session_id)
        known = self.filter(author=author, uuid=uuid).exists()
        seen = self.filter(slot=slot, learner=learner).standing().get(str(learner.pk))
        if not known and self.signed(slot).filter(learner=learner).exists():
            raise Refused("already_signed")
        return self.record(
            slot=slot,
            learner=learner,
            author=author,
            status=presence.Status.PRESENT,
            source=presence.Source.SIGNATURE,
            signature=signature,
            uuid=uuid,
            device_at=now,
            now=now,
            seen=seen and seen.uuid,
        )

    @transaction.atomic
    def bring_in(self, *, slot, learner, author, status, minutes, now):
        """What the report of a platform says. The same report again adds nothing, whoever brings it."""
        hold(slot.session_id)
        last = self.filter(slot=slot, learner=learner, source=presence.Source.IMPORT).order_by("position").last()
        if last and (last.status, last.minutes) == (status, minutes):
            return None
        return self.record(
            slot=slot,
            learner=learner,
            author=author,
            status=status,
            minutes=minutes,
            source=presence.Source.IMPORT,
            uuid=uuid4(),
            device_at=now,
            now=now,
        )

    def signed(self, slot):
        """The signatures of a half-day."""
        return self.filter(slot=slot, source=presence.Source.SIGNATURE).select_related("detail").order_by("position")

    @transaction.atomic
    def _append(self, mark, detail):
        session = hold(mark.slot.session_id)
        slot = Slot.objects.get(pk=mark.slot_id)
        known = self.filter(author=mark.author_id, uuid=mark.uuid).select_related("detail").first()
        if known:
            return known.confirmed_by(mark, detail)
        last = self.filter(slot=slot).order_by("position").last()
        mark.late = mark.source != presence.Source.CORRECTION and hasattr(slot, "lock")
        mark.position = last.position + 1 if last else 1
        mark.detail_digest = detail.seal
        mark.chain_to(session)
        if mark.source == presence.Source.CORRECTION:
            self.note_correction(mark, slot)
        mark.save(force_insert=True)
        detail.save(force_insert=True)
        return mark

    def note_correction(self, mark, slot):
        before = self.filter(slot=slot, learner=mark.learner).standing().get(str(mark.learner_id))
        changes = {"before": told(before), "after": told(mark), "subject": slot.subject}
        note(TrailEntry.Action.CORRECTED, mark.author, mark.recorded_at, mark.learner, **changes)

    def standing(self):
        """What stands for each learner of one half-day, by their pk as text: one query."""
        return presence.standing(mark.value for mark in self.select_related("decision"))

    def waiting(self):
        """Late marks that nobody decided on yet."""
        return self.filter(late=True, decision=None).select_related("learner", "author", "detail")


class AttendanceMark(Fact):
    """One statement about one learner in one half-day. Never changed: a correction is a new row with a reason.

    `uuid` is made by the client, so that a mark sent twice is recorded once. `late` marks arrived after the lock:
    they change nothing until the trainer decides. `seen` is the mark that the author's page showed for this learner, or
    nothing. `skew` is by how many seconds the clock of the device was behind this one when it sent the mark, if it was
    not on time.
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
        (presence.Source.PAPER, _("paper sheet")),
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
    seen = models.UUIDField(null=True, blank=True)
    skew = models.IntegerField(null=True, blank=True)
    position = models.PositiveIntegerField()
    detail_digest = models.CharField(max_length=64)

    LINK_KIND = RegisterEntry.Kind.MARK
    SAID = {
        "slot": "slot__code",
        "learner": "learner__code",
        "author": "author__code",
        "status": "status",
        "minutes": "minutes",
        "source": "source",
        "late": "late",
        "uuid": "uuid",
        "device_at": "device_at",
        "recorded_at": "recorded_at",
        "seen": "seen",
        "skew": "skew",
        "line": "position",
        "seal": "detail_digest",
    }
    SEALED = {"printed_name": "detail__printed_name", "reason": "detail__reason", "signature": "detail__signature"}

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
    def imported(self):
        return self.source == presence.Source.IMPORT

    @property
    def value(self):
        return presence.Mark(
            learner=str(self.learner_id),
            status=presence.Status(self.status),
            minutes=self.minutes,
            source=presence.Source(self.source),
            at=self.weighed_at,
            uuid=str(self.uuid),
            counts=self.counts,
        )

    @property
    def weighed_at(self):
        """When it was said, by the clock of this site: what a device says is set right by its skew, and is never later
        than its arrival. So the order of arrival changes nothing, and a clock that is years ahead does not win forever.
        """
        return min(self.device_at + datetime.timedelta(seconds=self.skew or 0), self.recorded_at)

    @property
    def body(self):
        return (self.slot_id, self.learner_id, self.status, self.minutes, self.source)

    def confirmed_by(self, mark, detail):
        """This mark, when what arrives with its uuid says the same. An erased detail is not compared."""
        erased = not hasattr(self, "detail")
        if self.body == mark.body and (erased or self.detail.body == detail.body):
            return self
        raise Conflict("conflict")


def told(mark):
    """What a mark says, for the audit trail."""
    return {"status": str(mark.status), "minutes": mark.minutes} if mark else {}


def new_salt():
    return secrets.token_hex(16)


class MarkDetail(models.Model):
    """What is personal beside a mark. Erasing it leaves the chain whole: it then says "erased"."""

    mark = models.OneToOneField(AttendanceMark, models.PROTECT, related_name="detail")
    printed_name = models.CharField(max_length=150)
    reason = models.CharField(max_length=300, blank=True)
    signature = models.JSONField(default=list, blank=True)
    salt = models.CharField(max_length=32, default=new_salt)

    class Meta:
        verbose_name = _("mark detail")

    def __str__(self):
        return self.printed_name

    @property
    def body(self):
        return (self.reason, self.signature)

    @property
    def seal(self):
        values = {"printed_name": self.printed_name, "reason": self.reason, "signature": self.signature}
        return chain.sealed(self.salt, values)


def expected_in(slot):
    """Who is expected in a half-day: enrolled in its edition, registered, or already marked."""
    enrolled = Enrolment.objects.filter(edition=slot.session.edition_id).values("learner")
    registered = Registration.objects.standing().filter(session=slot.session_id).values("learner")
    marked = AttendanceMark.objects.filter(slot=slot).values("learner")
    return get_user_model().objects.filter(Q(pk__in=enrolled) | Q(pk__in=registered) | Q(pk__in=marked))


def roster_of(slot):
    """Who is expected, in name order: one query."""
    return sorted(expected_in(slot), key=by_name)
