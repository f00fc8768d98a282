import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from people.roles import LEARNING, Role


class Country(models.TextChoices):
    FRANCE = "fr", _("France")
    BELGIUM = "be", _("Belgium")


class OrganisationQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self if user.sees_everyone else self.filter(pk=user.organisation_id)


class Organisation(models.Model):
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=150, unique=True)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    leads = models.BooleanField(
        _("lead partner"), default=False, help_text=_("Its coordinators see the people of every partner.")
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self):
        return self.name


class User(AbstractUser):
    """A person. No nationality, status, story, religion or health is kept (privacy by design).

    `printed_name` is the civil-status spelling that proof carries: one word is enough, any script.
    `used_name` is what peers see.
    """

    class Agreement(models.TextChoices):
        FEMININE = "f", _("feminine: ambassadrice")
        MASCULINE = "m", _("masculine: ambassadeur")
        NEUTRAL = "", _("not said: ambassadeur·rice")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first_name = last_name = None
    printed_name = models.CharField(
        _("printed name"), max_length=150, blank=True, help_text=_("Exactly as on the official document.")
    )
    used_name = models.CharField(_("used name"), max_length=80, blank=True, help_text=_("What other learners see."))
    agreement = models.CharField(_("agreement in French"), max_length=1, choices=Agreement, blank=True, default="")
    interface_language = models.CharField(_("language of menus"), max_length=8, blank=True)
    mother_tongue = models.CharField(_("mother tongue"), max_length=3, null=True, blank=True)
    erased_at = models.DateTimeField(null=True, editable=False)
    # Sessions and devices from before are not trusted any more.
    trusted_since = models.DateTimeField(null=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("organisation")
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.get_full_name()

    def get_full_name(self):
        if self.erased_at:
            return _("erased person %(code)s") % {"code": self.code.hex[:6]}
        return self.printed_name or self.username

    def get_short_name(self):
        return self.used_name or self.get_full_name()

    @cached_property
    def roles(self):
        return frozenset(self.groups.values_list("name", flat=True))

    def has_role(self, role):
        return self.is_superuser or role in self.roles

    @property
    def is_coordinator(self):
        return self.has_role(Role.COORDINATOR)

    @property
    def takes_attendance(self):
        return self.has_role(Role.TRAINER) or self.is_coordinator

    @property
    def trust(self):
        """What sessions and known devices hold on to."""
        return str(self.trusted_since.timestamp()) if self.trusted_since else ""

    def _get_session_auth_hash(self, secret=None):
        """Django ends the other sessions with a new password; here, with the end of trust too."""
        value = self.password + self.trust
        return salted_hmac("people.session", value, secret=secret, algorithm="sha256").hexdigest()

    def distrust(self, now):
        """Whoever is signed in, and every device that was known, starts again."""
        self.trusted_since = now
        self.save(update_fields=["trusted_since"])

    @property
    def needs_second_factor(self):
        return self.is_superuser or bool(self.roles - LEARNING)

    def forget(self, now):
        """Puts an opaque code in the place of what names this person, for good; nobody signs in with it any more."""
        self.username = f"erased-{self.code.hex}"
        self.printed_name = self.used_name = self.email = self.agreement = self.interface_language = ""
        self.mother_tongue = self.last_login = None
        self.is_active = self.is_staff = self.is_superuser = False
        self.erased_at = now
        self.set_unusable_password()
        self.save()
        self.close_ways_in(now)

    def close_ways_in(self, now):
        self.cards.filter(revoked_at=None).update(revoked_at=now)
        self.invitations.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=now)
        if hasattr(self, "pin"):
            self.pin.delete()

    @cached_property
    def sees_everyone(self):
        """An administrator, and a coordinator of a lead partner."""
        return self.is_superuser or bool(self.is_coordinator and self.organisation and self.organisation.leads)

    def people_seen(self):
        """The people of the cohorts this person sees and, for a coordinator, those of the same organisation."""
        if self.sees_everyone:
            return User.objects.all()
        cohorts = Cohort.objects.seen_by(self)
        seen = models.Q(cohorts__in=cohorts) | models.Q(cohorts_led__in=cohorts)
        if self.is_coordinator and self.organisation_id:
            seen |= models.Q(organisation=self.organisation_id)
        return User.objects.filter(pk__in=User.objects.filter(seen).values("pk"))


class CohortQuerySet(models.QuerySet):
    def seen_by(self, user):
        """The rule on which every other one rests: a trainer sees the cohorts they lead, a coordinator those of their
        organisation, a lead partner's coordinator and an administrator all of them."""
        if user.sees_everyone:
            return self
        seen = models.Q(pk__in=[])
        if user.has_role(Role.TRAINER):
            seen |= models.Q(pk__in=user.cohorts_led.values("pk"))
        if user.is_coordinator and user.organisation_id:
            seen |= models.Q(organisation=user.organisation_id)
        return self.filter(seen)


class Cohort(models.Model):
    """The people who learn together, their organisation and their trainers."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="cohorts", verbose_name=_("organisation")
    )
    trainers = models.ManyToManyField(User, related_name="cohorts_led", verbose_name=_("trainers"))
    members = models.ManyToManyField(User, related_name="cohorts", blank=True, verbose_name=_("learners"))

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="cohort_named_once")]

    def __str__(self):
        return self.name
