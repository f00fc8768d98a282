"""poppler, pyHanko and qpdf say whether the signature of a certificate is whole, and see one byte that was changed."""

import shutil
import subprocess
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certification import signing, signing_key
from certification.documents.certificate import certificate
from tests.documents import ATTACHED, REGISTERED, make_certificate
from tests.judge import unavailable

pytestmark = pytest.mark.judge


@pytest.fixture(scope="module")
def document():
    return signing.signed(certificate(make_certificate(**REGISTERED), ATTACHED))


@pytest.fixture
def changed(document):
    at = document.index(b"/Title") + 12
    return document[:at] + bytes([document[at] ^ 1]) + document[at + 1 :]


def validated(data):
    (signature,) = PdfFileReader(BytesIO(data)).embedded_signatures
    (authority,) = signing_key.configured().others
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[signing.own(authority)]))


def told(program, data, folder):
    if not shutil.which(program[0]):
        unavailable(f"apt install poppler-utils qpdf: no {program[0]}")
    path = folder / "certificate.pdf"
    path.write_bytes(data)
    return subprocess.run([*program, str(path)], capture_output=True, text=True, check=False, timeout=60)


def test_pyhanko_trusts_the_whole_document(document):
    status = validated(document)
    assert status.bottom_line and status.trusted
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE


def test_pyhanko_sees_a_changed_byte(changed):
    assert not validated(changed).intact


def test_poppler_finds_the_signature_valid(document, tmp_path):
    said = told(["pdfsig", "-nocert"], document, tmp_path).stdout
    for sentence in ("ETSI.CAdES.detached", "Total document signed", "Signature is Valid."):
        assert sentence in said


def test_poppler_sees_a_changed_byte(changed, tmp_path):
    said = told(["pdfsig", "-nocert"], changed, tmp_path).stdout
    assert "Digest Mismatch" in said and "Signature is Valid." not in said


def test_qpdf_finds_no_error(document, tmp_path):
    checked = told(["qpdf", "--check"], document, tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
