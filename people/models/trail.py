import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .persons import User

# Values that name or describe a person. They stand beside the entry, so that an erasure takes them away.
PERSONAL = {"username", "printed_name", "used_name", "email", "agreement", "interface_language", "mother_tongue"}


class Shown(models.TextChoices):
    """What was done to something that many read."""

    PUBLISHED = "published", pgettext_lazy("shown", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("shown", "withdrawn")
    PUT_BACK = "put_back", pgettext_lazy("shown", "put back")


class TrailQuerySet(models.QuerySet):
    def seen_by(self, user):
        """What was done to the people one sees and, where no person is named, by them."""
        if user.sees_everyone:
            return self
        people = user.people_seen().values("pk")
        return self.filter(Q(person__in=people) | Q(person=None, author__in=people))

    def about(self, typed):
        """Those whose person, author or subject holds what was typed."""
        names = ("person__printed_name", "person__used_name", "author__printed_name", "author__used_name", "subject")
        found = Q()
        for name in names:
            found |= Q(**{f"{name}__icontains": typed})
        return self.filter(found)

    def with_names(self):
        return self.select_related("person", "author", "detail")


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
        CIVIL_READ = "civil_read", _("read a civil status")
        CIVIL_WRITTEN = "civil_written", _("wrote a civil status")
        DECLARED = "declared", _("declared to the State’s register")
        JURY = "jury", _("prepared a jury")
        JURY_OFF = "jury_off", _("cancelled a jury")
        JURY_DECIDED = "jury_decided", _("wrote a decision of a jury")
        JURY_SIGNED = "jury_signed", _("signed the minutes of a jury")
        DOCUMENT = "document", _("made a document")
        WORDED = "worded", _("changed the text of a document")
        FRAMEWORK = "framework", _("published a framework")
        RULE = "rule", _("published a rule")
        NEWS = "news", _("changed the news of a group")
        MATERIAL = "material", _("changed the files and links")
        PURGED = "purged", _("purged a register")

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

    @property
    def changes(self):
        """(field, value before, value after) of everything that changed; None where there was nothing."""
        detail = getattr(self, "detail", None)
        before = {**self.before, **(detail.before if detail else {})}
        after = {**self.after, **(detail.after if detail else {})}
        return [(name, before.get(name), after.get(name)) for name in dict.fromkeys([*before, *after])]


class TrailDetail(models.Model):
    """What is personal beside an entry. Erasing it leaves the entry."""

    entry = models.OneToOneField(TrailEntry, models.PROTECT, related_name="detail")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("detail of the audit trail")

    def __str__(self):
        return f"{self.entry}"


def note(action, author, now, person=None, subject="", before=None, after=None):
    """Adds to the audit trail, in the transaction of what it tells. `author` None: a command."""
    entry = TrailEntry.objects.create(
        action=action,
        author=author,
        at=now,
        person=person,
        subject=subject[:150],
        before=only(before, personal=False),
        after=only(after, personal=False),
    )
    detail = {"before": only(before, personal=True), "after": only(after, personal=True)}
    if any(detail.values()):
        TrailDetail.objects.create(entry=entry, **detail)
    return entry


def only(values, personal):
    return {name: value for name, value in (values or {}).items() if (name in PERSONAL) == personal}
