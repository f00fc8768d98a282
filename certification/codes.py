"""Printed codes, hard to misread: that of a certificate, sixteen signs that cannot be guessed, and that of a row."""

import secrets

from django.utils.crypto import salted_hmac

# Crockford's base 32: no I, L, O or U, so that a printed code is read and typed without doubt.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
MISREAD = str.maketrans("OIL", "011")


def new_code():
    """80 bits: cannot be guessed."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))


def normalised(typed):
    """The code that was meant: whatever the case, the spaces and dashes, and O for 0, I or L for 1."""
    return "".join(sign for sign in typed.upper() if sign.isalnum()).translate(MISREAD)


def is_possible(code):
    return len(code) == LENGTH and set(code) <= set(ALPHABET)


def grouped(code):
    """As it is printed: four groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def row_code(session_code, learner_code):
    """Five signs beside a name on the paper sheet of a session: they tell its row when the name cannot be read."""
    digest = salted_hmac("certification.row", f"{session_code}:{learner_code}", algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:5])
