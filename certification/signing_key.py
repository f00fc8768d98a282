"""The key that signs certificates (PDF), with its own certificate and those above it.

SIGNING_KEY is one PEM that holds them all, or a PKCS#12 in base64, or the address of a device (RFC 7512). Without it, a
demo makes an authority of its own, and production signs nothing.
"""

import base64
import datetime
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qs, unquote

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from django.conf import settings

from .keys import written_once

DEVICE = "pkcs11:"
YEARS = datetime.timedelta(days=3653)


class Unusable(ValueError):
    """It is no key with its certificate, or the passphrase does not open it."""


@dataclass(frozen=True)
class SigningKey:
    """`others` are the certificates up to the authority."""

    key: object
    certificate: x509.Certificate
    others: list


@dataclass(frozen=True)
class Device:
    module: str
    token: str
    label: str


def configured():
    """A SigningKey, a Device, or None when nothing signs."""
    if settings.SIGNING_KEY:
        return understood(settings.SIGNING_KEY, settings.SIGNING_PASSPHRASE)
    return understood(made_here(settings.VAR_DIR), "") if settings.DEMO else None


@cache
def understood(text, passphrase):
    """Raises Unusable when it is none of the three."""
    if text.startswith(DEVICE):
        return device(text)
    try:
        found = (from_pem if "-----BEGIN" in text else from_pkcs12)(text, passphrase.encode() or None)
    except (TypeError, ValueError) as wrong:
        raise Unusable(str(wrong)) from wrong
    if found.certificate is None or found.certificate.public_key() != found.key.public_key():
        raise Unusable("no certificate of this key")
    return found


def from_pem(text, secret):
    data = text.replace("\\n", "\n").encode()
    key = load_pem_private_key(data, secret)
    all_of_them = x509.load_pem_x509_certificates(data)
    own = next((each for each in all_of_them if each.public_key() == key.public_key()), None)
    return SigningKey(key, own, [each for each in all_of_them if each is not own])


def from_pkcs12(text, secret):
    key, own, others = pkcs12.load_key_and_certificates(base64.b64decode(text, validate=True), secret)
    if key is None:
        raise Unusable("no key")
    return SigningKey(key, own, others)


def device(address):
    path, _mark, query = address.removeprefix(DEVICE).partition("?")
    named = {name: unquote(value) for name, _equal, value in (part.partition("=") for part in path.split(";"))}
    module = parse_qs(query).get("module-path", [""])[0]
    if not (module and named.get("token") and named.get("object")):
        raise Unusable("a device has a token, an object and a module-path")
    return Device(module, named["token"], named["object"])


def made_here(folder):
    """The key of a machine where one develops, and its authority, whom nobody else knows."""
    return written_once(folder / "signing.pem", self_made)


def self_made():
    begins = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    above, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = certificate_of("Démonstration", above.public_key(), "Démonstration", above, begins, is_authority=True)
    signer = certificate_of("Certificats de démonstration", own.public_key(), "Démonstration", above, begins)
    private = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return b"".join([private, *(each.public_bytes(Encoding.PEM) for each in (signer, authority))]).decode()


def certificate_of(name, key, issuer, signed_with, begins, is_authority=False):
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    usage |= dict.fromkeys(("digital_signature", "content_commitment"), not is_authority)
    usage |= dict.fromkeys(("key_cert_sign", "crl_sign"), is_authority)
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_with.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + YEARS)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(above, critical=False)
        .sign(signed_with, hashes.SHA256())
    )


def named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
