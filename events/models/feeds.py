import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def new_token():
    return secrets.token_urlsafe(24)


class CalendarFeedQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(revoked_at=None)

    def of(self, person, now):
        """The standing address of this person, made when there is none."""
        return self.get_or_create(person=person, revoked_at=None, defaults={"made_at": now})[0]

    def revoke(self, person, now):
        self.standing().filter(person=person).update(revoked_at=now)


class CalendarFeed(models.Model):
    """The address at which a calendar reads somebody's sessions: whoever holds it reads them, until it is revoked."""

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        constraints = [models.UniqueConstraint("person", condition=Q(revoked_at=None), name="one_standing_feed")]

    def __str__(self):
        return f"{self.person}"
