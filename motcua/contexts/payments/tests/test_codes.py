"""The code of a bill survives what banks and payers do to a memo."""

from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.payments.rules.codes import (
    ALPHABET,
    BITS,
    MEMO_LIMIT,
    code_from_bits,
    codes_in,
    is_code,
)

codes = st.integers(min_value=0, max_value=2**BITS - 1).map(code_from_bits)
noise = st.text(alphabet=st.sampled_from("abcdefghijklnopqrstuvwxyz 0123456789.-/"), max_size=30)


@given(codes)
def test_a_code_fits_a_memo_and_checks_itself(code: str):
    assert is_code(code)
    assert len(code) <= MEMO_LIMIT


@given(codes, noise)
def test_a_code_is_found_behind_any_words(code: str, words: str):
    assert codes_in(f"{words} {code}") == (code,)


@given(codes)
def test_a_code_is_found_lower_case_and_cut_by_blanks(code: str):
    assert codes_in(f"chuyen tien {code[:7].lower()} {code[7:]}.") == (code,)


@given(codes, st.integers(min_value=2, max_value=14), st.sampled_from(ALPHABET))
def test_one_wrong_character_never_names_another_bill(code: str, at: int, other: str):
    wrong = code[:at] + other + code[at + 1 :]

    assert is_code(wrong) == (wrong == code) or _same_modulo(code, wrong, at)


def _same_modulo(code: str, wrong: str, at: int) -> bool:
    """Two characters 31 apart (0 and Z) are the one pair the check character cannot tell."""
    return {code[at], wrong[at]} == {"0", "Z"}


@given(noise)
def test_a_memo_without_code_names_no_bill(words: str):
    assert codes_in(words) == ()
