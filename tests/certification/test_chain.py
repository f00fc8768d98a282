from hypothesis import given
from hypothesis import strategies as st

from certification import chain

VALUES = st.lists(
    st.dictionaries(st.sampled_from(["status", "minutes", "learner"]), st.integers() | st.text(), min_size=1),
    min_size=1,
    max_size=6,
)


def chained(values):
    rows, previous = [], chain.START
    for value in values:
        previous = chain.digest(previous, value)
        rows.append((value, previous))
    return rows


@given(VALUES)
def test_an_untouched_chain_has_no_break(values):
    assert chain.first_break(chained(values)) is None


@given(VALUES, st.data())
def test_changing_any_row_is_found_where_it_was_changed(values, data):
    rows = chained(values)
    index = data.draw(st.integers(0, len(rows) - 1))
    rows[index] = ({**rows[index][0], "forged": True}, rows[index][1])
    assert chain.first_break(rows) == index


@given(VALUES, st.data())
def test_changing_any_digest_is_found(values, data):
    rows = chained(values)
    index = data.draw(st.integers(0, len(rows) - 1))
    rows[index] = (rows[index][0], chain.digest(rows[index][1], {}))
    assert chain.first_break(rows) == index


@given(VALUES, st.data())
def test_a_missing_row_is_found(values, data):
    rows = chained(values)
    index = data.draw(st.integers(0, len(rows) - 1))
    left = rows[:index] + rows[index + 1 :]
    assert chain.first_break(left) == (index if index < len(left) else None)


@given(st.text(), st.text())
def test_the_seal_needs_the_salt(name, other):
    assert chain.sealed("salt", {"name": name}) == chain.sealed("salt", {"name": name})
    assert chain.sealed("salt", {"name": name}) != chain.sealed("pepper", {"name": name})
    assert (chain.sealed("salt", {"name": name}) == chain.sealed("salt", {"name": other})) == (name == other)
