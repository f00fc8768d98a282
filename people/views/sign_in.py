from functools import wraps

from allauth.account.views import login, request_login_code
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.views.decorators.http import require_safe

from people import shared_phone


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
        if request.method == "POST" and not request.user.is_authenticated:
            shared_phone.heed(request)
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
