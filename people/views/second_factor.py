"""The second proof: setting it up, giving it, and what waits meanwhile. allauth's own views, and what they lack."""

import time

from allauth.account.utils import get_next_redirect_url
from allauth.account.views import ReauthenticateView as ReauthenticatePasswordView
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.factors import demo_code, prove, rotate
from people.guard import WAITING, forget, waiting

TOTP, WEBAUTHN = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN


@login_required
@require_safe
def second_factor(request):
    """Asks for the second proof that somebody has, or explains how to get one."""
    types = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    if TOTP in types:
        return redirect(with_next(request, "mfa_reauthenticate"))
    if WEBAUTHN in types:
        return redirect(with_next(request, "mfa_reauthenticate_webauthn"))
    links = {"totp": with_next(request, "mfa_activate_totp"), "passkey": with_next(request, "mfa_add_webauthn")}
    return render(request, "people/second_factor.html", links)


def with_next(request, name):
    back = get_next_redirect_url(request)
    return reverse(name) + (f"?{urlencode({'next': back})}" if back else "")


class BackMixin:
    """Where somebody was going, through each page of a set-up."""

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "next": get_next_redirect_url(self.request) or ""}


class AddMixin(BackMixin):
    """Whoever has just set up a factor has given it."""

    def get_success_url(self):
        if self.did_generate_recovery_codes:
            return with_next(self.request, "mfa_view_recovery_codes")
        return get_next_redirect_url(self.request) or super().get_success_url()

    def form_valid(self, form):
        response = super().form_valid(form)
        prove(self.request, self.factor)
        return response


class ActivateTOTP(AddMixin, ActivateTOTPView):
    factor = TOTP


class AddPasskey(AddMixin, AddWebAuthnView):
    factor = WEBAUTHN


class RecoveryCodes(BackMixin, ViewRecoveryCodesView):
    pass


class Authenticate(AuthenticateView):
    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "demo_code": demo_code(self.stage.login.user)}


class RotateMixin:
    """What a session may do has grown: its number changes."""

    def form_valid(self, form):
        response = super().form_valid(form)
        rotate(self.request)
        return response


class Reauthenticate(RotateMixin, ReauthenticateView):
    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "demo_code": demo_code(self.request.user)}


class ReauthenticatePassword(RotateMixin, ReauthenticatePasswordView):
    pass


class ReauthenticatePasskey(RotateMixin, ReauthenticateWebAuthnView):
    pass


@login_required
@require_http_methods(["GET", "POST"])
def wait(request):
    """Forms that were sent after the time was up: each is sent again, or thrown away, by whoever filled it."""
    now = time.time()
    if request.method == "POST":
        if WAITING in request.session:
            forget(request, now, request.POST.get("path", ""))
        messages.success(request, _("It is thrown away. Nothing was sent."))
        return redirect("people:waiting")
    return render(request, "people/waiting.html", {"forms": waiting(request, now)})
