"""Production: all from the environment; an unsafe value stops the start with a sentence that says what to change."""

import os

from django.core.exceptions import ImproperlyConfigured

from certification.keys import private_key, public_key
from certification.signing_key import understood

from .base import *  # noqa: F403
from .base import (
    BBB_URL,
    CIVIL_STATUS_KEYS,
    DEMO,
    ISSUING_KEY,
    ISSUING_KEYS_BEFORE,
    PUBLIC_ORIGIN,
    SECOND_FACTOR,
    SECRET_KEY,
    SIGNING_KEY,
    SIGNING_PASSPHRASE,
    STORAGES,
    TIMESTAMP_URL,
)


def listed(name):
    return [value.strip() for value in os.environ.get(name, "").split(",") if value.strip()]


ALLOWED_HOSTS = listed("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ORIGIN]
# Keys of before: what they signed or closed still opens.
SECRET_KEY_FALLBACKS = listed("SECRET_KEY_FALLBACKS")
DEBUG = os.environ.get("DEBUG", "") not in ("", "0", "false", "no")
DEMO = DEMO or os.environ.get("DEMO", "") not in ("", "0", "false", "no")
SECURE_SSL_REDIRECT = os.environ.get("SECURE_SSL_REDIRECT", "1") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("COOKIE_SECURE", "1") == "1"
# A browser takes a cookie with this name from this host alone, over https.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
DEVICE_COOKIE_NAME = "__Host-known"
# The proxies in front, each of which adds the address it was asked from: limits count by the address before them.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PROXY_COUNT", "1"))
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
STORAGES["staticfiles"]["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"
COMPRESS_OFFLINE = True


def is_key(read, text):
    try:
        return bool(read(text))
    except ValueError:
        return False


def refuse_unsafe_values():
    refusals = {
        "SECRET_KEY is missing or shorter than 50 characters.": len(SECRET_KEY) < 50,
        "DEBUG must be off.": DEBUG,
        "DEMO accounts are refused.": DEMO,
        "ALLOWED_HOSTS is empty or holds '*'.": not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS,
        "PUBLIC_ORIGIN must start with https://.": not PUBLIC_ORIGIN.startswith("https://"),
        "BBB_URL must start with https://.": bool(BBB_URL) and not BBB_URL.startswith("https://"),
        "SECOND_FACTOR must be on.": not SECOND_FACTOR,
        "CIVIL_STATUS_KEYS is missing or holds a key shorter than 50 characters.": (
            not CIVIL_STATUS_KEYS or min(map(len, CIVIL_STATUS_KEYS)) < 50
        ),
        "CIVIL_STATUS_KEYS must not hold SECRET_KEY.": SECRET_KEY in CIVIL_STATUS_KEYS,
        "COOKIE_SECURE must be 1.": not SESSION_COOKIE_SECURE,
        "ISSUING_KEY is missing or is not an Ed25519 private key.": not is_key(private_key, ISSUING_KEY),
        "SIGNING_KEY holds no key with its certificate, or SIGNING_PASSPHRASE does not open it.": (
            bool(SIGNING_KEY) and not is_key(lambda text: understood(text, SIGNING_PASSPHRASE), SIGNING_KEY)
        ),
        "TIMESTAMP_URL must start with http:// or https://.": (
            bool(TIMESTAMP_URL) and not TIMESTAMP_URL.startswith(("http://", "https://"))
        ),
        "ISSUING_KEYS_BEFORE holds what is no public key.": not all(is_key(public_key, k) for k in ISSUING_KEYS_BEFORE),
    }
    found = [sentence for sentence, refused in refusals.items() if refused]
    if found:
        raise ImproperlyConfigured("Unsafe settings: " + " ".join(found))


refuse_unsafe_values()
