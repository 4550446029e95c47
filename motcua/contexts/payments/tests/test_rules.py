"""Settlement, journal and reconciliation never lose or invent a đồng."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.payments.contracts import (
    Account,
    AmountNotPositive,
    BankCredit,
    Channel,
    FeeItem,
    FeeKind,
    Finding,
    InvoiceState,
)
from motcua.contexts.payments.rules import journal
from motcua.contexts.payments.rules.reconciliation import (
    Difference,
    missing_credits,
    reconcile,
    with_corrections,
)
from motcua.contexts.payments.rules.settlement import Bill, settle, state_of
from motcua.kernel.money import Money
from motcua.kernel.testing import MONDAY_9AM

dong = st.integers(min_value=1, max_value=10**9).map(Money)
bills = st.builds(
    lambda total, paid, cancelled: Bill(
        total=total, paid=Money(min(total, paid)), cancelled=cancelled
    ),
    dong,
    st.integers(min_value=0, max_value=10**9),
    st.booleans(),
)
fees = st.lists(
    st.builds(FeeItem, kind=st.sampled_from(FeeKind), label=st.just("Phí"), amount=dong),
    min_size=1,
    max_size=6,
)
credit_lists = st.lists(
    st.builds(
        BankCredit,
        transaction_id=st.sampled_from("ABCDE"),
        amount=st.integers(min_value=1, max_value=5).map(Money),
        memo=st.sampled_from(["MC1", "MC2"]),
        booked_at=st.just(MONDAY_9AM),
    ),
    max_size=8,
)


@given(dong, st.none() | bills)
def test_every_dong_is_applied_or_waits(amount: Money, bill: Bill | None):
    settlement = settle(amount, bill)

    assert settlement.applied + settlement.suspense == amount
    assert settlement.applied <= (bill.outstanding if bill else 0)
    assert settlement.applied >= 0


@pytest.mark.parametrize(
    ("amount", "bill", "finding", "applied"),
    [
        (8, None, Finding.UNKNOWN_BILL, 0),
        (8, Bill(total=Money(8), paid=Money(0)), Finding.EXACT, 8),
        (7, Bill(total=Money(8), paid=Money(0)), Finding.SHORT, 7),
        (9, Bill(total=Money(8), paid=Money(0)), Finding.OVER, 8),
        (8, Bill(total=Money(8), paid=Money(8)), Finding.PAID_TWICE, 0),
        (8, Bill(total=Money(8), paid=Money(0), cancelled=True), Finding.AFTER_CANCEL, 0),
        (8, Bill(total=Money(8), paid=Money(8), refunded=Money(8)), Finding.PAID_TWICE, 0),
    ],
)
def test_each_case_has_its_name(amount: int, bill: Bill | None, finding: Finding, applied: int):
    settlement = settle(Money(amount), bill)

    assert (settlement.finding, settlement.applied) == (finding, applied)


def test_nothing_is_no_payment():
    with pytest.raises(AmountNotPositive):
        settle(Money(0), None)


@pytest.mark.parametrize(
    ("bill", "state"),
    [
        (Bill(total=Money(0), paid=Money(0)), InvoiceState.NOTHING_DUE),
        (Bill(total=Money(8), paid=Money(0)), InvoiceState.UNPAID),
        (Bill(total=Money(8), paid=Money(0), awaiting_bank=True), InvoiceState.PENDING),
        (Bill(total=Money(8), paid=Money(3)), InvoiceState.PARTLY),
        (Bill(total=Money(8), paid=Money(8), awaiting_bank=True), InvoiceState.PAID),
        (Bill(total=Money(8), paid=Money(8), refunded=Money(3)), InvoiceState.PAID),
        (Bill(total=Money(8), paid=Money(8), refunded=Money(8)), InvoiceState.REFUNDED),
        (Bill(total=Money(8), paid=Money(3), cancelled=True), InvoiceState.CANCELLED),
    ],
)
def test_the_state_follows_from_the_figures(bill: Bill, state: InvoiceState):
    assert state_of(bill) == state


@given(fees, st.data())
def test_every_entry_balances(items: list[FeeItem], data: st.DataObject):
    total = Money.total(item.amount for item in items)
    part = Money(data.draw(st.integers(min_value=1, max_value=total)))
    entries = [
        journal.due(items),
        journal.write_off(items, paid=part),
        journal.write_off(items, paid=Money(0)),
        journal.money_in(Channel.BANK, applied=part, suspense=total - part),
        journal.money_in(Channel.CASH, applied=Money(0), suspense=part),
        journal.from_suspense(applied=part),
        journal.refund_promised(journal.split_refund(items, part)),
        journal.refund_promised([(Account.SUSPENSE, part)]),
        journal.refund_paid(part, Channel.BANK),
    ]

    assert all(journal.balances(lines) for lines in entries)


@given(fees, st.data())
def test_refunds_in_parts_take_each_line_once(items: list[FeeItem], data: st.DataObject):
    total = Money.total(item.amount for item in items)
    first = Money(data.draw(st.integers(min_value=0, max_value=total)))
    parts = [
        *journal.split_refund(items, first),
        *journal.split_refund(items, total - first, already=first),
    ]
    earned = {line.account: line.credit for line in journal.due(items)[1:]}

    given_back = {account: Money(0) for account in earned}
    for account, amount in parts:
        given_back[account] = given_back[account] + amount
    assert given_back == earned


def test_an_entry_with_one_side_or_nothing_does_not_balance():
    assert not journal.balances([])
    assert not journal.balances([journal.Line(Account.SUSPENSE, debit=Money(1))])
    assert not journal.balances([journal.Line(Account.SUSPENSE, debit=Money(1), credit=Money(1))])


def test_every_account_has_a_name():
    assert set(journal.ACCOUNT_NAMES) == set(Account)


@given(credit_lists, credit_lists)
def test_the_differences_explain_the_whole_gap(ours: list[BankCredit], theirs: list[BankCredit]):
    booked = list({credit.transaction_id: credit for credit in ours}.values())

    found = reconcile(booked, theirs)

    assert found.ours_total - found.theirs_total == found.explained_gap
    assert all(difference.sentence for difference in found.differences)


@given(credit_lists)
def test_equal_lists_have_no_difference(credits_booked: list[BankCredit]):
    once = list({credit.transaction_id: credit for credit in credits_booked}.values())

    found = reconcile(once, list(reversed(once)))

    assert found.differences == ()
    assert found.matched == len(once)


@given(credit_lists, credit_lists)
def test_after_booking_what_is_missing_no_money_at_the_bank_is_unbooked(
    ours: list[BankCredit], theirs: list[BankCredit]
):
    booked = list({credit.transaction_id: credit for credit in ours}.values())
    missing = missing_credits(reconcile(booked, theirs), theirs)

    again = reconcile(with_corrections([*booked, *missing]), theirs)

    assert not {Difference.NEVER_TOLD, Difference.TOLD_LOW} & {
        d.difference for d in again.differences
    }
    assert missing_credits(again, theirs) == ()


def test_each_difference_has_its_name():
    def credit(transaction: str, amount: int = 8, memo: str = "MC1") -> BankCredit:
        return BankCredit(
            transaction_id=transaction, amount=Money(amount), memo=memo, booked_at=MONDAY_9AM
        )

    found = reconcile(
        [
            credit("ours"),
            credit("low", 7),
            credit("high"),
            credit("memo"),
            credit("twice"),
            credit("same"),
        ],
        [
            credit("theirs"),
            credit("low"),
            credit("high", 7),
            credit("memo", memo="MC2"),
            credit("twice"),
            credit("twice"),
            credit("same"),
        ],
    )

    assert {d.transaction_id: d.difference for d in found.differences} == {
        "high": Difference.TOLD_HIGH,
        "low": Difference.TOLD_LOW,
        "memo": Difference.OTHER_MEMO,
        "ours": Difference.NOT_AT_BANK,
        "theirs": Difference.NEVER_TOLD,
        "twice": Difference.LISTED_TWICE,
    }
    assert found.matched == 1
