import os

from .base import *  # noqa: F403

# make run shows the pages of errors that a reader gets: it sets DEBUG=0.
DEBUG = os.environ.get("DEBUG", "1") != "0"
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
DEMO = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SECRET_KEY = "development-only"  # noqa: S105
CIVIL_STATUS_KEYS = ["development-only"]
ALLOWED_HOSTS = ["*"]
INTERNAL_IPS = ["127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
