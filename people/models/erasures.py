import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .persons import User


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

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="erasure_requests")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="erasures_decided")
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)

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
        ]

    def __str__(self):
        return f"{self.person} · {self.asked_at:%Y-%m-%d}"
