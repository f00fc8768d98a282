"""The sentences of a PIN that was tried too often: a right one does not open then either."""

from django.utils.translation import gettext_lazy as _

from .models import Pin

REFUSALS = {
    Pin.Answer.WAIT: _("Too many tries. Wait 15 minutes, or ask your trainer for a new PIN."),
    Pin.Answer.LOCKED: _("Too many tries. Ask your trainer for a new PIN."),
}
