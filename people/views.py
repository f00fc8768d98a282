from functools import wraps

from allauth.account.views import login, request_login_code
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from . import privacy
from .downloads import TooLarge, archive, private_file
from .forms import MeForm
from .models import ErasureRequest, User


@require_safe
def door(request):
    """Where Wagtail sends whoever may not come in: a visitor signs in, somebody who is signed in reads why not."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", ""))


def waited_for(view):
    """A sign-in that was tried too often answers 429: the form again, with its sentence and what was typed."""

    @wraps(view)
    def answered(request):
        response = view(request)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if form is not None and is_throttled(form):
            response.status_code = 429
        return response

    return answered


def is_throttled(form):
    refusals = [error for errors in form.errors.as_data().values() for error in errors]
    return any(error.code == "too_many_login_attempts" for error in refusals)


sign_in = waited_for(login)
ask_for_code = waited_for(request_login_code)


@login_required
@require_http_methods(["GET", "POST"])
def me(request):
    """What people write about themselves. The form has a copy of the person: the page keeps the name that is saved."""
    person = User.objects.get(pk=request.user.pk)
    form = MeForm(request.POST if request.method == "POST" else None, instance=person)
    if form.is_bound and form.is_valid():
        form.keep()
        messages.success(request, _("It is saved."))
        return redirect("people:me")
    return render(request, "people/me.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
@require_GET
def data(request):
    """My data: what is held, why, until when."""
    context = {
        "held": privacy.held_on(request.user),
        "asked": request.user.erasure_requests.open().first(),
    }
    return render(request, "people/data.html", context)


@login_required
@require_POST
def download(request):
    try:
        content = archive(privacy.sections_on(request.user), privacy.files_on(request.user))
    except TooLarge:
        messages.error(request, _("Your file is too large. Ask the coordination for it."))
        return redirect("people:data")
    return private_file(content, "ambassadeurs.zip", "application/zip")


@login_required
@require_POST
def ask_erasure(request):
    ErasureRequest.objects.ask(request.user, timezone.now())
    messages.success(request, _("Your request is noted. The coordination answers within one month."))
    return redirect("people:data")


@login_required
@require_POST
def keep_account(request):
    ErasureRequest.objects.withdraw(request.user, timezone.now())
    messages.success(request, _("Your account stays."))
    return redirect("people:data")


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
