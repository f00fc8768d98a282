"""The achievement of a credential names the competences of the framework, where anybody reads them for good."""

import datetime
import json

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from certification import credentialing
from certification.competence import Framework
from certification.credentials import proofs
from certification.issuing import issue
from certification.models import FrameworkVersion
from certification.tasks import make_file
from tests.certification.facts import make_ready
from tests.certification.practising import SMALL, publish

WORDS = {"fr": "referentiel", "nl": "competentiekader"}


@pytest.fixture
def version(session, coordinator):
    return publish(coordinator, at=session.edition.started_at - datetime.timedelta(days=1))


def certified(session, trainer, learner):
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, learner, timezone.now())
    make_file.call(certificate.pk)
    return certificate


def document(certificate, language="fr"):
    return json.loads(certificate.credentials.get(language=language).body)


def achieved(certificate, language="fr"):
    return document(certificate, language)["credentialSubject"]["achievement"]


def own_key(method):
    return credentialing.our_keys()[method.partition("#")[2]]


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_each_competence_is_named_where_it_stands(language, client, version, session, trainer, learner, settings):
    certificate = certified(session, trainer, learner)
    assert proofs.verified(document(certificate, language), own_key)
    aligned = achieved(certificate, language)["alignment"]
    assert [one["targetCode"] for one in aligned] == ["B1.C1", "B1.C2", "B2.C1", "B2.C2"]
    assert aligned[0]["targetName"] == {"fr": "Présenter son rôle", "nl": "Zijn rol voorstellen"}[language]
    address = f"{settings.PUBLIC_ORIGIN}/{language}/{WORDS[language]}/ambassador/1/"
    assert [one["targetUrl"] for one in aligned] == [f"{address}#{one['targetCode']}" for one in aligned]
    assert {tuple(one["type"]) for one in aligned} == {("Alignment",)}
    framework = {"fr": "Référentiel de compétences de AB Réfugiés-Social, version 1"}
    assert aligned[0]["targetFramework"] == framework.get(language, "Competentiekader van AB Réfugiés-Social, versie 1")
    page = client.get(address.removeprefix(settings.PUBLIC_ORIGIN)).content.decode()
    assert all(f'id="{one["targetCode"]}"' in page and one["targetName"] in page for one in aligned)


def test_without_a_framework_there_is_none(session, trainer, learner):
    assert "alignment" not in achieved(certified(session, trainer, learner))


def test_a_later_version_changes_nothing(version, session, trainer, learner, other_learner, coordinator):
    certificate = certified(session, trainer, learner)
    body = certificate.credentials.get(language="fr").body
    publish(coordinator, Framework(SMALL.blocks[:1]))
    make_file.call(certificate.pk)
    assert certificate.credentials.get(language="fr").body == body
    other = issue(other_learner, session.edition, trainer, timezone.now())
    make_file.call(other.pk)
    assert achieved(other)["alignment"] == achieved(certificate)["alignment"]


def test_one_that_was_issued_before_stays(session, trainer, learner, coordinator):
    certificate = certified(session, trainer, learner)
    body = certificate.credentials.get(language="nl").body
    publish(coordinator, at=session.edition.started_at - datetime.timedelta(days=1))
    credentialing.make_credentials(certificate, timezone.now())
    assert certificate.credentials.get(language="nl").body == body


def url(number=1, language="fr", scheme="ambassador"):
    with translation.override(language):
        return reverse("certification:public_framework", args=[scheme, number])


def test_the_address_is_the_one_that_credentials_hold(version):
    for language in ("fr", "nl"):
        assert url(language=language) == version.public_path(language)


def test_anybody_reads_a_version_and_caches_keep_it(client, browse_as, learner, version, coordinator):
    response = client.get(url())
    assert response["Cache-Control"] == "public, max-age=3600" and "Cookie" in response["Vary"]
    page = response.content.decode()
    assert "Respecte la confidentialité." in page and url(language="nl") in page and "Els Peeters" not in page
    assert "Bewaart het geheim." in client.get(url(language="nl")).content.decode()
    assert browse_as(learner).get(url())["Cache-Control"] == "private"
    publish(coordinator, Framework(SMALL.blocks[:1]))
    assert client.get(url()).status_code == client.get(url(2)).status_code == 200


def test_it_is_read_only_and_what_is_not_there_is_not_found(client, version):
    assert client.post(url()).status_code == 405
    assert client.get(url(7)).status_code == client.get(url(scheme="other")).status_code == 404
    assert FrameworkVersion.objects.count() == 1
