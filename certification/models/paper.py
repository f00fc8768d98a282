import hashlib
import uuid

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from events.models import Slot
from home.uploads import EXTENSIONS

from .register import Fact, RegisterEntry, hold


class PaperQuerySet(models.QuerySet):
    @transaction.atomic
    def attach(self, slot, author, content, content_type, now):
        """Keeps a file beside the half-day. The same file twice is kept once."""
        session = hold(slot.session_id)
        sha256 = hashlib.sha256(content).hexdigest()
        known = self.filter(slot=slot, sha256=sha256).first()
        if known:
            return known
        paper = self.model(slot=slot, author=author, sha256=sha256, size=len(content), added_at=now)
        paper.content_type = content_type
        name = f"papers/{slot.code}/{paper.code}.{EXTENSIONS[content_type]}"
        paper.name = storages["private"].save(name, ContentFile(content))
        paper.chain_to(session)
        paper.save(force_insert=True)
        return paper


class PaperSheet(Fact):
    """The scan or the photo of a sheet that was signed on paper: proof beside the marks that were copied from it."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="papers")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()

    LINK_KIND = RegisterEntry.Kind.PAPER
    SAID = {
        "paper": "code",
        "slot": "slot__code",
        "author": "author__code",
        "file": "name",
        "content_type": "content_type",
        "sha256": "sha256",
        "size": "size",
        "added_at": "added_at",
    }

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper sheet")
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["slot", "sha256"], name="paper_kept_once")]

    def __str__(self):
        return f"{self.slot} · {self.sha256[:8]}"

    def content(self):
        with storages["private"].open(self.name) as file:
            return file.read()
