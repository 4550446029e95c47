"""Money goes back once, to the right place, after the right people agreed; never more than came."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.contexts.exchange.testing import (
    BANK_REFUSES,
    BANK_SILENT,
    BANK_WAITS,
    InProcess,
    in_process,
    played,
    registry,
)
from motcua.contexts.payments import public, queries
from motcua.contexts.payments.actions import ordering, refund_ways, refunds
from motcua.contexts.payments.actions.invoicing import cancel_invoice
from motcua.contexts.payments.actions.receiving import receive_bank_credit, record_cash
from motcua.contexts.payments.contracts import (
    Account,
    AccountIncomplete,
    AskRefund,
    BankAnswer,
    CollectorsOnly,
    InvoiceNotFound,
    InvoiceState,
    InvoiceView,
    NothingToRefund,
    NoWayBack,
    RefundAccount,
    RefundGround,
    RefundMoved,
    RefundReasonNeeded,
    RefundState,
    RefundTold,
    RefundTooLarge,
    RefundWay,
    RepeatedWithOtherContent,
    SecondPersonNeeded,
)
from motcua.contexts.payments.models import Credit, Invoice, JournalLine, Refund
from motcua.contexts.payments.rules import journal
from motcua.contexts.payments.rules.refunds import left, rules
from motcua.contexts.payments.testing import (
    SUBJECT,
    a_credit,
    a_fee,
    a_start,
    an_invoice,
    paid_back,
)
from motcua.contexts.payments.tests.conftest import a_person
from motcua.kernel.actors import SYSTEM, Act, Actor, Mandate, MandateKind, PrincipalKind, Role
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.money import Money
from motcua.kernel.testing import MONDAY_9AM, citizen, officer, stable_id

NOW = MONDAY_9AM
UNIT = stable_id("unit")
NGAN = officer(Role.FEE_COLLECTOR, unit=UNIT, name="Võ Thị Kim Ngân")
KHUE = officer(Role.FEE_COLLECTOR, unit=UNIT, name="Trần Minh Khuê")
ACCOUNT = RefundAccount(bank="999999", number="0900 000 123", holder="Nguyễn Thị Ánh Tuyết")
LARGE = 5_000_000


@pytest.fixture
def tuyet(payer: UUID) -> Actor:
    return citizen(person=payer)


@pytest.fixture
def bill(payer: UUID) -> InvoiceView:
    return an_invoice(payer=payer)


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[InProcess]:
    connector = in_process("bank", tmp_path)
    with registry.registered(connector):
        yield connector


def receive(memo: str, dong: int = 8_000, *, transaction_id: str = "BANK-1") -> Credit:
    receive_bank_credit(a_credit(memo, dong, transaction=transaction_id), actor=SYSTEM, now=NOW)
    return Credit.objects.get(reference=transaction_id)


def overpaid(bill: InvoiceView, dong: int = 20_000) -> Credit:
    return receive(bill.code, 8_000 + dong)


def ask(
    bill: InvoiceView,
    by: Actor,
    credit: Credit | None,
    *,
    ground: RefundGround = RefundGround.OVERPAID,
    account: RefundAccount | None = None,
) -> UUID:
    command = AskRefund(
        code=bill.code, credit_id=credit and credit.id, ground=ground, account=account
    )
    return refunds.ask_refund(command, actor=by, now=NOW).id


def agree(refund_id: UUID, *, by: Actor = NGAN, dong: int | None = None) -> None:
    amount = dong if dong is not None else Refund.objects.get(id=refund_id).amount_dong
    refunds.agree(refund_id, amount_dong=amount, actor=by, now=NOW)


def state(refund_id: UUID) -> RefundState:
    return RefundState(Refund.objects.get(id=refund_id).state)


def net(account: Account) -> int:
    return next((int(b.net) for b in queries.balances() if b.account == account), 0)


def cancel() -> None:
    _cancel(now=NOW)


@owns_transaction
def _cancel(*, now: datetime) -> None:
    ground = RefundGround.WITHDRAWN_BEFORE
    cancel_invoice(subject=SUBJECT, reason="Người nộp rút hồ sơ", ground=ground, now=now)
    record(action="tests.cancel", subject=SUBJECT, actor=SYSTEM)


def test_nobody_asks_back_what_is_not_offered(bill: InvoiceView, tuyet: Actor):
    with pytest.raises(NothingToRefund):
        ask(bill, tuyet, None)
    receive(bill.code)
    with pytest.raises(NothingToRefund):
        ask(bill, tuyet, None, ground=RefundGround.WITHDRAWN)


def test_a_stranger_and_a_desk_ask_nothing_back(bill: InvoiceView):
    credit = overpaid(bill)

    with pytest.raises(InvoiceNotFound):
        ask(bill, citizen(person=a_person("Lê Minh Khoa")), credit)
    with pytest.raises(InvoiceNotFound):
        ask(bill, officer(Role.RECEIVER, unit=UNIT), credit)


def test_what_was_paid_too_much_is_asked_back_once(bill: InvoiceView, tuyet: Actor):
    credit = overpaid(bill)
    [offer] = public.money_back_of(SUBJECT).offers
    assert (offer.ground, offer.amount) == (RefundGround.OVERPAID, 20_000)

    ask(bill, tuyet, credit)

    with pytest.raises(NothingToRefund):
        ask(bill, tuyet, credit)
    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.create(
            credit=credit, state="ASKED", amount_dong=1, asked_at=NOW, channel="BANK"
        )
    back = public.money_back_of(SUBJECT)
    assert (back.offers, back.refunds[0].state) == ((), RefundState.ASKED)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(ACCOUNT, bank=""),
        replace(ACCOUNT, bank="970436"),
        replace(ACCOUNT, number="12 34"),
        replace(ACCOUNT, number="0900;DROP"),
        replace(ACCOUNT, holder="  "),
    ],
)
def test_an_account_without_bank_number_or_holder_is_refused(
    bill: InvoiceView, tuyet: Actor, wrong: RefundAccount
):
    credit = overpaid(bill)

    with pytest.raises(AccountIncomplete):
        ask(bill, tuyet, credit, account=wrong)


def test_a_helper_sends_the_money_only_where_it_came_from(bill: InvoiceView, payer: UUID):
    credit = overpaid(bill)
    helper = replace(
        citizen(person=a_person("Trần Văn Ba")),
        mandate=Mandate(
            id=stable_id("mandate"),
            kind=MandateKind.HELPER,
            principal_id=payer,
            principal_kind=PrincipalKind.PERSON,
            principal_name="Nguyễn Thị Ánh Tuyết",
            acts=frozenset(Act),
        ),
    )

    with pytest.raises(NoWayBack):
        refund_ways.choose_way(Refund(), Invoice.objects.get(), credit, ACCOUNT, helper)


def test_only_collectors_decide(bill: InvoiceView, tuyet: Actor):
    asked = ask(bill, tuyet, overpaid(bill))

    for other in (tuyet, officer(Role.RECEIVER, unit=UNIT)):
        with pytest.raises(CollectorsOnly):
            agree(asked, by=other)
        with pytest.raises(CollectorsOnly):
            refunds.decline(asked, reason="Không", actor=other, now=NOW)


def test_letters_that_no_row_can_hold_are_left_out(bill: InvoiceView, tuyet: Actor):
    odd = replace(ACCOUNT, holder="Nguyễn\0 Thị Ánh Tuyết")
    asked = ask(bill, tuyet, overpaid(bill), account=odd)

    with pytest.raises(RefundReasonNeeded):
        refunds.decline(asked, reason="\0 \0", actor=NGAN, now=NOW)
    refunds.decline(asked, reason="Chưa\0 đủ giấy", actor=NGAN, now=NOW)

    row = Refund.objects.get(id=asked)
    assert (row.answer, row.account_holder) == ("Chưa đủ giấy", ACCOUNT.holder)


def test_a_no_needs_words_and_leaves_the_money_where_it_is(bill: InvoiceView, tuyet: Actor):
    asked = ask(bill, tuyet, overpaid(bill))
    with pytest.raises(RefundReasonNeeded):
        refunds.decline(asked, reason=" ", actor=NGAN, now=NOW)

    refunds.decline(asked, reason="Tiền này là của hồ sơ khác", actor=NGAN, now=NOW)

    assert state(asked) is RefundState.DECLINED
    assert net(Account.SUSPENSE) == -20_000
    with pytest.raises(RefundMoved):
        agree(asked)


def test_a_collector_agrees_to_less_but_not_to_more(bill: InvoiceView, tuyet: Actor):
    asked = ask(bill, tuyet, overpaid(bill))
    with pytest.raises(RefundTooLarge):
        agree(asked, dong=20_001)

    agree(asked, dong=15_000)

    assert net(Account.REFUNDS_PAYABLE) == -15_000
    assert net(Account.SUSPENSE) == -5_000


def test_a_large_sum_needs_two_different_people(payer: UUID, tuyet: Actor):
    bill = an_invoice(a_fee(LARGE), payer=payer)
    receive(bill.code, LARGE)
    cancel()

    asked = ask(bill, tuyet, None, ground=RefundGround.WITHDRAWN_BEFORE)
    agree(asked)
    assert state(asked) is RefundState.SECOND
    with pytest.raises(SecondPersonNeeded):
        agree(asked)
    agree(asked, by=KHUE)

    assert state(asked) is RefundState.PROMISED


def test_who_starts_a_large_refund_has_said_the_first_yes(payer: UUID):
    bill = an_invoice(a_fee(LARGE), payer=payer)
    receive(bill.code, LARGE)

    made = refunds.start_refund(a_start(bill.code, LARGE), actor=NGAN, now=NOW).id

    with pytest.raises(SecondPersonNeeded):
        agree(made)
    agree(made, by=KHUE)
    assert state(made) is RefundState.PROMISED


def test_a_large_sum_in_small_parts_needs_two_people_all_the_same(payer: UUID):
    bill = an_invoice(a_fee(LARGE), payer=payer)
    receive(bill.code, LARGE)
    just_below = int(rules().second_person_from) - 1

    first, second = (
        refunds.start_refund(a_start(bill.code, just_below), actor=NGAN, now=NOW).id
        for _part in range(2)
    )

    assert (state(first), state(second)) == (RefundState.PROMISED, RefundState.SECOND)
    with pytest.raises(SecondPersonNeeded):
        agree(second)


def test_a_desk_without_an_account_leaves_it_to_the_payer(bill: InvoiceView, tuyet: Actor, bank):
    receive(bill.code)
    start = a_start(bill.code, way=RefundWay.ACCOUNT)

    made = refunds.start_refund(start, actor=NGAN, now=NOW).id
    assert state(made) is RefundState.ACCOUNT_NEEDED
    refunds.name_account(bill.code, made, ACCOUNT, actor=tuyet, now=NOW)
    ordering.order_refund(made, now=NOW)

    row = Refund.objects.get(id=made)
    assert (row.state, row.account_number) == (RefundState.PAID, "0900000123")
    with pytest.raises(RefundMoved):
        refunds.name_account(bill.code, made, ACCOUNT, actor=tuyet, now=NOW)


def test_cash_goes_back_over_the_counter(bill: InvoiceView, tuyet: Actor):
    record_cash(code=bill.code, amount_dong=8_000, unit_id=UNIT, actor=NGAN, now=NOW)
    cancel()
    asked = ask(bill, tuyet, None, ground=RefundGround.WITHDRAWN_BEFORE)
    agree(asked)

    ordering.order_refund(asked, now=NOW)
    assert state(asked) is RefundState.PROMISED
    ordering.hand_over(asked, actor=NGAN, now=NOW)

    assert Invoice.objects.get().state == InvoiceState.REFUNDED
    with pytest.raises(RefundMoved):
        ordering.hand_over(asked, actor=NGAN, now=NOW)
    assert all(not net(account) for account in Account)


def test_money_that_came_in_parts_needs_an_account(payer: UUID, tuyet: Actor):
    bill = an_invoice(payer=payer)
    receive(bill.code, 5_000)
    receive(bill.code, 3_000, transaction_id="BANK-2")
    cancel()

    with pytest.raises(NoWayBack):
        ask(bill, tuyet, None, ground=RefundGround.WITHDRAWN_BEFORE)
    asked = ask(bill, tuyet, None, ground=RefundGround.WITHDRAWN_BEFORE, account=ACCOUNT)
    assert state(asked) is RefundState.ASKED


def an_order(bill: InvoiceView, tuyet: Actor) -> UUID:
    asked = ask(bill, tuyet, overpaid(bill))
    agree(asked)
    return asked


def test_a_refund_leaves_by_the_bank_and_the_books_are_even(bill, tuyet, bank):
    order = an_order(bill, tuyet)

    ordering.order_refund(order, now=NOW)

    row = Refund.objects.get(id=order)
    assert (row.state, row.bank_reference[:4]) == (RefundState.PAID, "HOAN")
    assert net(Account.SUSPENSE) == net(Account.REFUNDS_PAYABLE) == 0
    assert net(Account.BANK_CLEARING) == 8_000
    assert Invoice.objects.get().state == InvoiceState.PAID  # the fee itself stays paid


def test_pressed_twice_it_leaves_once(bill, tuyet, bank, tmp_path):
    order = an_order(bill, tuyet)

    for minutes in (0, 0, 1, 3, 300):
        ordering.order_refund(order, now=NOW + timedelta(minutes=minutes))

    assert len(played(tmp_path, "refund")) == 1
    assert net(Account.BANK_CLEARING) == 8_000


def test_a_worker_killed_after_the_claim_pays_once(bill, tuyet, bank, tmp_path):
    order = an_order(bill, tuyet)
    assert ordering.claim(order, now=NOW) is not None  # and the worker dies before it calls

    ordering.order_refund(order, now=NOW + timedelta(minutes=1))
    assert state(order) is RefundState.ORDERED  # the claim still holds
    ordering.order_refund(order, now=NOW + timedelta(minutes=3))

    assert state(order) is RefundState.PAID
    assert len(played(tmp_path, "refund")) == 1


def test_a_worker_killed_after_the_call_learns_what_it_did(bill, tuyet, bank, tmp_path):
    order = an_order(bill, tuyet)
    bank.play(BANK_SILENT)
    ordering.order_refund(order, now=NOW)
    assert state(order) is RefundState.ORDERED  # paid, but nobody here knows

    bank.play("normal")
    public.order_due_refunds(now=NOW + timedelta(minutes=5))

    assert state(order) is RefundState.PAID
    assert len(played(tmp_path, "refund")) == 1


def test_a_bank_that_waits_is_asked_again(bill, tuyet, bank):
    order = an_order(bill, tuyet)
    bank.play(BANK_WAITS)

    ordering.order_refund(order, now=NOW)
    public.order_due_refunds(now=NOW + timedelta(minutes=5))

    row = Refund.objects.get(id=order)
    assert (row.state, row.tries) == (RefundState.ORDERED, 2)
    assert row.next_try_at > NOW + timedelta(minutes=5)


def test_a_dead_bank_changes_nothing(bill, tuyet, tmp_path):
    order = an_order(bill, tuyet)

    with registry.registered(in_process("bank", tmp_path, down=True)):
        ordering.order_refund(order, now=NOW)

    assert state(order) is RefundState.ORDERED
    assert net(Account.REFUNDS_PAYABLE) == -20_000


def test_a_refused_account_is_asked_anew_under_another_order(bill, tuyet, bank, tmp_path):
    order = an_order(bill, tuyet)
    bank.play(BANK_REFUSES)
    ordering.order_refund(order, now=NOW)
    row = Refund.objects.get(id=order)
    assert (row.state, row.order_no) == (RefundState.ACCOUNT_NEEDED, 2)
    assert "không chuyển được" in row.answer

    bank.play("normal")
    refunds.name_account(bill.code, order, ACCOUNT, actor=tuyet, now=NOW)
    ordering.order_refund(order, now=NOW)

    assert state(order) is RefundState.PAID
    assert {one["state"] for one in played(tmp_path, "refund")} == {"REFUSED", "DONE"}


def told(order: UUID, answer: BankAnswer = BankAnswer.DONE, **changed) -> RefundTold:
    row = Refund.objects.get(id=order)
    word = RefundTold(
        order=row.order, amount=Money(row.amount_dong), answer=answer, reference="HOAN1"
    )
    return replace(word, **changed)


def test_a_word_told_twice_counts_once_and_a_contradiction_is_for_people(bill, tuyet):
    order = an_order(bill, tuyet)
    with pytest.raises(RepeatedWithOtherContent):
        ordering.note_told(told(order), actor=SYSTEM, now=NOW)  # nobody ordered it yet
    ordering.claim(order, now=NOW)
    with pytest.raises(RepeatedWithOtherContent):
        ordering.note_told(told(order, amount=Money(1)), actor=SYSTEM, now=NOW)

    for answer in (BankAnswer.PENDING, BankAnswer.DONE, BankAnswer.DONE, BankAnswer.PENDING):
        ordering.note_told(told(order, answer), actor=SYSTEM, now=NOW)

    with pytest.raises(RepeatedWithOtherContent):
        ordering.note_told(told(order, BankAnswer.REFUSED), actor=SYSTEM, now=NOW)
    assert net(Account.BANK_CLEARING) == 8_000


def test_a_bill_cancelled_after_a_part_went_back_is_even_in_the_end(bill, tuyet):
    receive(bill.code)
    paid_back(refunds.start_refund(a_start(bill.code, 3_000), actor=NGAN, now=NOW).id)

    cancel()
    [offer] = public.money_back_of(SUBJECT).offers
    assert offer.amount == 5_000
    asked = ask(bill, tuyet, None, ground=RefundGround.WITHDRAWN_BEFORE)
    agree(asked)
    paid_back(asked)

    assert Invoice.objects.get().state == InvoiceState.REFUNDED
    assert all(not net(account) for account in Account)


amounts = st.integers(min_value=1, max_value=30_000)
acts = st.lists(
    st.tuples(
        st.sampled_from(["pay", "ask", "start", "agree", "decline", "order", "cancel"]), amounts
    ),
    max_size=14,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts)
def test_never_more_goes_back_than_came_whatever_the_order_of_acts(payer: UUID, doings):
    tuyet = citizen(person=payer)
    with transaction.atomic():
        bill = an_invoice(payer=payer)
        for at, (what, dong) in enumerate(doings):
            attempt(what, dong, at, bill, tuyet)
        came = sum(Credit.objects.values_list("amount_dong", flat=True))
        paid, living = Refund.objects.filter(state="PAID"), Refund.objects.exclude(state="DECLINED")
        gone = list(paid.values_list("amount_dong", flat=True))
        spoken = list(living.values_list("amount_dong", flat=True))
        row = Invoice.objects.get()
        clearing, payable = net(Account.BANK_CLEARING), net(Account.REFUNDS_PAYABLE)
        even = sum(line.debit_dong - line.credit_dong for line in JournalLine.objects.all())
        transaction.set_rollback(True)

    assert sum(gone) <= sum(spoken) <= came
    assert row.refunded_dong <= row.paid_dong
    assert (clearing, even) == (came - sum(gone), 0)
    assert payable <= 0


def attempt(what: str, dong: int, at: int, bill: InvoiceView, tuyet: Actor) -> None:
    """One act; what the rules refuse changes nothing."""
    try:
        with transaction.atomic():
            match what:
                case "pay":
                    receive(bill.code, dong, transaction_id=f"BANK-{at}")
                case "ask":
                    ask_all(bill, tuyet)
                case "start":
                    refunds.start_refund(a_start(bill.code, dong), actor=NGAN, now=NOW)
                case "cancel":
                    cancel()
                case _:
                    decide(what, dong)
    except (NoWayBack, RefundTooLarge):
        return


def ask_all(bill: InvoiceView, tuyet: Actor) -> None:
    for offer in public.money_back_of(SUBJECT).offers:
        credit = Credit.objects.filter(id=offer.credit_id).first()
        ask(bill, tuyet, credit, ground=offer.ground, account=ACCOUNT)


def decide(what: str, dong: int) -> None:
    for row in Refund.objects.filter(state__in=["ASKED", "SECOND"]).order_by("id"):
        if what == "agree":
            agree(row.id, dong=min(dong, row.amount_dong))
        elif what == "decline":
            refunds.decline(row.id, reason="Không", actor=NGAN, now=NOW)
    if what == "order":
        for row in Refund.objects.filter(state="PROMISED").order_by("id"):
            paid_back(row.id)


@given(st.integers(0, 10**9), st.lists(st.tuples(st.sampled_from(RefundState), amounts)))
def test_what_is_left_is_never_negative_and_a_no_frees_its_part(received, known):
    rest = left(Money(received), known)

    held = sum(dong for state, dong in known if state is not RefundState.DECLINED)
    assert rest == max(0, received - held)


@given(st.lists(amounts, min_size=1, max_size=4), st.data())
def test_a_write_off_after_a_promise_balances(dongs, data):
    items = [a_fee(dong) for dong in dongs]
    total = sum(dongs)
    paid = data.draw(st.integers(0, total))
    promised = data.draw(st.integers(0, paid))

    lines = journal.write_off(items, paid=Money(paid), promised=Money(promised))

    debits, credits = sum(one.debit for one in lines), sum(one.credit for one in lines)
    assert debits == credits == total - promised


def test_every_ground_has_its_rule_and_none_claims_to_be_checked():
    assert set(rules().grounds) == set(RefundGround)
    assert not rules().verified
