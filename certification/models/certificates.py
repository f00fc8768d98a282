import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from certification.codes import new_code
from certification.refusals import Refused
from courses.models import Edition
from people.models import TrailEntry
from people.models.trail import note


class CounterQuerySet(models.QuerySet):
    def take(self, year):
        """The next number of a year. Called inside the transaction that issues: a refusal gives the number back."""
        self.get_or_create(year=year)
        counter = self.select_for_update().get(year=year)
        counter.last += 1
        counter.save(update_fields=["last"])
        return counter.last


class Counter(models.Model):
    """The last number given in a year. Its row is locked by the transaction that issues: no gap, no reuse."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    objects = CounterQuerySet.as_manager()

    class Meta:
        verbose_name = _("counter")

    def __str__(self):
        return f"{self.year}: {self.last}"


class CertificateQuerySet(models.QuerySet):
    def with_facts(self):
        """Each row carries its file, its replacement, `revoked_at` and `revoked_for`: one query."""
        return (
            self.select_related("file", "replacement")
            .annotate(revoked=FilteredRelation("events", condition=Q(events__kind=CertificateEvent.Kind.REVOKED)))
            .annotate(revoked_at=F("revoked__at"), revoked_for=F("revoked__reason"))
        )

    def seen_by(self, user):
        """Those of the holder, and those of the editions this person sees."""
        return self.filter(Q(learner=user) | Q(edition__in=Edition.objects.seen_by(user)))

    def with_renewal(self):
        """Each row carries the code and the number of the last certificate that outlasts it, None without one."""
        later = Certificate.objects.outlasting().order_by("-until", "-pk")
        return self.annotate(**{f"renewed_{name}": Subquery(later.values(name)[:1]) for name in ("code", "number")})

    def held(self):
        """Neither revoked nor replaced."""
        revoked = CertificateEvent.objects.filter(kind=CertificateEvent.Kind.REVOKED).values("certificate")
        return self.filter(replacement=None).exclude(pk__in=revoked)

    def outlasting(self):
        """Those held that end after the one of an outer query, of the same scheme and person: a renewal that was
        revoked is none. Of two that end on the same day, the one that was issued last."""
        rows = self.held().annotate(until=Coalesce("expires_on", Value(datetime.date.max)))
        later = Q(until__gt=OuterRef("expires_on")) | Q(until=OuterRef("expires_on"), pk__gt=OuterRef("pk"))
        return rows.filter(later, learner=OuterRef("learner"), scheme=OuterRef("scheme"))

    def standing(self):
        """Neither revoked, nor replaced, nor renewed."""
        return self.held().filter(~Exists(Certificate.objects.outlasting()))

    def renewed_by(self, certificate):
        """What a new certificate of the same scheme renews: the last one that ends one day, None without one, or when
        another one named it already and was revoked since."""
        held = self.standing().filter(learner=certificate.learner, scheme=certificate.scheme, renewal=None)
        return held.exclude(expires_on=None).exclude(edition=certificate.edition).order_by("-expires_on").first()

    def latest(self, learner, edition):
        """The certificate that this learner has for this edition, in its last replacement; None without one."""
        return self.filter(learner=learner, edition=edition, replacement=None).first()


class Certificate(models.Model):
    """A certificate as it was issued: every printed string in both languages, and the rules met, are frozen."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    number = models.CharField(max_length=20, unique=True, editable=False)
    # The key of a Scheme, as it was: the table is append-only.
    scheme = models.CharField(max_length=20, default="ambassador")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="certificates")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_on = models.DateField(null=True)
    printed = models.JSONField()
    rules_met = models.JSONField()
    # The one whose name was wrong.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replacement")
    # The one that ends, of the same scheme.
    renews = models.OneToOneField("self", models.PROTECT, null=True, related_name="renewal")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "scheme", "edition"],
                condition=models.Q(replaces=None),
                name="certificate_issued_once",
            )
        ]

    def __str__(self):
        return self.number

    class Status(models.TextChoices):
        VALID = "valid", _("valid")
        EXPIRED = "expired", _("expired")
        REVOKED = "revoked", _("revoked")
        REPLACED = "replaced", _("replaced")

    def status(self, today):
        """Of a row that came with its facts."""
        if self.revoked_at:
            return self.Status.REVOKED
        if hasattr(self, "replacement"):
            return self.Status.REPLACED
        if self.expires_on and self.expires_on < today:
            return self.Status.EXPIRED
        return self.Status.VALID

    @property
    def is_replaceable(self):
        """Of a row that came with its facts: it has no replacement yet, and if it was revoked, then for an error."""
        return not hasattr(self, "replacement") and self.revoked_for in (None, CertificateEvent.Reason.ERROR)

    @property
    def first(self):
        """Where the line of those that it replaces began: itself when it replaces none."""
        return self.replaces.first if self.replaces else self

    @property
    def was_revoked(self):
        return self.events.filter(kind=CertificateEvent.Kind.REVOKED).exists()

    @transaction.atomic
    def revoke(self, reason, author, now):
        """Twice is harmless: the first reason and date stay. Refused when another one replaces it: that one counts."""
        Certificate.objects.select_for_update().get(pk=self.pk)
        if Certificate.objects.filter(replaces=self).exists():
            raise Refused("replaced")
        defaults = {"reason": reason, "author": author, "at": now}
        event, revoked = self.events.get_or_create(kind=CertificateEvent.Kind.REVOKED, defaults=defaults)
        if revoked:
            note(TrailEntry.Action.REVOKED, author, now, self.learner, self.number, after={"revoked_for": reason})
        return event


class CertificateFile(models.Model):
    """The PDF, written once when it is made; until then the holder reads that it is being prepared."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="file")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("certificate file")

    def __str__(self):
        return self.name


class CertificateEvent(models.Model):
    """What happened to a certificate after it was issued."""

    class Kind(models.TextChoices):
        REVOKED = "revoked", _("revoked")

    class Reason(models.TextChoices):
        ERROR = "error", _("It held an error.")
        CONDITIONS = "conditions", _("Its conditions were not met.")
        REQUEST = "request", _("Its holder asked for it.")

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=8, choices=Kind)
    reason = models.CharField(max_length=10, choices=Reason)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("certificate event")
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=models.Q(kind="revoked"), name="certificate_revoked_once"
            )
        ]

    def __str__(self):
        return f"{self.certificate} · {self.kind}"
