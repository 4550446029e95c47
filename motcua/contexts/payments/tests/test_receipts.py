"""Receipts: each number once and in order, what is wrong is ended with a reason, anybody checks."""

from uuid import UUID
from xml.etree.ElementTree import fromstring

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.contexts.payments import ports, queries
from motcua.contexts.payments.actions.receipt_endings import (
    adjust_receipt,
    cancel_receipt,
    replace_receipt,
)
from motcua.contexts.payments.actions.receipt_numbers import give_range
from motcua.contexts.payments.actions.receipts import receipt_pdf
from motcua.contexts.payments.actions.receiving import receive_bank_credit, record_cash
from motcua.contexts.payments.contracts import InvoiceState, NotPaidYet
from motcua.contexts.payments.contracts.closing import Gap, LineKind
from motcua.contexts.payments.contracts.receipts import (
    AdjustmentOdd,
    RangeOdd,
    ReceiptMoved,
    ReceiptNotYours,
    ReceiptReasonNeeded,
)
from motcua.contexts.payments.models import Receipt, ReceiptRange
from motcua.contexts.payments.queries import closings
from motcua.contexts.payments.queries import receipts as reading
from motcua.contexts.payments.rules.receipts import (
    RangeUse,
    gaps,
    new_code,
    rules,
    shown_code,
    typed_code,
)
from motcua.contexts.payments.testing import a_credit, a_fee, an_invoice
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.testing import MONDAY_9AM, officer, stable_id

NOW = MONDAY_9AM
UNIT = stable_id("unit")
NGAN = officer(Role.FEE_COLLECTOR, unit=UNIT, name="Võ Thị Kim Ngân")
OTHER = officer(Role.FEE_COLLECTOR, unit=stable_id("other"), name="Trần Minh Khuê")
LOOK_UP = "/bien-lai"


def paid(payer: UUID, at: int = 1, *, dong: int = 8_000, unit: UUID | None = UNIT) -> Receipt:
    """The receipt of a bill that was just paid by bank."""
    bill = an_invoice(a_fee(dong), payer=payer, unit_id=unit, subject=f"H29.99-{at}")
    receive_bank_credit(a_credit(bill.code, dong, transaction=f"F{at}"), actor=SYSTEM, now=NOW)
    return Receipt.objects.get(invoice__code=bill.code)


def text(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def test_numbers_follow_each_other_within_the_range_of_the_unit(payer: UUID):
    made = [paid(payer, at) for at in range(1, 4)]
    elsewhere = paid(payer, 9, unit=None)

    assert [one.number for one in made] == ["MC-26E-0000001", "MC-26E-0000002", "MC-26E-0000003"]
    assert elsewhere.serial == rules().block + 1
    [city, own] = reading.ranges(None)
    assert (own.unit_id, own.used, own.left, own.missing) == (UNIT, 3, rules().block - 3, 0)
    assert (city.unit_id, city.used) == (None, 1)


def test_a_payment_that_is_refused_uses_no_number(payer: UUID):
    paid(payer, 1)
    bill = an_invoice(payer=payer, unit_id=UNIT, subject="H29.99-2")

    def full(reference, amount_dong, *, unit_id, actor, now):
        raise ReceiptMoved

    ports.keep_tills(full)
    with pytest.raises(ReceiptMoved):
        record_cash(code=bill.code, amount_dong=8_000, unit_id=UNIT, actor=NGAN, now=NOW)
    ports.without_tills()

    assert ReceiptRange.objects.get().next == 2
    assert paid(payer, 3).serial == 2


def test_when_numbers_run_out_the_next_range_begins_by_itself(payer: UUID):
    paid(payer, 1)
    ReceiptRange.objects.update(last=2)

    serials = [paid(payer, at).serial for at in (2, 3)]

    assert serials == [2, rules().block + 1]
    assert [one.missing for one in reading.ranges([UNIT])] == [0, 0]


def test_a_head_or_collector_takes_a_range_for_the_own_unit(db: None, payer: UUID):
    with pytest.raises(ReceiptNotYours):
        give_range(UNIT, size=10, actor=OTHER, now=NOW)
    for odd in (0, -1, 10_001):
        with pytest.raises(RangeOdd):
            give_range(UNIT, size=odd, actor=NGAN, now=NOW)
    give_range(UNIT, size=10, actor=NGAN, now=NOW)
    give_range(UNIT, size=5, actor=NGAN, now=NOW)

    assert sorted((one.first, one.last) for one in reading.ranges([UNIT])) == [(1, 10), (11, 15)]


def test_only_who_collects_there_ends_a_receipt_and_says_why(payer: UUID):
    row = paid(payer)

    with pytest.raises(ReceiptNotYours):
        cancel_receipt(row.id, reason="Sai tên", actor=OTHER, now=NOW)
    with pytest.raises(ReceiptReasonNeeded):
        cancel_receipt(row.id, reason=" \0 ", actor=NGAN, now=NOW)
    cancel_receipt(row.id, reason="Sai tên", actor=NGAN, now=NOW)
    with pytest.raises(ReceiptMoved):
        replace_receipt(row.id, reason="Sai tên", actor=NGAN, now=NOW)

    assert queries.receipt_of(row.invoice_id) is None
    with pytest.raises(NotPaidYet):
        receipt_pdf(row.invoice_id)
    assert queries.latest_of(row.invoice.subject).state is InvoiceState.PAID


def test_a_receipt_is_replaced_under_another_number_that_names_it(payer: UUID):
    row = paid(payer)

    made = replace_receipt(row.id, reason="In sai nơi thu", actor=NGAN, now=NOW)

    new = Receipt.objects.get(id=made.id)
    assert (new.serial, new.about_id, new.amount_dong) == (2, row.id, 8_000)
    assert queries.receipt_of(row.invoice_id) == new
    assert receipt_pdf(row.invoice_id).startswith(b"%PDF")
    assert reading.view_of_receipt(Receipt.objects.get(id=row.id)).followed_by == (new.number,)


def test_an_adjustment_never_takes_more_than_the_receipt_says(payer: UUID):
    row = paid(payer)

    for odd in (0, -8_001):
        with pytest.raises(AdjustmentOdd):
            adjust_receipt(row.id, odd, reason="Thu thừa", actor=NGAN, now=NOW)
    adjust_receipt(row.id, -3_000, reason="Thu thừa", actor=NGAN, now=NOW)
    with pytest.raises(AdjustmentOdd):
        adjust_receipt(row.id, -5_001, reason="Thu thừa", actor=NGAN, now=NOW)

    view = reading.view_of_receipt(row)
    assert (view.adjusted_by, len(view.followed_by)) == (-3_000, 1)


def test_the_day_counts_what_was_cancelled_and_taken_off(payer: UUID):
    first, second = paid(payer, 1), paid(payer, 2)
    cancel_receipt(first.id, reason="Sai", actor=NGAN, now=NOW)
    adjust_receipt(second.id, -3_000, reason="Thừa", actor=NGAN, now=NOW)

    sheet = closings.sheet_of(UNIT, NOW.date())

    assert sheet.sum(LineKind.RECEIPT_VOID) == 8_000
    assert sheet.sum(LineKind.RECEIPT_LESS) == 3_000
    assert sheet.receipts == 5_000
    assert {one.gap for one in sheet.gaps if one.amount} >= {Gap.VOIDED}


def test_what_a_receipt_says_cannot_be_written_over(payer: UUID):
    paid(payer)

    for statement in (
        "UPDATE payments_receipt SET amount_dong = 1",
        "UPDATE payments_receipt SET serial = 9",
        "DELETE FROM payments_receipt",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_anybody_who_holds_the_code_sees_whether_it_holds_and_no_name(payer: UUID):
    row, browser = paid(payer), Client()

    shown = text(browser.get(LOOK_UP, {"ma": shown_code(row.code).lower()}))
    cancel_receipt(row.id, reason="Ghi sai nơi thu", actor=NGAN, now=NOW)
    ended = text(browser.get(LOOK_UP, {"ma": row.code}))

    assert f"Biên lai {row.number} có giá trị" in shown
    assert "8.000 ₫" in shown
    assert "Ánh Tuyết" not in shown + ended
    assert "đã hủy" in ended
    assert "Ghi sai nơi thu" in ended


@pytest.mark.parametrize("typed", ["", "ABC", "0" * 12, "U" * 12, "'; DROP", "7K2P\0"])
def test_a_code_that_is_none_finds_nothing(payer: UUID, typed: str):
    paid(payer)

    found = Client().get(LOOK_UP, {"ma": typed})

    assert found.status_code == (404 if typed else 200)
    assert "có giá trị" not in text(found)
    assert Client().get(f"{LOOK_UP}.xml", {"ma": typed}).status_code == 404


def test_a_program_reads_it_as_xml(payer: UUID):
    row = paid(payer)

    root = fromstring(Client().get(f"{LOOK_UP}.xml", {"ma": row.code}).getvalue())

    found = {one.tag.partition("}")[2]: one.text for one in root}
    assert (found["soBienLai"], found["soTien"], found["tinhTrang"]) == (
        row.number,
        "8000",
        "ISSUED",
    )


acts = st.lists(
    st.tuples(
        st.sampled_from(["pay", "pay", "cancel", "replace", "adjust", "range"]),
        st.sampled_from([UNIT, None]),
        st.integers(1, 4),
    ),
    max_size=10,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts)
def test_no_number_is_left_out_or_used_twice(payer: UUID, doings):
    with transaction.atomic():
        for at, (what, unit, size) in enumerate(doings):
            attempt(what, unit, size, at, payer)
        ranges = reading.ranges(None)
        rows = list(Receipt.objects.order_by("serial"))
        transaction.set_rollback(True)

    assert all(one.missing == 0 for one in ranges)
    assert len({one.serial for one in rows}) == len(rows) == sum(one.used for one in ranges)
    uses = [RangeUse(first=r.first, last=r.last, next=r.first + r.used) for r in ranges]
    assert gaps(uses) == ()
    assert sum(one.last - one.first + 1 for one in uses) == max(
        (one.last for one in uses), default=0
    )


def attempt(what: str, unit: UUID | None, size: int, at: int, payer: UUID) -> None:
    issued = Receipt.objects.filter(state="ISSUED", kind="RECEIPT", invoice__unit_id=UNIT).first()
    if what == "pay":
        paid(payer, at, unit=unit)
    elif what == "range":
        give_range(UNIT, size=size, actor=NGAN, now=NOW)
    elif issued and what == "cancel":
        cancel_receipt(issued.id, reason="Sai", actor=NGAN, now=NOW)
    elif issued and what == "replace":
        replace_receipt(issued.id, reason="Sai", actor=NGAN, now=NOW)
    elif issued:
        adjust_receipt(issued.id, size, reason="Sai", actor=NGAN, now=NOW)


@given(st.integers(0, 5))
def test_a_code_survives_being_copied_by_hand(_seed):
    code = new_code()

    assert typed_code(shown_code(code).lower()) == code
    assert typed_code(code.replace("0", "O").replace("1", "I")) == code


def test_numbers_between_ranges_are_told():
    assert gaps([RangeUse(first=4, last=6, next=4), RangeUse(first=1, last=2, next=3)]) == ((3, 3),)
