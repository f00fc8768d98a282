import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import CACHES, DATABASES, STORAGES

DEMO = True
BBB_URL = BBB_SECRET = BBB_DIAL_NUMBER = ""
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SECRET_KEY = "test-only"  # noqa: S105
CIVIL_STATUS_KEYS = ["test-only"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
}
CACHES["shared"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "shared"}

# Files of a test run go to a folder that ends with it.
VAR_DIR = Path(tempfile.mkdtemp(prefix="lms-test-"))
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
STATIC_ROOT = COMPRESS_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True)
STORAGES["private"]["OPTIONS"]["location"] = PRIVATE_ROOT
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"] = {}
