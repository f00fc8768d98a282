from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from people import privacy
from people.models import ErasureRequest


@login_required
@require_GET
def erasures(request):
    require_coordinator(request.user)
    asked = ErasureRequest.objects.open().seen_by(request.user).select_related("person")
    return render(request, "people/erasures.html", {"asked": asked})


@login_required
@require_http_methods(["GET", "POST"])
def erasure(request, code):
    """Shows what erasing somebody does, then does it."""
    require_coordinator(request.user)
    asked = get_object_or_404(ErasureRequest.objects.open().seen_by(request.user).select_related("person"), code=code)
    now = timezone.now()
    if request.method == "POST":
        privacy.erase(asked.person, now, request.user)
        messages.success(request, _("This person is erased."))
        return redirect("people:erasures")
    return render(request, "people/erasure.html", {"asked": asked, "lines": privacy.preview(asked.person, now)})


def require_coordinator(user):
    if not user.is_coordinator:
        raise PermissionDenied


@require_GET
def register(request):
    """The register of processing: what each room declares."""
    return render(request, "people/register.html", {"kinds": privacy.all_kinds()})
