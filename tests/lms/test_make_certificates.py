"""Many invented certificates: how fast they are made is told, and that none is missing or doubled is checked."""

import tracemalloc

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from certification.batching import issue_some
from certification.models import Batch, Certificate, CertificateFile
from lms.management.commands import make_certificates
from lms.management.commands.make_certificates import check, draw_all, issue_all, make_ready


def test_it_says_how_many_and_how_fast(course, capsys):
    call_command("make_certificates", certificates=12)
    assert capsys.readouterr().out.startswith("12 certificates, ")
    assert Certificate.objects.count() == CertificateFile.objects.count() == 12
    call_command("make_certificates", certificates=3)
    assert [int(number[-4:]) for number in Certificate.objects.order_by("pk").values_list("number", flat=True)] == [
        *range(1, 16)
    ]


@pytest.mark.slow
def test_hundreds_without_a_gap_in_constant_memory(course):
    edition, trainer = make_ready(400, timezone.now())
    batch, peaks = Batch.objects.begin(edition, trainer, timezone.now()), []
    for _time in range(4):
        tracemalloc.start()
        issue_some(batch)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert issue_all(batch) == 400
    numbers = Certificate.objects.order_by("pk").values_list("number", flat=True)
    assert [int(number[-4:]) for number in numbers] == list(range(1, 401))
    assert Certificate.objects.values("learner").distinct().count() == 400
    assert peaks[-1] < 1.5 * peaks[1]


def test_what_is_missing_is_said(course):
    now = timezone.now()
    edition, trainer = make_ready(2, now)
    issue_all(Batch.objects.begin(edition, trainer, now))
    with pytest.raises(CommandError, match="document"):
        check(edition, 0, now)
    with pytest.raises(CommandError, match="number"):
        check(edition, 1, now)
    draw_all(edition)
    check(edition, 0, now)
    name = CertificateFile.objects.first().name
    storages["private"].delete(name)
    storages["private"].save(name, ContentFile(b"%PDF"))
    with pytest.raises(CommandError, match="1 documents"):
        check(edition, 0, now)


@override_settings(DEMO=False, DEBUG=False)
@pytest.mark.django_db
def test_it_is_refused_on_a_real_site():
    with pytest.raises(CommandError):
        call_command("make_certificates")


@pytest.mark.django_db
def test_it_refuses_nonsense(monkeypatch):
    with pytest.raises(CommandError):
        call_command("make_certificates", certificates=0)
    monkeypatch.setattr(make_certificates, "course_in", lambda language: None)
    with pytest.raises(CommandError, match="course"):
        call_command("make_certificates", certificates=1)
