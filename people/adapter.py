import logging

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from . import known_devices, notices, shared_phone
from .alerts import tell
from .devices import forget_address

WAYS = {
    "reauthenticate": _("With your password"),
    "mfa_reauthenticate": _("With the code app or an emergency code"),
    "mfa_reauthenticate:webauthn": _("With a passkey"),
}
logger = logging.getLogger(__name__)


class InvitedOnly(DefaultAccountAdapter):
    """Nobody signs up alone: accounts are made by invitation."""

    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        """An e-mail address is also given as a user name: looked up twice, a known one would take longer to refuse."""
        if "email" in credentials and credentials["email"] == credentials.get("username"):
            del credentials["email"]
        return super().authenticate(request, **credentials)

    def authentication_failed(self, request, **credentials):
        logger.warning("Sign-in refused: %s", opaque(credentials.get("username") or credentials.get("email") or ""))

    def post_login(self, request, user, **kwargs):
        """However somebody signed in, the device knows them from now on, unless it is not theirs."""
        logger.info("Sign-in: person %s", user.code)
        notices.remember(request, user)
        response = super().post_login(request, user, **kwargs)
        forget_address(request)
        if not shared_phone.is_shared(request):
            known_devices.remember(request, response, user)
        return response

    def get_reauthentication_methods(self, user):
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": WAYS.get(way["id"], way["description"])} for way in ways]

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        tell(user, template_prefix)


def opaque(login):
    """The same sign for the same login, from which nobody reads it: a log shows an attack and names nobody."""
    return salted_hmac("people.adapter.opaque", login.lower()).hexdigest()[:12]
