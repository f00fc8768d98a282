import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.requirements import Requirements
from people.models import Cohort, Organisation

from .items import Item


class EditionQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(cohort__in=Cohort.objects.seen_by(user))


class Edition(models.Model):
    """A course given to a cohort between two dates.

    `requirements` is frozen when the edition starts: a lesson added later un-completes nobody
    (docs/architecture.md, decision 4). Its shape is that of `courses.requirements.Requirements`.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Item, models.PROTECT, related_name="editions", verbose_name=_("course"))
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="editions", verbose_name=_("cohort"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    planned_minutes = models.PositiveIntegerField(_("planned minutes of presence"))
    presence_minutes = models.PositiveIntegerField(_("minutes of presence asked for"))
    open_to_all = models.BooleanField(_("anyone signed in may join"), default=False)
    requirements = models.JSONField(null=True, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["course", "cohort", "starts_on"], name="edition_once"),
            models.CheckConstraint(
                name="edition_ends_after_start", condition=models.Q(ends_on__gte=models.F("starts_on"))
            ),
            models.CheckConstraint(
                name="edition_presence_within_plan",
                condition=models.Q(presence_minutes__lte=models.F("planned_minutes")),
            ),
            models.CheckConstraint(
                name="edition_frozen_when_started",
                condition=models.Q(started_at=None, requirements=None)
                | models.Q(started_at__isnull=False, requirements__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.cohort} · {self.starts_on:%Y-%m-%d}"

    def start(self, requirements, now):
        """Freezes what the edition asks for. Started once: a second call, even at the same time, changes nothing."""
        waiting = Edition.objects.filter(pk=self.pk, started_at=None)
        if waiting.update(requirements=requirements.to_json(), started_at=now):
            self.refresh_from_db(fields=["requirements", "started_at"])

    @property
    def asked(self):
        """The frozen `Requirements`; None before the start."""
        return Requirements.from_json(self.requirements) if self.requirements else None


class EnrolmentQuerySet(models.QuerySet):
    def seen_by(self, user):
        editions = Edition.objects.seen_by(user)
        return self.filter(models.Q(edition__in=editions) | models.Q(learner__in=user.people_seen()))

    def latest_of(self, learner, course_key=None):
        """The learner's last enrolment, in this course when a key is given; None without one."""
        rows = self.filter(learner=learner).select_related("edition").order_by("-edition__starts_on", "-pk")
        return (rows.filter(edition__course=course_key) if course_key else rows).first()


class Enrolment(models.Model):
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="enrolments")
    employer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("employer or sender")
    )
    enrolled_at = models.DateTimeField(auto_now_add=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [models.UniqueConstraint(fields=["learner", "edition"], name="enrolled_once")]

    def __str__(self):
        return f"{self.learner} · {self.edition}"
