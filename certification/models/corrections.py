"""What a holder asks about a name that is wrong, and the reminders before a certificate ends."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Edition
from events.models.posts import Post

from .certificates import Certificate


class CorrectionRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(answered_at=None)

    def coordinated_by(self, user):
        return self.filter(certificate__edition__in=Edition.objects.seen_by(user))

    def ask(self, certificate, wanted, now):
        """Whether it is new. Asked again before the answer, the last words stand."""
        return self.update_or_create(
            certificate=certificate,
            answered_at=None,
            defaults={"wanted": wanted},
            create_defaults={"wanted": wanted, "asked_at": now},
        )[1]

    def answer(self, certificate, now):
        return self.open().filter(certificate=certificate).update(answered_at=now)


class CorrectionRequest(models.Model):
    """The holder says that the name of a certificate is wrong, and how it is written."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="corrections")
    wanted = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("name to correct")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["certificate"], condition=Q(answered_at=None), name="one_correction_asked")
        ]

    def __str__(self):
        return f"{self.certificate}"


class ExpiryReminder(Post):
    """A letter before a certificate ends: once for each number of days."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta(Post.Meta):
        verbose_name = _("reminder before a certificate ends")
        ordering = ["at", "pk"]
        constraints = [
            *Post.Meta.constraints,
            models.UniqueConstraint(fields=["certificate", "days"], name="reminded_of_the_end_once"),
        ]

    def __str__(self):
        return f"{self.certificate} · {self.days}"
