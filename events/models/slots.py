import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.deletion import Collector, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel

from .sessions import Session


class Slot(models.Model):
    """A half-day of a session: the unit of attendance."""

    class Period(models.TextChoices):
        MORNING = "morning", _("morning")
        AFTERNOON = "afternoon", _("afternoon")
        EVENING = "evening", _("evening")

    class Modality(models.TextChoices):
        ON_SITE = "on_site", _("on site")
        VIRTUAL = "virtual", _("virtual class")
        WORK = "work", _("work situation")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = ParentalKey(Session, on_delete=models.PROTECT, related_name="slots")
    period = models.CharField(_("half-day"), max_length=9, choices=Period)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    modality = models.CharField(_("modality"), max_length=8, choices=Modality, default=Modality.ON_SITE)

    panels = [FieldPanel("period"), FieldPanel("starts_at"), FieldPanel("ends_at"), FieldPanel("modality")]

    class Meta:
        verbose_name = _("half-day")
        verbose_name_plural = _("half-days")
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["session", "starts_at"], name="slot_once"),
            models.CheckConstraint(name="slot_ends_after_start", condition=models.Q(ends_at__gt=models.F("starts_at"))),
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    def clean(self):
        known = Slot.objects.filter(pk=self.pk).first()
        if known:
            known.refuse_other(self.times)

    def refuse_other(self, times):
        """The minutes of presence were counted on these hours."""
        if times != self.times and self.is_used:
            raise ValidationError(_("Attendance was taken in a half-day: its hours stay."), code="used")

    @property
    def times(self):
        return self.starts_at, self.ends_at

    @property
    def is_used(self):
        """Whether something is proven of it."""
        try:
            Collector(using="default").collect([self])
        except ProtectedError:
            return True
        return False

    @property
    def subject(self):
        """How the audit trail names it, in no language."""
        where = self.session.edition.cohort if self.session.edition_id else self.session.city
        return " · ".join(filter(None, [str(where), f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"]))

    @property
    def minutes(self):
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
