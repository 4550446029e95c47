"""A collector brings a statement: kept once, paired, explained, settled, signed off."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.contexts.payments import public
from motcua.contexts.payments.actions import bank_days, statements
from motcua.contexts.payments.actions.receiving import receive_bank_credit
from motcua.contexts.payments.actions.refunds import start_refund
from motcua.contexts.payments.contracts import (
    Account,
    BankDayMoved,
    CollectorsOnly,
    ColumnsNeeded,
    DifferenceGone,
    InvoiceState,
    InvoiceView,
    ReasonNeeded,
    RefundState,
    StatementChanged,
    StatementDoesNotAddUp,
    StatementOfOthers,
    StatementUnreadable,
    StillUnexplained,
)
from motcua.contexts.payments.models import (
    BankDayClosing,
    BankStatement,
    Credit,
    Invoice,
    Refund,
    StatementEntry,
)
from motcua.contexts.payments.queries.bank_days import BankDay, bank_day
from motcua.contexts.payments.queries.bank_days import bank_days as listed
from motcua.contexts.payments.queries.money import balances
from motcua.contexts.payments.rules.reconciliation import Difference
from motcua.contexts.payments.rules.statement_columns import StatementColumns
from motcua.contexts.payments.testing import (
    a_credit,
    a_fee,
    a_line,
    a_start,
    a_statement,
    an_invoice,
    paid_back,
)
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.testing import MONDAY_9AM, officer

NOW = MONDAY_9AM
DAY = NOW.date()
NGAN = officer(Role.FEE_COLLECTOR)


@pytest.fixture
def bill(payer: UUID) -> InvoiceView:
    return an_invoice(a_fee(8_000), payer=payer)


def bring(*lines: str, **more: object) -> statements.Brought:
    return bring_file(a_statement(*lines, **more))


def bring_file(content: bytes, columns: StatementColumns | None = None) -> statements.Brought:
    return statements.bring_statement(content, columns=columns, actor=NGAN, now=NOW)


def came(dong: int, memo: str, reference: str, on: date = DAY, **more: object) -> str:
    return a_line(dong, memo, reference=reference, on=on, **more)


def told(memo: str, dong: int = 8_000, *, transaction: str = "F1") -> Credit:
    receive_bank_credit(a_credit(memo, dong, transaction=transaction), actor=SYSTEM, now=NOW)
    return Credit.objects.get(reference=transaction)


def names(day: date = DAY) -> dict[str, str]:
    """Each difference of a day that asks for something: name -> item."""
    return {one.name.value: one.item for one in bank_day(day).differences if one.is_open}


def settle(name: Difference, said: str = "", day: date = DAY) -> None:
    bank_days.settle(day, names(day)[name], name, said=said, actor=NGAN, now=NOW)


def check_sums(found: BankDay) -> None:
    assert found.gap == found.moved - found.ours


def test_a_file_that_does_not_add_up_leaves_nothing(bill: InvoiceView):
    with pytest.raises(StatementDoesNotAddUp):
        bring(came(8_000, bill.code, "F1"), closing=5)

    assert not BankStatement.objects.exists()
    assert not StatementEntry.objects.exists()


def test_a_statement_of_another_account_is_refused(bill: InvoiceView):
    content = a_statement(came(8_000, bill.code, "F1")).replace(b"0900000299", b"0900000300")

    with pytest.raises(StatementOfOthers):
        bring_file(content)


@pytest.mark.parametrize("content", [b"", b" \n", b"PK\x03\x04", b"%PDF-1.7", b"<a/>"])
def test_what_is_no_statement_is_refused(db: None, content: bytes):
    with pytest.raises(StatementUnreadable):
        bring_file(content)


def test_only_collectors_bring_settle_and_close(bill: InvoiceView):
    receiver = officer(Role.RECEIVER)

    with pytest.raises(CollectorsOnly):
        statements.bring_statement(b"", columns=None, actor=receiver, now=NOW)
    with pytest.raises(CollectorsOnly):
        bank_days.settle(DAY, "", "", said="", actor=receiver, now=NOW)
    with pytest.raises(CollectorsOnly):
        bank_days.close_day(DAY, actor=receiver, now=NOW)


def test_a_csv_whose_columns_nobody_told_is_asked_about(db: None):
    with pytest.raises(ColumnsNeeded):
        bring_file(b"a,b,c\n1,2,3")


def test_columns_told_once_are_known_for_the_next_file(bill: InvoiceView):
    told_columns = StatementColumns(booked="khi nao", amount="bao nhieu", memo="noi gi")
    first = b"khi nao,bao nhieu,noi gi\n23/11/2026,8000,phi"
    bring_file(first, told_columns)

    heads, columns = statements.columns_of(first.replace(b"8000", b"9000"))

    assert heads == ("khi nao", "bao nhieu", "noi gi")
    assert columns == told_columns


def test_the_same_file_twice_is_kept_once(bill: InvoiceView):
    content = a_statement(came(8_000, bill.code, "F1"))

    first, second = bring_file(content), bring_file(content)

    assert (first.new_lines, first.known) == (1, False)
    assert (second.new_lines, second.known) == (0, True)
    assert StatementEntry.objects.count() == 1


def test_lines_of_overlapping_files_stand_once(bill: InvoiceView):
    bring(came(8_000, "mot", "F1"), came(9_000, "hai", "F2"))

    again = bring(came(9_000, "hai", "F2"), came(7_000, "ba", "F3"), opening=1_008_000)

    assert (again.lines, again.new_lines) == (2, 1)
    assert StatementEntry.objects.count() == 3


def test_a_line_that_says_something_else_later_is_asked_about(bill: InvoiceView):
    bring(came(8_000, "mot", "F1"))

    with pytest.raises(StatementChanged, match="F1"):
        bring(came(8_500, "mot", "F1"))

    assert StatementEntry.objects.get().amount_dong == 8_000


def test_what_the_bank_told_before_agrees_and_the_day_closes(bill: InvoiceView):
    told(bill.code)
    bring(came(8_000, f"CT DEN {bill.code} GD", "F1"))

    found = bank_day(DAY)
    bank_days.close_day(DAY, actor=NGAN, now=NOW)

    assert (found.matched, found.differences) == (1, ())
    assert (found.opening, found.closing) == (1_000_000, 1_008_000)
    assert BankDayClosing.objects.get().report["matched"] == 1
    assert [(line.day, line.is_closed) for line in listed()] == [(DAY, True)]


def test_five_kinds_of_difference_are_settled_until_the_day_closes(payer: UUID):
    late, low, paid = (
        an_invoice(a_fee(8_000), payer=payer, subject=f"H29.99-20261123-000005{at}")
        for at in range(3)
    )
    told(low.code, 5_000, transaction="F2")
    told(paid.code, 8_000, transaction="F0")
    bring(
        came(8_000, paid.code, "F0"),
        came(8_000, late.code, "F1"),
        came(8_000, low.code, "F2"),
        came(8_000, f"lan hai {paid.code}", "F3"),
        came(20_000, "tien phi cua toi", "F4"),
        came(-3_300, "phi dich vu", "F5", is_charge=True),
    )
    check_sums(bank_day(DAY))
    assert set(names()) == {"NEVER_TOLD", "TOLD_LOW", "PAID_TWICE", "UNKNOWN_PAYER", "CHARGE"}
    with pytest.raises(StillUnexplained, match="5"):
        bank_days.close_day(DAY, actor=NGAN, now=NOW)

    for name in list(names()):
        settle(Difference(name))
    bank_days.close_day(DAY, actor=NGAN, now=NOW)

    found = bank_day(DAY)
    assert (found.differences, found.matched) == ((), 6)
    assert found.moved == found.ours == 48_700
    assert {one.state for one in Invoice.objects.all()} == {InvoiceState.PAID}
    assert public.suspense(NGAN, now=NOW).waiting == 28_000
    assert {b.account: b.net for b in balances()}[Account.BANK_FEES] == 3_300


def test_two_lines_for_one_unpaid_bill_are_both_booked_by_one_press(bill: InvoiceView):
    bring(came(8_000, bill.code, "F1"), came(8_000, f"lan hai {bill.code}", "F2"))
    assert set(names()) == {"NEVER_TOLD"}

    done = bank_days.settle_all(DAY, actor=NGAN, now=NOW)

    assert (done.number, done.left, names()) == (2, 0, {})
    assert public.suspense(NGAN, now=NOW).waiting == 8_000
    assert Invoice.objects.get().state == InvoiceState.PAID


def test_a_line_that_says_otherwise_than_our_books_holds_up_no_other(bill: InvoiceView):
    bring(came(-1_000, "phi", "F1", is_charge=True), came(8_000, bill.code, "F2"))
    told(bill.code, 7_000, transaction="F2")
    told(bill.code, 400, transaction="F2+")

    done = bank_days.settle_all(DAY, actor=NGAN, now=NOW)

    assert (done.number, done.left) == (1, 1)
    assert set(names()) == {"TOLD_LOW"}


def test_booking_all_reads_the_day_once(bill: InvoiceView):
    lines = [came(-1_000 - at, "phi", f"F{at}", is_charge=True) for at in range(6)]
    bring(*lines)
    with CaptureQueriesContext(connection) as one:
        bank_day(DAY)

    with CaptureQueriesContext(connection) as all_of_them:
        done = bank_days.settle_all(DAY, actor=NGAN, now=NOW)

    assert done.number == 6
    reads = "payments_statement_entry"
    read_once = sum(reads in query["sql"] and "SUM" in query["sql"] for query in one)
    assert sum(reads in q["sql"] and "SUM" in q["sql"] for q in all_of_them) == read_once


def test_a_fee_that_the_bank_took_off_is_booked_as_its_fee(bill: InvoiceView):
    told(bill.code)
    bring(came(7_000, bill.code, "F1", fee=1_000))

    settle(Difference.BANK_FEE)

    assert names() == {}
    check_sums(bank_day(DAY))
    assert bank_day(DAY).ours == 7_000


def test_money_that_was_told_today_is_waited_for_and_found_tomorrow(bill: InvoiceView):
    told(bill.code)
    other = came(9_000, "khac", "F9")
    bring(other)
    settle(Difference.UNKNOWN_PAYER)
    [waiting] = bank_day(DAY).differences
    bank_days.close_day(DAY, actor=NGAN, now=NOW)

    bring(came(8_000, bill.code, "F1", on=DAY + timedelta(days=1)), opening=1_009_000)

    assert (waiting.name, waiting.is_open) == (Difference.NOT_YET_ARRIVED, False)
    assert bank_day(DAY + timedelta(days=1)).matched == 1
    assert [one.name for one in bank_day(DAY).differences] == [Difference.NOT_YET_ARRIVED]
    assert bank_day(DAY).closing_row is not None


def test_money_that_never_arrives_needs_an_answer_of_the_bank(bill: InvoiceView):
    told(bill.code)
    later = DAY + timedelta(days=5)
    bring(came(9_000, "khac", "F8"))
    bring(came(9_000, "khac", "F9", on=later), opening=1_009_000)

    settle(Difference.UNKNOWN_PAYER, day=later)
    with pytest.raises(ReasonNeeded):
        settle(Difference.NOT_AT_BANK, said=" ", day=later)
    settle(Difference.NOT_AT_BANK, said="Ngân hàng báo nhầm, đã rút lại", day=later)
    bank_days.close_day(later, actor=NGAN, now=NOW)

    assert BankDayClosing.objects.get().report["gap"] == -8_000


def test_a_difference_is_settled_once(bill: InvoiceView):
    bring(came(8_000, "khac", "F9"))
    item = names()["UNKNOWN_PAYER"]
    settle(Difference.UNKNOWN_PAYER)

    with pytest.raises(DifferenceGone):
        bank_days.settle(DAY, item, "UNKNOWN_PAYER", said="", actor=NGAN, now=NOW)
    with pytest.raises(DifferenceGone):
        bank_days.book_fee(UUID(int=1), actor=NGAN, now=NOW)


def test_a_refund_that_left_without_a_word_is_noted_as_paid(bill: InvoiceView):
    told(bill.code)
    start_refund(a_start(bill.code), actor=NGAN, now=NOW)
    refund = Refund.objects.get()
    refund.state, refund.next_try_at = RefundState.ORDERED, None
    refund.save()
    bring(
        came(8_000, bill.code, "F1"),
        came(-8_000, f"Hoan phi {bill.code}", "H1", order=refund.order),
    )

    settle(Difference.REFUND_NOT_TOLD)

    refund.refresh_from_db()
    assert (refund.state, refund.bank_reference) == (RefundState.PAID, "H1")
    assert bank_day(DAY).matched == 2


def test_a_refund_on_its_way_is_explained_by_itself(bill: InvoiceView):
    told(bill.code)
    start_refund(a_start(bill.code), actor=NGAN, now=NOW)
    paid_back(Refund.objects.get().id, now=NOW)
    bring(came(8_000, bill.code, "F1"))

    [one] = bank_day(DAY).differences

    assert (one.name, one.is_open) == (Difference.REFUND_ON_ITS_WAY, False)
    check_sums(bank_day(DAY))


def test_money_that_left_and_nobody_ordered_needs_an_answer(db: None):
    bring(came(-9_000, "rut tien", "X1"), came(-500, "hoan lai", "X2", is_reversal=True))
    assert set(names()) == {"UNKNOWN_OUT", "RETURNED"}

    settle(Difference.UNKNOWN_OUT, said="Ngân hàng trích nhầm, sẽ trả")
    settle(Difference.RETURNED, said="Người chuyển khiếu nại")
    bank_days.close_day(DAY, actor=NGAN, now=NOW)

    assert len(BankDayClosing.objects.get().report["differences"]) == 2


def test_a_day_without_a_statement_cannot_be_closed(db: None):
    with pytest.raises(StillUnexplained):
        bank_days.close_day(DAY, actor=NGAN, now=NOW)
    bring(came(-500, "phi", "X2", is_charge=True))
    with pytest.raises(StillUnexplained):
        bank_days.close_day(DAY + timedelta(days=1), actor=NGAN, now=NOW)


def test_a_closed_day_is_opened_again_only_with_a_reason(bill: InvoiceView):
    told(bill.code)
    bring(came(8_000, bill.code, "F1"))
    bank_days.close_day(DAY, actor=NGAN, now=NOW)

    with pytest.raises(BankDayMoved):
        bank_days.close_day(DAY, actor=NGAN, now=NOW)
    with pytest.raises(ReasonNeeded):
        bank_days.reopen_day(DAY, reason="", actor=NGAN, now=NOW)
    bank_days.reopen_day(DAY, reason="Ghi nhầm phí", actor=NGAN, now=NOW)

    with pytest.raises(BankDayMoved):
        bank_days.reopen_day(DAY, reason="Ghi nhầm phí", actor=NGAN, now=NOW)
    assert BankDayClosing.objects.get().reopen_reason == "Ghi nhầm phí"
    bank_days.close_day(DAY, actor=NGAN, now=NOW)


def test_a_line_that_comes_after_closing_opens_the_day(bill: InvoiceView):
    told(bill.code)
    bring(came(8_000, bill.code, "F1"))
    bank_days.close_day(DAY, actor=NGAN, now=NOW)

    bring(came(8_000, bill.code, "F1"), came(500, "muon", "F2"))

    assert bank_day(DAY).closing_row is None
    assert "thêm giao dịch" in BankDayClosing.objects.get().reopen_reason


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<Amt Ccy="VND">8000</Amt>', '<Amt Ccy="VND">-8000</Amt>'),
        (DAY.isoformat(), "0001-01-01"),
        (DAY.isoformat(), "9999-12-31"),
        (DAY.isoformat(), (DAY + timedelta(days=30)).isoformat()),
        (
            "</RmtInf>",
            '</RmtInf><Chrgs><TtlChrgsAndTaxAmt Ccy="VND">-1</TtlChrgsAndTaxAmt></Chrgs>',
        ),
    ],
)
def test_an_amount_below_nothing_or_a_day_of_no_bank_is_refused(db: None, old: str, new: str):
    line = came(8_000, "phi", "F1")
    assert old in line

    with pytest.raises((StatementUnreadable, StatementDoesNotAddUp)):
        bring(line.replace(old, new, 1))

    assert not StatementEntry.objects.exists()


def test_parts_of_a_payment_that_cancel_out_are_refused(db: None):
    parts = "".join(
        f'<TxDtls><Refs><AcctSvcrRef>T{n}</AcctSvcrRef></Refs><Amt Ccy="VND">{dong}</Amt></TxDtls>'
        for n, dong in enumerate((13_000, -5_000))
    )
    line = came(8_000, "phi", "F1")
    inside = line[line.index("<TxDtls>") : line.index("</TxDtls>") + len("</TxDtls>")]

    with pytest.raises(StatementUnreadable, match="số tiền âm"):
        bring(line.replace(inside, parts))
