import io

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from lms.content import cast, checks, documents, reader, tree, vocabulary
from tests import databases
from tests.lms.folder import Folder


def load(**options):
    """Calls the command, without the demo people; returns what it said."""
    output = io.StringIO()
    with override_settings(DEMO=False):
        call_command("load_content", stdout=output, **options)
    return output.getvalue()


def made_in(path, monkeypatch):
    root = path / "content"
    for module in (reader, tree, vocabulary, documents, cast, checks):
        monkeypatch.setattr(module, "ROOT", root)
    return Folder(root)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The content is this small folder."""
    return made_in(tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database with the small folder, made once for a module: loading takes seconds and copying none."""
    with django_db_blocker.unblock(), databases.copy_of("migrated") as name, pytest.MonkeyPatch.context() as patch:
        made_in(tmp_path_factory.mktemp("loaded"), patch)
        load()
        yield name


@pytest.fixture
def loaded(loaded_once, django_db_blocker, folder):
    """A fresh copy of it, with real transactions. Never together with `db`."""
    copy = databases.STORE.passing()
    connections.close_all()
    databases.STORE.make(copy, loaded_once)
    with django_db_blocker.unblock():
        databases.use(copy)
        yield
        databases.use(loaded_once)
        databases.STORE.drop(copy)
