"""What a learner did: rows that are added, never changed. Keyed on items, so equal in French and in Dutch."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .items import Item


class Fact(models.Model):
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="%(class)ss")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.learner} · {self.item}"


class Completion(Fact):
    """A lesson finished. `minutes` freezes the declared average duration: asynchronous time is summed from it."""

    minutes = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("completion")
        constraints = [models.UniqueConstraint(fields=["learner", "item"], name="lesson_completed_once")]


class ModuleCompletion(Fact):
    """A module finished: its lessons completed and its quiz passed, as the edition asked for them that day."""

    at = models.DateTimeField()

    class Meta:
        verbose_name = _("module completion")
        constraints = [models.UniqueConstraint(fields=["learner", "item"], name="module_completed_once")]


class QuizDraft(Fact):
    """An unfinished attempt. `answers` holds the first answer to each question, which counts;
    `tries` the latest one, which is only for learning. Deleted when the attempt is frozen."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    answers = models.JSONField(default=dict)
    tries = models.JSONField(default=dict)
    started_at = models.DateTimeField()

    class Meta:
        verbose_name = _("unfinished quiz")
        constraints = [models.UniqueConstraint(fields=["learner", "item"], name="one_draft_a_quiz")]


class QuizAttempt(Fact):
    """An attempt as it was: its questions, answers, pass mark and language are frozen (architecture, decision 7)."""

    uuid = models.UUIDField(editable=False)
    questions = models.JSONField()
    right = models.PositiveSmallIntegerField()
    total = models.PositiveSmallIntegerField()
    pass_percent = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    language = models.CharField(max_length=8)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()

    class Meta:
        verbose_name = _("quiz attempt")
        indexes = [models.Index(fields=["learner", "item", "finished_at"], name="attempts_of_a_learner")]
        constraints = [
            models.UniqueConstraint(fields=["learner", "uuid"], name="attempt_recorded_once"),
            models.CheckConstraint(name="attempt_right_within_total", condition=models.Q(right__lte=models.F("total"))),
        ]
