"""Who received the money gives it back, whatever unit works on it; never more than it got."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.contexts.payments import public, queries
from motcua.contexts.payments.actions import ordering, refunds
from motcua.contexts.payments.actions.receiving import receive_bank_credit, record_cash
from motcua.contexts.payments.contracts import (
    AskRefund,
    InvoiceView,
    NothingToRefund,
    RefundAccount,
    RefundAskedAlready,
    RefundElsewhere,
    RefundGround,
    RefundReasonNeeded,
    RefundState,
    RefundTooLarge,
    RefundWay,
    SecondPersonNeeded,
)
from motcua.contexts.payments.models import Credit, Refund
from motcua.contexts.payments.queries import agencies
from motcua.contexts.payments.rules.agencies import Share, shares, spread
from motcua.contexts.payments.rules.refunds import rules
from motcua.contexts.payments.testing import a_credit, a_fee, a_start, an_invoice, paid_back
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.money import Money
from motcua.kernel.testing import MONDAY_9AM, citizen, officer, stable_id

NOW = MONDAY_9AM
HERE, THERE = stable_id("unit"), stable_id("other unit")
NGAN = officer(Role.FEE_COLLECTOR, unit=HERE, name="Võ Thị Kim Ngân")
KHUE = officer(Role.FEE_COLLECTOR, unit=THERE, name="Trần Minh Khuê")
HEAD = officer(Role.DIVISION_HEAD, unit=THERE, name="Võ Minh Bình")
ACCOUNT = RefundAccount(bank="999999", number="0900000123", holder="Nguyễn Thị Ánh Tuyết")


@pytest.fixture
def two(payer: UUID) -> UUID:
    """The payer, in a city of two agencies."""
    apps.get_model("organisations", "Unit").objects.create(
        id=THERE, code="H29.99.26743.1", name="Trung tâm Bến Thành", short_name="Bến Thành",
        kind="ONE_STOP_COMMUNE", invented=True,
    )  # fmt: skip
    return payer


@pytest.fixture
def bill(two: UUID) -> InvoiceView:
    """Of the agency there."""
    return an_invoice(a_fee(8_000), payer=two, unit_id=THERE)


def came(memo: str, dong: int = 8_000, *, number: str = "F1") -> None:
    receive_bank_credit(a_credit(memo, dong, transaction=number), actor=SYSTEM, now=NOW)


def agree(refund_id: UUID, *, by, dong: int | None = None) -> None:
    amount = dong if dong is not None else Refund.objects.get(id=refund_id).amount_dong
    refunds.agree(refund_id, amount_dong=amount, actor=by, now=NOW)


def claim(bill: InvoiceView, payer: UUID, *, reason: str = "Tôi thuộc hộ nghèo", account=None):
    command = AskRefund(
        code=bill.code,
        credit_id=None,
        ground=RefundGround.EXEMPTED,
        reason=reason,
        account=account,
    )
    return refunds.ask_refund(command, actor=citizen(person=payer), now=NOW).id


def test_another_agency_asks_and_two_people_where_the_money_lies_decide(bill: InvoiceView):
    came(bill.code)
    made = refunds.start_refund(a_start(bill.code), actor=NGAN, now=NOW).id
    row = Refund.objects.get()
    assert (row.state, row.unit_id, row.asked_unit_id) == ("ASKED", THERE, HERE)

    with pytest.raises(RefundElsewhere):
        agree(made, by=NGAN)
    with pytest.raises(RefundElsewhere):
        agree(made, by=HEAD)  # the first yes is a collector's
    agree(made, by=KHUE)
    with pytest.raises(SecondPersonNeeded):
        agree(made, by=KHUE)
    with pytest.raises(RefundElsewhere):
        agree(made, by=NGAN)
    agree(made, by=HEAD)

    assert Refund.objects.get().state == RefundState.PROMISED


def test_only_who_received_the_money_says_no(bill: InvoiceView, two):
    came(bill.code)
    made = claim(bill, two)

    with pytest.raises(RefundElsewhere):
        refunds.decline(made, reason="Không phải của chúng tôi", actor=NGAN, now=NOW)
    refunds.decline(made, reason="Chưa có giấy hộ nghèo", actor=KHUE, now=NOW)

    [told] = public.money_back_of(bill.subject).refunds
    assert (told.state, told.answer) == (RefundState.DECLINED, "Chưa có giấy hộ nghèo")
    assert told.answer_by == NOW.date() + timedelta(days=rules().answer_days)


def test_a_payer_claims_a_paid_bill_back_once_for_each_reason(bill: InvoiceView, two):
    with pytest.raises(NothingToRefund):
        claim(bill, two)
    came(bill.code)
    with pytest.raises(RefundReasonNeeded):
        claim(bill, two, reason=" ")

    made = claim(bill, two)

    with pytest.raises(NothingToRefund):
        claim(bill, two)
    refunds.decline(made, reason="Chưa có giấy", actor=KHUE, now=NOW)
    assert queries.money_back_of(bill.subject).claim.ground is RefundGround.FEE_LOWERED


def test_a_part_of_it_goes_back_when_the_collector_agrees_to_a_part(bill: InvoiceView, two):
    came(bill.code)
    made = claim(bill, two)

    agree(made, by=KHUE, dong=3_000)
    paid_back(made)

    assert queries.money_back_of(bill.subject).claim.amount == 5_000
    with pytest.raises(RefundTooLarge):
        refunds.start_refund(a_start(bill.code, 5_001), actor=KHUE, now=NOW)


def test_cash_of_one_desk_and_a_transfer_to_another_go_back_from_each(bill: InvoiceView, two):
    came(bill.code, 5_000)
    record_cash(code=bill.code, amount_dong=3_000, unit_id=HERE, actor=NGAN, now=NOW)

    claim(bill, two)

    rows = {row.unit_id: row for row in Refund.objects.all()}
    assert (rows[THERE].amount_dong, rows[THERE].way) == (5_000, RefundWay.BACK)
    assert (rows[HERE].amount_dong, rows[HERE].way) == (3_000, RefundWay.CASH)
    with pytest.raises(RefundElsewhere):
        agree(rows[HERE].id, by=KHUE)
    agree(rows[HERE].id, by=NGAN)
    with pytest.raises(RefundElsewhere):
        ordering.hand_over(rows[HERE].id, actor=KHUE, now=NOW)
    ordering.hand_over(rows[HERE].id, actor=NGAN, now=NOW)
    agree(rows[THERE].id, by=KHUE)
    paid_back(rows[THERE].id)
    assert queries.latest_of(bill.subject).state == "REFUNDED"


def test_a_collector_gives_back_of_the_own_till_first(bill: InvoiceView):
    came(bill.code, 5_000)
    record_cash(code=bill.code, amount_dong=3_000, unit_id=HERE, actor=NGAN, now=NOW)

    start = replace(a_start(bill.code, 4_000), way=RefundWay.ACCOUNT)
    refunds.start_refund(start, actor=NGAN, now=NOW)

    found = {row.unit_id: (row.state, row.amount_dong) for row in Refund.objects.all()}
    assert found == {HERE: ("ACCOUNT_NEEDED", 3_000), THERE: ("ASKED", 1_000)}
    with pytest.raises(RefundAskedAlready):
        refunds.start_refund(a_start(bill.code, 1_000), actor=NGAN, now=NOW)


dongs = st.integers(1, 20_000)
units = st.sampled_from([None, HERE, THERE])
known = st.lists(st.tuples(units, st.sampled_from(RefundState), dongs), max_size=6)


@given(
    st.integers(0, 60_000),
    units,
    st.dictionaries(st.sampled_from([HERE, THERE]), st.integers(0, 30_000).map(Money)),
    known,
    dongs,
)
def test_shares_are_what_was_paid_and_nobody_gives_more_than_is_left(
    more, whose, cash, spoken, asked
):
    paid = Money(sum(cash.values()) + more)

    found = shares(paid, whose, cash, spoken)
    parts = spread(Money(asked), found)

    assert sum(one.received for one in found) == paid
    assert len({one.agency for one in found}) == len(found)
    assert all(0 < part <= share.left for share, part in parts)
    assert sum(part for _share, part in parts) == min(asked, sum(one.left for one in found))


acts = st.lists(
    st.tuples(st.sampled_from(["bank", "cash", "claim", "start", "agree", "pay"]), dongs),
    max_size=12,
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts)
def test_no_agency_ever_gives_back_more_than_it_received(two, doings):
    with transaction.atomic():
        bill = an_invoice(a_fee(20_000), payer=two, unit_id=THERE)
        for at, (what, dong) in enumerate(doings):
            attempt(what, dong, at, bill, two)
        row = queries.invoice_for_update((bill.code,))
        found = agencies.shares_of(row)
        gone = {
            one.agency: sum(
                Refund.objects.filter(
                    unit_id=one.agency, invoice_id=row.id, state__in=["PROMISED", "PAID", "ORDERED"]
                ).values_list("amount_dong", flat=True)
            )
            for one in found
        }
        came_in = sum(Credit.objects.values_list("applied_dong", flat=True))
        transaction.set_rollback(True)

    assert sum(one.received for one in found) == row.paid_dong == came_in
    assert all(gone[one.agency] <= one.received for one in found)
    assert row.refunded_dong <= row.paid_dong


def attempt(what: str, dong: int, at: int, bill: InvoiceView, payer: UUID) -> None:
    """One act; what the rules refuse changes nothing."""
    view = queries.latest_of(bill.subject)
    rest = int(view.outstanding)
    waiting = Refund.objects.filter(state__in=["ASKED", "SECOND"]).order_by("id")
    with transaction.atomic():
        if what == "bank" and rest:
            came(bill.code, min(dong, rest), number=f"F{at}")
        elif what == "cash" and rest:
            record_cash(code=bill.code, amount_dong=rest, unit_id=HERE, actor=NGAN, now=NOW)
        elif what == "claim" and queries.money_back_of(bill.subject).claim:
            claim(bill, payer, account=ACCOUNT)
        elif what == "start":
            start(bill, dong)
        elif what == "agree":
            for row in waiting:
                by = {HERE: NGAN, THERE: KHUE}[row.unit_id]
                second = replace(by, account_id=stable_id("second"))
                agree(row.id, by=second if row.first_yes_by_id else by)
        elif what == "pay":
            for row in Refund.objects.filter(state="PROMISED").exclude(way="CASH").order_by("id"):
                paid_back(row.id)


def start(bill: InvoiceView, dong: int) -> None:
    try:
        with transaction.atomic():
            way = replace(a_start(bill.code, dong), way=RefundWay.ACCOUNT, account=ACCOUNT)
            refunds.start_refund(way, actor=KHUE, now=NOW)
    except (RefundTooLarge, RefundAskedAlready):
        return


def test_a_share_never_has_less_than_nothing_left():
    over = Share(agency=HERE, received=Money(5), promised=Money(8))

    assert over.left == 0
    assert spread(Money(3), [over]) == ()
