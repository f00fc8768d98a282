from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.sealing import seal, unseal


class CivilStatusQuerySet(models.QuerySet):
    def write(self, person, values, now):
        sealed = {"sealed": seal(values, person.code.hex), "changed_at": now}
        return self.update_or_create(person=person, defaults=sealed)[0]


class CivilStatus(models.Model):
    """What the State's register recognises somebody by, encrypted. It exists only while a certificate must be declared,
    is read by coordinators and by the person alone, and goes some time after the register accepted it."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="civil_status")
    sealed = models.BinaryField()
    changed_at = models.DateTimeField()

    objects = CivilStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("civil status")

    def __str__(self):
        return self.person.code.hex[:6]

    @property
    def values(self):
        return unseal(self.sealed, self.person.code.hex)
