import hashlib
import secrets

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.credentials.status_list import SIZE

from .certificates import Certificate, CertificateEvent

TRIES = 20


class CredentialQuerySet(models.QuerySet):
    def make(self, certificate, language, write, now):
        """The credential of a certificate in a language: the one that exists, or what `write(list, index)` returns."""
        for _try in range(TRIES):
            made = self.filter(certificate=certificate, language=language).first()
            if made:
                return made
            place = self.free_place()
            try:
                with transaction.atomic():
                    return self.add(certificate, language, *place, write(*place), now)
            except IntegrityError:
                continue  # Another process took the place, or made the same credential.
        raise RuntimeError("No free place in the status lists")

    def add(self, certificate, language, status_list, status_index, body, now):
        return self.create(
            certificate=certificate,
            language=language,
            status_list=status_list,
            status_index=status_index,
            body=body,
            sha256=hashlib.sha256(body.encode()).hexdigest(),
            made_at=now,
        )

    def free_place(self):
        """A list that is at most half full, and a place in it that tells nothing of when it was given."""
        number = self.count() // (SIZE // 2) + 1
        index = secrets.randbelow(SIZE)
        while self.filter(status_list=number, status_index=index).exists():
            index = secrets.randbelow(SIZE)
        return number, index

    def no_longer_valid(self):
        revoked = Q(certificate__events__kind=CertificateEvent.Kind.REVOKED)
        return self.filter(revoked | ~Q(certificate__replacement=None)).distinct()


class Credential(models.Model):
    """A certificate as a signed Open Badge in one language: written once, served as it was written."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="credentials")
    language = models.CharField(max_length=2)
    status_list = models.PositiveSmallIntegerField()
    status_index = models.PositiveIntegerField()
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects = CredentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("credential")
        ordering = ["certificate", "language"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "language"], name="credential_made_once"),
            models.UniqueConstraint(fields=["status_list", "status_index"], name="credential_has_its_place"),
        ]

    def __str__(self):
        return f"{self.certificate} · {self.language}"


class StatusListQuerySet(models.QuerySet):
    @transaction.atomic
    def publish(self, number, write, now):
        """Writes the list again when what it says has changed. `write(indexes, old body)` returns the body."""
        held, _made = self.get_or_create(number=number, defaults={"body": "", "made_at": now})
        held = self.select_for_update().get(pk=held.pk)
        ended = Credential.objects.filter(status_list=number).no_longer_valid()
        body = write(set(ended.values_list("status_index", flat=True)), held.body)
        if body != held.body:
            held.body, held.made_at = body, now
            held.save(update_fields=["body", "made_at"])
        return held


class StatusList(models.Model):
    """Which credentials no longer hold, as it is published: made again when one is revoked or replaced."""

    number = models.PositiveSmallIntegerField(unique=True)
    body = models.TextField()
    made_at = models.DateTimeField()

    objects = StatusListQuerySet.as_manager()

    class Meta:
        verbose_name = _("status list")
        ordering = ["number"]

    def __str__(self):
        return str(self.number)
