"""Observed practice: who is asked to assess whom, what each saw, and what the learner answers."""

import uuid
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification import chain
from certification.competence import Mark, Moment, Observation, Proof
from certification.refusals import Conflict, Refused
from courses.models import Edition
from events.models import Session
from people.roles import Role

from .attendance import new_salt
from .framework import FrameworkVersion
from .portfolio import PortfolioItem

PERSON = settings.AUTH_USER_MODEL
MOMENTS = [(str(moment), str(moment)) for moment in Moment]
MARKS = [(Mark.NOT_REACHED, _("not reached")), (Mark.PARTLY, _("partly")), (Mark.REACHED, _("reached"))]


def in_the_path(edition):
    """Those who train the learners of an edition: they are no outside assessors of them."""
    led = Session.objects.filter(edition=edition).values("trainers")
    return get_user_model().objects.filter(Q(cohorts_led=edition.cohort_id) | Q(pk__in=led))


def possible_assessors(edition):
    """Every assessor, of any partner since one has to come from outside, and the trainers of the group."""
    trainers = edition.cohort.trainers.values("pk")
    people = get_user_model().objects.filter(Q(groups__name=Role.ASSESSOR) | Q(pk__in=trainers))
    return people.filter(is_active=True, erased_at=None).distinct().order_by("printed_name", "pk")


class AssignmentQuerySet(models.QuerySet):
    def open(self):
        return self.filter(ended_at=None)

    def asked_of(self, user):
        return self.open().filter(assessor=user).select_related("edition__cohort", "learner")

    def ask(self, edition, learner, assessor, author, now):
        """Asks somebody to assess a learner. Twice is harmless: the first time stays."""
        if assessor == learner:
            raise Refused("own_practice")
        values = {"edition": edition, "learner": learner, "assessor": assessor, "ended_at": None}
        return self.get_or_create(**values, defaults={"author": author, "made_at": now})[0]


class Assignment(models.Model):
    """A coordinator asks somebody to assess a learner in an edition: only then does that person see them."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="assignments")
    learner = models.ForeignKey(PERSON, models.PROTECT, related_name="assignments")
    assessor = models.ForeignKey(PERSON, models.PROTECT, related_name="assignments_received")
    author = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to assess")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "learner", "assessor"], condition=Q(ended_at=None), name="assessor_asked_once"
            ),
            models.CheckConstraint(name="nobody_assesses_themselves", condition=~Q(learner=models.F("assessor"))),
        ]

    def __str__(self):
        return f"{self.learner} · {self.assessor}"

    def end(self, now):
        """What was assessed stays. Twice is harmless."""
        Assignment.objects.filter(pk=self.pk, ended_at=None).update(ended_at=now)


class AssessmentQuerySet(models.QuerySet):
    @transaction.atomic
    def record(self, *, assignment, version, block, moment, marks, observed_on, uuid, now, comments=None, remark=""):
        """Adds one filled grid. `marks` and `comments` are by code of criterion.

        Sent again by the same assessor with the same uuid it is recorded once; with another body it is a Conflict.
        """
        asked = Assignment.objects.select_for_update().get(pk=assignment.pk)
        refuse_unknown(version, block, marks, comments or {})
        assessment = self.model(
            uuid=UUID(str(uuid)),
            edition=assignment.edition,
            learner=assignment.learner,
            author=assignment.assessor,
            outside=not in_the_path(assignment.edition).filter(pk=assignment.assessor_id).exists(),
            version=version,
            block=block,
            moment=Moment(moment),
            marks={code: int(Mark(mark)) for code, mark in sorted(marks.items())},
            observed_on=observed_on,
            recorded_at=now,
        )
        detail = AssessmentDetail(
            assessment=assessment, printed_name=str(assignment.learner), comments=comments or {}, remark=remark
        )
        known = self.filter(author=assessment.author, uuid=assessment.uuid).select_related("detail").first()
        if known:
            return known.confirmed_by(assessment, detail)
        if asked.ended_at:
            raise Refused("not_asked")
        return detail.keep()

    def with_facts(self):
        return self.select_related("author", "version", "detail", "answer").order_by("-observed_on", "-pk")


def refuse_unknown(version, block, marks, comments):
    found = version.framework.block(block)
    known = {criterion.code for criterion in found.criteria} if found else set()
    if not set(marks) <= known or not set(comments) <= known:
        raise Refused("criterion")
    if not marks:
        raise Refused("nothing_seen")


class Assessment(models.Model):
    """One filled grid: what an assessor saw of one block, at one moment, by one version. Never changed: another look is
    a new row. A criterion that is not in `marks` was not seen."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    uuid = models.UUIDField()
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="assessments")
    learner = models.ForeignKey(PERSON, models.PROTECT, related_name="assessments")
    author = models.ForeignKey(PERSON, models.PROTECT, related_name="assessments_made")
    outside = models.BooleanField()
    version = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="assessments")
    block = models.CharField(max_length=20)
    moment = models.CharField(max_length=6, choices=MOMENTS)
    marks = models.JSONField()
    observed_on = models.DateField()
    recorded_at = models.DateTimeField()
    detail_digest = models.CharField(max_length=64)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        indexes = [models.Index(fields=["learner", "edition"], name="assessments_of_a_learner")]
        constraints = [models.UniqueConstraint(fields=["author", "uuid"], name="assessment_recorded_once")]

    def __str__(self):
        return f"{self.learner} · {self.block} · {self.moment}"

    @property
    def value(self):
        return Observation(
            assessor=str(self.author_id),
            outside=self.outside,
            block=self.block,
            moment=Moment(self.moment),
            marks=self.marks,
            at=self.recorded_at,
            uuid=str(self.uuid),
        )

    @property
    def body(self):
        return (
            self.edition_id,
            self.learner_id,
            self.version_id,
            self.block,
            self.moment,
            self.marks,
            self.observed_on,
        )

    def confirmed_by(self, assessment, detail):
        """This one, when what arrives with its uuid says the same. An erased detail is not compared."""
        erased = not hasattr(self, "detail")
        if self.body == assessment.body and (erased or self.detail.body == detail.body):
            return self
        raise Conflict("conflict")

    @property
    def is_whole(self):
        """Whether the comments are those that were recorded, or erased."""
        return not hasattr(self, "detail") or self.detail.seal == self.detail_digest


class AssessmentDetail(models.Model):
    """What is personal beside a grid. Erasing it leaves the proof."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="detail")
    printed_name = models.CharField(max_length=150)
    comments = models.JSONField(default=dict, blank=True)
    remark = models.CharField(max_length=1000, blank=True)
    salt = models.CharField(max_length=32, default=new_salt)

    class Meta:
        verbose_name = _("comments of an assessment")

    def __str__(self):
        return self.printed_name

    @property
    def body(self):
        return (self.comments, self.remark)

    @property
    def seal(self):
        values = {"printed_name": self.printed_name, "comments": self.comments, "remark": self.remark}
        return chain.sealed(self.salt, values)

    def keep(self):
        """Writes the grid, sealed over this, and this."""
        self.assessment.detail_digest = self.seal
        self.assessment.save(force_insert=True)
        self.save(force_insert=True)
        return self.assessment


class AnswerQuerySet(models.QuerySet):
    def give(self, assessment, text, now):
        """The same answer twice is harmless, another one is a Conflict."""
        answer, given = self.get_or_create(assessment=assessment, defaults={"text": text, "at": now})
        if not given and answer.text != text:
            raise Conflict("answered")
        return answer


class AssessmentAnswer(models.Model):
    """What the learner says of an assessment, once."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="answer")
    text = models.CharField(max_length=1000)
    at = models.DateTimeField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to an assessment")

    def __str__(self):
        return f"{self.assessment}"


class RecognitionQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(ended_at=None)

    def grant(self, edition, learner, author, now, **values):
        """With the code that a form carries: sent again it is granted once, with other values it is a Conflict."""
        if learner == author:
            raise Refused("own_practice")
        code, granted = values.pop("code"), {"edition": edition, "learner": learner, "author": author, **values}
        found, made = self.get_or_create(code=code, defaults={**granted, "at": now})
        if not made and any(getattr(found, name) != value for name, value in granted.items()):
            raise Conflict("form_used")
        return found


class Recognition(models.Model):
    """Experience that was recognised (VAE), or another title that gives a block: evidence for the whole block."""

    KINDS = [
        (Proof.EXPERIENCE, _("recognised experience (VAE, EVC)")),
        (Proof.EQUIVALENCE, _("equivalence with another title")),
    ]

    code = models.UUIDField(unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="recognitions")
    learner = models.ForeignKey(PERSON, models.PROTECT, related_name="recognitions")
    block = models.CharField(max_length=20)
    kind = models.CharField(max_length=11, choices=KINDS)
    source_title = models.CharField(max_length=200)
    source_block = models.CharField(max_length=200, blank=True)
    item = models.ForeignKey(PortfolioItem, models.SET_NULL, null=True, related_name="recognitions")
    author = models.ForeignKey(PERSON, models.PROTECT, related_name="recognitions_made")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="recognitions_ended")

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("recognition")
        ordering = ["block", "at", "pk"]
        constraints = [
            models.CheckConstraint(name="nobody_recognises_themselves", condition=~Q(learner=models.F("author"))),
            models.CheckConstraint(
                name="recognition_ended_by_somebody",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.learner} · {self.block}"

    def end(self, author, now):
        """Twice is harmless: the first time stays."""
        Recognition.objects.filter(pk=self.pk, ended_at=None).update(ended_at=now, ended_by=author)
