from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import privacy
from people.access import require_coordinator
from people.forms import RefusalForm
from people.mail import tell
from people.models import ErasureRequest


@login_required
@require_safe
def erasures(request):
    require_coordinator(request.user)
    asked = ErasureRequest.objects.open().seen_by(request.user).select_related("person")
    return render(request, "people/erasures.html", {"asked": asked})


@login_required
@require_http_methods(["GET", "POST"])
def erasure(request, code):
    """Shows what erasing somebody does, then does it."""
    asked = open_request(request.user, code)
    if request.method == "GET":
        return erasure_screen(request, asked, RefusalForm())
    email, language = asked.person.email, asked.person.interface_language
    privacy.erase(asked.person, timezone.now(), request.user)
    tell(email, language, "erasure_done")
    messages.success(request, _("This person is erased."))
    return redirect("people:erasures")


@login_required
@require_POST
def refuse_erasure(request, code):
    asked = open_request(request.user, code)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return erasure_screen(request, asked, form, 422)
    if asked.refuse(form.cleaned_data["reason"], request.user, timezone.now()):
        reason = ErasureRequest.Reason(form.cleaned_data["reason"]).label
        tell(asked.person.email, asked.person.interface_language, "erasure_refused", reason=reason)
    messages.success(request, _("The request is refused. The person reads why."))
    return redirect("people:erasures")


def open_request(user, code):
    require_coordinator(user)
    return get_object_or_404(ErasureRequest.objects.open().seen_by(user).select_related("person"), code=code)


def erasure_screen(request, asked, form, status=200):
    context = {"asked": asked, "lines": privacy.preview(asked.person, timezone.now()), "form": form}
    return render(request, "people/erasure.html", context, status=status)


@require_safe
def register(request):
    """The register of processing: what each room declares."""
    return render(request, "people/register.html", {"kinds": privacy.all_kinds()})
