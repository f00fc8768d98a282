"""What is older than its time is removed, and a dry run removes nothing."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from certification.models import AttendanceMark, Certificate, MarkDetail, is_whole
from courses.models import Completion, QuizDraft
from people import privacy
from people.models import ErasureRequest, User
from tests.people.lives import live_through, years_later


@pytest.fixture
def lived(session, learner, trainer, coordinator):
    return live_through(session, learner, trainer, coordinator)


def everything():
    return {kind.key: kind.model._base_manager.count() for kind in privacy.all_kinds()}


def report(now, dry_run=False):
    return {kind.key: count for kind, count in privacy.apply_retention(now, dry_run)}


@pytest.mark.usefixtures("lived")
def test_a_dry_run_says_it_and_writes_nothing(learner):
    before, now = everything(), years_later(20)
    said = report(now, dry_run=True)
    assert said["completions"] and said["mark_details"] and said["account"]
    assert everything() == before
    assert not User.objects.exclude(erased_at=None).exists()
    assert report(now) == said


@pytest.mark.usefixtures("lived")
def test_nothing_is_removed_before_its_time():
    before = everything()
    assert set(report(timezone.now()).values()) == {0}
    assert everything() == before


@pytest.mark.usefixtures("lived")
def test_each_kind_goes_in_its_time():
    report(years_later(1) + datetime.timedelta(days=1))
    assert not QuizDraft.objects.exists() and Completion.objects.exists()
    report(years_later(9))
    assert MarkDetail.objects.exists() and Completion.objects.exists()
    report(years_later(11))
    assert not MarkDetail.objects.exists() and not Completion.objects.exists()
    assert not ErasureRequest.objects.exists()


@pytest.mark.usefixtures("lived")
def test_twice_is_harmless():
    report(years_later(20))
    after = everything()
    assert set(report(years_later(20)).values()) == {0}
    assert everything() == after


def test_registers_are_never_touched(lived, session):
    marks, certificates = AttendanceMark.objects.count(), Certificate.objects.count()
    report(years_later(60))
    assert (AttendanceMark.objects.count(), Certificate.objects.count()) == (marks, certificates)
    assert all(is_whole(slot) for slot in session.half_days)


def test_who_stays_away_is_erased_and_who_comes_or_learns_is_not(lived, stranger, coordinator):
    now = timezone.now()
    long_ago = now - datetime.timedelta(days=732)
    User.objects.update(date_joined=long_ago)
    User.objects.filter(pk=coordinator.pk).update(last_login=now, is_superuser=False)
    ErasureRequest.objects.ask(stranger, long_ago)
    assert report(now)["account"] == User.objects.exclude(erased_at=None).count()
    erased = set(User.objects.exclude(erased_at=None).values_list("printed_name", "username"))
    assert erased == {("", f"erased-{stranger.code.hex}")}
    assert ErasureRequest.objects.get(person=stranger).outcome == "done"


def test_an_administrator_is_never_erased_for_being_away(stranger):
    User.objects.update(is_superuser=True)
    assert report(years_later(30))["account"] == 0


def test_the_days_are_settings(lived, settings):
    settings.RETENTION_DAYS = {**settings.RETENTION_DAYS, "draft": 10}
    report(timezone.now() + datetime.timedelta(days=11))
    assert not QuizDraft.objects.exists()


@pytest.mark.usefixtures("lived")
def test_the_command_reports_each_kind():
    out, before = StringIO(), everything()
    call_command("apply_retention", dry_run=True, at="2090-01-31T12:00Z", stdout=out)
    lines = out.getvalue().splitlines()
    assert [line.partition(":")[0] for line in lines[:-1]] == [kind.key for kind in privacy.all_kinds()]
    assert lines[-1].endswith("would be removed.")
    assert everything() == before
    out = StringIO()
    call_command("apply_retention", stdout=out)
    assert out.getvalue().splitlines()[-1] == "0 removed."


@pytest.mark.parametrize(
    "options",
    [{"at": "2090-01-31T12:00Z"}, {"at": "2090", "dry_run": True}, {"at": "2090-01-31T12:00", "dry_run": True}],
)
@pytest.mark.django_db
def test_the_command_refuses(options):
    with pytest.raises(CommandError):
        call_command("apply_retention", **options)
