"""The people who signed in from a device: a signed cookie that only this site reads and that names nobody.

A PIN works only where its person is known (docs/security-pin.md). On a shared telephone nobody becomes known.
"""

from datetime import timedelta

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "people.known_devices"
LASTS = timedelta(days=180)
# The telephone of a centre: whoever came first is forgotten first.
MOST = 30


def sign_of(person):
    """It changes with a new way in: a telephone that was lost knows nobody any more."""
    return salted_hmac(SALT, f"{person.code} {person.trust}", algorithm="sha256").hexdigest()[:32]


def signs(request):
    value = request.get_signed_cookie(settings.DEVICE_COOKIE_NAME, default="", salt=SALT, max_age=LASTS)
    return value.split("-") if value else []


def knows(request, person):
    return any(constant_time_compare(sign, sign_of(person)) for sign in signs(request))


def remember(request, response, person):
    mine = sign_of(person)
    known = [mine, *(sign for sign in signs(request) if sign != mine)]
    response.set_signed_cookie(
        settings.DEVICE_COOKIE_NAME,
        "-".join(known[:MOST]),
        salt=SALT,
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
