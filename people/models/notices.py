import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from .persons import User

# The day of the privacy notice that is in force: changed with its text, everybody is shown it again.
PRIVACY_NOTICE_VERSION = datetime.date(2026, 11, 23)


class NoticeQuerySet(models.QuerySet):
    def accept(self, person, now):
        """Twice is harmless: the first time stays."""
        notice, version = NoticeAcceptance.Notice.PRIVACY, PRIVACY_NOTICE_VERSION
        return self.get_or_create(person=person, notice=notice, version=version, defaults={"at": now})[0]

    def in_force(self):
        return self.filter(notice=NoticeAcceptance.Notice.PRIVACY, version=PRIVACY_NOTICE_VERSION)


class NoticeAcceptance(models.Model):
    """Somebody said that they read a version of a notice. Append-only."""

    class Notice(models.TextChoices):
        PRIVACY = "privacy", _("privacy notice")

    person = models.ForeignKey(User, models.PROTECT, related_name="notices_accepted")
    notice = models.CharField(max_length=7, choices=Notice)
    version = models.DateField()
    at = models.DateTimeField()

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice accepted")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["person", "notice", "version"], name="notice_accepted_once")]

    def __str__(self):
        return f"{self.person} · {self.notice} {self.version}"


class ConsentQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def give(self, person, purpose, now):
        """Twice is harmless: the first time stays."""
        return self.get_or_create(person=person, purpose=purpose, withdrawn_at=None, defaults={"given_at": now})[0]

    def withdraw(self, person, purpose, now):
        return self.standing().filter(person=person, purpose=purpose).update(withdrawn_at=now)


class Consent(models.Model):
    """What a person allows and may take back at any time. Nothing is allowed until they say so."""

    class Purpose(models.TextChoices):
        PHOTO = "photo", _("My photo")
        VOICE = "voice", _("My voice in a replay")

    person = models.ForeignKey(User, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=5, choices=Purpose)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=models.Q(withdrawn_at=None), name="one_standing_consent"
            )
        ]

    def __str__(self):
        return f"{self.person} · {self.purpose}"
