"""Civil status closed with a key of its own, not the one that signs sessions: a copy of the database tells nothing.

AES-256-GCM over JSON, bound to its owner: a row that is moved to somebody else does not open.
"""

import json
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12


class Sealed(Exception):
    """No key of ours opens it: it was closed with another, or was changed."""


def seal(values, owner):
    nonce = os.urandom(NONCE)
    text = json.dumps(values, ensure_ascii=False).encode()
    return nonce + cipher(settings.CIVIL_STATUS_KEYS[0]).encrypt(nonce, text, owner.encode())


def unseal(data, owner):
    data = bytes(data)
    for key in settings.CIVIL_STATUS_KEYS:
        try:
            return json.loads(cipher(key).decrypt(data[:NONCE], data[NONCE:], owner.encode()))
        except InvalidTag:
            continue
    raise Sealed


@lru_cache(maxsize=8)
def cipher(key):
    return AESGCM(HKDF(SHA256(), 32, None, b"civil status").derive(key.encode()))
