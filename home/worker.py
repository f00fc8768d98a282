"""The service worker and the manifest: what a phone keeps of the site, so that kept pages open without a network.

It keeps only what everybody may read: static files, and in each language the page that says that there is no network
and the one that checks a certificate. The list is read from the templates themselves, with the names that their
compressed files really have.
"""

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

SOURCE = Path(__file__).with_suffix(".js")
AT_ONCE = ["stylesheets", "stylesheets_staff", "scripts", "scripts_staff", "scripts_verify"]
FONTS = ["fonts/atkinson-next-latin.woff2", "fonts/atkinson-next-latin-ext.woff2"]
# What checks the signature of a certificate.
LIBRARIES = ["js/vendor/noble-ed25519.js"]
# Kept when a page first asks for them.
LATER = ["scripts_decoder"]
ADDRESS = re.compile(r'(?:href|src)="([^"]+)"')
PAGES = {"offline": "offline", "verify": "certification:verify_form", "leave": "account_logout"}
SIZES = (192, 512)


def script():
    return read_script() if settings.DEBUG else kept_script()


def read_script():
    site = {"files": [*files(AT_ONCE), *map(static, FONTS + LIBRARIES)], "later": files(LATER)}
    site |= {name: in_each_language(address) for name, address in PAGES.items()}
    source = SOURCE.read_text()
    version = hashlib.sha256(f"{site}{source}".encode()).hexdigest()[:16]
    return f"const SITE = {json.dumps({**site, 'version': version})};\n{source}"


kept_script = lru_cache(maxsize=1)(read_script)


def files(components):
    return [address for name in components for address in ADDRESS.findall(render_to_string(f"components/{name}.html"))]


def in_each_language(name):
    addresses = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            addresses[language] = reverse(name)
    return addresses


def etag(*_args, **_kwargs):
    return f'"{hashlib.sha256(script().encode()).hexdigest()[:32]}"'


def manifest(language, name):
    """Said in the language that is active."""
    icons = [{"src": static(f"icons/app-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in SIZES]
    whole = {"src": static("icons/app-maskable.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"}
    return {
        "id": "/",
        "name": name,
        "short_name": name,
        "description": _("The training of the ambassadors, and the attendance of its sessions."),
        "lang": language,
        "dir": "ltr",
        "start_url": f"/{language}/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf9f4",
        "theme_color": "#0e4b3d",
        "icons": [*icons, whole],
    }
