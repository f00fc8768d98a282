"""What a certificate is worth before the State: the scheme under which it is issued."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from courses.models import Edition
from home.models import in_language

DEFAULT = "ambassador"


class SchemeQuerySet(models.QuerySet):
    def of(self, edition):
        """The scheme of an edition, else the one that every edition had before there was a choice."""
        return self.filter(editions__edition=edition).first() or self.get(key=DEFAULT)

    def leading(self, edition):
        """The same, as a condition of another query."""
        chosen = SchemeEdition.objects.filter(edition=edition)
        return self.filter(Q(editions__edition=edition) | Q(key=DEFAULT) & ~Exists(chosen))

    def registered(self):
        return self.filter(registration__in=Scheme.REGISTERED)


class Scheme(ClusterableModel):
    """A title, who delivers it, and whether it stands in a register of the State.

    `Certificate.scheme` holds its key. Only a title of the RNCP has blocks; one of the RS is passed as a whole.
    """

    class Registration(models.TextChoices):
        NONE = "none", _("in no register")
        PREPARING = "preparing", _("registration in preparation")
        RS = "rs", _("RS: répertoire spécifique")
        RNCP = "rncp", _("RNCP: répertoire national des certifications professionnelles")

    REGISTERED = (Registration.RS, Registration.RNCP)

    key = models.SlugField(_("key"), max_length=20, unique=True, help_text=_("Never changes: certificates hold it."))
    title_fr = models.CharField(_("title in French"), max_length=200, help_text=_("Exactly as it is registered."))
    title_nl = models.CharField(_("title in Dutch"), max_length=200)
    certifier = models.CharField(_("certifier"), max_length=150, help_text=_("Its legal name."))
    trade_name = models.CharField(_("trade name of the certifier"), max_length=150, blank=True)
    registration = models.CharField(
        pgettext_lazy("scheme", "registration"), max_length=9, choices=Registration, default=Registration.NONE
    )
    register_code = models.CharField(
        _("number in the register"), max_length=20, blank=True, help_text=_("RNCP or RS, then figures: RS5875.")
    )
    decided_on = models.DateField(_("date of the decision of France compétences"), null=True, blank=True)
    registered_until = models.DateField(_("registered until"), null=True, blank=True)
    level = models.PositiveSmallIntegerField(
        _("level (2 to 8)"), null=True, blank=True, validators=[MinValueValidator(2), MaxValueValidator(8)]
    )
    nsf_codes = models.CharField(
        _("NSF codes"),
        max_length=60,
        blank=True,
        help_text=_("Separated by commas: 332t, 333."),
        validators=[RegexValidator(r"^\d{3}[a-z]?(, ?\d{3}[a-z]?)*$", _("Write NSF codes such as 332t, 333."))],
    )
    validity_months = models.PositiveSmallIntegerField(
        _("valid for (months)"), null=True, blank=True, help_text=_("Empty: without end.")
    )
    client_id = models.CharField(
        _("idClient of the certifier"),
        max_length=8,
        blank=True,
        help_text=_("Eight characters, given by the Caisse des Dépôts."),
        validators=[RegexValidator(r"^\S{8}$", _("Write the eight characters."))],
    )
    contract_id = models.CharField(_("idContrat of the certifier"), max_length=20, blank=True)
    sender_id = models.CharField(
        _("idClient of the sender"),
        max_length=8,
        blank=True,
        help_text=_("Only when somebody else deposits for the certifier."),
        validators=[RegexValidator(r"^\S{8}$", _("Write the eight characters."))],
    )

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("certification scheme")
        verbose_name_plural = _("certification schemes")
        ordering = ["title_fr"]
        constraints = [
            models.CheckConstraint(
                name="scheme_registered_whole",
                condition=~Q(registration__in=["rs", "rncp"]) | (~Q(register_code="") & Q(decided_on__isnull=False)),
                violation_error_message=_("A registered title has a number and a date of decision."),
            ),
            models.CheckConstraint(
                name="scheme_unregistered_bare",
                condition=Q(registration__in=["rs", "rncp"]) | Q(register_code="", decided_on=None),
                violation_error_message=_("Without a registration there is neither number nor date of decision."),
            ),
            models.CheckConstraint(
                name="scheme_rncp_has_level",
                condition=~Q(registration="rncp") | Q(level__isnull=False),
                violation_error_message=_("A title of the RNCP has a level."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        prefix = self.registration.upper()
        if self.is_registered and self.register_code and not re.fullmatch(rf"{prefix}\d{{1,6}}", self.register_code):
            message = _("The number begins with %(prefix)s, then figures.") % {"prefix": prefix}
            raise ValidationError({"register_code": message})
        if self.decided_on and self.decided_on > timezone.localdate():
            raise ValidationError({"decided_on": _("This day has not come yet.")})
        if self.decided_on and self.registered_until and self.registered_until < self.decided_on:
            raise ValidationError({"registered_until": _("This day is before the decision.")})

    @property
    def title(self):
        return in_language(self, "title")

    @property
    def is_registered(self):
        return self.registration in self.REGISTERED

    @property
    def has_blocks(self):
        """Certificates of blocks and partial validation exist for a title of the RNCP alone."""
        return self.registration == self.Registration.RNCP

    @property
    def can_deposit(self):
        return bool(self.is_registered and self.client_id and self.contract_id)

    def was_registered(self, on):
        """Whether what is issued on this day may say that it is registered."""
        if not self.is_registered or on < self.decided_on:
            return False
        return self.registered_until is None or on <= self.registered_until

    def expires_on(self, on):
        return months_after(on, self.validity_months) if self.validity_months else None


class SchemeEdition(models.Model):
    """An edition that leads to a scheme: one at most."""

    scheme = ParentalKey(Scheme, on_delete=models.CASCADE, related_name="editions")
    edition = models.OneToOneField(Edition, models.CASCADE, related_name="scheme_chosen", verbose_name=_("edition"))

    class Meta:
        verbose_name = _("edition of a scheme")

    def __str__(self):
        return str(self.edition)


def months_after(day, months):
    """The same day of a later month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = datetime.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (following - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last))
