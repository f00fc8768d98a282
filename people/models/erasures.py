import uuid

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from .persons import User
from .trail import TrailEntry, note


class ErasureRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(decided_at=None)

    def seen_by(self, user):
        """Those of the people that one sees; never one's own."""
        return self.filter(person__in=user.people_seen()).exclude(person=user)

    def ask(self, person, now):
        """Twice is harmless: the first request stays."""
        return self.get_or_create(person=person, decided_at=None, defaults={"asked_at": now})[0]

    def withdraw(self, person, now):
        return self.open().filter(person=person).update(decided_at=now, outcome=ErasureRequest.Outcome.WITHDRAWN)


class ErasureRequest(models.Model):
    """Somebody asked to be erased. Kept after the answer: it proves that there was one."""

    class Outcome(models.TextChoices):
        DONE = "done", _("done")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REFUSED = "refused", _("refused")

    class Reason(models.TextChoices):
        LAW = "law", _("The law asks to keep these data for now.")
        DISPUTE = "dispute", _("These data are needed for a dispute or a complaint.")
        TRAINING = "training", _("The training is not over: its funders still check who was present.")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="erasure_requests")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="erasures_decided")
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    reason = models.CharField(max_length=8, choices=Reason, blank=True)

    objects = ErasureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure request")
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(decided_at=None), name="one_open_erasure_request"
            ),
            models.CheckConstraint(
                name="erasure_decided_with_outcome",
                condition=models.Q(decided_at=None, outcome="")
                | models.Q(decided_at__isnull=False) & ~models.Q(outcome=""),
            ),
            models.CheckConstraint(
                name="erasure_refused_with_reason",
                condition=models.Q(outcome="refused") & ~models.Q(reason="")
                | ~models.Q(outcome="refused") & models.Q(reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.asked_at:%Y-%m-%d}"

    @transaction.atomic
    def refuse(self, reason, author, now):
        """Whether it was still open: of two answers at once, one counts."""
        answer = {"decided_at": now, "decided_by": author, "outcome": self.Outcome.REFUSED, "reason": reason}
        refused = ErasureRequest.objects.open().filter(pk=self.pk).update(**answer)
        if refused:
            note(TrailEntry.Action.REFUSED, author, now, self.person, after={"reason": reason})
        return bool(refused)
