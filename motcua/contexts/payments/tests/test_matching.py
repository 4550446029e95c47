"""Statement and books side by side: every line once, every difference named, sums equal."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.payments.rules.matching import (
    BankLine,
    Booked,
    BookLine,
    Found,
    lay_beside,
    pair,
)
from motcua.contexts.payments.rules.reconciliation import EXPLANATIONS, Difference
from motcua.contexts.payments.rules.settlement import Bill
from motcua.contexts.payments.rules.statements import Side
from motcua.kernel.money import Money

DAY = date(2026, 11, 23)
CODE = "MC000000000000A"
PAID = Bill(total=Money(8), paid=Money(8))
OPEN = Bill(total=Money(8), paid=Money(0))
CANCELLED = Bill(total=Money(8), paid=Money(0), cancelled=True)

names = st.sampled_from(["", "F1", "F2", "F3"])
memos = st.sampled_from(["", "tien phi", "phi ho so"])
days = st.integers(min_value=0, max_value=6).map(lambda back: DAY - timedelta(days=back))
amounts = st.integers(min_value=1, max_value=4).map(Money)


def bank(name: str = "", dong: int = 8, **more: object) -> BankLine:
    given = {"key": object(), "side": Side.IN, "on": DAY, "references": references(name), **more}
    return BankLine(amount=Money(dong), **given)


def booked(name: str = "", dong: int = 8, **more: object) -> BookLine:
    given = {"key": object(), "kind": Booked.CREDIT, "on": DAY, "references": references(name)}
    return BookLine(amount=Money(dong), **(given | more))


def references(name: str) -> frozenset[str]:
    return frozenset({name} if name else ())


@st.composite
def bank_lines(draw: st.DrawFn) -> list[BankLine]:
    return [
        bank(
            draw(names),
            draw(amounts),
            side=draw(st.sampled_from(Side)),
            on=draw(days),
            memo=draw(memos),
            fee=draw(st.sampled_from([Money(0), Money(1)])),
            is_reversal=draw(st.booleans()),
            is_charge=draw(st.booleans()),
            bill=draw(st.sampled_from([None, PAID, OPEN, CANCELLED])),
        )
        for _ in range(draw(st.integers(min_value=0, max_value=6)))
    ]


@st.composite
def book_lines(draw: st.DrawFn) -> list[BookLine]:
    return [
        booked(
            draw(names),
            draw(amounts),
            kind=draw(st.sampled_from(Booked)),
            on=draw(days),
            memo=draw(memos),
        )
        for _ in range(draw(st.integers(min_value=0, max_value=6)))
    ]


def named(theirs: list[BankLine], ours: list[BookLine], day: date = DAY) -> list[Difference | None]:
    return [one.name for one in lay_beside(theirs, ours, day)]


@given(bank_lines(), book_lines())
def test_every_line_of_both_sides_ends_in_exactly_one_place(theirs, ours):
    found = lay_beside(theirs, ours, DAY)

    assert sorted(id(one.bank) for one in found if one.bank) == sorted(map(id, theirs))
    assert sorted(id(one.book) for one in found if one.book) == sorted(map(id, ours))


@given(bank_lines(), book_lines())
def test_what_differs_adds_up_to_what_bank_and_books_are_apart(theirs, ours):
    found = lay_beside(theirs, ours, DAY)

    gap = Money.total(one.signed for one in theirs) - Money.total(one.signed for one in ours)
    explained = [one for one in found if one.name is not None]
    assert gap == Money.total(one.theirs - one.ours for one in explained)


@given(bank_lines(), book_lines())
def test_what_agrees_is_equal_to_the_dong(theirs, ours):
    agreed = [one for one in lay_beside(theirs, ours, DAY) if one.name is None]

    assert all(one.theirs == one.ours for one in agreed)


@given(bank_lines())
def test_the_same_lines_on_both_sides_leave_nothing_to_explain(theirs):
    plain = [one for one in theirs if one.side is Side.IN and not one.is_reversal]
    numbered = [bank(f"N{at}", one.amount, on=one.on) for at, one in enumerate(plain)]
    mirrored = [booked(f"N{at}", one.amount, on=one.on) for at, one in enumerate(plain)]

    assert set(named(numbered, mirrored)) <= {None}


def test_every_difference_has_a_sentence():
    assert set(EXPLANATIONS) == set(Difference)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (bank(memo="tien phi cua toi"), Difference.UNKNOWN_PAYER),
        (bank(memo="MC0000000000OOO phi"), Difference.WRONG_CODE),
        (bank(memo=CODE, bill=PAID), Difference.PAID_TWICE),
        (bank(memo=CODE, bill=CANCELLED), Difference.AFTER_CANCEL),
        (bank(memo=CODE, bill=OPEN), Difference.NEVER_TOLD),
        (bank(is_reversal=True), Difference.REFUND_RETURNED),
        (bank(side=Side.OUT, is_reversal=True), Difference.RETURNED),
        (bank(side=Side.OUT, is_charge=True), Difference.CHARGE),
        (bank(side=Side.OUT), Difference.UNKNOWN_OUT),
    ],
)
def test_money_at_the_bank_that_our_books_lack_has_one_name(line: BankLine, name: Difference):
    assert named([line], []) == [name]


def test_a_charge_that_was_booked_is_no_difference():
    charge = bank(side=Side.OUT, is_charge=True, fee_booked=True)

    [found] = lay_beside([charge], [], DAY)

    assert found.name is None
    assert found.theirs == found.ours


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (booked(), Difference.NOT_YET_ARRIVED),
        (booked(on=DAY - timedelta(days=4)), Difference.NOT_AT_BANK),
        (booked(kind=Booked.REFUND), Difference.REFUND_ON_ITS_WAY),
        (booked(kind=Booked.REFUND, on=DAY - timedelta(days=4)), Difference.NOT_AT_BANK),
        (booked(kind=Booked.ORDER), None),
    ],
)
def test_money_in_our_books_that_the_bank_lacks_is_waited_for(line: BookLine, name: Difference):
    assert named([], [line]) == [name]


@pytest.mark.parametrize(
    ("theirs", "ours", "name"),
    [
        (bank("F1", 10), booked("F1", 8), Difference.TOLD_LOW),
        (bank("F1", 6), booked("F1", 8), Difference.TOLD_HIGH),
        (bank("F1", 7, fee=Money(1)), booked("F1", 8), Difference.BANK_FEE),
        (bank("F1", 8, fee=Money(1)), booked("F1", 8), None),
        (
            bank("F1", 9, side=Side.OUT, fee=Money(1)),
            booked("F1", 8, kind=Booked.REFUND),
            Difference.BANK_FEE,
        ),
        (bank("F1", 9, side=Side.OUT), booked("F1", kind=Booked.REFUND), Difference.OTHER_REFUND),
        (bank("F1", side=Side.OUT), booked("F1", kind=Booked.ORDER), Difference.REFUND_NOT_TOLD),
    ],
)
def test_two_amounts_of_one_payment_that_differ_say_why(theirs, ours, name):
    assert named([theirs], [ours]) == [name]


def test_a_fee_that_was_booked_closes_the_gap():
    [found] = lay_beside([bank("F1", 7, fee=Money(1), fee_booked=True)], [booked("F1")], DAY)

    assert found.name is None
    assert found.theirs == found.ours == 7


def test_a_number_listed_twice_meets_our_line_once():
    found = lay_beside([bank("F1"), bank("F1")], [booked("F1")], DAY)

    assert [one.name for one in found] == [None, Difference.LISTED_TWICE]


def test_without_a_number_the_code_of_the_bill_decides_over_days():
    code = a_code()
    theirs = bank(memo=f"chuyen tien {code}", on=DAY)

    assert pair([theirs], [booked(memo=code, on=DAY - timedelta(days=3))])
    assert not pair([theirs], [booked(memo=code, on=DAY - timedelta(days=4))])


def test_two_that_fit_equally_are_left_to_a_person():
    theirs = [bank(memo="tien phi"), bank(memo="Tien  phi.")]

    assert not pair(theirs, [booked(memo="tien phi")])


def test_other_words_of_one_payment_are_shown():
    one, other = a_code(1), a_code(2)

    assert named([bank("F1", memo=one)], [booked("F1", memo=other)]) == [Difference.OTHER_MEMO]
    assert named([bank("F1", memo=f"CT {one}")], [booked("F1", memo=one)]) == [None]


def a_code(bits: int = 1) -> str:
    from motcua.contexts.payments.rules.codes import code_from_bits

    return code_from_bits(bits)


def test_what_is_found_knows_which_line_it_is():
    theirs, ours = bank("F1"), booked("F1")

    assert Found(bank=theirs, book=ours, name=None).item == str(theirs.key)
    assert Found(bank=None, book=ours, name=None).item == str(ours.key)
    assert Found(bank=None, book=None, name=None).item == ""
