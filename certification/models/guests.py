from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from certification.refusals import Refused
from events.models import Registration, Slot


def guests_of(session):
    """Who has a place without an account, in the order in which they came."""
    return Registration.objects.standing().filter(session=session, learner=None).select_related("detail").order_by("at")


class GuestPresenceQuerySet(models.QuerySet):
    @transaction.atomic
    def say(self, slot, registration, present, author, now):
        """Notes that a guest was there, or takes it back, until the countersignature. Twice is harmless."""
        slot = Slot.objects.select_for_update().get(pk=slot.pk)
        if hasattr(slot, "lock"):
            raise Refused("signed")
        if present:
            self.get_or_create(slot=slot, registration=registration, defaults={"author": author, "at": now})
        else:
            self.filter(slot=slot, registration=registration).delete()

    def by_slot(self, slots):
        """{pk of a half-day: pks of the registrations of those who were there}: one query."""
        there = {slot.pk: set() for slot in slots}
        for slot, registration in self.filter(slot__in=slots).values_list("slot", "registration"):
            there[slot].add(registration)
        return there


class GuestPresence(models.Model):
    """Somebody without an account was there. It credits no hours: their name goes soon after the session."""

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="guests")
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="presences")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = GuestPresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence of a guest")
        constraints = [models.UniqueConstraint(fields=["slot", "registration"], name="guest_present_once")]

    def __str__(self):
        return f"{self.slot} · {self.registration_id}"
