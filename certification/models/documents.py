"""What is attested of a learner besides the certificate: the texts that a coordinator writes, the documents issued."""

import hashlib
import uuid

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.chain import canonical
from certification.document_kinds import PARTS, PREFIXES, SHIPPED, Kind
from courses.models import Edition


def private():
    return storages["private"]


def place_of(body, _name):
    return f"documents/{body.document.code}.pdf"


class TemplateQuerySet(models.QuerySet):
    def of(self, kind):
        """The text of a kind as it stands: as it was shipped, until somebody changes it."""
        return self.filter(kind=kind).first() or self.model(kind=kind, **SHIPPED[kind])


class DocumentTemplate(models.Model):
    """The words of one kind of document, in both languages. What it must say besides is added to them."""

    kind = models.CharField(max_length=13, choices=Kind, unique=True)
    title_fr = models.CharField(_("title in French"), max_length=90)
    title_nl = models.CharField(_("title in Dutch"), max_length=90)
    intro_fr = models.TextField(_("introduction in French"), max_length=900)
    intro_nl = models.TextField(_("introduction in Dutch"), max_length=900)
    closing_fr = models.TextField(_("closing sentence in French"), max_length=900, blank=True)
    closing_nl = models.TextField(_("closing sentence in Dutch"), max_length=900, blank=True)
    place_fr = models.CharField(_("place of the signature in French"), max_length=80, blank=True)
    place_nl = models.CharField(_("place of the signature in Dutch"), max_length=80, blank=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a document")
        ordering = ["kind"]

    def __str__(self):
        return self.get_kind_display()

    def said(self, language):
        return {part: getattr(self, f"{part}_{language}") for part in PARTS}


class DocumentCounterQuerySet(models.QuerySet):
    def take(self, kind, year):
        """The next number. Called inside the transaction that issues: a refusal gives the number back."""
        self.get_or_create(kind=kind, year=year)
        counter = self.select_for_update().get(kind=kind, year=year)
        counter.last += 1
        counter.save(update_fields=["last"])
        return f"{PREFIXES[kind]}-{year}-{counter.last:04d}"


class DocumentCounter(models.Model):
    """The last number given to a kind in a year: no gap, no reuse."""

    kind = models.CharField(max_length=13, choices=Kind)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects = DocumentCounterQuerySet.as_manager()

    class Meta:
        verbose_name = _("counter of documents")
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="documents_counted_once")]

    def __str__(self):
        return f"{self.kind} {self.year}: {self.last}"


class IssuedDocumentQuerySet(models.QuerySet):
    def standing(self):
        """Those that no other replaces, with what they say."""
        return self.filter(replacement=None).select_related("body")

    def latest(self, kind, learner, edition, language):
        return self.standing().filter(kind=kind, learner=learner, edition=edition, language=language).first()

    def seen_by(self, user):
        """Those of the holder, and those of the editions that this person sees."""
        return self.filter(Q(learner=user) | Q(edition__in=Edition.objects.seen_by(user)))


class IssuedDocument(models.Model):
    """A document as it was issued, without a name: never changed. Other facts give another one, that replaces it."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=13, choices=Kind)
    language = models.CharField(max_length=2)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="documents")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="documents")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="documents_issued")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replacement")

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("issued document")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "learner", "edition", "language"],
                condition=Q(replaces=None),
                name="document_issued_once",
            )
        ]

    def __str__(self):
        return self.number

    def says(self, facts):
        """Nobody knows any more of what was erased."""
        return hasattr(self, "body") and canonical(self.body.facts) == canonical(facts)

    def keep(self, content, **said):
        """Writes the document with what it says, once, in the transaction that issues it."""
        self.sha256, self.size = hashlib.sha256(content).hexdigest(), len(content)
        self.save(force_insert=True)
        body = DocumentBody(document=self, **said)
        body.file.save("", ContentFile(content), save=False)
        body.save(force_insert=True)
        return self


class DocumentBody(models.Model):
    """What is personal in a document: the facts, the words as they were, each printed string, the PDF. It goes at the
    end of its legal time, and the document then says that it was erased."""

    document = models.OneToOneField(IssuedDocument, models.PROTECT, related_name="body")
    facts = models.JSONField()
    template = models.JSONField()
    printed = models.JSONField()
    file = models.FileField(storage=private, upload_to=place_of, max_length=150)

    class Meta:
        verbose_name = _("content of a document")

    def __str__(self):
        return str(self.document)

    def content(self):
        with self.file.open() as file:
            return file.read()
