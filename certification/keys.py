"""The issuing key (Ed25519): signs the roots of the register and its tombstones, and later credentials.

What is signed is a line of text that begins with what it is, so that no signature stands for something else. A key that
was replaced still verifies: its public half goes to ISSUING_KEYS_BEFORE.
"""

import base64
import hashlib
import os
import secrets
from contextlib import suppress
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

from . import chain


def sign(text):
    """The name of the key, and the signature."""
    key = issuing_key()
    return jwk_of(key.public_key())["kid"], encoded(key.sign(text.encode()))


def is_signed(kid, text, signature):
    """Whether one of our keys signed it. A signature has one spelling."""
    jwk = public_keys().get(kid)
    try:
        public_key(jwk["x"]).verify(decoded(signature), text.encode())
    except (TypeError, ValueError, InvalidSignature):
        return False
    return encoded(decoded(signature)) == signature


def public_keys():
    """By name, the one in use first, as RFC 8037 writes them."""
    before = map(public_key, settings.ISSUING_KEYS_BEFORE)
    return {jwk["kid"]: jwk for jwk in map(jwk_of, [issuing_key().public_key(), *before])}


def jwk_of(key):
    named = {"crv": "Ed25519", "kty": "OKP", "x": encoded(key.public_bytes_raw())}
    thumbprint = hashlib.sha256(chain.canonical(named).encode()).digest()
    return {**named, "kid": encoded(thumbprint), "use": "sig", "alg": "EdDSA"}


def issuing_key():
    return private_key(settings.ISSUING_KEY or made_here(settings.VAR_DIR))


def public_key(text):
    return Ed25519PublicKey.from_public_bytes(decoded(text))


@cache
def private_key(text):
    """From a PEM or from the 32 bytes in base64. Raises ValueError when it is neither."""
    if "-----BEGIN" not in text:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text, validate=True))
    key = load_pem_private_key(text.replace("\\n", "\n").encode(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("not an Ed25519 key")
    return key


def made_here(folder):
    """The key of a machine where one develops."""
    return written_once(folder / "issuing.key", lambda: base64.b64encode(os.urandom(32)).decode())


def written_once(path, make):
    """What a file holds, made when there is none: one only, whoever asks, and read by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make())
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
