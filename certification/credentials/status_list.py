"""A Bitstring Status List (W3C): one bit for each credential, 1 when it is no longer valid."""

import base64
import gzip
import io

SIZE = 131_072


def encoded(indexes):
    bits = bytearray(SIZE // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()


def is_set(text, index):
    """Whether the bit of an encoded list is 1."""
    data = base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
    with gzip.open(io.BytesIO(data)) as file:
        bits = file.read(SIZE // 8)
    return bool(bits[index // 8] & 0x80 >> index % 8)


def entry(url, index):
    return {
        "id": f"{url}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": url,
    }


def credential(url, issuer, indexes, since):
    """The list as a credential, to be signed."""
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": since,
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(indexes),
        },
    }
