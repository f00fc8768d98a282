"""The code that a trainer projects on the wall of the room."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from certification.access import led_slot
from certification.check_in import is_open
from certification.models import AttendanceMark, expected_in
from certification.pages import events_of
from certification.projection import code_at, grouped, seconds_left, window_at
from people.qr import drawn


@login_required
@require_safe
def project(request, code):
    """For the wall of the room: always light, without a name."""
    slot = led_slot(request.user, code)
    return render(request, "certification/project.html", {**projection_of(slot), "theme": "light"})


@login_required
@require_safe
def projected(request, code):
    """The part that changes, asked by the page when the code does."""
    return render(request, "certification/projection.html", projection_of(led_slot(request.user, code)))


def projection_of(slot):
    now = timezone.now()
    code = code_at(slot.code, window_at(now))
    return {
        "slot": slot,
        "event": events_of([slot.session], get_language()).get(slot.session.key),
        "open": is_open(slot, now),
        "code": grouped(code),
        "spelled": " ".join(code),
        "qr": drawn(settings.PUBLIC_ORIGIN + reverse("certification:check_in", args=[code])),
        "address": settings.PUBLIC_ORIGIN.split("//")[-1] + reverse("certification:presence"),
        "left": seconds_left(now),
        "signed": AttendanceMark.objects.signed(slot).values("learner").distinct().count(),
        "expected": expected_in(slot).count(),
    }
