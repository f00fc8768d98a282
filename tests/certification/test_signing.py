import base64
import datetime
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pytest
import time_machine
from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    pkcs12,
)
from django.core.files.storage import storages
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from certification import checks, signing, signing_key
from certification.credentials.reading import documents_in
from certification.documents.certificate import certificate as pdf
from certification.issuing import issue
from certification.models import CertificateFile
from certification.tasks import make_file
from tests.certification.facts import make_ready
from tests.documents import make_certificate

SECRET = "a passphrase"


@pytest.fixture
def certificate(session, trainer, learner):
    make_ready(session, trainer)
    return issue(learner, session.edition, learner, timezone.now())


@pytest.fixture
def made():
    """A key with its certificate, as one would buy it."""
    return signing_key.understood(signing_key.self_made(), "")


def kept(certificate):
    with storages["private"].open(CertificateFile.objects.get(certificate=certificate).name) as file:
        return file.read()


def validated(data, authority):
    (signature,) = PdfFileReader(BytesIO(data)).embedded_signatures
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[signing.own(authority)]))


def pem(key, secret=SECRET):
    private = key.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(secret.encode()))
    return b"".join([*(each.public_bytes(Encoding.PEM) for each in [*key.others, key.certificate]), private]).decode()


def in_pkcs12(key, secret=SECRET):
    data = pkcs12.serialize_key_and_certificates(
        b"certificates", key.key, key.certificate, key.others, BestAvailableEncryption(secret.encode())
    )
    return base64.b64encode(data).decode()


def test_the_kept_document_is_signed_and_is_what_the_register_says(certificate):
    make_file.call(certificate.pk)
    data = kept(certificate)
    (authority,) = signing_key.configured().others
    assert validated(data, authority).bottom_line
    assert CertificateFile.objects.get().size == len(data)


def test_the_signature_is_not_seen(certificate):
    make_file.call(certificate.pk)
    fields = PdfReader(BytesIO(kept(certificate))).trailer["/Root"]["/AcroForm"]["/Fields"]
    assert [[float(side) for side in field.get_object()["/Rect"]] for field in fields] == [[0, 0, 0, 0]]


def test_both_credentials_travel_in_the_document(certificate):
    make_file.call(certificate.pk)
    data = kept(certificate)
    reader, bodies = PdfReader(BytesIO(data)), {each.language: each.body for each in certificate.credentials.all()}
    for language, body in bodies.items():
        assert reader.attachments[f"{certificate.number}-{language}.jsonld"] == [body.encode()]
    files = [file.get_object() for file in reader.trailer["/Root"]["/AF"]]
    assert [file["/AFRelationship"] for file in files] == ["/Data", "/Data"]
    assert {file["/EF"]["/F"].get_object()["/Subtype"] for file in files} == {"/application/ld+json"}
    assert all("Open Badge" in file["/Desc"] for file in files)
    assert len(documents_in(data)) == 2


def test_nothing_in_the_document_holds_its_own_hash(certificate):
    make_file.call(certificate.pk)
    sha256 = CertificateFile.objects.get().sha256
    assert not any(sha256 in credential.body for credential in certificate.credentials.all())


def test_a_second_try_leaves_one_file(certificate, monkeypatch):
    """No two signatures are the same, and a worker may be killed between the file and its row."""
    with monkeypatch.context() as stopped:
        stopped.setattr(CertificateFile.objects.__class__, "create", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            make_file.call(certificate.pk)
    before = storages["private"].listdir("certificates")[1]
    make_file.call(certificate.pk)
    assert storages["private"].listdir("certificates")[1] == before
    assert validated(kept(certificate), signing_key.configured().others[0]).bottom_line


def test_without_a_key_the_document_is_not_signed_and_the_start_says_so(settings, certificate):
    settings.DEMO = False
    make_file.call(certificate.pk)
    assert "/AcroForm" not in PdfReader(BytesIO(kept(certificate))).trailer["/Root"]
    (told,) = checks.certificates_are_signed(None)
    assert "no signature" in told.msg


def test_with_a_key_the_start_says_nothing_until_it_ends(settings, made):
    settings.DEMO, settings.SIGNING_KEY, settings.SIGNING_PASSPHRASE = False, pem(made), SECRET
    assert checks.certificates_are_signed(None) == []
    with time_machine.travel(made.certificate.not_valid_after_utc - datetime.timedelta(days=59)):
        (told,) = checks.certificates_are_signed(None)
    assert told.id == "certification.W001"


@pytest.mark.parametrize("written", [pem, in_pkcs12])
def test_a_key_of_the_operator_signs(settings, made, written):
    settings.SIGNING_KEY, settings.SIGNING_PASSPHRASE = written(made), SECRET
    assert validated(signing.signed(pdf(make_certificate())), made.others[0]).bottom_line


def test_a_pem_may_stand_on_one_line(made):
    assert signing_key.understood(pem(made).replace("\n", "\\n"), SECRET).certificate == made.certificate


@pytest.mark.parametrize("written", [pem, in_pkcs12])
@pytest.mark.parametrize("secret", ["", "another"])
def test_a_wrong_passphrase_is_refused(made, written, secret):
    with pytest.raises(signing_key.Unusable):
        signing_key.understood(written(made), secret)


@pytest.mark.parametrize(
    "text", ["", "no key", "bm8ga2V5", "pkcs11:token=seal", "pkcs11:object=key?module-path=/usr/lib/x.so"]
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(signing_key.Unusable):
        signing_key.understood(text, "")


def test_a_key_without_its_certificate_is_refused(made):
    other = signing_key.understood(signing_key.self_made(), "")
    mixed = pem(made).split("-----BEGIN ENCRYPTED")[0] + "-----BEGIN ENCRYPTED" + pem(other).split("ENCRYPTED", 1)[1]
    with pytest.raises(signing_key.Unusable, match="no certificate of this key"):
        signing_key.understood(mixed, SECRET)


def test_a_demo_makes_one_authority_read_by_its_owner_alone(tmp_path):
    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(signing_key.made_here, [tmp_path] * 4))) == 1
    (path,) = tmp_path.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_device_is_named_by_its_address():
    address = "pkcs11:token=my%20seal;object=certificates?module-path=/usr/lib/softhsm/libsofthsm2.so"
    assert signing_key.understood(address, "") == signing_key.Device(
        "/usr/lib/softhsm/libsofthsm2.so", "my seal", "certificates"
    )


def test_the_site_does_not_load_what_signs():
    """It takes a second, and the site never signs."""
    script = "import django; django.setup(); import lms.urls, sys; sys.exit('pyhanko' in sys.modules)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "lms.settings.test"}
    assert subprocess.run([sys.executable, "-c", script], env=environment, timeout=120).returncode == 0


@pytest.fixture
def clock(settings):
    """An authority that tells the time, on this machine, and its certificate."""
    key = rsa.generate_private_key(65537, 2048)
    now, name = datetime.datetime.now(datetime.UTC), signing_key.named("Clock")
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - signing_key.YEARS / 10).not_valid_after(now + signing_key.YEARS)
    stamping = x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.TIME_STAMPING])
    own = builder.add_extension(stamping, critical=True).sign(key, hashes.SHA256())
    stamper = DummyTimeStamper(signing.own(own), signing.private(key))

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(stamper.request_tsa_response(asked).dump())

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TIMESTAMP_URL = f"http://127.0.0.1:{server.server_port}/"
    yield own
    server.shutdown()


def test_an_authority_tells_the_time(clock):
    (signature,) = PdfFileReader(BytesIO(signing.signed(pdf(make_certificate())))).embedded_signatures
    ours = ValidationContext(trust_roots=[signing.own(signing_key.configured().others[0])])
    status = validate_pdf_signature(signature, ours, ValidationContext(trust_roots=[signing.own(clock)]))
    assert status.bottom_line
    assert status.timestamp_validity.trusted and status.timestamp_validity.intact


def test_when_the_authority_does_not_answer_nothing_is_kept(settings, certificate):
    settings.TIMESTAMP_URL = "http://127.0.0.1:9/"
    with pytest.raises((TimestampRequestError, OSError)):
        make_file.call(certificate.pk)
    assert not CertificateFile.objects.exists()
    settings.TIMESTAMP_URL = ""
    make_file.call(certificate.pk)
    assert CertificateFile.objects.exists()
