"""Signs a PDF: PAdES B-B in a field that is not seen, B-T when an authority tells the time.

Only the worker loads this file: pyHanko takes a second.
"""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.utils.module_loading import import_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .signing_key import Device, configured

HOW = PdfSignatureMetadata(
    field_name="Signature",
    md_algorithm="sha256",
    subfilter=SigSeedSubFilter.PADES,
    certify=True,
    docmdp_permissions=MDPPerm.NO_CHANGES,
)


def signed(data):
    """The document with its signature; as it is when there is no key to sign with."""
    key = configured()
    if key is None:
        return data
    if isinstance(key, Device):
        return import_string("certification.signing_device.signed")(data, key, settings.SIGNING_PASSPHRASE)
    return signed_by(data, SimpleSigner(own(key.certificate), private(key.key), above(key.others)))


def signed_by(data, signer):
    """Raises TimestampRequestError when the authority does not answer: the work is then taken up later."""
    clock = HTTPTimeStamper(settings.TIMESTAMP_URL) if settings.TIMESTAMP_URL else None
    signing = PdfSigner(HOW, signer, timestamper=clock)
    # pyHanko starts an event loop, which a thread that already runs one would refuse.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(signing.sign_pdf, IncrementalPdfFileWriter(BytesIO(data))).result().getvalue()


def own(certificate):
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def private(key):
    return asn1_keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


def above(certificates):
    return SimpleCertificateStore.from_certs([own(certificate) for certificate in certificates])
