"""Money keeps every đồng and reads aloud correctly."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.money import Money, dong_in, number_in_words

amounts = st.integers(min_value=-(10**21), max_value=10**21)
WORD_VALUES = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "không": 0, "linh": 0,
}  # fmt: skip


def heard(words: str) -> int:
    """What a listener writes down: an independent reading of number words."""
    total = group = thousands = digit = 0
    for word in words.split():
        if word in WORD_VALUES:
            group, digit = group + digit, WORD_VALUES[word]
        elif word == "mười":
            group, digit = group + 10, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word in ("nghìn", "triệu"):
            scale = 1_000 if word == "nghìn" else 1_000_000
            thousands, group, digit = thousands + (group + digit) * scale, 0, 0
        else:
            assert word == "tỷ"
            total = (total + thousands + group + digit) * 10**9
            thousands = group = digit = 0
    return total + thousands + group + digit


@pytest.mark.parametrize(
    ("dong", "words"),
    [
        (0, "không đồng"),
        (5, "năm đồng"),
        (10, "mười đồng"),
        (11, "mười một đồng"),
        (15, "mười lăm đồng"),
        (21, "hai mươi mốt đồng"),
        (24, "hai mươi bốn đồng"),
        (55, "năm mươi lăm đồng"),
        (105, "một trăm linh năm đồng"),
        (110, "một trăm mười đồng"),
        (8_000, "tám nghìn đồng"),
        (75_000, "bảy mươi lăm nghìn đồng"),
        (1_005, "một nghìn không trăm linh năm đồng"),
        (1_015, "một nghìn không trăm mười lăm đồng"),
        (1_000_500, "một triệu năm trăm đồng"),
        (2_001_000, "hai triệu không trăm linh một nghìn đồng"),
        (1_000_000_000, "một tỷ đồng"),
        (3_000_000_000_000, "ba nghìn tỷ đồng"),
        (-8_000, "âm tám nghìn đồng"),
    ],
)
def test_amounts_read_as_a_cashier_says_them(dong: int, words: str):
    assert Money(dong).in_words() == words


@given(st.integers(min_value=0, max_value=10**21))
def test_words_say_exactly_the_number(number: int):
    assert heard(number_in_words(number)) == number


@pytest.mark.parametrize(
    ("dong", "shown"),
    [
        (0, "0\u00a0₫"),
        (8_000, "8.000\u00a0₫"),
        (1_234_567, "1.234.567\u00a0₫"),
        (-50, "\u221250\u00a0₫"),
    ],
)
def test_figures_have_dots_and_a_no_break_space(dong: int, shown: str):
    assert Money(dong).vnd() == shown
    assert str(Money(dong)) == f"{Money(dong)}" == shown


@given(amounts, amounts)
def test_arithmetic_stays_money_and_exact(left: int, right: int):
    results = {
        left + right: Money(left) + Money(right),
        left - right: Money(left) - right,
        right - left: right - Money(left),
        left * 3: 3 * Money(left),
        right * 7: Money(right) * 7,
        -left: -Money(left),
        abs(right): abs(Money(right)),
    }

    assert all(isinstance(money, Money) and int(money) == exact for exact, money in results.items())


@given(st.lists(amounts))
def test_a_total_is_money_however_many_parts(parts: list[int]):
    total = Money.total(Money(part) for part in parts)

    assert isinstance(total, Money)
    assert total == sum(parts)
    assert isinstance(sum((Money(part) for part in parts), Money(0)), Money)


@pytest.mark.parametrize("wrong", [8.0, "8000", True, None])
def test_nothing_but_whole_dong_is_money(wrong: object):
    with pytest.raises(TypeError):
        Money(wrong)
    with pytest.raises(TypeError):
        Money(1) + wrong


def test_a_dong_is_never_cut():
    with pytest.raises(TypeError):
        Money(1) / 2
    with pytest.raises(TypeError):
        2 / Money(1)


def test_money_travels_as_a_plain_number():
    assert json.dumps({"amount": Money(8_000)}) == '{"amount": 8000}'
    assert f"{Money(8_000):d}" == "8000"


@pytest.mark.parametrize(
    "typed", ["8000", "8.000", "8 000 ₫", "8,000đ", "8\u00a0000 đồng", "８０００ VND", "8'000"]
)
def test_an_amount_is_read_however_people_write_it(typed: str):
    assert dong_in(typed) == Money(8_000)


@pytest.mark.parametrize("typed", ["", "8,5", "8 triệu", "-8000", "8.00", "9" * 17, "tám"])
def test_what_does_not_surely_say_an_amount_is_none(typed: str):
    assert dong_in(typed) is None
