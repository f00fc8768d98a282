"""The hash chain of a slot's attendance: values in, values out.

A chained row holds an opaque person code and the salted SHA-256 of what is personal; each digest covers the one
before it, so that a changed, missing or moved row is seen (docs/architecture.md, decision 6).
"""

import hashlib
import json

START = "0" * 64


def canonical(values):
    """One spelling for one set of values: sorted keys, no spaces, UTF-8."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(previous, values):
    return hashlib.sha256(previous.encode() + canonical(values)).hexdigest()


def sealed(salt, values):
    """The digest of personal values: without the salt nothing can be guessed from it."""
    return hashlib.sha256(salt.encode() + canonical(values)).hexdigest()


def first_break(rows):
    """The index of the first row whose digest does not follow, or None. `rows` are (values, digest) pairs in order."""
    previous = START
    for index, (values, found) in enumerate(rows):
        if digest(previous, values) != found:
            return index
        previous = found
    return None
