import hashlib
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from certification import signing, tasks
from certification.credentialing import make_credentials
from certification.issuing import issue
from certification.models import Certificate, CertificateFile
from certification.tasks import make_file
from tests.certification.facts import make_ready
from tests.databases import together


@pytest.fixture
def certificate(session, trainer, learner):
    make_ready(session, trainer)
    return issue(learner, session.edition, learner, timezone.now())


def url(name, certificate):
    return reverse(f"certification:{name}", args=[certificate.code])


def test_the_file_is_made_after_commit(browse_as, session, trainer, learner, django_capture_on_commit_callbacks):
    make_ready(session, trainer)
    with django_capture_on_commit_callbacks(execute=True):
        browse_as(learner).post(reverse("certification:issue", args=[session.edition.code]))
    file = Certificate.objects.get().file
    data = storages["private"].open(file.name).read()
    assert (file.size, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def test_the_pdf_says_what_was_frozen(browse_as, learner, certificate):
    make_file.call(certificate.pk)
    response = browse_as(learner).get(url("download", certificate))
    text = PdfReader(BytesIO(response.content)).pages[0].extract_text()
    for printed in ("Amina Diallo", certificate.number, "Claire Dubois", certificate.printed["code"]):
        assert printed in text


def test_made_twice_it_is_one_file(certificate):
    make_file.call(certificate.pk)
    make_file.call(certificate.pk)
    assert CertificateFile.objects.count() == 1


def test_a_try_that_stopped_half_way_is_taken_up(certificate, monkeypatch):
    def stop(self, **kwargs):
        raise RuntimeError("stopped")

    make_credentials(certificate, timezone.now())
    with monkeypatch.context() as stopped:
        stopped.setattr(QuerySet, "create", stop)
        with pytest.raises(RuntimeError, match="stopped"):
            make_file.call(certificate.pk)
    kept = set(storages["private"].listdir("certificates")[1])
    make_file.call(certificate.pk)
    assert set(storages["private"].listdir("certificates")[1]) == kept
    assert storages["private"].exists(CertificateFile.objects.get().name)


def test_the_download_is_kept_by_nobody_on_the_way(browse_as, learner, certificate):
    make_file.call(certificate.pk)
    response = browse_as(learner).get(url("download", certificate))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{certificate.number}.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("person", "status"),
    [("learner", 200), ("trainer", 200), ("coordinator", 200), ("other_learner", 404), ("stranger", 404)],
)
def test_who_may_download(request, browse_as, certificate, person, status):
    make_file.call(certificate.pk)
    assert browse_as(request.getfixturevalue(person)).get(url("download", certificate)).status_code == status


def test_until_the_file_is_made_there_is_nothing_to_download(browse_as, learner, certificate):
    assert browse_as(learner).get(url("download", certificate)).status_code == 404
    content = browse_as(learner).get(reverse("courses:path")).content.decode()
    assert url("prepare", certificate) in content


def test_one_may_ask_again(browse_as, learner, certificate):
    for _time in range(2):
        assert browse_as(learner).post(url("prepare", certificate)).status_code == 302
    assert CertificateFile.objects.count() == 1
    assert url("download", certificate) in browse_as(learner).get(reverse("courses:path")).content.decode()


def test_who_may_not_ask_again(browse_as, client, stranger, learner, certificate):
    assert browse_as(stranger).post(url("prepare", certificate)).status_code == 404
    assert browse_as(learner).get(url("prepare", certificate)).status_code == 405
    assert reverse("account_login") in client.post(url("prepare", certificate))["Location"]
    assert browse_as(learner).post(reverse("certification:prepare", args=["X"])).status_code == 404
    assert not CertificateFile.objects.exists()


def test_two_workers_at_once_make_one_file(real_database, session, trainer, learner):
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, learner, timezone.now())
    results = together(*[lambda: make_file.call(certificate.pk)] * 2)
    assert results == [None, None]
    assert CertificateFile.objects.count() == 1


def test_a_missing_certificate(browse_as, learner):
    assert browse_as(learner).get(reverse("certification:download", args=[uuid4().hex[:16]])).status_code == 404


def signed_outside(data):
    """Signs as always, and says whether somebody else could write meanwhile."""
    assert not connection.in_atomic_block
    return signing.signed(data)


def test_nothing_is_locked_while_it_is_signed(real_database, session, trainer, learner, monkeypatch):
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, learner, timezone.now())
    monkeypatch.setattr(tasks, "SIGNED", f"{__name__}.signed_outside")
    make_file.call(certificate.pk)
    assert CertificateFile.objects.get().certificate == certificate
