"""Đăng ký khai sinh, from the first word typed to the stars given."""

import pytest

from e2e.journeys.birth import BEN_THANH_DESK, BIRTH, PROOF, applies_for_birth
from e2e.journeys.citizen import TUYET

FIRST_WORDS = ["đăng ký khai sinh", "dang ky khai sinh", "lam giay khai sin", BIRTH]


@pytest.mark.parametrize("words", FIRST_WORDS)
def test_a_mother_finds_it_in_her_own_words(a_citizen, words):
    mother = a_citizen()

    mother.searches(words)

    assert mother.codes_found()[0] == BIRTH


def test_a_birth_is_applied_for_on_a_phone(a_citizen):
    tuyet = a_citizen(TUYET)

    applies_for_birth(tuyet)
    code = tuyet.sends(at_desk=BEN_THANH_DESK)

    receipt = tuyet.reads()
    assert code in receipt
    assert PROOF in receipt
