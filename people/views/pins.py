"""A new PIN: by oneself, or for somebody who lost it."""

from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people import known_devices, qr, shared_phone
from people.models import Invitation, TrailEntry, User
from people.models.trail import note
from people.pin_forms import ChangePinForm
from people.roles import Role

FRESH = timedelta(minutes=10)
# Whoever has another role answers for people or for what they read: only the coordination lets them in again.
LEARNING = {Role.AMBASSADOR, Role.VOLUNTEER}


@login_required
@require_http_methods(["GET", "POST"])
def change(request):
    now, person = timezone.now(), User.objects.get(pk=request.user.pk)
    data = request.POST if request.method == "POST" else None
    form = ChangePinForm(data, person=person, now=now, fresh=is_fresh(request, now))
    if not form.is_bound or not form.is_valid():
        return render(request, "people/pin.html", {"form": form}, status=422 if form.is_bound else 200)
    with transaction.atomic():
        form.keep(person, now)
        person.distrust(now)
    update_session_auth_hash(request, person)
    UserSession.objects.create_from_request(request)
    messages.success(request, _("Your new PIN is saved. The other devices are signed out."))
    response = redirect("people:me")
    if not shared_phone.is_shared(request):
        known_devices.remember(request, response, person)
    return response


def is_fresh(request, now):
    """Whether this person signed in just now, on this device."""
    records = get_authentication_records(request, request.user)
    return bool(records) and now.timestamp() - records[-1]["at"] < FRESH.total_seconds()


@login_required
@require_http_methods(["GET", "POST"])
def reset(request, code):
    """Asks, then shows once the way to a new PIN, to somebody who stands beside."""
    person = resettable(request.user, code)
    if request.method == "GET":
        return render(request, "people/reset_ask.html", {"person": person})
    now = timezone.now()
    with transaction.atomic():
        invitation, token = Invitation.objects.invite(person, request.user, now, Invitation.Kind.RESET)
        note(TrailEntry.Action.RESET, request.user, now, person=person)
    url = settings.PUBLIC_ORIGIN + reverse("entry:invitation", args=[token])
    context = {"person": person, "url": url, "qr": qr.drawn(url), "until": invitation.expires_at}
    response = render(request, "people/reset_given.html", context)
    add_never_cache_headers(response)
    return response


def resettable(user, code):
    """A stranger gets 404; a learner, and a trainer for one of the staff, 403."""
    if not user.takes_attendance:
        raise PermissionDenied
    person = get_object_or_404(user.people_seen().filter(is_active=True), code=code)
    if person == user or not may_reset(user, person):
        raise PermissionDenied
    return person


def may_reset(user, person):
    if person.is_superuser:
        return user.is_superuser
    return user.is_coordinator or person.roles <= LEARNING
