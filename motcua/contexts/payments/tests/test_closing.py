"""The day of a unit: it adds up or names what does not, two people sign, and it never changes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.payments import ports
from motcua.contexts.payments.actions import closing, refunds, suspense
from motcua.contexts.payments.actions.receiving import receive_bank_credit, record_cash
from motcua.contexts.payments.contracts import InvoiceView, ReasonNeeded
from motcua.contexts.payments.contracts.closing import (
    ClosingMoved,
    ClosingNotFound,
    DayNotOver,
    EarlierDayOpen,
    Gap,
    LineKind,
    NotYourDay,
    SameSigner,
    SignDay,
    SigningNeedsProof,
    TillShift,
    WordsNeeded,
)
from motcua.contexts.payments.models import ClosingLine, Credit, Refund, UnitClosing
from motcua.contexts.payments.queries import closings
from motcua.contexts.payments.rules.closing import RECEIPT_GAPS, Entry, Sheet, report
from motcua.contexts.payments.testing import (
    a_credit,
    a_fee,
    a_start,
    an_invoice,
    paid_back,
)
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.money import Money
from motcua.kernel.testing import MONDAY_9AM, officer, stable_id

NOW = MONDAY_9AM
DAY = NOW.date()
TOMORROW = NOW + timedelta(days=1)
UNIT = stable_id("unit")
NGAN = officer(Role.FEE_COLLECTOR, unit=UNIT, name="Võ Thị Kim Ngân")
HEAD = officer(Role.DIVISION_HEAD, unit=UNIT, name="Võ Minh Bình")


def later(actor, now=TOMORROW):
    """The same officer, who has proved who they are just then."""
    return replace(actor, proven_at=now)


@pytest.fixture
def bill(payer: UUID) -> InvoiceView:
    return an_invoice(a_fee(8_000), payer=payer, unit_id=UNIT)


@pytest.fixture
def tills() -> Iterator[list[TillShift]]:
    """The shifts of the day, as whoever keeps the tills would tell them."""
    held: list[TillShift] = []

    def shifts(unit_id, day):
        return tuple(held) if (unit_id, day) == (UNIT, DAY) else ()

    ports.count_tills(shifts)
    yield held
    ports._shifts.remove(shifts)


def came(memo: str, dong: int = 8_000, *, number: str = "F1", at=NOW, now=NOW) -> None:
    receive_bank_credit(a_credit(memo, dong, transaction=number, at=at), actor=SYSTEM, now=now)


def sheet(day=DAY) -> Sheet:
    return closings.sheet_of(UNIT, day)


def sign(day=DAY, *, by=NGAN, now=NOW, words="", digest=None) -> UUID:
    command = SignDay(
        unit_id=UNIT, day=day, digest=sheet(day).digest if digest is None else digest, words=words
    )
    return closing.sign_day(command, actor=replace(by, proven_at=now), now=now).id


def close(made: UUID, *, by=HEAD, now=NOW) -> None:
    closing.close_day(made, actor=replace(by, proven_at=now), now=now)


def gaps(found: Sheet) -> dict[Gap, Money]:
    return {one.gap: one.amount for one in found.gaps}


def test_only_people_of_the_unit_sign_and_only_after_showing_who_they_are(bill: InvoiceView):
    came(bill.code)
    elsewhere = officer(Role.FEE_COLLECTOR, unit=stable_id("other"))

    for other in (elsewhere, HEAD, officer(Role.RECEIVER, unit=UNIT)):
        with pytest.raises(NotYourDay):
            sign(by=other)
    stale = replace(NGAN, proven_at=NOW - timedelta(minutes=6))
    command = SignDay(unit_id=UNIT, day=DAY, digest=sheet().digest)
    with pytest.raises(SigningNeedsProof):
        closing.sign_day(command, actor=stale, now=NOW)

    assert not UnitClosing.objects.exists()


def test_a_day_to_come_and_a_day_that_moved_are_not_signed(bill: InvoiceView):
    seen = sheet().digest
    came(bill.code)

    with pytest.raises(ClosingMoved):
        sign(digest=seen)
    with pytest.raises(ClosingNotFound):
        sign(DAY + timedelta(days=1))


def test_two_different_people_sign_and_a_second_press_changes_nothing(bill: InvoiceView):
    came(bill.code)
    made = sign()

    with pytest.raises(ClosingMoved):
        sign()
    with pytest.raises(SameSigner):
        close(made, by=replace(NGAN, posts=(*NGAN.posts, *HEAD.posts)))
    close(made)
    with pytest.raises(ClosingMoved):
        close(made)

    assert Counter(ClosingLine.objects.values_list("kind", flat=True)) == {
        "BANK_IN": 1,
        "RECEIPT": 1,
    }


def test_money_that_comes_between_the_two_signatures_is_signed_anew(bill: InvoiceView, payer):
    came(bill.code)
    made = sign()
    other = an_invoice(payer=payer, unit_id=UNIT, subject="H29.99-2")
    came(other.code, number="F2")

    with pytest.raises(ClosingMoved):
        close(made)
    with pytest.raises(ReasonNeeded):
        closing.return_day(made, reason=" ", actor=HEAD, now=NOW)
    closing.return_day(made, reason="Có tiền mới", actor=HEAD, now=NOW)
    close(sign())

    assert UnitClosing.objects.get(closed_at__isnull=False).report["came"] == 16_000
    assert [one.return_reason for one in closings.returned_of(UNIT, DAY)] == ["Có tiền mới"]


def test_an_open_till_holds_the_day_open_and_a_difference_is_named(bill: InvoiceView, tills):
    record_cash(code=bill.code, amount_dong=8_000, unit_id=UNIT, actor=NGAN, now=NOW)
    shift = TillShift(id=stable_id("till"), cashier_id=NGAN.officer_id, taken=Money(8_000))
    tills.append(shift)
    with pytest.raises(DayNotOver):
        sign()

    tills[0] = replace(shift, counted=Money(7_000), difference=Money(-1_000), reason="Thối nhầm")
    close(sign())

    said = UnitClosing.objects.get().report
    assert [(one["gap"], one["amount"], one["words"]) for one in said["gaps"]] == [
        ("TILL_DIFFERS", -1_000, "Thối nhầm")
    ]
    assert said["cash"] == said["taken"] == 8_000


def test_cash_that_went_past_every_till_needs_words(bill: InvoiceView):
    record_cash(code=bill.code, amount_dong=8_000, unit_id=UNIT, actor=NGAN, now=NOW)
    assert gaps(sheet()) == {Gap.CASH_BESIDE_TILL: -8_000}

    with pytest.raises(WordsNeeded):
        sign()
    close(sign(words="Máy quỹ hỏng, tiền giữ ở két"))

    assert UnitClosing.objects.get().words == "Máy quỹ hỏng, tiền giữ ở két"


def test_a_part_an_overpayment_and_a_rest_paid_later_are_each_named(payer: UUID):
    part, over = (
        an_invoice(a_fee(8_000), payer=payer, unit_id=UNIT, subject=f"H29.99-{at}")
        for at in range(2)
    )
    came(part.code, 5_000, number="F1")
    came(over.code, 9_000, number="F2")
    today = sheet()
    close(sign())
    came(part.code, 3_000, number="F3", at=TOMORROW, now=TOMORROW)

    after = sheet(DAY + timedelta(days=1))

    named = {one.item: (one.gap, one.amount) for one in today.gaps if one.gap in RECEIPT_GAPS}
    assert named == {
        part.code: (Gap.PART_ONLY, -5_000),
        over.code: (Gap.OVERPAID, -1_000),
    }
    assert today.receipts - today.came == -6_000
    assert gaps(after)[Gap.EARLIER_PART] == 5_000
    assert after.receipts - after.came == 5_000


def test_a_line_that_comes_late_is_an_adjustment_of_the_next_day(bill: InvoiceView, payer):
    came(bill.code)
    made = sign()
    close(made)
    before = UnitClosing.objects.values().get(), list(ClosingLine.objects.order_by("id").values())
    other = an_invoice(payer=payer, unit_id=UNIT, subject="H29.99-2")
    came(other.code, number="F2", now=TOMORROW)  # the bank says: yesterday

    following = sheet(DAY + timedelta(days=1))
    second = sign(DAY + timedelta(days=1), now=TOMORROW)
    close(second, now=TOMORROW)

    assert [(one.kind, one.on) for one in following.late] == [(LineKind.BANK_IN, DAY)]
    assert before == (
        UnitClosing.objects.values().get(id=made),
        list(ClosingLine.objects.filter(closing_id=made).order_by("id").values()),
    )
    late = ClosingLine.objects.get(closing_id=second, kind="BANK_IN")
    assert (late.happened_on, late.bill) == (DAY, other.code)


def test_days_are_closed_in_their_order(bill: InvoiceView, payer):
    came(bill.code)
    close(sign())
    for ahead in (1, 2):
        other = an_invoice(payer=payer, unit_id=UNIT, subject=f"H29.99-{ahead}")
        came(
            other.code,
            number=f"F{ahead + 1}",
            at=NOW + timedelta(days=ahead),
            now=NOW + timedelta(days=ahead),
        )
    soon = NOW + timedelta(days=2)

    with pytest.raises(EarlierDayOpen):
        sign(soon.date(), now=soon)
    with pytest.raises(ClosingNotFound):
        sign(DAY, now=soon)

    waiting = closings.open_days([UNIT], soon.date())
    assert [(one.day, one.lines) for one in waiting] == [
        (DAY + timedelta(days=1), 2),
        (DAY + timedelta(days=2), 2),
    ]


def test_what_is_closed_cannot_be_written_over(bill: InvoiceView):
    came(bill.code)
    close(sign())

    for statement in (
        "UPDATE payments_closing_line SET amount_dong = 1",
        "DELETE FROM payments_closing_line",
        "UPDATE payments_unit_closing SET report = '{}'",
        "DELETE FROM payments_unit_closing",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_refund_and_money_moved_between_bills_stand_in_the_day(payer: UUID):
    first, second = (
        an_invoice(a_fee(8_000), payer=payer, unit_id=UNIT, subject=f"H29.99-{at}")
        for at in range(2)
    )
    came(first.code, 16_000)
    waiting = Credit.objects.get()
    suspense.give_to_invoice(waiting.id, second.code, actor=NGAN, now=NOW)
    paid_back(refunds.start_refund(a_start(first.code, 3_000), actor=NGAN, now=NOW).id)

    found = sheet()

    assert {kind: found.sum(kind) for kind in LineKind if found.sum(kind)} == {
        LineKind.BANK_IN: 16_000,
        LineKind.MOVED_IN: 8_000,
        LineKind.MOVED_OUT: 8_000,
        LineKind.BANK_BACK: 3_000,
        LineKind.RECEIPT: 16_000,
    }
    assert (found.net, Refund.objects.get().unit_id) == (13_000, UNIT)


lines = st.lists(
    st.builds(
        Entry,
        kind=st.sampled_from(LineKind),
        item=st.uuids(),
        amount=st.integers(1, 10**9).map(Money),
        at=st.just(NOW),
        on=st.sampled_from([DAY, DAY - timedelta(days=1)]),
        bill=st.sampled_from(["MCA", "MCB", "MCC"]),
        on_statement=st.booleans(),
    ),
    max_size=25,
)
shifts = st.lists(
    st.builds(
        TillShift,
        id=st.uuids(),
        cashier_id=st.uuids(),
        taken=st.integers(-(10**6), 10**9).map(Money),
        counted=st.none() | st.integers(0, 10**9).map(Money),
        difference=st.just(Money(0)),
    ),
    max_size=3,
)


@given(lines, shifts)
def test_the_parts_add_up_to_the_whole_and_each_difference_has_a_name(entries, held):
    found = Sheet(day=DAY, entries=tuple(entries), tills=tuple(held))
    named = found.gaps

    signed = {
        LineKind.CASH_BACK, LineKind.BANK_BACK, LineKind.MOVED_OUT
    }  # fmt: skip
    money = [one for one in entries if not one.kind.startswith("RECEIPT")]
    assert found.net == sum(-one.amount if one.kind in signed else one.amount for one in money)
    apart = sum(one.amount for one in named if one.gap in RECEIPT_GAPS)
    assert apart == found.receipts - found.came
    beside = sum(one.amount for one in named if one.gap is Gap.CASH_BESIDE_TILL)
    assert beside == found.taken - found.cash
    sums = report(found)["sums"]
    assert sum(sums.values()) == sum(one.amount for one in entries)


@given(lines.filter(bool), st.data())
def test_another_line_makes_another_digest(entries, data):
    found = Sheet(day=DAY, entries=tuple(entries), tills=())
    at = data.draw(st.integers(0, len(entries) - 1))

    without = replace(found, entries=tuple(entries[:at] + entries[at + 1 :]))

    assert without.digest != found.digest
    assert replace(found, entries=tuple(reversed(entries))).digest == found.digest
