"""Databases for tests: "migrated", and "cast" (the same with the fixed cast). Each is built once and then copied.

Migrating takes half a minute and copying a few milliseconds, so the built ones are kept under var/test, named after
what they are made of. A test never flushes: proof tables refuse DELETE, and the migrations' own rows would be lost.
"""

import fcntl
import hashlib
import shutil
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings
from django.utils import translation

from tests import cast

KEPT = settings.BASE_DIR / "var" / "test"
MIGRATIONS = ["requirements.txt", "*/migrations/*.py", "lms/settings/base.py", "people/append_only.py"]
MADE_OF = {"migrated": MIGRATIONS, "cast": [*MIGRATIONS, "tests/cast.py"]}


class Files:
    """SQLite: a database is a file."""

    def kept(self, label):
        return str(KEPT / f"{label}.sqlite3")

    def passing(self):
        return str(settings.VAR_DIR / f"{uuid.uuid4().hex}.sqlite3")

    def exists(self, name):
        return Path(name).exists()

    def make(self, name, template):
        if template:
            shutil.copyfile(template, name)

    def rename(self, old, new):
        shutil.move(old, new)

    def drop(self, name):
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)


class Server:
    """PostgreSQL: a database is copied by the server."""

    def kept(self, label):
        return f"lms_{label}"

    def passing(self):
        return f"lms_test_{uuid.uuid4().hex}"

    def run(self, sql, *values):
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount

    def exists(self, name):
        return bool(self.run("SELECT 1 FROM pg_database WHERE datname = %s", name))

    def make(self, name, template):
        self.run(f"CREATE DATABASE {name} TEMPLATE {template or 'template0'}")

    def rename(self, old, new):
        self.run(f"ALTER DATABASE {old} RENAME TO {new}")

    def drop(self, name):
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


STORE = Server() if connection.vendor == "postgresql" else Files()


def kept(kind):
    """The name of the kept database of this kind: it changes with what the database is made of."""
    paths = sorted(path for pattern in MADE_OF[kind] for path in settings.BASE_DIR.glob(pattern))
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path).encode() + path.read_bytes())
    return STORE.kept(f"{kind}_{digest.hexdigest()[:16]}")


def use(name):
    """Every connection opened from now on, in any thread, is to this database."""
    if connection.in_atomic_block:
        raise RuntimeError("A test asks for `db` and for `real_database`: choose one.")
    connections.close_all()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    for cache in caches.all():
        cache.clear()


def built(kind):
    """The name of the kept database of this kind, which is built when it is missing."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not STORE.exists(kept("migrated")):
            forget_old_files()
            build("migrated", lambda: call_command("migrate", verbosity=0, skip_checks=True))
        if not STORE.exists(kept(kind)):
            build(kind, cast.build, template=kept("migrated"))
    return kept(kind)


def build(kind, fill, template=None):
    before, unfinished = connection.settings_dict["NAME"], STORE.passing()
    STORE.make(unfinished, template)
    use(unfinished)
    with translation.override(settings.LANGUAGE_CODE), override_settings(WAGTAILREDIRECTS_AUTO_CREATE=False):
        fill()
    use(before)
    STORE.rename(unfinished, kept(kind))


def forget_old_files(days=2):
    for path in KEPT.glob("*.sqlite3"):
        if path.stat().st_mtime < time.time() - days * 86_400:
            path.unlink()


@contextmanager
def copy_of(kind):
    before, name = connection.settings_dict["NAME"], STORE.passing()
    STORE.make(name, built(kind))
    use(name)
    try:
        yield name
    finally:
        use(before)
        STORE.drop(name)


def together(*functions):
    """Run each function in a thread of its own, with its own connection; returns what they returned or raised.

    They start at the same moment, once every connection is open.
    """
    results, start = [None] * len(functions), Barrier(len(functions), timeout=60)

    def run(index, function):
        try:
            connection.ensure_connection()
            start.wait()
            results[index] = function()
        except Exception as error:  # noqa: BLE001 - what a thread raised is what the test looks at
            results[index] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
