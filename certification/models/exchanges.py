import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Edition


class ExchangeQuerySet(models.QuerySet):
    def of(self, learner, edition):
        return self.filter(learner=learner, edition=edition).select_related("tutor", "note")

    def answered(self):
        return self.filter(answered_at__isnull=False)


class Exchange(models.Model):
    """A learner asked and a tutor answered: the proof of assistance at a distance. What was said is not kept."""

    class Channel(models.TextChoices):
        SITE = "site", _("message on the site")
        PHONE = "phone", _("telephone")
        WHATSAPP = "whatsapp", _("WhatsApp")
        EMAIL = "email", _("e-mail")
        MEETING = "meeting", _("in person")

    class Subject(models.TextChoices):
        LESSON = "lesson", _("a lesson or a quiz")
        SESSION = "session", _("a meeting: day, place, link")
        PRACTICE = "practice", _("a task, or the practice")
        PACE = "pace", _("the pace of the training")
        TOOL = "tool", _("the site or the telephone")
        CERTIFICATE = "certificate", _("the certificate")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="exchanges")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="exchanges")
    tutor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="exchanges_led")
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    subject = models.CharField(_("subject"), max_length=11, choices=Subject)
    asked_at = models.DateTimeField(_("asked on"))
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "learner", "channel", "asked_at"], name="exchange_noted_once"),
            models.CheckConstraint(
                name="exchange_answered_after",
                condition=models.Q(answered_at=None) | models.Q(answered_at__gte=models.F("asked_at")),
            ),
        ]

    def __str__(self):
        return f"{self.learner} · {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def delay(self):
        """Whole minutes until the answer, nights and week-ends included; None while it is awaited."""
        return self.answered_at and int((self.answered_at - self.asked_at).total_seconds() // 60)

    @property
    def line(self):
        return self.note.text if hasattr(self, "note") else ""


class ExchangeNote(models.Model):
    """The one line beside an exchange: it goes at once when its learner is erased."""

    exchange = models.OneToOneField(Exchange, models.CASCADE, related_name="note")
    text = models.CharField(_("in one line"), max_length=120)

    class Meta:
        verbose_name = _("line on an exchange")

    def __str__(self):
        return self.text
