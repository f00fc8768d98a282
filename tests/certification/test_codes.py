from hypothesis import given
from hypothesis import strategies as st

from certification.codes import ALPHABET, LENGTH, grouped, is_possible, new_code, normalised

CODES = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


@given(CODES)
def test_a_code_is_read_however_it_is_typed(code):
    misread = grouped(code).lower().replace("0", "o").replace("1", "l")
    assert normalised(code) == normalised(f" {misread} ") == normalised(code.replace("1", "i")) == code


@given(st.text())
def test_anything_may_be_typed(text):
    assert isinstance(is_possible(normalised(text)), bool)


def test_new_codes_are_possible_and_differ():
    codes = {new_code() for _time in range(50)}
    assert len(codes) == 50
    assert all(is_possible(code) for code in codes)
