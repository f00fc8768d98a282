"""What a certificate becomes for others: credentials that are made once and hold by themselves."""

import datetime
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone

from certification import credentialing, keys
from certification.credentials import baking, payload, proofs, status_list
from certification.credentials.linked_data import CONTEXTS, FOLDER, Unreadable, canonical, load
from certification.due import late_credentials, status_lists
from certification.issuing import issue
from certification.models import Certificate, Credential, StatusList
from certification.tasks import make_file, publish_status
from home.models import SiteSettings
from tests.certification.facts import make_ready
from tests.databases import together

NEW_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


@pytest.fixture
def certificate(session, trainer, learner):
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, learner, timezone.now())
    make_file.call(certificate.pk)
    return certificate


def address(certificate, language="fr", name="credential"):
    return reverse(f"certificates:{name}", args=[certificate.code, language])


def document(certificate, language="fr"):
    return json.loads(certificate.credentials.get(language=language).body)


def published(client):
    return json.loads(client.get("/api/status/1/").content)


def is_ended(client, document):
    """Whether the published list says that a credential no longer holds."""
    index = int(document["credentialStatus"]["statusListIndex"])
    return status_list.is_set(published(client)["credentialSubject"]["encodedList"], index)


def own_key(method):
    return credentialing.our_keys()[method.partition("#")[2]]


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Sait écouter · Sait agir"), ("nl", "Kan luisteren · Kan handelen")]
)
def test_one_in_each_language(certificate, language, said):
    found = document(certificate, language)
    achieved = found["credentialSubject"]["achievement"]
    assert proofs.verified(found, own_key) == credentialing.current_method()
    assert achieved["inLanguage"] == language
    assert achieved["description"] == said
    assert found["credentialSubject"]["identifier"][0]["identityHash"] == "Amina Diallo"
    assert found["validFrom"] == proofs.stamp(certificate.issued_at)
    assert isinstance(found["proof"], list) and isinstance(found["credentialStatus"]["statusListIndex"], str)


def test_nothing_more_than_the_paper(certificate, learner):
    body = document(certificate)
    body["credentialSubject"]["achievement"].pop("image")
    for secret in (learner.username, str(learner.code), str(certificate.edition.code), "Groupe de Lille", "@gmail"):
        assert secret not in json.dumps(body)


def test_made_once_and_served_as_it_was_written(client, certificate, settings):
    before = [client.get(address(certificate, language)).content for language in ("fr", "nl")]
    SiteSettings.objects.update_or_create(defaults={"provider": "Autre nom"})
    settings.ISSUING_KEY, settings.ISSUING_KEYS_BEFORE = NEW_KEY, [keys.jwk_of(keys.issuing_key().public_key())["x"]]
    settings.PUBLIC_ORIGIN = "https://ailleurs.example"
    make_file.call(certificate.pk)
    assert Credential.objects.count() == 2
    assert [client.get(address(certificate, language)).content for language in ("fr", "nl")] == before
    for content, credential in zip(before, Credential.objects.order_by("language"), strict=True):
        assert credential.sha256 == hashlib.sha256(content).hexdigest()
        proofs.verified(json.loads(content), own_key)


def test_the_database_refuses_to_change_one(certificate):
    for change in (lambda rows: rows.update(body=""), lambda rows: rows.delete()):
        with pytest.raises((DatabaseError, ValidationError)), transaction.atomic():
            change(Credential.objects.all())


def test_a_place_in_the_list_is_given_once_and_tells_nothing(certificate, other_learner, session):
    make_file.call(issue(other_learner, session.edition, other_learner, timezone.now()).pk)
    places = set(Credential.objects.values_list("status_list", "status_index"))
    assert len(places) == 4
    assert {number for number, _index in places} == {1}
    assert max(index for _number, index in places) - min(index for _number, index in places) > 4


def test_two_workers_at_once_make_one_of_each(real_database, session, trainer, learner):
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, learner, timezone.now())
    now = timezone.now()
    together(*[lambda: credentialing.make_credentials(certificate, now)] * 2)
    assert sorted(Credential.objects.values_list("language", flat=True)) == ["fr", "nl"]
    assert StatusList.objects.count() == 1


def test_the_badge_holds_the_credential(client, certificate):
    response = client.get(address(certificate, "nl", "badge"))
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == f'attachment; filename="{certificate.number}-nl.png"'
    assert baking.unbaked(response.content) == certificate.credentials.get(language="nl").body
    assert client.get(address(certificate, "nl", "badge")).content == response.content


def test_who_verifies_may_ask_for_the_head_alone(client, certificate):
    public = [address(certificate), f"/api/certificates/{certificate.code}/", "/api/issuer/", "/.well-known/did.json"]
    for page in [*public, f"/fr/verifier/{certificate.code}/"]:
        answer = client.head(page)
        assert answer.status_code == 200 and answer.content == b""


@pytest.mark.parametrize("name", ["credential", "badge"])
def test_what_is_not_there_is_not_found(client, certificate, name):
    for code, language in [(certificate.code, "en"), ("0" * 16, "fr"), ("x", "fr")]:
        assert client.get(reverse(f"certificates:{name}", args=[code, language])).status_code == 404
    assert client.post(address(certificate, name=name)).status_code == 405


def test_before_the_file_is_made_there_is_none(client, session, trainer, learner):
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, learner, timezone.now())
    assert client.get(address(certificate)).status_code == 404
    assert client.get("/api/status/1/").status_code == 404


def test_codes_are_not_tried_at_random(client, certificate):
    for _time in range(101):
        response = client.get(reverse("certificates:credential", args=[uuid4().hex[:16].upper(), "fr"]))
    assert response.status_code == 429


def test_revoked_through_the_page_it_is_revoked_in_the_list(client, browse_as, coordinator, certificate):
    french, dutch = document(certificate), document(certificate, "nl")
    assert not is_ended(client, french) and not is_ended(client, dutch)
    before = client.get("/api/status/1/")["ETag"]
    browse_as(coordinator).post(reverse("certification:revoke", args=[certificate.code]), {"reason": "error"})
    assert is_ended(client, french) and is_ended(client, dutch)
    answer = client.get("/api/status/1/", headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert "public" in answer["Cache-Control"] and answer["Access-Control-Allow-Origin"] == "*"
    assert client.get("/api/status/1/", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_replaced_it_is_revoked_in_the_list(client, certificate):
    names = ("learner", "edition", "issued_at", "issued_by", "printed", "rules_met")
    values = {name: getattr(certificate, name) for name in names}
    newer = Certificate.objects.create(number="AB-2020-0001", replaces=certificate, **values)
    make_file.call(newer.pk)
    publish_status.call(certificate.pk)
    assert is_ended(client, document(certificate))
    assert not is_ended(client, document(newer))


def test_credentials_that_no_job_made(session, trainer, learner):
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, learner, timezone.now())
    late_credentials(certificate.issued_at)
    assert not certificate.credentials.exists()
    for _time in range(2):
        late_credentials(certificate.issued_at + datetime.timedelta(minutes=11))
    assert certificate.credentials.count() == 2


def test_a_job_that_was_lost_is_made_good(client, coordinator, certificate):
    certificate.revoke("error", coordinator, timezone.now())
    assert not is_ended(client, document(certificate))
    status_lists(timezone.now())
    assert is_ended(client, document(certificate))


def test_a_list_that_says_the_same_is_not_written_again(certificate):
    before = StatusList.objects.get()
    credentialing.publish(1, timezone.now())
    assert StatusList.objects.get().made_at == before.made_at


def test_the_list_is_signed_by_the_key_in_use(client, certificate, settings):
    settings.ISSUING_KEYS_BEFORE = [keys.jwk_of(keys.issuing_key().public_key())["x"]]
    settings.ISSUING_KEY = NEW_KEY
    credentialing.publish(1, timezone.now())
    assert proofs.verified(published(client), own_key) == credentialing.current_method()
    assert published(client)["issuer"] == document(certificate)["issuer"]["id"]


def test_the_keys_stand_at_the_address_of_the_site(client, settings):
    settings.PUBLIC_ORIGIN = "https://ambassadeurs.example:8443"
    document = client.get("/.well-known/did.json").json()
    assert document["id"] == "did:web:ambassadeurs.example%3A8443"
    assert document["assertionMethod"] == [method["id"] for method in document["verificationMethod"]]
    assert client.get("/api/issuer/").json()["id"] == document["id"]


def test_the_qr_code_of_the_document_verifies_without_us(certificate):
    text = credentialing.qr_text(certificate)
    start, _hash, signed = text.partition("#")
    facts = payload.read(signed, lambda name: keys.issuing_key().public_key())
    assert start == certificate.printed["verify_url"]
    assert (facts.code, facts.holder, facts.issued_on) == (
        certificate.code,
        "Amina Diallo",
        timezone.localdate(certificate.issued_at),
    )


def test_the_holder_finds_them(browse_as, learner, certificate):
    content = browse_as(learner).get(reverse("courses:path")).content.decode()
    for name in ("credential", "badge"):
        for language in ("fr", "nl"):
            assert address(certificate, language, name) in content


@pytest.mark.parametrize("url", CONTEXTS)
def test_contexts_are_as_their_authors_publish_them(url):
    told = (FOLDER / "README.md").read_text()
    assert hashlib.sha256((FOLDER / CONTEXTS[url]).read_bytes()).hexdigest() in told
    assert load(url)["document"]["@context"]


def test_many_threads_at_once(certificate):
    documents = [document(certificate, language) for language in ("fr", "nl")] * 20
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda each: hashlib.sha256(canonical(each).encode()).hexdigest(), documents))
    assert len(found) == 2


def test_no_other_address_is_ever_read():
    with pytest.raises(Unreadable):
        load("https://www.w3.org/2018/credentials/v1")


def test_a_document_made_to_be_slow_is_refused_at_once():
    names = [f"_:n{number}" for number in range(9)]
    ring = [{"id": name, "type": ["VerifiableCredential"], "evidence": names} for name in names]
    slow = {"@context": list(CONTEXTS)[:2], "type": ["VerifiableCredential"], "issuer": "did:key:z1"}
    many = {**slow, "credentialSubject": [{"name": str(number)} for number in range(5000)]}
    for hostile in ({**slow, "evidence": ring}, many, {**slow, "credentialSubject": nested(500)}):
        with pytest.raises(Unreadable):
            canonical(hostile)


def nested(depth):
    return {"name": "x"} if not depth else {"achievement": nested(depth - 1)}
