"""What trainers publish beside the pages: a file or a link, where it belongs, and who may have it."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.models import Item
from home.models import in_language
from people.languages import MOTHER_TONGUES
from people.models import Cohort, TrailEntry
from people.models.trail import Shown, note

from .sessions import Session

LANGUAGES = [("multi", _("several languages")), *MOTHER_TONGUES]


class MaterialQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def seen_by(self, user):
        """What everybody reads and, for who is signed in, what is for their groups; the staff read their own too."""
        seen = Q(audience=Material.Audience.EVERYONE)
        if user.is_authenticated:
            seen |= Q(author=user) | Q(cohort__in=user.cohorts.values("pk"))
            seen |= Q(cohort__in=Cohort.objects.seen_by(user).values("pk"))
            if user.takes_attendance:
                seen |= Q(audience=Material.Audience.TRAINERS)
        return self.standing().filter(seen).select_related("cohort")

    def kept_by(self, user):
        """What this person may withdraw: their own and, for a coordinator, that of the people they see."""
        if user.is_coordinator:
            return self.filter(Q(author=user) | Q(author__in=user.people_seen()))
        return self.filter(author=user)

    def publish(self, author, code, values, upload, now):
        """Once for each code: the form that is sent again changes nothing. Whether what is published is this."""
        if upload:
            values = {**values, **upload.stored(code)}
        with transaction.atomic():
            material, made = self.get_or_create(code=code, author=author, defaults={**values, "at": now})
            if made:
                material.note(author, now, Shown.PUBLISHED)
        if upload and not made:
            storages["private"].delete(values.pop("file"))
        return made or all(getattr(material, name) == value for name, value in values.items())


class Material(models.Model):
    """A file or a link of a trainer. Without a session and without an item it stands in the library alone."""

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("everybody, without an account")
        GROUP = "group", _("the learners of a group")
        TRAINERS = "trainers", _("the trainers")

    class Licence(models.TextChoices):
        RESERVED = "reserved", _("All rights reserved: to read, not to publish again")
        BY = "CC BY 4.0", _("CC BY 4.0: to use again, with the name of the author")
        BY_SA = "CC BY-SA 4.0", _("CC BY-SA 4.0: the same, shared in the same way")
        BY_NC = "CC BY-NC 4.0", _("CC BY-NC 4.0: to use again, without selling")
        BY_NC_SA = "CC BY-NC-SA 4.0", _("CC BY-NC-SA 4.0: without selling, shared in the same way")
        ZERO = "CC0 1.0", _("CC0 1.0: to use freely")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="materials")
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="materials")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="materials")
    audience = models.CharField(max_length=8, choices=Audience)
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, related_name="materials")
    title_fr = models.CharField(_("title in French"), max_length=150, blank=True)
    title_nl = models.CharField(_("title in Dutch"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES)
    licence = models.CharField(_("licence"), max_length=15, choices=Licence)
    url = models.URLField(_("link"), max_length=500, blank=True)
    file = models.CharField(max_length=150, blank=True)
    extension = models.CharField(max_length=4, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], condition=Q(withdrawn_at=None), name="materials_newest_first")]
        constraints = [
            models.CheckConstraint(name="material_file_or_link", condition=Q(url="") ^ Q(file="")),
            models.CheckConstraint(name="material_has_title", condition=~Q(title_fr="", title_nl="")),
            models.CheckConstraint(name="material_in_one_place", condition=Q(session=None) | Q(item=None)),
            models.CheckConstraint(
                name="material_for_its_group",
                condition=Q(audience="group", cohort__isnull=False) | (~Q(audience="group") & Q(cohort=None)),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self):
        return in_language(self, "title") or self.title_nl

    @property
    def title_language(self):
        """The language of the title, when it is not that of the page."""
        other = "fr" if get_language() == "nl" else "nl"
        return "" if getattr(self, f"title_{get_language()}", "") else other

    @property
    def address(self):
        return self.url or reverse("events:material", args=[self.code])

    @property
    def licence_name(self):
        return _("all rights reserved") if self.licence == self.Licence.RESERVED else self.licence

    @property
    def file_name(self):
        return f"{slugify(self.title) or self.code}.{self.extension}"

    @property
    def icon(self):
        if self.content_type.startswith("audio/"):
            return "volume-2"
        return "file-text" if self.file else "external-link"

    def open(self):
        return storages["private"].open(self.file)

    @transaction.atomic
    def withdraw(self, by, now):
        """Twice keeps the first time."""
        if Material.objects.filter(pk=self.pk, withdrawn_at=None).update(withdrawn_at=now):
            self.note(by, now, Shown.WITHDRAWN)

    @transaction.atomic
    def put_back(self, by, now):
        if Material.objects.filter(pk=self.pk, withdrawn_at__isnull=False).update(withdrawn_at=None):
            self.note(by, now, Shown.PUT_BACK)

    def note(self, by, now, shown):
        """Under its French title, whoever did it."""
        subject = self.title_fr or self.title_nl
        note(TrailEntry.Action.MATERIAL, by, now, subject=subject, after={"shown": shown})
