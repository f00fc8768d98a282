"""A real worker, killed (SIGKILL) at random moments and started again: one certificate each, no number lost."""

import hashlib
import os
import random
import subprocess
import sys
import time
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend

from certification import batching, due
from certification.models import Batch, BatchItem, Certificate, CertificateFile, Counter, Credential
from people.models import TrailEntry, User
from tests.certification.facts import finish_modules, make_ready

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
PEOPLE, KILLS = 30, 6
WORKER = ["manage.py", "db_worker", "--backend", "background", "--no-reload", "--no-startup-delay", "--batch"]


@pytest.fixture
def queue():
    """Jobs wait in the database for a worker."""
    before = task_backends["background"]
    task_backends["background"] = DatabaseBackend("background", {"QUEUES": ["default"], "OPTIONS": {}})
    yield
    task_backends["background"] = before


@pytest.fixture
def many(real_database, session, trainer):
    people = User.objects.bulk_create(
        User(username=f"person-{number}", printed_name=f"Awa {number}") for number in range(PEOPLE - 2)
    )
    for person in people:
        session.edition.enrolments.create(learner=person)
    make_ready(session, trainer)
    finish_modules(session.edition, *people)
    return session.edition


def start_worker(folder):
    values = connection.settings_dict
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "worker_settings",
        "PYTHONPATH": str(settings.BASE_DIR / "tests"),
        "DATABASE_URL": f"postgres://{values['USER']}@{quote(str(values['HOST']), safe='')}/{values['NAME']}",
        "PRIVATE_ROOT": str(settings.PRIVATE_ROOT),
        "TMPDIR": str(folder),
    }
    return subprocess.Popen([sys.executable, *WORKER], env=environment, cwd=settings.BASE_DIR)


def done():
    return Certificate.objects.count() + CertificateFile.objects.count()


def run_until(folder, amount, delay):
    """A worker that is killed some moments after so much is done, or ends when no job waits. Whether it was killed."""
    worker, end = start_worker(folder), time.monotonic() + 120
    try:
        while done() < amount and worker.poll() is None and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(delay)
        return worker.poll() is None
    finally:
        worker.kill()
        worker.wait()


def take_up(turn):
    """What is done each minute, so many hours later: what the killed workers had in hand waits again."""
    later = timezone.now() + timedelta(hours=1 + turn)
    due.late_batches(later)
    due.late_files(later)


def is_over():
    return done() == 2 * PEOPLE and Batch.objects.get().finished_at is not None


def test_killed_at_random_and_taken_up(many, trainer, queue, tmp_path):
    chance, before = random.Random(), kept()
    batching.begin(many, trainer, timezone.now())
    killed = 0
    for kill in range(KILLS):
        amount = min(done() + chance.randint(1, 2 * PEOPLE // KILLS), 2 * PEOPLE)
        killed += run_until(tmp_path, amount, chance.uniform(0, 0.03))
        take_up(kill)
    for turn in range(KILLS):
        if not is_over():
            run_until(tmp_path, 2 * PEOPLE + 1, 0)
            take_up(KILLS + turn)
    assert killed >= KILLS // 2
    assert_one_each()
    assert len(kept() - before) == PEOPLE


def kept():
    storage = storages["private"]
    return set(storage.listdir("certificates")[1]) if storage.exists("certificates") else set()


def assert_one_each():
    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    assert [int(number.rpartition("-")[2]) for number in numbers] == list(range(1, PEOPLE + 1))
    assert Counter.objects.get().last == PEOPLE
    assert Certificate.objects.values("learner").distinct().count() == PEOPLE
    assert TrailEntry.objects.filter(action="issued").count() == PEOPLE
    assert Credential.objects.count() == 2 * PEOPLE
    assert Batch.objects.get().finished_at
    assert BatchItem.objects.exclude(settled_at=None).filter(refusal={}).count() == PEOPLE
    files = CertificateFile.objects.all()
    assert len(files) == PEOPLE
    for file in files:
        data = storages["private"].open(file.name).read()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file.size, file.sha256)
