"""What every environment shares. A deployment setting is read from the environment; docs/running.md describes each."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))

SECRET_KEY = os.environ.get("SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = []

INSTALLED_APPS = [
    "lms",
    "certification",
    "events",
    "guides",
    "courses",
    "home",
    "people",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "lms.apps.PeopleInWagtailConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtailmedia",
    "modelcluster",
    "taggit",
    "compressor",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "home.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "home.csp.PathCSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.shared_phone.SharedPhoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "home.interface.InterfaceLanguageMiddleware",
    "people.guard.GuardMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context.shell",
            ],
            "builtins": ["home.templatetags.design"],
        },
    },
]

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=5000;",
    }
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"] = {"pool": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits need a cache that every process shares; everything else is kept in memory. `shared` is large, so that
# nobody drives a counter out of it by making others.
CACHES = {
    "default": {"BACKEND": "home.caches.MemoryCache"},
    "shared": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]},
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "people.backends.PinBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "people.passwords.ContextValidator"},
]
LOGIN_URL = "account_login"
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "door"
LOGIN_REDIRECT_URL = "courses:path"
ACCOUNT_ADAPTER = "people.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# What was typed first (`key`), then a ceiling an address: thirty people sign in behind the one of a training centre.
ACCOUNT_RATE_LIMITS = {
    "login": "300/10m/ip",
    "login_failed": "150/10m/ip,5/5m/key",
    "request_login_code": "150/10m/ip,5/10m/key",
    "reset_password": "150/10m/ip,5/10m/key",
    "reset_password_from_key": "150/10m/ip",
}

ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_NOTIFICATIONS = True

# The staff proves twice who they are before they reach proof or the data of others, and again when they were away.
SECOND_FACTOR = os.environ.get("SECOND_FACTOR", "1") not in ("", "0", "false", "no")
STAFF_IDLE_SECONDS = int(os.environ.get("STAFF_IDLE_MINUTES", "30")) * 60
STAFF_SESSION_SECONDS = 12 * 3600
MFA_ADAPTER = "people.factors.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"authenticate": "people.forms.CodeForm", "reauthenticate": "people.forms.CodeAgainForm"}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Ambassadeurs"
# The clock of a telephone may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "300/10m/ip"}
USERSESSIONS_TRACK_ACTIVITY = False

# French first: Wagtail's first migration makes the default locale from LANGUAGE_CODE.
LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", "Français"), ("nl", "Nederlands")]
# Languages of menus and buttons. The language of the lessons is the one of the address.
INTERFACE_LANGUAGES = [("fr", "Français"), ("nl", "Nederlands")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "compressor.finders.CompressorFinder",
]
COMPRESS_ENABLED = True
COMPRESS_CSS_HASHING_METHOD = None
COMPRESS_FILTERS = {
    "css": ["compressor.filters.css_default.CssAbsoluteFilter", "compressor.filters.cssmin.rCSSMinFilter"],
    "js": ["compressor.filters.jsmin.rJSMinFilter"],
}
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    # Learners' documents: no public address, served only by a view that checks the reader.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
}

PUBLIC_ORIGIN = os.environ.get("PUBLIC_ORIGIN", "http://127.0.0.1:8000").rstrip("/")
DEMO = False

# The server of the online rooms; without both there are none. The number is the one that a telephone calls.
BBB_URL = os.environ.get("BBB_URL", "")
BBB_SECRET = os.environ.get("BBB_SECRET", "")
BBB_DIAL_NUMBER = os.environ.get("BBB_DIAL_NUMBER", "")

WAGTAIL_SITE_NAME = "Ambassadeurs"
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_BASE_URL = PUBLIC_ORIGIN
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_IMAGE_MODEL = "home.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "home.SiteDocument"
# What editors may upload: home/uploads.py looks at the content.
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.forms.SiteImageForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024**2
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf", "odt", "ods", "odp", "docx", "xlsx", "pptx", "vtt", "txt"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = []
WAGTAILMEDIA = {
    "MEDIA_MODEL": "home.SiteMedia",
    "MEDIA_FORM_BASE": "home.forms.SiteMediaForm",
    "AUDIO_EXTENSIONS": ["m4a", "mp3", "ogg", "wav"],
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
}
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
    }
}
# What no page uses.
PERMISSIONS_POLICY = {
    name: []
    for name in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "local-fonts",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    )
}
# Wagtail shows the preview of a page in a frame of its own site.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Rooms whose screens name people: no browser keeps them.
NO_STORE_NAMESPACES = ["certification", "events", "people"]
SESSION_COOKIE_SAMESITE = "Lax"
# Whom this device knows, for half a year: people/devices.py.
DEVICE_COOKIE_NAME = "known"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "home.views.stale"

# Days for which each kind of data is kept, see docs/running.md: `manage.py apply_retention` removes what is older.
RETENTION_DAYS = {
    name: int(os.environ.get(f"RETENTION_{name.upper()}_DAYS", days))
    for name, days in {
        "account": 731,
        "draft": 366,
        "beforehand": 30,
        "message": 366,
        "learning": 3653,
        "proof": 3653,
        "certificate": 18263,
        "request": 1827,
        "device": 92,
        "connection": 366,
        "civil_status": 92,
    }.items()
}

# Signs the roots of the register, its tombstones and, later, credentials: certification/keys.py.
ISSUING_KEY = os.environ.get("ISSUING_KEY", "")
ISSUING_KEYS_BEFORE = os.environ.get("ISSUING_KEYS_BEFORE", "").replace(",", " ").split()
# Addresses outside of the platform that receive the root of each day.
REGISTER_WITNESSES = os.environ.get("REGISTER_WITNESSES", "").replace(",", " ").split()

# Signs the certificates: certification/signing_key.py. An authority that tells the time, when there is one.
SIGNING_KEY = os.environ.get("SIGNING_KEY", "")
SIGNING_PASSPHRASE = os.environ.get("SIGNING_PASSPHRASE", "")
TIMESTAMP_URL = os.environ.get("TIMESTAMP_URL", "")

# The State's register of certificates, see docs/running.md. Civil status is closed with these keys, the first one now.
CIVIL_STATUS_KEYS = [key.strip() for key in os.environ.get("CIVIL_STATUS_KEYS", "").split(",") if key.strip()]
CPF_SCHEMA = os.environ.get("CPF_SCHEMA", "1.1.2")
CPF_XSD = Path(os.environ["CPF_XSD"]) if os.environ.get("CPF_XSD") else None
# The portal takes 200,000 people a file.
CPF_LARGEST = int(os.environ.get("CPF_LARGEST", "200000"))
if CPF_SCHEMA not in ("1.1.2", "1.1.5"):
    raise ImproperlyConfigured("CPF_SCHEMA is 1.1.2 or 1.1.5.")
if CPF_SCHEMA == "1.1.5" and not (CPF_XSD and CPF_XSD.is_file()):
    raise ImproperlyConfigured("CPF_SCHEMA 1.1.5 needs CPF_XSD: the schema of that version as the State gave it.")

DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Ambassadeurs <ne-pas-repondre@localhost>")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s", "datefmt": "%Y-%m-%dT%H:%M:%S%z"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"people": {"level": "INFO"}},
}
