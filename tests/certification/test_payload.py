"""What the QR code carries after its address: any byte that is not as it was signed is refused."""

import datetime
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from certification.codes import ALPHABET
from certification.credentials import payload

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
FACTS = payload.Facts("0R81H11CJR8EESGX", 1, datetime.date(2026, 11, 23), None, "Amina Diallo")
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def read(text, keys=None):
    keys = keys or {b"key1": KEY}
    return payload.read(text, lambda name: keys[name].public_key() if name in keys else None)


dates = st.dates(payload.ZERO + datetime.timedelta(1), datetime.date(2199, 1, 1))
names = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)
facts = st.builds(
    payload.Facts,
    code=st.text(ALPHABET, min_size=16, max_size=16),
    scheme=st.integers(1, 255),
    issued_on=dates,
    expires_on=st.none() | dates,
    holder=names,
)


@given(facts)
def test_what_was_written_is_read_and_a_cut_name_says_so(facts):
    text = payload.written(facts, KEY, b"key1")
    found = read(text)
    assert len(text) <= 200
    assert len(found.holder.encode()) <= 60
    assert found.is_cut == (found.holder != facts.holder)
    assert facts.holder.startswith(found.holder)
    assert replace(found, holder=facts.holder, is_cut=False) == facts


@settings(deadline=None)
@given(facts, st.data())
def test_any_single_changed_byte_is_refused(facts, data):
    text = payload.written(facts, KEY, b"key1")
    raw = bytearray(payload.decoded(text))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(payload.Refused):
        read(payload.encoded(bytes(raw)))


def test_any_single_changed_sign_is_refused():
    """Even the last one, whose low bits say nothing."""
    text = payload.written(FACTS, KEY, b"key1")
    for at, sign in enumerate(text):
        for other in SIGNS.replace(sign, ""):
            with pytest.raises(payload.Refused):
                read(text[:at] + other + text[at + 1 :])


def test_a_shorter_or_longer_one_is_refused():
    text = payload.written(FACTS, KEY, b"key1")
    for changed in ("", "A", text[:-1], text[:40], text + "A", text + "AA", "é", " ", text + "="):
        with pytest.raises(payload.Refused):
            read(changed)


def test_the_key_of_somebody_else_is_refused():
    with pytest.raises(payload.Refused):
        read(payload.written(FACTS, OTHER, b"key1"))
    with pytest.raises(payload.Refused):
        read(payload.written(FACTS, KEY, b"key2"))


def test_after_the_key_changed_the_old_one_is_read():
    keys = {b"key1": KEY, b"key2": OTHER}
    for name, key in keys.items():
        assert read(payload.written(FACTS, key, name), keys) == FACTS


def test_a_name_is_never_cut_inside_a_letter():
    for name in ("é" * 40, "e\u0301" * 40, "Ⴀ" * 21, "عبد الرحمن " * 9, "x" * 59 + "e\u0301", "👩‍🦽" * 8):
        found = payload.cut(name).decode()
        assert len(found.encode()) <= 60
        rest = name[len(found) :].lstrip()
        assert rest and payload.unicodedata.category(rest[0]) not in ("Mn", "Mc", "Me", "Cf")
