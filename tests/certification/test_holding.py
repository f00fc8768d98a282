"""The holder's page with all their certificates, and the ZIP of a group."""

import csv
import io
import tracemalloc
import zipfile
from datetime import UTC, datetime, time, timedelta
from urllib.parse import unquote

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from certification import archiving, issuing
from certification.issuing import issue
from certification.models import Certificate, CertificateFile, Scheme
from certification.tasks import make_file
from people.downloads import zipped
from people.models import TrailEntry, User
from tests.certification.facts import make_ready


def url(name, *args):
    return reverse(f"certification:{name}", args=args)


@pytest.fixture
def certificate(session, trainer, learner):
    Scheme.objects.update(validity_months=24)
    make_ready(session, trainer)
    return issue(learner, session.edition, learner, timezone.now())


@pytest.mark.parametrize(("language", "until"), [("fr", "Valable jusqu’au"), ("nl", "Geldig tot")])
def test_everything_that_the_holder_needs(browse_as, learner, certificate, language, until):
    make_file.call(certificate.pk)
    address = {"fr": "/fr/mes-certificats/", "nl": "/nl/mijn-certificaten/"}[language]
    content = browse_as(learner).get(address).content.decode()
    assert certificate.number in content and until in content
    assert f"certificates/{certificate.code}/download/" in content
    for kind in ("badge", "credential"):
        for spoken in ("fr", "nl"):
            assert f"/api/certificates/{certificate.code}/{kind}/{spoken}/" in content
    shared = unquote(content.split("https://wa.me/?text=")[1].split('"')[0])
    assert certificate.printed["verify_url"] in shared and certificate.printed[f"title_{language}"] in shared
    assert f'value="{certificate.printed["verify_url"]}"' in content
    assert f"certificates/{certificate.code}/correction/" in content


def test_a_replaced_and_a_revoked_one_are_there_and_offer_nothing(browse_as, learner, coordinator, certificate):
    User.objects.filter(pk=learner.pk).update(printed_name="Aminata")
    new = issuing.replace(certificate, coordinator, timezone.now())
    make_file.call(new.pk)
    client = browse_as(learner)
    content = client.get(url("my_certificates")).content.decode()
    assert new.number in content and certificate.number in content
    assert url("ask_correction", certificate.code) not in content and url("ask_correction", new.code) in content
    new.revoke("error", coordinator, timezone.now())
    assert url("ask_correction", new.code) not in client.get(url("my_certificates")).content.decode()


@pytest.mark.parametrize(("days", "said"), [(100, ""), (90, "Il se termine bientôt."), (-1, "Il est terminé.")])
def test_the_end_is_told_to_those_without_an_address_too(browse_as, learner, certificate, days, said):
    with time_machine.travel(noon(certificate.expires_on - timedelta(days=days))):
        content = browse_as(learner).get(url("my_certificates")).content.decode()
    assert said in content and ("Il se termine" in content) == said.startswith("Il se")


def noon(day):
    return datetime.combine(day, time(12), UTC)


def test_only_ones_own_and_nothing_at_first(browse_as, client, other_learner, certificate):
    content = browse_as(other_learner).get(url("my_certificates")).content.decode()
    assert certificate.number not in content
    assert reverse("account_login") in client.get(url("my_certificates")).url


def test_as_many_queries_for_more(browse_as, learner, coordinator, certificate, django_assert_num_queries):
    client = browse_as(learner)
    client.get(url("my_certificates"))
    with django_assert_num_queries(5):
        client.get(url("my_certificates"))
    for number in range(3):
        User.objects.filter(pk=learner.pk).update(printed_name=f"Aminata {number}")
        certificate = issuing.replace(certificate, coordinator, timezone.now())
    with django_assert_num_queries(5):
        client.get(url("my_certificates"))


def opened(response):
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_the_documents_of_a_group(browse_as, coordinator, learner, other_learner, certificate):
    other = issue(other_learner, certificate.edition, learner, timezone.now())
    User.objects.filter(pk=learner.pk).update(printed_name="=Aminata")
    new = issuing.replace(certificate, coordinator, timezone.now())
    for one in (certificate, new):
        make_file.call(one.pk)
    response = browse_as(coordinator).post(url("certificates_zip", certificate.edition.code))
    assert response["Cache-Control"] == "private, no-store" and response["Content-Type"] == "application/zip"
    folder = opened(response)
    assert folder.testzip() is None and folder.namelist() == [f"{new.number}.pdf", "index.csv"]
    assert len(folder.read(f"{new.number}.pdf")) == CertificateFile.objects.get(certificate=new).size
    rows = list(csv.reader(io.StringIO(folder.read("index.csv").decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [certificate.number, other.number, new.number]
    assert [row[6] for row in rows[1:]] == ["", "", f"{new.number}.pdf"]
    assert rows[3][1] == "'=Aminata" and rows[1][2] == "remplacé"
    assert TrailEntry.objects.get(action="exported").author == coordinator


@pytest.mark.parametrize(("person", "status"), [("trainer", 403), ("learner", 403), ("stranger", 404)])
def test_who_may_not_take_it(request, browse_as, certificate, person, status):
    address = url("certificates_zip", certificate.edition.code)
    assert browse_as(request.getfixturevalue(person)).post(address).status_code == status
    assert not TrailEntry.objects.filter(action="exported").exists()


def test_without_a_certificate_and_by_a_get(browse_as, coordinator, edition):
    client = browse_as(coordinator)
    assert client.post(url("certificates_zip", edition.code)).status_code == 404
    assert client.get(url("certificates_zip", edition.code)).status_code == 405


def peak(edition):
    tracemalloc.start()
    for _piece in zipped(archiving.archive_of(edition, timezone.localdate())):
        pass
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def test_as_much_memory_for_many_as_for_few(certificate, monkeypatch):
    monkeypatch.setattr(archiving, "AT_ONCE", 10)
    make_file.call(certificate.pk)
    file, peaks = CertificateFile.objects.get(), []
    for count in (50, 200):
        for number in range(count):
            learner = User.objects.create(username=f"p-{count}-{number}")
            values = {"number": f"X-{count}-{number}", "learner": learner, "edition": certificate.edition}
            more = {"issued_at": timezone.now(), "issued_by": learner, "printed": certificate.printed, "rules_met": {}}
            made = Certificate.objects.create(**values, **more)
            CertificateFile.objects.create(
                certificate=made, name=file.name, sha256=file.sha256, size=file.size, made_at=file.made_at
            )
        peaks.append(peak(certificate.edition))
    assert peaks[1] < 1.5 * peaks[0]
