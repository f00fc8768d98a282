import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .persons import User


class TrailQuerySet(models.QuerySet):
    def seen_by(self, user):
        """What was done to the people one sees; without a person, to an administrator or a lead partner only."""
        return self if user.sees_everyone else self.filter(person__in=user.people_seen())


class TrailEntry(models.Model):
    """The audit trail: who of the staff did what to a person or a proof, when, from what to what. Append-only.

    `before` and `after` hold values that changed, never a secret: a PIN was reset, not to what.
    """

    class Action(models.TextChoices):
        INVITED = "invited", _("invited")
        ENTERED = "entered", _("used an invitation")
        RESET = "reset", _("gave a new way in")
        CARD = "card", _("made cards")
        CARD_REVOKED = "card_revoked", _("cancelled a card")
        CHANGED = "changed", _("changed a person")
        ROLES = "roles", _("changed roles")
        ERASED = "erased", _("erased a person")
        REFUSED = "refused", _("refused an erasure")
        SIGNED = "signed", _("signed a half-day")
        CORRECTED = "corrected", _("corrected attendance")
        DECIDED = "decided", _("decided a late mark")
        ISSUED = "issued", _("issued a certificate")
        REVOKED = "revoked", _("revoked a certificate")
        AUDITOR = "auditor", _("gave an auditor access")
        AUDITOR_ENDED = "auditor_ended", _("ended an auditor’s access")
        EXPORTED = "exported", _("exported")
        UNLOCKED = "unlocked", _("removed a second proof")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField()
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="trail_written")
    action = models.CharField(max_length=13, choices=Action)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="trail")
    subject = models.CharField(max_length=150, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = TrailQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the audit trail")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at"], name="trail_by_time")]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"


def note(action, author, now, person=None, subject="", before=None, after=None):
    """Adds to the audit trail, in the transaction of what it tells. `author` None: a command."""
    return TrailEntry.objects.create(
        action=action,
        author=author,
        at=now,
        person=person,
        subject=subject,
        before=before or {},
        after=after or {},
    )
