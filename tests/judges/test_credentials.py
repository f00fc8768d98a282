"""Libraries that nobody here wrote verify the credentials issued through the screens, and refuse what was changed."""

import copy
import datetime
import json
import shutil
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID
from django.urls import reverse
from django.utils import timezone
from openbadgeslib import baking
from openbadgeslib.ob3.ldp import OB3LdpVerifier, OB3VerificationError

from certification import credentialing, keys
from certification.credentials import did, proofs
from certification.credentials.linked_data import CONTEXTS, vendored
from certification.credentials.multikey import multikey
from certification.models import Certificate
from tests.certification.facts import make_ready
from tests.certification.practising import publish
from tests.judge import unavailable

FOLDER = Path(__file__).parent
MULTIKEY = "https://w3id.org/security/multikey/v1"

pytestmark = pytest.mark.judge


def node(script, value, **environment):
    if not shutil.which("node"):
        unavailable("apt-get install -y nodejs npm: no node to run the credential judges with")
    if not (FOLDER / "node_modules/@digitalcredentials/verifier-core").exists():
        unavailable("cd tests/judges && npm ci --ignore-scripts: the credential judges are not there")
    command = ["node", str(FOLDER / script)]
    more = {"capture_output": True, "text": True, "check": False, "timeout": 120, "cwd": FOLDER}
    verdict = subprocess.run(command, input=json.dumps(value), env={"PATH": "/usr/bin:/bin", **environment}, **more)
    assert verdict.returncode == 0, verdict.stderr
    return json.loads(verdict.stdout)


def self_signed(folder):
    """A certificate for localhost, and its key."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(
        now + datetime.timedelta(days=1)
    )
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    (folder / "c.pem").write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "k.pem").write_bytes(private)
    return folder / "c.pem", folder / "k.pem"


class Site:
    """What the site answers, served over HTTPS on this machine; `asked` lists the addresses that were read."""

    def __init__(self, client, folder):
        self.client, self.asked, self.answers = client, [], {}
        self.pem, key = self_signed(folder)
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append(self.path)
                status, kind, body = site.answers.get(self.path, (404, "application/json", b"{}"))
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("localhost", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.pem, key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.origin = f"https://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def publish(self):
        """The keys and the status list as a verifier gets them now."""
        for path in ("/.well-known/did.json", "/api/status/1/"):
            answer = self.client.get(path)
            self.answers[path] = answer.status_code, answer["Content-Type"], answer.content

    def documents(self):
        """The same, by address, with the contexts: for a judge that fetches nothing."""
        found = {url: vendored(url) for url in CONTEXTS}
        keys_of_site = json.loads(self.answers["/.well-known/did.json"][2])
        found[keys_of_site["id"]] = keys_of_site
        for method in keys_of_site["verificationMethod"]:
            found[method["id"]] = {"@context": MULTIKEY, **method}
        return found | {f"{self.origin}/api/status/1/": json.loads(self.answers["/api/status/1/"][2])}


@pytest.fixture
def site(client, tmp_path, settings):
    site = Site(client, tmp_path)
    settings.PUBLIC_ORIGIN = site.origin
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def issued(site, browse_as, session, trainer, learner, coordinator, django_capture_on_commit_callbacks):
    """The learner asked for the certificate and downloads it: both credentials, and one badge."""
    publish(coordinator, at=session.edition.started_at)
    make_ready(session, trainer)
    with django_capture_on_commit_callbacks(execute=True):
        browse_as(learner).post(reverse("certification:issue", args=[session.edition.code]))
    code = Certificate.objects.get().code
    site.publish()
    return [
        json.loads(site.client.get(f"/api/certificates/{code}/credential/{language}/").content)
        for language in ("fr", "nl")
    ]


def by_digital_bazaar(site, *credentials):
    return node("verify_credentials.mjs", {"credentials": credentials, "documents": site.documents()})


def over_https(site, *credentials):
    site.asked.clear()
    return node("verify_over_https.mjs", credentials, NODE_EXTRA_CA_CERTS=str(site.pem))


def holds(verdict):
    return verdict.get("valid_signature") and verdict.get("expiration") and verdict.get("revocation_status")


def changed(document, path, value):
    document = copy.deepcopy(document)
    inner = document
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return document


SUBJECT = ("credentialSubject", "identifier", 0, "identityHash")
CHANGES = {
    "name": (SUBJECT, "Amina Dialo"),
    "date": (("validFrom",), "2025-01-01T00:00:00Z"),
    "end": (("validUntil",), "2099-01-01T00:00:00Z"),
    "status address": (("credentialStatus", "statusListCredential"), "https://localhost:1/api/status/1/"),
    "place in the list": (("credentialStatus", "statusListIndex"), "7"),
    "term": (("mention",), "très bien"),
    "inner term": (("credentialSubject", "mention"), "très bien"),
    "title": (("credentialSubject", "achievement", "name"), "Doctorat"),
    "issuer": (("issuer", "name"), "Université"),
    "competence": (("credentialSubject", "achievement", "alignment", 0, "targetName"), "Tout savoir"),
    "place of a competence": (("credentialSubject", "achievement", "alignment", 1, "targetUrl"), "https://x.example/"),
    "picture": (("credentialSubject", "achievement", "image", "caption"), "x"),
}


def altered(document):
    return [changed(document, *change) for change in CHANGES.values()]


def test_digital_bazaar_verifies_both_languages_and_refuses_each_change(site, issued):
    first, second, *bad = by_digital_bazaar(site, *issued, *altered(issued[0]))
    for verdict in (first, second):
        assert (verdict["verified"], verdict["revoked"], verdict["asked"]) == (True, False, 1), verdict["error"]
    assert {name for name, verdict in zip(CHANGES, bad, strict=True) if verdict["verified"]} == set()


def test_verifier_core_verifies_over_https(site, issued):
    verdicts = over_https(site, *issued)
    assert all(map(holds, verdicts)), verdicts
    assert {"/.well-known/did.json", "/api/status/1/"} <= set(site.asked)


def test_verifier_core_refuses_each_change(site, issued):
    verdicts = over_https(site, *altered(issued[0]))
    assert {name for name, verdict in zip(CHANGES, verdicts, strict=True) if holds(verdict)} == set()


def by_openbadgeslib(site, document, key=None):
    """Whether the judge accepts it; it reads our status list, but knows only the signature of a JWT."""
    pem = (key or keys.issuing_key().public_key()).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def download(address, *arguments, **options):
        return site.answers[address.removeprefix(site.origin)][2]

    try:
        OB3LdpVerifier(pem).verify(document, check_status=True, verify_status_list=False, download=download)
    except (OB3VerificationError, KeyError):
        return False
    return True


def test_openbadgeslib_verifies_and_refuses(site, issued):
    assert all(by_openbadgeslib(site, document) for document in issued)
    assert not any(by_openbadgeslib(site, document) for document in altered(issued[0]))
    assert not by_openbadgeslib(site, issued[0], Ed25519PrivateKey.generate().public_key())


def test_openbadgeslib_takes_the_credential_out_of_the_badge(site, issued):
    code = Certificate.objects.get().code
    for document, language in zip(issued, ("fr", "nl"), strict=True):
        picture = site.client.get(f"/api/certificates/{code}/badge/{language}/").content
        assert json.loads(baking.extract_png(picture, keyword=baking.ITXT_KEYWORD_OB3)) == document


def test_a_revoked_one_is_refused_by_all(site, issued, browse_as, coordinator):
    certificate = Certificate.objects.get()
    browse_as(coordinator).post(reverse("certification:revoke", args=[certificate.code]), {"reason": "error"})
    site.publish()
    assert not any(by_openbadgeslib(site, document) for document in issued)
    assert [verdict["revoked"] for verdict in by_digital_bazaar(site, *issued)] == [True, True]
    assert [verdict.get("revocation_status") for verdict in over_https(site, *issued)] == [False, False]
    assert "/api/status/1/" in site.asked


def test_a_wrong_key_is_refused(site, issued):
    """Signed by somebody else who names our address: once with the name of our key, once with their own."""
    stranger = Ed25519PrivateKey.generate()
    unsigned = {key: value for key, value in issued[0].items() if key != "proof"}
    methods = [credentialing.current_method(), did.method(credentialing.our_did(), multikey(stranger.public_key()))]
    forged = [proofs.signed(unsigned, stranger, method, timezone.now()) for method in methods]
    assert not any(verdict["verified"] for verdict in by_digital_bazaar(site, *forged))
    assert not any(map(holds, over_https(site, *forged)))


def test_after_the_key_changed_the_old_one_holds(site, issued, settings):
    before = keys.encoded(keys.issuing_key().public_key().public_bytes_raw())
    settings.ISSUING_KEYS_BEFORE = [before]
    settings.ISSUING_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    credentialing.publish(1, timezone.now())
    site.publish()
    assert all(verdict["verified"] and not verdict["revoked"] for verdict in by_digital_bazaar(site, *issued))
    assert all(map(holds, over_https(site, *issued)))
    settings.ISSUING_KEYS_BEFORE = []
    site.publish()
    assert not any(map(holds, over_https(site, *issued)))
