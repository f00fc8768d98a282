"""Somebody lost their second proof and the emergency codes: the coordination removes them, and a new one is chosen."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.access import managed_person, manages, require_coordinator
from people.alerts import tell
from people.devices import sign_out_everywhere
from people.models import TrailEntry, User
from people.models.trail import note


@login_required
@require_safe
def unlocks(request):
    require_coordinator(request.user)
    locked = request.user.people_seen().filter(pk__in=Authenticator.objects.values("user")).exclude(pk=request.user.pk)
    locked = locked.prefetch_related("groups").order_by("printed_name", "username")[:200]
    managed = [person for person in locked if manages(request.user, person)]
    return render(request, "people/unlocks.html", {"people": managed})


@login_required
@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)
def unlock(request, code):
    """Of the people whose account this user manages, never one's own."""
    require_coordinator(request.user)
    if request.user.code == code:
        raise PermissionDenied
    person = managed_person(request.user, code)
    if request.method == "POST":
        if remove_factors(person, request.user, timezone.now()):
            tell(person, "unlocked")
        messages.success(request, _("The second proof is removed. At the next sign-in, the person chooses a new one."))
        return redirect("people:unlocks")
    return render(request, "people/unlock.html", {"person": person})


@transaction.atomic
def remove_factors(person, by, now):
    """Twice is harmless: only what was there is noted. The person signs in again everywhere."""
    User.objects.select_for_update().get(pk=person.pk)
    factors = Authenticator.objects.filter(user=person)
    types = sorted(factors.values_list("type", flat=True))
    if types:
        factors.delete()
        sign_out_everywhere(person)
        note(TrailEntry.Action.UNLOCKED, by, now, person=person, before={"factors": types})
    return types
