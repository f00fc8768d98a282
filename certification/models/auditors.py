import datetime
import uuid

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from people.models import Cohort, TrailEntry
from people.models.trail import note

LONGEST = datetime.timedelta(days=90)


class AuditorLinkQuerySet(models.QuerySet):
    def of(self, token):
        """The link that somebody holds; None when it was never made."""
        return self.filter(digest=digest_of(token)).select_related("cohort").first()

    @transaction.atomic
    def give(self, token, author, now, **values):
        """Makes a link with the code that a form carries. Sent again it is made once: then nothing is returned."""
        code = values.pop("code")
        given = {"digest": digest_of(token), "author": author, "made_at": now, **values}
        link, made = self.get_or_create(code=code, defaults=given)
        if made:
            after = {"starts_on": day_of(link.starts_at), "ends_on": day_of(link.ends_at)}
            note(TrailEntry.Action.AUDITOR, author, now, subject=link.subject, after=after)
        return link if made else None


class AuditorLink(models.Model):
    """Opens the proof of one cohort to whoever holds it, to read, between two moments. Its token is kept nowhere."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="auditor_links")
    who = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = AuditorLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("auditor’s link")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                name="auditor_link_ends_after_start", condition=models.Q(ends_at__gt=models.F("starts_at"))
            )
        ]

    class State(models.TextChoices):
        COMING = "coming", _("not open yet")
        OPEN = "open", _("open now")
        ENDED = "ended", _("ended")

    def __str__(self):
        return f"{self.cohort} · {self.who}"

    @property
    def subject(self):
        return f"{self.cohort} · {self.who}"

    def state(self, now):
        if self.withdrawn_at or self.ends_at <= now:
            return self.State.ENDED
        return self.State.OPEN if self.starts_at <= now else self.State.COMING

    @transaction.atomic
    def withdraw(self, author, now):
        """At once. Twice is harmless: the first time stays."""
        if AuditorLink.objects.filter(pk=self.pk, withdrawn_at=None).update(withdrawn_at=now):
            note(TrailEntry.Action.AUDITOR_ENDED, author, now, subject=self.subject)


class AuditorVisit(models.Model):
    """A page that was read through an auditor's link. Append-only."""

    link = models.ForeignKey(AuditorLink, models.PROTECT, related_name="visits")
    at = models.DateTimeField()
    path = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("visit of an auditor")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.link} · {self.path}"


def digest_of(token):
    return salted_hmac("certification.auditor", token, algorithm="sha256").hexdigest()


def day_of(moment):
    return timezone.localdate(moment).isoformat()
