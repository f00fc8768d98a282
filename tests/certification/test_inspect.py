"""A file that somebody received: genuine and ours, of somebody else, changed, or nothing."""

import copy
import json
import zlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certification import credentialing, inspection, keys
from certification.credentials import baking, open_badge, proofs
from certification.credentials.badge import badge
from certification.credentials.multikey import multikey
from certification.documents.certificate import certificate as pdf
from certification.inspection import Kind
from certification.issuing import issue
from certification.models import Certificate
from certification.tasks import make_file
from home.documents.archive import Attachment
from tests.certification.facts import make_ready
from tests.certification.test_credential import NEW_KEY
from tests.documents import make_certificate

STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DID_KEY = f"did:key:{multikey(STRANGER.public_key())}"
METHOD = f"{DID_KEY}#{multikey(STRANGER.public_key())}"


@pytest.fixture
def certificate(session, trainer, learner):
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, learner, timezone.now())
    make_file.call(certificate.pk)
    return certificate


@pytest.fixture
def document(certificate):
    return json.loads(certificate.credentials.get(language="fr").body)


def send(client, data, name="fichier.json", language="fr"):
    with translation.override(language):
        address = reverse("certification:verify_form")
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    return client.post(address, {"file": SimpleUploadedFile(name, data)})


def pdf_of(certificate):
    with storages["private"].open(certificate.file.name) as file:
        return file.read()


def by_a_stranger(document, issuer=DID_KEY, method=METHOD, key=STRANGER, **changes):
    unsigned = {name: value for name, value in document.items() if name not in ("proof", "credentialStatus")}
    unsigned["issuer"] = {**unsigned["issuer"], "id": issuer, "name": "Une école"}
    return proofs.signed({**unsigned, **changes}, key, method, timezone.now())


def test_ours_as_json_badge_and_document(client, certificate, document):
    picture = client.get(reverse("certificates:badge", args=[certificate.code, "nl"])).content
    for data in (document, json.dumps(document, indent=7).encode(), picture, pdf_of(certificate)):
        response = send(client, data)
        content = response.content.decode()
        assert response.status_code == 200
        assert "Ce certificat est valide" in content
        assert "Le fichier est tel que nous l’avons délivré." in content
        assert certificate.number in content
        assert "sessionid" not in response.cookies and "csrftoken" not in response.cookies


def test_in_dutch(client, certificate, document):
    assert "Kan luisteren." in send(client, document, language="nl").content.decode()


def test_ours_but_revoked(client, coordinator, certificate, document):
    certificate.revoke("error", coordinator, timezone.now())
    content = send(client, document).content.decode()
    assert "verdict--bad" in content
    assert "Ce certificat est valide" not in content


CHANGES = {
    "name": lambda it: it["credentialSubject"]["identifier"][0].update(identityHash="Amina Dialo"),
    "date": lambda it: it.update(validFrom="2020-01-01T00:00:00Z"),
    "status": lambda it: it["credentialStatus"].update(statusListCredential="https://example.org/s"),
    "term": lambda it: it.update(mention="très bien"),
    "issuer": lambda it: it["issuer"].update(id=DID_KEY),
    "context": lambda it: it.update({"@context": ["https://www.w3.org/ns/credentials/v2"]}),
    "inline context": lambda it: it["@context"].append({"name": "https://example.org/n"}),
    "address": lambda it: it.update(id="https://example.org/other"),
    "proof date": lambda it: it["proof"][0].update(created="2020-01-01T00:00:00Z"),
    "proof value": lambda it: it["proof"][0].update(proofValue="z1"),
    "no proof": lambda it: it.pop("proof"),
    "two proofs": lambda it: it["proof"].append(it["proof"][0]),
    "another suite": lambda it: it["proof"][0].update(cryptosuite="eddsa-jcs-2022"),
    "a purpose": lambda it: it["proof"][0].update(proofPurpose="authentication"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_refused(client, document, name):
    changed = copy.deepcopy(document)
    CHANGES[name](changed)
    content = send(client, changed).content.decode()
    assert "Ce fichier a été modifié" in content
    assert "Ce certificat est valide" not in content


def test_a_key_that_never_was_ours(client, document):
    for method in (credentialing.current_method(), f"{credentialing.our_did()}#{multikey(STRANGER.public_key())}"):
        forged = by_a_stranger(document, issuer=credentialing.our_did(), method=method)
        assert "Ce fichier a été modifié" in send(client, forged).content.decode()


def test_our_signature_on_something_else_is_no_certificate(client, certificate):
    response = send(client, client.get("/api/status/1/").content)
    assert response.status_code == 422


def test_the_document_with_one_byte_changed(client, certificate):
    """The credentials that it carries are still whole: it says that it was changed, never that it is valid."""
    data = pdf_of(certificate)
    at = data.index(b"/Title") + 12
    content = send(client, data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :], "certificat.pdf").content.decode()
    assert "Ce fichier a été modifié" in content
    assert "Ce n’est pas le document que nous avons délivré." in content
    assert "Ce certificat est valide" not in content


def test_a_document_of_somebody_else(client):
    response = send(client, pdf(make_certificate()), "certificat.pdf")
    assert response.status_code == 422
    assert "tapez le code" in response.content.decode().lower()


def test_another_document_that_holds_a_genuine_credential(client, document):
    attached = Attachment("a.jsonld", json.dumps(document).encode(), "application/ld+json", "")
    content = send(client, pdf(make_certificate(), [attached])).content.decode()
    assert "Ce fichier a été modifié" in content
    assert "Ce certificat est valide" not in content


def test_genuine_of_somebody_else(client, document):
    content = send(client, by_a_stranger(document)).content.decode()
    assert "Non délivré par nous" in content and "Authentique" not in content
    assert "Ce que le fichier dit de lui-même, non vérifié" in content
    assert "Une école" in content and DID_KEY in content
    assert "Ce certificat est valide" not in content


def test_of_somebody_else_but_changed(client, document):
    forged = by_a_stranger(document)
    forged["name"] = "Doctorat"
    assert "Ce fichier a été modifié" in send(client, forged).content.decode()


def test_signed_by_somebody_who_takes_the_name_of_another(client, document):
    forged = by_a_stranger(document, issuer="did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")
    assert "Ce fichier a été modifié" in send(client, forged).content.decode()


@pytest.mark.parametrize("issuer", ["did:web:ecole.example", "https://ecole.example/issuer"])
def test_an_address_of_somebody_else_is_never_visited(client, document, issuer, monkeypatch):
    def refuse(*arguments, **options):
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    content = send(client, by_a_stranger(document, issuer=issuer, method=f"{issuer}#key-1")).content.decode()
    assert "Non délivré par nous" in content
    assert "Une école" in content


def test_what_somebody_else_writes_is_shown_as_text(client, document):
    name = "<script>alert(1)</script>" + "x" * 2000
    content = send(client, by_a_stranger(document, name=name)).content.decode()
    assert "<script>alert" not in content
    assert "x" * 400 not in content


@pytest.mark.parametrize(
    "when", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-02-31T00:00:00Z", "?"]
)
def test_a_moment_that_no_calendar_knows(client, document, when):
    forged = by_a_stranger(
        document, issuer="did:web:a.example", method="did:web:a.example#k", validFrom=when, validUntil=when
    )
    forged["issuer"]["name"] = "\ud800 et la suite"
    response = send(client, json.dumps(forged).encode())
    assert response.status_code == 200
    assert "et la suite" in response.content.decode()


def test_after_the_key_changed_the_old_one_holds(client, document, settings):
    settings.ISSUING_KEYS_BEFORE = [keys.jwk_of(keys.issuing_key().public_key())["x"]]
    settings.ISSUING_KEY = NEW_KEY
    assert "Ce certificat est valide" in send(client, document).content.decode()
    settings.ISSUING_KEYS_BEFORE = []
    assert "Ce fichier a été modifié" in send(client, document).content.decode()


def test_a_certificate_whose_row_is_gone(client, document):
    code = "0000000000000000"
    address = credentialing.credential_address(code, "fr")
    unsigned = {**document, "id": address}
    unsigned.pop("proof")
    kept = json.loads(credentialing.signed(unsigned, timezone.now()))
    assert not Certificate.objects.filter(code=code).exists()
    content = send(client, kept).content.decode()
    assert "La signature est authentique" in content
    assert "Ce certificat est valide" not in content


@pytest.mark.parametrize(
    ("name", "data"),
    {
        "text": b"bonjour",
        "empty object": b"{}",
        "list": b"[1]",
        "number": b"1e999",
        "deep": b"[" * 100_000,
        "deep object": b'{"a":' * 100_000,
        "zeros": bytes(1000),
        "no unicode": b'{"a": "\xff"}',
        "png head": baking.SIGNATURE,
        "broken png": baking.SIGNATURE + b"\0\0\0\5iTXtabc",
        "plain png": badge("x"),
        "pdf head": b"%PDF-1.7",
        "jwt": b"eyJhbGciOiJFZERTQSJ9.e30.AAAA",
    }.items(),
    ids=str,
)
def test_what_is_no_certificate(client, db, name, data):
    assert send(client, data, name).status_code == 422


def test_nothing_too_heavy_or_empty(client, db):
    for data in (b"", b" " * (2 * 1024**2 + 1)):
        assert send(client, data).status_code == 422
    assert client.post(reverse("certification:verify_form")).status_code == 422


def test_a_bomb_in_a_badge_is_not_unpacked(client, db):
    text = zlib.compress(b" " * 50_000_000)
    data = baking.KEYWORD + b"\0\1\0\0\0" + text
    (head, *rest) = baking.chunks(badge("x"))
    parts = [head, (b"iTXt", data), *rest]
    picture = baking.SIGNATURE + b"".join(baking.chunk(kind, content) for kind, content in parts)
    assert send(client, picture).status_code == 422


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "VerifiableCredential"},
        {"type": ["VerifiableCredential"], "proof": {}},
        {"type": ["VerifiableCredential"], "proof": [None], "issuer": 3},
        {"type": ["VerifiableCredential", 5], "proof": [{"type": "DataIntegrityProof"}], "issuer": []},
        {"type": [["VerifiableCredential"]]},
        {"type": "VerifiableCredential", "@context": 4, "credentialSubject": [[]]},
    ],
)
def test_a_broken_credential_is_told_gently(client, db, broken):
    proof = {**proofs.SUITE, "created": "x", "verificationMethod": METHOD, "proofValue": "z"}
    for document in (broken, {**broken, "proof": [proof]}, {**broken, "proof": {**proof, "verificationMethod": "#"}}):
        assert send(client, document).status_code in (200, 422)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_put_in_its_place_nothing_breaks_or_passes(document, data):
    changed = copy.deepcopy(document)
    inner = changed
    while True:
        name = data.draw(st.sampled_from(sorted(inner) if isinstance(inner, dict) else range(len(inner))))
        if not (isinstance(inner[name], dict | list) and inner[name] and data.draw(st.booleans())):
            break
        inner = inner[name]
    held, inner[name] = inner[name], data.draw(values)
    finding = inspection.inspect(json.dumps(changed).encode())
    assert finding.kind in (Kind.CHANGED, Kind.NOTHING, Kind.UNCHECKED) or same(held, inner[name])


def same(held, value):
    """A list of one is the same as what it holds, in JSON-LD."""
    return held == value or held == [value] or [held] == value


def test_too_many_files(client, db):
    answers = [send(client, b"{}").status_code for _time in range(31)]
    assert answers[29:] == [422, 429]


def test_the_page_may_use_the_camera_and_only_it(client, db):
    assert "camera=(self)" in client.get(reverse("certification:verify_form"))["Permissions-Policy"]


def test_a_credential_without_name_in_clear_shows_none(document):
    document["credentialSubject"]["identifier"][0]["identityType"] = "emailAddress"
    assert open_badge.holder_of(document) == ""
