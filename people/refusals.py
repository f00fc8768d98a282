"""What a PIN is answered. After too many tries a right one does not open either."""

import logging

from django.utils.translation import gettext_lazy as _

from .models import Pin

REFUSALS = {
    Pin.Answer.WAIT: _("Too many tries. Wait 15 minutes, or ask your trainer for a new PIN."),
    Pin.Answer.LOCKED: _("Too many tries. Ask your trainer for a new PIN."),
}
logger = logging.getLogger(__name__)


def answer_of(person, digits, now):
    """Somebody without a PIN is answered as for a wrong one."""
    answer = person.pin.answer(digits, now) if hasattr(person, "pin") else Pin.Answer.WRONG
    if answer != Pin.Answer.RIGHT:
        logger.warning("PIN refused: person %s, %s", person.code, answer)
    return answer
