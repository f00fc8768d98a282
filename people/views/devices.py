from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.devices import devices_of, sign_out


@login_required
@require_http_methods(["GET", "POST"])
def devices(request):
    """My devices: signs out one of them, or all the others. This one signs out with its own button."""
    found = devices_of(request, timezone.now())
    if request.method == "POST":
        asked = request.POST.get("device", "")
        sign_out(device.row for device in found if not device.is_this and asked in ("others", device.code))
        messages.success(request, _("It is signed out."))
        return redirect("usersessions_list")
    return render(request, "usersessions/usersession_list.html", {"devices": found})
