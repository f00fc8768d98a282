"""The roles, as names of Django groups. What each may do is decided where the object is obtained."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    VOLUNTEER = "volunteer", _("volunteer")
    AMBASSADOR = "ambassador", _("ambassador")
    TRAINER = "trainer", _("trainer")
    ASSESSOR = "assessor", _("assessor")
    JURY = "jury", _("jury member")
    TRANSLATOR = "translator", _("translator")
    EDITOR = "editor", _("editor")
    COORDINATOR = "coordinator", _("coordinator")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


# Every other role reaches proof, the data of others or the admin.
LEARNING = frozenset({Role.VOLUNTEER, Role.AMBASSADOR})
