"""What the QR code of a certificate carries after its address: enough to check it by the signature alone, without us.

Version 1, then base64url without padding, at most 200 signs:

    1  version        4  name of the key      10  code of the certificate     1  scheme
    2  issued on      2  expires on, or 0      1  length of the name, +128 when it was cut     …  name (UTF-8)
    64 Ed25519 signature of PURPOSE and all that comes before it

Days are counted from 1 January 2020. static/js/verify.js reads the same.
"""

import base64
import datetime
import unicodedata
from dataclasses import dataclass
from struct import Struct

from cryptography.exceptions import InvalidSignature

from certification.codes import ALPHABET

PURPOSE = b"ambassadeurs certificate 1\0"
HEAD = Struct(">B4s10sBHHB")
VERSION, SIGNATURE, NAME, CUT = 1, 64, 60, 128
ZERO = datetime.date(2020, 1, 1)


class Refused(ValueError):
    """Not a payload, or not as it was signed."""


@dataclass(frozen=True)
class Facts:
    code: str
    scheme: int
    issued_on: datetime.date
    expires_on: datetime.date | None
    holder: str
    is_cut: bool = False


def written(facts, private_key, key_name):
    """`key_name` is four bytes."""
    name = cut(facts.holder)
    length = len(name) | (CUT if name != facts.holder.encode() else 0)
    days = days_of(facts.issued_on), days_of(facts.expires_on)
    data = HEAD.pack(VERSION, key_name, packed(facts.code), facts.scheme, *days, length) + name
    return encoded(data + private_key.sign(PURPOSE + data))


def read(text, key_of):
    """The facts, when they are as one of our keys signed them. `key_of(four bytes)` gives the key or None."""
    data = decoded(text)
    signed, signature = data[:-SIGNATURE], data[-SIGNATURE:]
    if len(signed) < HEAD.size or signed[0] != VERSION:
        raise Refused("not a payload")
    _version, key_name, code, scheme, issued, expires, length = HEAD.unpack(signed[: HEAD.size])
    key = key_of(key_name)
    try:
        key.verify(signature, PURPOSE + signed)
    except (AttributeError, InvalidSignature) as error:
        raise Refused("not signed by us") from error
    name = signed[HEAD.size :].decode()
    if len(signed) - HEAD.size != length & ~CUT:
        raise Refused("not a payload")
    return Facts(
        unpacked(code), scheme, day_of(issued), (expires and day_of(expires)) or None, name, bool(length & CUT)
    )


def cut(name):
    """At most sixty bytes, never in the middle of a letter and its marks."""
    data = name.encode()
    if len(data) <= NAME:
        return data
    kept = data[:NAME].decode(errors="ignore")
    while kept and unicodedata.category(name[len(kept)]) in ("Mn", "Mc", "Me", "Cf"):
        kept = kept[:-1]
    return kept.rstrip().encode()


def packed(code):
    number = 0
    for sign in code:
        number = number * 32 + ALPHABET.index(sign)
    return number.to_bytes(10, "big")


def unpacked(data):
    number = int.from_bytes(data, "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(15, -1, -1))


def days_of(day):
    return (day - ZERO).days if day else 0


def day_of(days):
    return ZERO + datetime.timedelta(days)


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text):
    """Only what `encoded` writes: the last sign has one form."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise Refused("not base 64") from error
    if encoded(data) != text:
        raise Refused("not base 64")
    return data
