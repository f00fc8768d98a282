from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """Why a registration, or its cancellation, is not accepted."""

    DRAFT = "draft", _("Registration is not open yet.")
    CANCELLED = "cancelled", _("This event is cancelled.")
    CLOSED = "closed", _("Registration is closed.")
    STARTED = "started", _("This event has started.")
    PAST = "past", _("This event is over.")
    MEMBERS = "members", _("This event is for one group. Please choose another date.")
    NO_ANSWER = "no_answer", _("The online room does not answer. Please try again in a few minutes.")
    LATE = "late", _("You can cancel until the day before. Please tell your trainer.")
