"""What each scheme asks for: versions that never change, each for the trainings that start after it."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from certification.refusals import Conflict
from certification.rules import DEFAULT as BEFORE
from certification.rules import RuleSet
from people.models import TrailEntry
from people.models.trail import note

from .schemes import DEFAULT, Scheme, SchemeEdition


class RuleQuerySet(models.QuerySet):
    def latest_of(self, scheme):
        """The last version published; None while there is none."""
        return self.filter(scheme=scheme).order_by("number").last()

    def of(self, edition):
        """The version that an edition follows: the last one when it started. None when there was none: it asks for
        what every training asked for before, whatever is published later."""
        chosen = SchemeEdition.objects.filter(edition=edition)
        mine = Q(scheme__editions__edition=edition) | Q(scheme__key=DEFAULT) & ~Exists(chosen)
        versions = self.filter(mine).order_by("number")
        return (versions.filter(published_at__lte=edition.started_at) if edition.started_at else versions).last()

    def asked_by(self, edition):
        version = self.of(edition)
        return version.rule_set if version else BEFORE

    @transaction.atomic
    def publish(self, scheme, rule_set, after, author, now):
        """The next version, and whether it is new: what the last one already says is not said twice.

        `after`: the number of the version it was tried against, 0 for none. Conflict when another came since.
        """
        Scheme.objects.select_for_update().get(pk=scheme.pk)
        last = self.latest_of(scheme)
        if (last.rule_set if last else BEFORE) == rule_set:
            return last, False
        if after != (last.number if last else 0):
            raise Conflict("rule_changed")
        values = {"content": rule_set.to_json(), "author": author, "published_at": now}
        version = self.create(scheme=scheme, number=after + 1, **values)
        note(TrailEntry.Action.RULE, author, now, subject=str(version))
        return version, True


class RuleVersion(models.Model):
    """A published rule: never changed, never retroactive. `content` has the shape of `certification.rules.RuleSet`."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="rules")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a rule")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="rule_numbered_once")]

    def __str__(self):
        return f"{self.scheme} {self.number}"

    @property
    def rule_set(self):
        return RuleSet.from_json(self.content)
