"""The real demonstration: content/ in both languages, the demo people and what they did. Built once a day, then copied.

Its dates are counted from today. The files that it wrote are kept beside its database and come along with each copy.
"""

import fcntl
import hashlib
import io
import shutil
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone, translation

from tests import databases
from tests.databases import KEPT, MIGRATIONS, STORE

PASSWORD = "bienvenue-welkom"
MADE_OF = [*MIGRATIONS, "content/**/*.yaml", "lms/content/*.py", "lms/management/commands/load_content.py"]


def label():
    """It changes with what the demonstration is made of, and with the day."""
    paths = {path for pattern in MADE_OF for path in settings.BASE_DIR.glob(pattern)}
    digest = hashlib.sha256(str(timezone.localdate()).encode())
    for path in sorted(paths):
        digest.update(str(path).encode() + path.read_bytes())
    return f"demo_{digest.hexdigest()[:16]}"


def files_of(name):
    """Where its files are kept, and where the site looks for them."""
    return [
        (KEPT / f"{name}_media", settings.MEDIA_ROOT),
        (KEPT / f"{name}_private", settings.PRIVATE_ROOT),
    ]


def built():
    """The name of the kept demonstration, which is built when it is missing."""
    databases.built("migrated")
    name = label()
    with (KEPT / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not STORE.exists(STORE.kept(name)):
            forget_old_files()
            build(name)
    return name


def build(name):
    unfinished = STORE.passing()
    STORE.make(unfinished, databases.kept("migrated"))
    plain = override_settings(WAGTAILREDIRECTS_AUTO_CREATE=False)
    with inside(unfinished), plain, translation.override(settings.LANGUAGE_CODE):
        call_command("load_content", stdout=io.StringIO())
    for kept, used in files_of(name):
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(used, kept)
    STORE.rename(unfinished, STORE.kept(name))


def forget_old_files():
    """The demonstration of another day is of no use."""
    for path in KEPT.glob("demo_*"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


@contextmanager
def copied():
    """The name of a fresh copy, for `inside`; the site has its files."""
    name, passing = built(), STORE.passing()
    for kept, used in files_of(name):
        shutil.copytree(kept, used, dirs_exist_ok=True)
    STORE.make(passing, STORE.kept(name))
    try:
        yield passing
    finally:
        STORE.drop(passing)


@contextmanager
def inside(name):
    """Every connection opened meanwhile is to this database."""
    before = connection.settings_dict["NAME"]
    databases.use(name)
    try:
        yield
    finally:
        databases.use(before)
