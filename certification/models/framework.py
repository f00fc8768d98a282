"""The competence framework: a draft that a coordinator writes, versions that never change, what the course covers."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from certification import competence
from certification.refusals import Conflict, Refused
from people.models import TrailEntry
from people.models.trail import note

AMBASSADOR = "ambassador"
# The word in the address of a version. Credentials hold it for good: no catalogue can change it.
PUBLIC = {"fr": "referentiel", "nl": "competentiekader"}


class VersionQuerySet(models.QuerySet):
    def latest_of(self, scheme=AMBASSADOR):
        """The last version published; None while there is none."""
        return self.filter(scheme=scheme).order_by("number").last()

    def of(self, edition, scheme=AMBASSADOR):
        """The version that an edition is judged by: the last one when it started, whatever is published later.

        Both facts never change, so neither does the answer. An edition that started before any version has the first.
        """
        if edition.started_at is None:
            return self.latest_of(scheme)
        versions = self.filter(scheme=scheme).order_by("number")
        return versions.filter(published_at__lte=edition.started_at).last() or versions.first()

    @transaction.atomic
    def publish(self, draft, author, now):
        """Makes a version of a draft, which is then gone. Refused with everything that is wrong in it."""
        draft = FrameworkDraft.objects.select_for_update().filter(pk=draft.pk).first()
        if draft is None:
            raise Conflict("draft_gone")
        wrong = list(competence.faults(draft.framework))
        if wrong:
            raise Refused("unfinished", faults=wrong)
        last = self.latest_of(draft.scheme)
        if last and last.content == draft.content:
            raise Refused("unchanged")
        number = last.number + 1 if last else 1
        version = self.create(
            scheme=draft.scheme, number=number, content=draft.content, author=author, published_at=now
        )
        draft.delete()
        note(TrailEntry.Action.FRAMEWORK, author, now, subject=str(version))
        return version

    def codes_used(self, scheme=AMBASSADOR):
        """Every code that ever named something, so that none names something else."""
        versions = [version.framework.codes for version in self.filter(scheme=scheme)]
        drafts = [draft.framework.codes for draft in FrameworkDraft.objects.filter(scheme=scheme)]
        return set().union(*versions, *drafts)


class Described(models.Model):
    """`content` has the shape of `certification.competence.Framework`."""

    scheme = models.CharField(max_length=40, default=AMBASSADOR)
    content = models.JSONField()

    class Meta:
        abstract = True

    @property
    def framework(self):
        return competence.Framework.from_json(self.content)


class FrameworkVersion(Described):
    """A published version: never changed. What was assessed keeps the version that it was assessed by."""

    number = models.PositiveSmallIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the framework")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="framework_numbered_once")]

    def __str__(self):
        return f"{self.scheme} {self.number}"

    def public_path(self, language):
        return f"/{language}/{PUBLIC[language]}/{self.scheme}/{self.number}/"


class DraftQuerySet(models.QuerySet):
    def begin(self, author, now, scheme=AMBASSADOR):
        """The next version to write: a copy of the last one. Twice is harmless: the first draft stays."""
        last = FrameworkVersion.objects.latest_of(scheme)
        values = {"content": last.content if last else competence.Framework().to_json()}
        return self.get_or_create(scheme=scheme, defaults={**values, "author": author, "changed_at": now})[0]

    @transaction.atomic
    def change(self, draft, changed, author, now):
        """Keeps what `changed(framework, codes used)` makes of the draft as it is now."""
        draft = self.select_for_update().filter(pk=draft.pk).first()
        if draft is None:
            raise Conflict("draft_gone")
        used = FrameworkVersion.objects.codes_used(draft.scheme)
        draft.content = changed(draft.framework, used).to_json()
        draft.author, draft.changed_at = author, now
        draft.save(update_fields=["content", "author", "changed_at"])
        return draft


class FrameworkDraft(Described):
    """The next version, while it is written. One a scheme; nobody is assessed by it."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of the framework")
        constraints = [models.UniqueConstraint(fields=["scheme"], name="one_draft_a_scheme")]

    def __str__(self):
        return self.scheme


class CoverageQuerySet(models.QuerySet):
    @transaction.atomic
    def choose(self, competence, keys, scheme=AMBASSADOR):
        """What teaches or tests one competence. `keys`: {kind: translation keys}."""
        self.filter(scheme=scheme, competence=competence).exclude(
            models.Q(*[models.Q(kind=kind, key__in=chosen) for kind, chosen in keys.items()], _connector=models.Q.OR)
        ).delete()
        self.bulk_create(
            [
                self.model(scheme=scheme, competence=competence, kind=kind, key=key)
                for kind, chosen in keys.items()
                for key in chosen
            ],
            ignore_conflicts=True,
        )


class CoverageLink(models.Model):
    """A lesson that teaches a competence, or a quiz question that tests it, by translation key: the same in French and
    in Dutch, in this version and in the next."""

    class Kind(models.TextChoices):
        LESSON = "lesson", _("lesson")
        QUESTION = "question", _("quiz question")

    scheme = models.CharField(max_length=40, default=AMBASSADOR)
    competence = models.CharField(max_length=20)
    kind = models.CharField(max_length=8, choices=Kind)
    key = models.UUIDField()

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of the framework to the course")
        constraints = [models.UniqueConstraint(fields=["scheme", "competence", "key"], name="covered_once")]

    def __str__(self):
        return f"{self.competence} · {self.kind} {self.key}"
