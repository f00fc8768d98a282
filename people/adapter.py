import logging

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.crypto import salted_hmac

from . import notices

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
        logger.info("Sign-in: person %s", user.code)
        notices.remember(request, user)
        return super().post_login(request, user, **kwargs)


def opaque(login):
    """The same sign for the same login, from which nobody reads it: a log shows an attack and names nobody."""
    return salted_hmac("people.adapter.opaque", login.lower()).hexdigest()[:12]
