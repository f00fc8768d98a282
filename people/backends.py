from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError
from django.utils import timezone

from . import known_devices, pins
from .models import Pin
from .refusals import REFUSALS, answer_of


class PinBackend(ModelBackend):
    """A user name and a PIN, on a device that knows this person. On any other the PIN is not even looked at: right or
    wrong, it takes the same time and receives the same answer."""

    def authenticate(self, request, username=None, password=None, **credentials):
        digits = pins.normalised((password or "")[:32])
        if request is None or not username or not pins.is_pin(digits):
            return None
        pin = Pin.objects.filter(person__username__iexact=username).select_related("person").first()
        if pin is None or not known_devices.knows(request, pin.person) or not self.user_can_authenticate(pin.person):
            return None
        answer = answer_of(pin.person, digits, timezone.now())
        if answer in REFUSALS:
            raise ValidationError(REFUSALS[answer], code="too_many_login_attempts")
        return pin.person if answer == Pin.Answer.RIGHT else None
