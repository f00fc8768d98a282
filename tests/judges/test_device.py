"""SoftHSM2 holds the key as a device does: it signs, and the key never leaves it."""

import importlib.util
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from certification import signing, signing_key
from certification.documents.certificate import certificate
from tests.documents import make_certificate
from tests.judge import unavailable

LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "271828"
# Writes the certificates beside the key: the programs of SoftHSM2 take keys only.
WRITE = """
import sys
import pkcs11
from pkcs11 import Attribute, CertificateType, ObjectClass
library, token, pin, *files = sys.argv[1:]
with pkcs11.lib(library).get_token(token_label=token).open(rw=True, user_pin=pin) as session:
    for label, file in zip(("certificates", "authority"), files):
        session.create_object({
            Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
            Attribute.TOKEN: True, Attribute.LABEL: label, Attribute.VALUE: open(file, "rb").read(),
            Attribute.SUBJECT: b"", Attribute.ID: b"\\xa1",
        })
"""

pytestmark = pytest.mark.judge


def run(*command):
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=60)


@pytest.fixture
def held(tmp_path, settings, monkeypatch):
    """A key on a device, with its certificates, as SIGNING_KEY names it."""
    if not shutil.which("softhsm2-util") or not LIBRARY.exists():
        unavailable("apt install softhsm2: no device to hold a key")
    if not importlib.util.find_spec("pkcs11"):
        unavailable("pip install python-pkcs11: nothing speaks to a device")
    (tmp_path / "tokens").mkdir()
    (tmp_path / "conf").write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "conf"))
    made = signing_key.understood(signing_key.self_made(), "")
    private = made.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(private)
    for name, each in (("own", made.certificate), ("authority", made.others[0])):
        (tmp_path / name).write_bytes(each.public_bytes(Encoding.DER))
    run("softhsm2-util", "--init-token", "--free", "--label", "seal", "--pin", PIN, "--so-pin", PIN)
    into = ("--token", "seal", "--label", "certificates", "--id", "a1", "--pin", PIN)
    run("softhsm2-util", "--import", tmp_path / "key.pem", *into)
    run(sys.executable, "-c", WRITE, LIBRARY, "seal", PIN, tmp_path / "own", tmp_path / "authority")
    settings.SIGNING_KEY = f"pkcs11:token=seal;object=certificates?module-path={LIBRARY}"
    settings.SIGNING_PASSPHRASE = PIN
    return made


def test_a_key_on_a_device_signs(held):
    for _time in range(2):
        (signature,) = PdfFileReader(BytesIO(signing.signed(certificate(make_certificate())))).embedded_signatures
        status = validate_pdf_signature(signature, ValidationContext(trust_roots=[signing.own(held.others[0])]))
        assert status.bottom_line
        assert status.signing_cert.serial_number == held.certificate.serial_number
