"""The pure part of the register: one spelling, a digest over what came before, a seal that needs its salt."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification import chain

TEXTS = st.text('aé€"\\/\n\u0007 0', max_size=8)
VALUES = st.dictionaries(st.text("abcxyz_", max_size=5), st.integers() | TEXTS | st.booleans() | st.none())
DOCUMENT = Path(__file__).resolve().parents[2] / "docs/register.md"


@given(VALUES)
def test_the_spelling_says_what_the_values_say(values):
    text = chain.canonical(values)
    assert json.loads(text) == values
    assert chain.canonical(json.loads(text)) == text


@given(VALUES)
def test_the_order_of_the_keys_does_not_matter(values):
    assert chain.canonical(dict(reversed(values.items()))) == chain.canonical(values)


def test_it_is_spelled_as_rfc_8785_says():
    """The strings of its section 3.2.2.2."""
    values = {"string": "€$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f", "literals": [None, True, False]}
    assert chain.canonical(values) == ('{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}')


def test_codes_and_moments_have_one_spelling():
    moment = datetime(2026, 11, 23, 9, 4, tzinfo=UTC)
    elsewhere = moment.astimezone(timezone(timedelta(hours=1)))
    code = UUID("8c1d9c4e-1d5b-4c5e-9a52-0a2f7a3f1b11")
    assert chain.canonical([code, moment]) == chain.canonical([code, elsewhere])
    assert chain.canonical([code, moment]) == f'["{code}","2026-11-23T09:04:00+00:00"]'


@pytest.mark.parametrize("nothing", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(nothing):
    with pytest.raises(ValueError, match="JSON"):
        chain.canonical([nothing])


@given(TEXTS, TEXTS)
def test_the_seal_needs_the_salt(name, other):
    assert chain.sealed("salt", {"name": name}) == chain.sealed("salt", {"name": name})
    assert chain.sealed("salt", {"name": name}) != chain.sealed("pepper", {"name": name})
    assert (chain.sealed("salt", {"name": name}) == chain.sealed("salt", {"name": other})) == (name == other)


def test_the_example_of_the_document_is_right():
    """docs/register.md: each block of an example is a text, and the digest under it."""
    blocks = DOCUMENT.read_text().split("```")[1::2]
    first, second, side = [block.split("\n", 1)[1].strip().splitlines() for block in blocks if block.startswith("text")]
    assert chain.canonical(json.loads(first[0])) == first[0]
    assert chain.digest(chain.START, first[0]) == first[1]
    assert chain.digest(first[1], second[0]) == second[1]
    assert chain.sealed(side[0], json.loads(side[1])) == side[2] == json.loads(first[0])["seal"]
