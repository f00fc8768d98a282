"""What allauth asks about second factors, answered for this site."""

import base64
import time

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import salted_hmac

from .devices import device_name


class Factors(DefaultMFAAdapter):
    """A secret is kept encrypted: whoever reads a copy of the database makes no code with it."""

    def encrypt(self, text):
        return keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return keys().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user):
        return user.username

    def generate_authenticator_name(self, user, type):
        return device_name(self.request.headers.get("User-Agent", ""))

    def get_public_key_credential_rp_entity(self):
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}


def keys():
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(key_from(secret)) for secret in secrets])


def key_from(secret):
    digest = salted_hmac("people.factors", "", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)


def is_first_use(user, code):
    """A code opens once, though a slow clock lets it live for a minute and a half."""
    return caches["shared"].add(use_of(user, code), True, 120)


def use_of(user, code):
    return salted_hmac("people.factors.use", f"{user.pk} {code.replace(' ', '')}").hexdigest()


def prove(request, factor):
    """Notes that this session gave its second proof; whoever knew the number of the session before knows it no more."""
    record_authentication(request, request.user, "mfa", type=factor)
    rotate(request)


def rotate(request):
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def demo_code(user):
    """In the demonstration alone: the code that the person's telephone would show. None without a code app."""
    factors = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    factor = factors.first() if settings.DEMO else None
    if not factor:
        return None
    secret, step = Factors().decrypt(factor.data["secret"]), int(time.time()) // 30
    codes = [format_hotp_value(hotp_value(secret, step + late)) for late in (0, 1, -1)]
    return next((code for code in codes if not caches["shared"].get(use_of(user, code))), codes[0])
