"""The hash chain of the register: values in, values out. docs/register.md says it for whoever checks it elsewhere.

A chained text holds opaque codes and the salted SHA-256 of what is personal; each digest covers the one before it, so
that a changed, missing or moved row is seen (docs/architecture.md, decision 6).
"""

import hashlib
import json
from datetime import UTC, datetime

START = "0" * 64


def plain(value):
    """Moments in UTC and codes as text; a number with a fraction has more than one spelling and is refused."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value)


ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=plain)


def canonical(values):
    """RFC 8785 for texts, whole numbers, booleans and lists of them: one spelling for one set of values."""
    return ENCODER.encode(values)


def stated(values):
    """Without what is not said: a column that comes later changes nothing that was chained before."""
    return {key: value for key, value in values.items() if value is not None and value != ""}


def hashed_bytes(data):
    return hashlib.sha256(data).hexdigest()


def hashed(text):
    return hashed_bytes(text.encode())


def digest(previous, text):
    return hashed(previous + text)


def sealed(salt, values):
    """The digest of personal values: without the salt nothing can be guessed from it. An empty list is left out, so
    that a mark without a drawing keeps the seal that it had before there were drawings."""
    return hashed(salt + canonical({key: value for key, value in values.items() if value != []}))
