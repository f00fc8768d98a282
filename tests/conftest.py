import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import timezone, translation

from courses.models import Course
from people.models import Organisation
from tests import cast, databases


def pytest_collection_modifyitems(config, items):
    """What is said about PostgreSQL only is not skipped elsewhere: it is not asked."""
    if connection.vendor != "postgresql":
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("postgres")])
        items[:] = [item for item in items if not item.get_closest_marker("postgres")]


def pytest_terminal_summary(terminalreporter):
    """`make test` ends with a table of what each part of it skipped; workers leave it to the main process."""
    if "SKIPPED" in os.environ and "PYTEST_XDIST_WORKER" not in os.environ:
        with Path(os.environ["SKIPPED"]).open("a") as table:
            table.writelines(f"{report.longrepr[2]}\n" for report in terminalreporter.stats.get("skipped", []))


def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("REQUIRE_JUDGES") == "1" and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure():
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Each process works on its own copy of a database that is already migrated and holds the cast."""
    with django_db_blocker.unblock(), databases.copy_of("cast"):
        yield


@pytest.fixture(autouse=True)
def same_start():
    """No test inherits a language or a counter of refused attempts from the one before."""
    for cache in caches.all():
        cache.clear()
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def real_database(django_db_setup, django_db_blocker):
    """A fresh copy with real transactions, for a test with several connections or threads. Never together with `db`."""
    with django_db_blocker.unblock(), databases.copy_of("cast"):
        yield


@pytest.fixture
def migrated_database(django_db_setup, django_db_blocker):
    """A fresh copy without the cast: only what migrations made. Never together with `db` or the cast."""
    with django_db_blocker.unblock(), databases.copy_of("migrated"):
        yield


@pytest.fixture
def database(request):
    """What the cast lives in: the real database when the test asks for one, else `db`, rolled back after the test."""
    request.getfixturevalue("real_database" if "real_database" in request.fixturenames else "db")


@pytest.fixture
def learner(database):
    return cast.person_named("learner")


@pytest.fixture
def other_learner(database):
    return cast.person_named("other_learner")


@pytest.fixture
def trainer(database):
    return cast.person_named("trainer")


@pytest.fixture
def coordinator(database):
    return cast.person_named("coordinator")


@pytest.fixture
def lead(coordinator):
    """The same, of a partner that leads the others."""
    Organisation.objects.filter(pk=coordinator.organisation_id).update(leads=True)
    return coordinator


@pytest.fixture
def stranger(database):
    return cast.person_named("stranger")


@pytest.fixture
def course(database):
    return Course.objects.get(slug="devenir-ambassadeur")


@pytest.fixture
def edition(database):
    return cast.make_edition(timezone.localdate())


@pytest.fixture
def session(edition):
    return cast.make_session(edition, timezone.localdate())


@pytest.fixture
def browse_as():
    """`browse_as(learner)` is a client of the site, signed in as that person."""

    def sign_in(person):
        return cast.sign_in(Client(), person)

    return sign_in
