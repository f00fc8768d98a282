import uuid

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .persons import Cohort, User
from .trail import Shown, TrailEntry, note

LONGEST = 500


class NewsQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def of(self, learner):
        """What is said to the groups where this person learns, the newest first."""
        return self.standing().filter(cohort__in=learner.cohorts.values("pk")).select_related("cohort")

    @transaction.atomic
    def publish(self, code, cohort, author, values, now):
        """Once for each code: the form that is sent again changes nothing. Whether what is published is this."""
        defaults = {**values, "at": now}
        news, made = self.get_or_create(code=code, cohort=cohort, author=author, defaults=defaults)
        if made:
            news.note(author, now, Shown.PUBLISHED)
        return all(getattr(news, name) == value for name, value in values.items())


class News(models.Model):
    """A few words of a trainer to a group. Nobody answers here; what was withdrawn can come back."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="news")
    author = models.ForeignKey(User, models.PROTECT, related_name="news")
    text_fr = models.TextField(_("text in French"), max_length=LONGEST, blank=True)
    text_nl = models.TextField(_("text in Dutch"), max_length=LONGEST, blank=True)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("news")
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(name="news_has_text", condition=~Q(text_fr="", text_nl=""))]

    def __str__(self):
        return self.text

    @property
    def language(self):
        """That of the page when it was written in it, else the other one."""
        here, other = ("nl", "fr") if get_language() == "nl" else ("fr", "nl")
        return here if getattr(self, f"text_{here}") else other

    @property
    def text(self):
        return getattr(self, f"text_{self.language}")

    @transaction.atomic
    def withdraw(self, by, now):
        """Twice keeps the first time."""
        if News.objects.filter(pk=self.pk, withdrawn_at=None).update(withdrawn_at=now):
            self.note(by, now, Shown.WITHDRAWN)

    @transaction.atomic
    def put_back(self, by, now):
        if News.objects.filter(pk=self.pk, withdrawn_at__isnull=False).update(withdrawn_at=None):
            self.note(by, now, Shown.PUT_BACK)

    def note(self, by, now, shown):
        note(TrailEntry.Action.NEWS, by, now, subject=str(self.cohort), after={"shown": shown})
