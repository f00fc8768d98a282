"""/health/ says what does not answer."""

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

from tests import databases

WELL = {"ok": True, "database": True, "cache": True, "storage": True, "queue": True}


def health():
    response = Client().get("/health/")
    return response.status_code, response.json()


@pytest.fixture
def private_folder(settings, tmp_path):
    """The private storage of this test alone."""
    folder = tmp_path / "private"
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": folder, "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    return folder


@pytest.mark.django_db
def test_all_is_well():
    assert health() == (200, WELL)


@pytest.mark.django_db
def test_a_storage_that_is_still_empty_is_well(private_folder):
    assert not private_folder.exists()
    assert health() == (200, WELL)
    storages["private"].save("first", ContentFile(b"1"))
    assert health() == (200, WELL)


@pytest.mark.django_db
def test_a_storage_that_is_no_folder_is_named(private_folder):
    private_folder.write_text("a file where the folder was")
    assert health() == (503, {**WELL, "ok": False, "storage": False})


@pytest.mark.usefixtures("real_database")
def test_a_cache_without_its_table_is_named(settings):
    backend = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "no_such_table"}
    settings.CACHES = {**settings.CACHES, "shared": backend}
    assert caches["shared"]
    assert health() == (503, {**WELL, "ok": False, "cache": False})


@pytest.mark.usefixtures("real_database")
def test_a_queue_without_its_table_is_named():
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {DBTaskResult._meta.db_table}")
    assert health() == (503, {**WELL, "ok": False, "queue": False})


@pytest.mark.usefixtures("real_database")
def test_a_database_that_is_away_is_named(settings):
    here = connection.settings_dict["NAME"]
    databases.use(str(settings.VAR_DIR / "nowhere" / "db"))
    try:
        status, answers = health()
    finally:
        databases.use(here)
    assert status == 503
    assert answers == {**WELL, "ok": False, "database": False, "queue": False}
    assert health() == (200, WELL)


@pytest.mark.django_db
def test_nobody_needs_to_sign_in_and_nothing_is_said_of_anybody():
    response = Client().get("/health/")
    assert not response.cookies
    assert response["Content-Type"] == "application/json"


@pytest.mark.django_db
def test_post_is_refused():
    assert Client().post("/health/").status_code == 405
