"""Certificates of a whole group, issued in the background: who is left, who has one, who was refused and why."""

import datetime
import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, F, Max, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from courses.models import Edition

from .certificates import Certificate

LOST = datetime.timedelta(minutes=2)


class BatchQuerySet(models.QuerySet):
    def running(self):
        return self.filter(finished_at=None)

    @transaction.atomic
    def begin(self, edition, by, now):
        """The batch that runs for this edition or, without one, a new one of everyone who has no certificate yet."""
        batch, begun = self.get_or_create(edition=edition, finished_at=None, defaults={"author": by, "begun_at": now})
        if begun:
            holders = Certificate.objects.filter(edition=edition).values("learner")
            learners = edition.enrolments.exclude(learner__in=holders).order_by("pk").values_list("learner", flat=True)
            BatchItem.objects.bulk_create((BatchItem(batch=batch, learner_id=pk) for pk in learners), batch_size=1000)
        return batch

    def with_progress(self):
        """Each row carries `total`, `left`, `refused` and `moved_at`: one query."""
        settled = Q(items__settled_at__isnull=False)
        return self.annotate(
            total=Count("items"),
            left=Count("items", filter=~settled),
            refused=Count("items", filter=settled & ~Q(items__refusal={})),
            moved_at=Coalesce(Max("items__settled_at"), F("begun_at")),
        )

    def lost(self, now):
        """Those that run, and in which nothing has moved for a while: their worker was stopped."""
        return self.running().with_progress().filter(moved_at__lt=now - LOST)


class Batch(models.Model):
    """One at most runs for an edition."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="batches")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificates issued together")
        ordering = ["-begun_at"]
        constraints = [
            models.UniqueConstraint(fields=["edition"], condition=Q(finished_at=None), name="one_batch_runs")
        ]

    def __str__(self):
        return f"{self.edition} · {self.begun_at:%Y-%m-%d}"

    @property
    def done(self):
        """Of a row that came with its progress."""
        return self.total - self.left - self.refused

    def is_lost(self, now):
        return self.finished_at is None and self.moved_at < now - LOST

    def finish(self, now):
        """Whether nobody is left."""
        if self.items.left().exists():
            return False
        Batch.objects.running().filter(pk=self.pk).update(finished_at=now)
        return True


class BatchItemQuerySet(models.QuerySet):
    def left(self):
        return self.filter(settled_at=None)

    def refused(self):
        return self.exclude(settled_at=None).exclude(refusal={})


class BatchItem(models.Model):
    """One person of a batch. It is settled in the transaction that issues the certificate, or says why not."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    refusal = models.JSONField(default=dict)

    objects = BatchItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("person of a batch")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "learner"], name="in_a_batch_once")]

    def __str__(self):
        return f"{self.learner}"

    def settle(self, now, refusal=None):
        self.settled_at, self.refusal = now, refusal or {}
        self.save(update_fields=["settled_at", "refusal"])
