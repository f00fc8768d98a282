"""The portfolio of a learner: private files that they add, and what a reviewer says of each."""

import hashlib
import uuid

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from certification.refusals import Refused
from home.uploads import EXTENSIONS

MOST_ITEMS = 40


def private():
    return storages["private"]


def place_of(item, _name):
    return f"portfolio/{item.code}.{EXTENSIONS[item.content_type]}"


class ItemQuerySet(models.QuerySet):
    @transaction.atomic
    def add(self, learner, title, content, content_type, now):
        """The same file twice is kept once."""
        get_user_model().objects.select_for_update().get(pk=learner.pk)
        sha256 = hashlib.sha256(content).hexdigest()
        known = self.filter(learner=learner, sha256=sha256).first()
        if known:
            return known
        if self.filter(learner=learner).count() >= MOST_ITEMS:
            raise Refused("portfolio_full", count=MOST_ITEMS)
        item = self.model(learner=learner, title=title, sha256=sha256, size=len(content), added_at=now)
        item.content_type = content_type
        item.file.save("", ContentFile(content), save=False)
        item.save(force_insert=True)
        return item

    def with_reviews(self):
        return self.prefetch_related(models.Prefetch("reviews", PortfolioReview.objects.select_related("author")))


class PortfolioItem(models.Model):
    """A photo, a voice or a document that shows what a learner can do."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("waits to be read")
        ACCEPTED = "accepted", _("accepted")
        SENT_BACK = "sent_back", _("sent back")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="portfolio")
    title = models.CharField(max_length=120)
    file = models.FileField(storage=private, upload_to=place_of, max_length=150)
    content_type = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("portfolio file")
        ordering = ["-added_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["learner", "sha256"], name="portfolio_kept_once")]

    def __str__(self):
        return self.title

    @property
    def kind(self):
        """image, audio or application."""
        return self.content_type.partition("/")[0]

    @property
    def review(self):
        """What was said last. Asks nothing when the reviews came along."""
        return max(self.reviews.all(), key=lambda review: (review.at, review.pk), default=None)

    @property
    def status(self):
        return self.Status(self.review.verdict) if self.review else self.Status.SUBMITTED

    def content(self):
        with self.file.open() as file:
            return file.read()

    @property
    def download_name(self):
        return f"{self.title[:80]}.{EXTENSIONS[self.content_type]}".replace("/", " ")

    @transaction.atomic
    def take_back(self):
        """The learner removes what nobody accepted and what proves no recognised block."""
        item = PortfolioItem.objects.select_for_update().get(pk=self.pk)
        if item.status == self.Status.ACCEPTED or item.recognitions.filter(ended_at=None).exists():
            raise Refused("accepted")
        file = item.file
        item.delete()
        transaction.on_commit(lambda: file.storage.delete(file.name))

    @transaction.atomic
    def say(self, author, verdict, now, block="", reason=""):
        """The same verdict twice by the same person is said once."""
        item = PortfolioItem.objects.select_for_update().get(pk=self.pk)
        last, said = item.review, {"verdict": verdict, "block": block, "reason": reason}
        if last and last.author_id == author.pk and all(getattr(last, name) == value for name, value in said.items()):
            return last
        return item.reviews.create(author=author, at=now, **said)


class PortfolioReview(models.Model):
    """A file is accepted for a block, or sent back with a reason. The last review stands."""

    VERDICTS = PortfolioItem.Status.choices[1:]

    item = models.ForeignKey(PortfolioItem, models.CASCADE, related_name="reviews")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="portfolio_reviews")
    verdict = models.CharField(max_length=9, choices=VERDICTS)
    block = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("review of a portfolio file")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="portfolio_accepted_for_a_block",
                condition=models.Q(verdict="accepted") & ~models.Q(block="") | models.Q(verdict="sent_back", block=""),
            ),
            models.CheckConstraint(
                name="portfolio_sent_back_with_reason", condition=~models.Q(verdict="sent_back") | ~models.Q(reason="")
            ),
        ]

    def __str__(self):
        return f"{self.item} · {self.verdict}"
