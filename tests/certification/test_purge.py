"""At the end of its legal time a session leaves a signed tombstone and nothing else."""

import datetime
import io
import json
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from certification import purging
from certification.exports import register_of
from certification.models import (
    AttendanceMark,
    LateDecision,
    LockDetail,
    MarkDetail,
    PaperSheet,
    RegisterEntry,
    RegisterRoot,
    SlotLock,
    Tombstone,
    verify,
)
from certification.refusals import Refused
from events.models import Slot
from people.append_only import REFUSAL
from tests.certification.facts import everyone_present, say
from tests.certification.tampering import APPEND_ONLY, change
from tests.certification.test_append_only import TRIGGERS
from tests.certification.test_export import checked

EMPTY = [AttendanceMark, MarkDetail, LateDecision, SlotLock, LockDetail, PaperSheet]


@pytest.fixture
def old(session, trainer, learner):
    """A session whose legal time ended yesterday, in a root; with a late mark and a paper sheet."""
    everyone_present(session, trainer)
    now = timezone.now()
    LateDecision.objects.decide(say(session.half_days[0], learner, trainer, "absent"), trainer, False, now)
    PaperSheet.objects.attach(session.half_days[0], trainer, b"%PDF-1.7", "application/pdf", now)
    RegisterRoot.objects.make(now)
    days = settings.RETENTION_DAYS["proof"] + 1
    for slot in session.half_days:
        Slot.objects.filter(pk=slot.pk).update(
            starts_at=slot.starts_at - datetime.timedelta(days=days),
            ends_at=slot.ends_at - datetime.timedelta(days=days),
        )
    return session


def run(*arguments):
    out = io.StringIO()
    call_command("purge_register", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def triggers():
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        return sorted(cursor.fetchall())


def test_it_says_first_what_it_would_do(old):
    links = RegisterEntry.objects.count()
    assert run() == f"{old.code}: {links}\n1 would be purged: add --for-good.\n"
    assert RegisterEntry.objects.count() == links


def test_it_leaves_a_signed_tombstone_and_nothing_else(old, django_capture_on_commit_callbacks):
    last, before, path = old.register.last(), triggers(), settings.PRIVATE_ROOT / PaperSheet.objects.get().name
    with django_capture_on_commit_callbacks(execute=True):
        said = run("--for-good")
    assert said == f"{old.code}: {last.position} links, {last.digest}\n1 purged.\n"
    assert [model for model in EMPTY if model.objects.exists()] == []
    assert not path.exists()
    stone = RegisterEntry.objects.get()
    body = json.loads(stone.body)
    assert (stone.kind, body["links"], body["end"]) == ("tombstone", last.position, last.digest)
    assert verify().broken is None
    assert verify().purged == 1
    assert triggers() == before


def test_the_roots_still_verify_and_the_next_one_covers_the_tombstone(old):
    run("--for-good")
    root = RegisterRoot.objects.make(timezone.now() + datetime.timedelta(days=1))
    assert json.loads(root.text())["sessions"] == [[str(old.code), *old.register.values_list("position", "digest")[0]]]
    report = verify()
    assert (report.broken, report.purged, report.roots) == (None, 1, 2)


def test_the_exported_tombstone_verifies_alone(old, tmp_path):
    run("--for-good")
    folder = SimpleNamespace(read=lambda _name: json.dumps(register_of([old], timezone.now())))
    done = checked(folder, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 links, 9 purged" in done.stdout
    done = checked(folder, tmp_path, lambda register: register["sessions"][0]["links"][0].update(signature="A" * 86))
    assert done.returncode == 1


@pytest.mark.parametrize("name", ["body", "digest", "position", "kind"])
def test_a_forged_tombstone_is_found(old, name):
    run("--for-good")
    change(RegisterEntry.objects.get(), RegisterEntry._meta.get_field(name))
    assert verify().broken is not None


def test_the_tables_refuse_again_and_only_what_was_due_went(old, trainer):
    run("--for-good")
    for model in (RegisterEntry, Tombstone):
        with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
            model.objects.all()._raw_delete("default")


def test_twice_is_once(old):
    run("--for-good")
    stone = RegisterEntry.objects.get().digest
    assert run("--for-good") == "0 purged.\n"
    assert RegisterEntry.objects.get().digest == stone


def refused(session):
    before = RegisterEntry.objects.count()
    with pytest.raises(Refused) as refusal:
        purging.purge(session, timezone.now())
    assert RegisterEntry.objects.count() == before
    return refusal.value.code


def test_a_session_that_is_not_due_is_refused(session, trainer):
    everyone_present(session, trainer)
    assert refused(session) == "not_due"
    with pytest.raises(CommandError, match="legal time"):
        run("--session", str(session.code), "--for-good")
    assert "legal time" in run("--session", str(session.code))


def test_a_broken_register_is_refused(old):
    change(SlotLock.objects.first(), SlotLock._meta.get_field("marks"))
    assert refused(old) == "broken"


def test_what_no_root_covers_is_refused(old, trainer, learner):
    say(old.half_days[0], learner, trainer)
    assert refused(old) == "no_root"


def test_what_fails_on_the_way_changes_nothing(old, monkeypatch):
    before, links = triggers(), RegisterEntry.objects.count()

    def fails(*arguments):
        raise DatabaseError("full")

    monkeypatch.setattr(purging, "partial", fails)
    with pytest.raises(DatabaseError):
        purging.purge(old, timezone.now())
    assert (triggers(), RegisterEntry.objects.count()) == (before, links)


def test_it_is_one_transaction(real_database, session):
    with pytest.raises(RuntimeError), purging.purging(connection, RegisterEntry):
        pass
    assert {table for table, _name in triggers()} >= {model._meta.db_table for model in APPEND_ONLY}
