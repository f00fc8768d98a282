"""An Ed25519 key as one word (W3C Multikey): what DID documents, did:key and proofs write."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

# Bitcoin's base 58, announced by a z.
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519 = b"\xed\x01"
DID_KEY = "did:key:"


def encode(data):
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = ALPHABET[rest] + text
    return "z" + "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def decode(text, longest=128):
    """Raises ValueError."""
    if not isinstance(text, str) or not text.startswith("z") or len(text) > longest:
        raise ValueError("not base 58")
    digits, number = text[1:], 0
    for sign in digits:
        number = number * 58 + ALPHABET.index(sign)
    zeros = len(digits) - len(digits.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def multikey(public_key):
    return encode(ED25519 + public_key.public_bytes_raw())


def public_key(text):
    """Raises ValueError."""
    data = decode(text)
    if data[:2] != ED25519:
        raise ValueError("not an Ed25519 key")
    return Ed25519PublicKey.from_public_bytes(data[2:])


def key_of_did(method):
    """The key that a did:key verification method carries in its own name; None when it is no did:key."""
    did, _hash, fragment = method.partition("#")
    if not did.startswith(DID_KEY) or fragment != did.removeprefix(DID_KEY):
        return None
    return public_key(fragment)
