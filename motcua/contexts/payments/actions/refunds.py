"""Hoàn tiền: asked by the payer or started by a collector, decided by one or two people.

What is decided is booked at once and leaves by the bank (`actions/ordering.py`) or in cash.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity import public as identity
from motcua.contexts.payments import queries
from motcua.contexts.payments.actions.bookkeeping import book
from motcua.contexts.payments.actions.refund_ways import choose_way, may_name, note_account
from motcua.contexts.payments.contracts import (
    Account,
    AmountNotPositive,
    AskRefund,
    Channel,
    CollectorsOnly,
    InvoiceNotFound,
    MoneyBack,
    NothingToRefund,
    NotInSuspense,
    NoWayBack,
    RefundAccount,
    RefundAskedAlready,
    RefundElsewhere,
    RefundMoved,
    RefundNoted,
    RefundOffer,
    RefundReasonNeeded,
    RefundState,
    RefundTooLarge,
    RefundWay,
    SecondPersonNeeded,
    StartRefund,
)
from motcua.contexts.payments.events import RefundProgressed, RefundPromised
from motcua.contexts.payments.models import Credit, Invoice, Refund
from motcua.contexts.payments.queries import agencies
from motcua.contexts.payments.rules import journal
from motcua.contexts.payments.rules.agencies import Share, spread
from motcua.contexts.payments.rules.journal import EntryKind
from motcua.contexts.payments.rules.refunds import (
    UNDECIDED,
    claims,
    needs_second,
)
from motcua.kernel.actors import Act, Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import insert, joins_transaction, owns_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.money import ZERO, Money
from motcua.kernel.text import nfc

LONGEST = 300


@owns_transaction
def ask_refund(command: AskRefund, *, actor: Actor, now: datetime) -> RefundNoted:
    """The payer asks back what the page offers; the amount is ours to know, not theirs to type.

    Money that lies with several agencies is asked of each. Raises: InvoiceNotFound,
    MandateRefused, NothingToRefund, RefundReasonNeeded, AccountIncomplete, NoWayBack.
    """
    queries.visible_invoice(command.code, actor, now=now)
    identity.act_under(actor, Act.PAY, about=command.code, now=now)
    invoice = _locked(command.code)
    if not actor.is_party(invoice.payer_id):
        raise InvoiceNotFound
    offer = _offered(queries.money_back(invoice), command)
    made = [
        _asked(command, offer, invoice, holder=holder, amount=part, actor=actor, now=now)
        for holder, part in _holders(invoice, offer)
    ]
    if not made:
        raise NothingToRefund
    for refund in made:
        _record("payments.ask_refund", refund, invoice.subject, actor)
    return RefundNoted(id=made[0].id)


def _offered(back: MoneyBack, command: AskRefund) -> RefundOffer:
    """Raises: NothingToRefund, RefundReasonNeeded."""
    claimed = {one.ground for one in claims()}
    if command.credit_id is None and command.ground in claimed:
        if back.claim is None:
            raise NothingToRefund
        if not nfc(command.reason):
            raise RefundReasonNeeded("Bạn viết lý do xin hoàn.", field="reason")
        return replace(back.claim, ground=command.ground)
    for offer in back.offers:
        if (offer.credit_id, offer.ground) == (command.credit_id, command.ground):
            return offer
    raise NothingToRefund


def _holders(invoice: Invoice, offer: RefundOffer) -> tuple[tuple[Share, Money], ...]:
    """Each agency that holds a part of it: who received the money gives it back."""
    if offer.credit_id is None:
        return spread(offer.amount, agencies.shares_of(invoice))
    credit = queries.credit_for_update(offer.credit_id)
    whose = Share(
        agency=credit.unit_id or invoice.unit_id,
        received=offer.amount,
        promised=ZERO,
        in_cash=credit.channel == Channel.CASH,
    )
    return ((whose, offer.amount),)


def _asked(
    command: AskRefund,
    offer: RefundOffer,
    invoice: Invoice,
    *,
    holder: Share,
    amount: Money,
    actor: Actor,
    now: datetime,
) -> Refund:
    if offer.credit_id is None and queries.is_asked(invoice, holder.agency):
        raise NothingToRefund
    credit = queries.credit_for_update(offer.credit_id) if offer.credit_id else None
    refund = Refund(
        invoice=None if credit else invoice,
        credit=credit,
        state=RefundState.ASKED,
        ground=offer.ground,
        amount_dong=int(amount),
        unit_id=holder.agency,
        reason=nfc(command.reason)[:LONGEST],
        asked_at=now,
        asked_by_payer=True,
        channel=Channel.BANK,
    )
    if holder.in_cash and command.account is None:
        refund.way, refund.channel = RefundWay.CASH, Channel.CASH
    else:
        choose_way(refund, invoice, credit, command.account, actor)
    insert(refund)
    tell_progress(refund, invoice, now=now)
    return refund


@owns_transaction
def start_refund(command: StartRefund, *, actor: Actor, now: datetime) -> RefundNoted:
    """A collector gives back all or part of what was paid for a bill; it is their yes as well.

    What another agency received is asked of that agency, where two people decide.
    Raises: CollectorsOnly, InvoiceNotFound, AmountNotPositive, RefundTooLarge,
    RefundAskedAlready, RefundReasonNeeded, AccountIncomplete, NoWayBack.
    """
    _collectors_only(actor)
    invoice, amount = _locked(command.code), Money(command.amount_dong)
    if amount <= 0:
        raise AmountNotPositive(field="amount")
    if not nfc(command.reason):
        raise RefundReasonNeeded(field="reason")
    today = city_date(now)
    holders = sorted(
        agencies.shares_of(invoice),
        key=lambda one: not agencies.collects_for(actor, one.agency, today),
    )
    parts = spread(amount, holders)
    if Money.total(part for _holder, part in parts) != amount:
        raise RefundTooLarge(field="amount")
    made = [
        _started(command, invoice, holder=holder, amount=part, actor=actor, now=now)
        for holder, part in parts
    ]
    for refund in made:
        _record("payments.start_refund", refund, invoice.subject, actor)
    return RefundNoted(id=made[0].id)


def _started(
    command: StartRefund,
    invoice: Invoice,
    *,
    holder: Share,
    amount: Money,
    actor: Actor,
    now: datetime,
) -> Refund:
    own = agencies.collects_for(actor, holder.agency, city_date(now))
    refund = Refund(
        invoice=invoice,
        state=RefundState.ASKED,
        ground=command.ground,
        amount_dong=int(amount),
        unit_id=holder.agency,
        asked_unit_id=None if own else min(actor.unit_ids(Role.FEE_COLLECTOR)),
        reason=nfc(command.reason)[:LONGEST],
        asked_at=now,
        way=command.way,
        channel=Channel.CASH if command.way is RefundWay.CASH else Channel.BANK,
    )
    if command.way is RefundWay.BACK:
        refund.source, _came = queries.transaction_back(invoice, None, amount)
        if not refund.source:
            raise NoWayBack(field="way")
    if command.account is not None:
        note_account(refund, command.account)
    if own:
        _agree(refund, invoice, actor=actor, now=now)
    else:
        tell_progress(refund, invoice, now=now)
    if refund.state in UNDECIDED and queries.is_asked(invoice, holder.agency):
        raise RefundAskedAlready
    insert(refund)
    return refund


@joins_transaction
def open_request(*, subject: str, ground: str, amount: Money, reason: str, now: datetime) -> None:
    """An officer found that a paid bill should have cost less: collectors decide.

    It goes back where it came from, or its payer is asked for an account.
    Raises: InvoiceNotFound, RefundTooLarge.
    """
    invoice = queries.live_for_update(subject)
    if invoice is None:
        raise InvoiceNotFound
    parts = spread(amount, agencies.shares_of(invoice))
    if Money.total(part for _holder, part in parts) != amount:
        raise RefundTooLarge
    for holder, part in parts:
        source, _came = queries.transaction_back(invoice, None, part)
        refund = Refund(
            invoice=invoice,
            state=RefundState.ASKED,
            ground=ground,
            amount_dong=int(part),
            unit_id=holder.agency,
            reason=nfc(reason)[:LONGEST],
            asked_at=now,
            way=RefundWay.BACK if source else RefundWay.ACCOUNT,
            source=source,
            channel=Channel.BANK,
        )
        insert(refund)
        tell_progress(refund, invoice, now=now)


@owns_transaction
def agree(refund_id: UUID, *, amount_dong: int, actor: Actor, now: datetime) -> None:
    """A collector agrees, to this amount or less of it. Large sums need a second collector.

    Who received the money decides; the second may head that agency instead.
    Raises: CollectorsOnly, RefundElsewhere, RefundNotFound, RefundMoved, AmountNotPositive,
    RefundTooLarge, SecondPersonNeeded, NotInSuspense.
    """
    refund = _to_decide(refund_id, actor, now=now)
    if refund.state not in UNDECIDED:
        raise RefundMoved
    if amount_dong <= 0:
        raise AmountNotPositive(field="amount")
    if amount_dong > refund.amount_dong:
        raise RefundTooLarge(field="amount")
    invoice = _bill_of(refund)
    refund.amount_dong = amount_dong
    _agree(refund, invoice, actor=actor, now=now)
    refund.save()
    _record("payments.agree_refund", refund, _subject(refund, invoice), actor)


@owns_transaction
def decline(refund_id: UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    """A collector says no, in words that the payer reads.

    Raises: CollectorsOnly, RefundElsewhere, RefundNotFound, RefundMoved, RefundReasonNeeded.
    """
    refund = _to_decide(refund_id, actor, now=now)
    if refund.state not in UNDECIDED:
        raise RefundMoved
    if not nfc(reason):
        raise RefundReasonNeeded(field="reason")
    refund.state, refund.answer = RefundState.DECLINED, nfc(reason)[:LONGEST]
    refund.declined_at, refund.declined_by_id = now, actor.account_id
    refund.save()
    invoice = queries.invoice_of_refund(refund)
    tell_progress(refund, invoice, now=now)
    _record("payments.decline_refund", refund, _subject(refund, invoice), actor)


@owns_transaction
def name_account(
    code: str, refund_id: UUID, account: RefundAccount, *, actor: Actor, now: datetime
) -> None:
    """The payer says where the money should go, or corrects what the bank refused.

    Raises: InvoiceNotFound, RefundNotFound, RefundMoved, AccountIncomplete, NoWayBack.
    """
    bill = queries.visible_invoice(code, actor, now=now)
    identity.act_under(actor, Act.PAY, about=code, now=now)
    queries.refund_of_bill(bill.id, refund_id)
    if not actor.is_party(bill.payer_id):
        raise InvoiceNotFound
    refund = queries.refund_for_update(refund_id)
    if refund.state != RefundState.ACCOUNT_NEEDED:
        raise RefundMoved
    may_name(actor)
    note_account(refund, account)
    refund.way, refund.source, refund.answer = RefundWay.ACCOUNT, "", ""
    _to_bank(refund, bill, now=now)
    refund.save()
    _record("payments.name_refund_account", refund, bill.subject, actor)


@joins_transaction
def promise_credit(credit: Credit, *, reason: str, actor: Actor, now: datetime) -> Refund:
    """Waiting money goes back to its sender; the collector's yes. Raises: RefundMoved."""
    source, came = queries.transaction_back(None, credit, Money(credit.waiting_dong))
    if not source and came is Channel.BANK:
        raise NoWayBack
    refund = Refund(
        credit=credit,
        state=RefundState.ASKED,
        amount_dong=credit.waiting_dong,
        unit_id=credit.unit_id or (credit.invoice.unit_id if credit.invoice else None),
        reason=nfc(reason)[:LONGEST],
        asked_at=now,
        way=RefundWay.BACK if source else RefundWay.CASH,
        source=source,
        channel=came or Channel.BANK,
    )
    _agree(refund, credit.invoice, actor=actor, now=now)
    insert(refund)
    return refund


def _agree(refund: Refund, invoice: Invoice | None, *, actor: Actor, now: datetime) -> None:
    """One yes. The one that is enough books the money and sends it on its way."""
    if refund.first_yes_by_id is not None and refund.first_yes_by_id == actor.account_id:
        raise SecondPersonNeeded
    together = queries.promised_before(refund) + Money(refund.amount_dong)
    across = refund.asked_unit_id is not None
    if refund.first_yes_by_id is None and needs_second(together, across=across):
        refund.state = RefundState.SECOND
        refund.first_yes_at, refund.first_yes_by_id = now, actor.account_id
        tell_progress(refund, invoice, now=now)
        return
    _book_promise(refund, invoice, now=now)
    refund.promised_at, refund.promised_by_id = now, actor.account_id
    if refund.way == RefundWay.CASH:
        refund.state = RefundState.PROMISED
    elif refund.way == RefundWay.ACCOUNT and not refund.account_bank:
        refund.state = RefundState.ACCOUNT_NEEDED
    else:
        _to_bank(refund, invoice, now=now)
        return
    tell_progress(refund, invoice, now=now)


def _to_bank(refund: Refund, invoice: Invoice | None, *, now: datetime) -> None:
    refund.state, refund.next_try_at = RefundState.PROMISED, now
    tell_progress(refund, invoice, now=now)
    publish(RefundPromised(occurred_at=now, subject=str(refund.id), refund_id=refund.id))


def _book_promise(refund: Refund, invoice: Invoice | None, *, now: datetime) -> None:
    """Owed back from now on: out of suspense, or out of what the bill earned."""
    amount = Money(refund.amount_dong)
    if refund.credit_id is not None:
        credit = queries.credit_for_update(refund.credit_id)
        if credit.waiting_dong < amount:
            raise NotInSuspense
        credit.waiting_dong -= int(amount)
        credit.looked_at = None if credit.waiting_dong else now
        credit.save(update_fields=["waiting_dong", "looked_at"])
        sources: tuple[tuple[Account, Money], ...] = ((Account.SUSPENSE, amount),)
        bill = None
    else:
        if invoice is None:
            raise InvoiceNotFound
        already = queries.promised(invoice.id)
        here = agencies.received_by(invoice, refund.unit_id)
        here = here - agencies.promised_by(invoice, refund.unit_id)
        if amount > here or amount > invoice.paid_dong - already:
            raise RefundTooLarge(field="amount")
        if invoice.cancelled_at is not None:
            return  # owed back since its write-off
        sources = journal.split_refund(queries.items_of(invoice.id), amount, already=already)
        bill = invoice
    book(
        EntryKind.REFUND_PROMISED,
        journal.refund_promised(sources),
        reference=str(refund.id),
        invoice=bill,
        happened_at=now,
        now=now,
    )


def _locked(code: str) -> Invoice:
    invoice = queries.invoice_for_update((code,))
    if invoice is None:
        raise InvoiceNotFound
    return invoice


def _bill_of(refund: Refund) -> Invoice | None:
    """The bill it is about, locked, so that two decisions about one bill follow each other."""
    bill = queries.invoice_of_refund(refund)
    return _locked(bill.code) if bill else None


def _subject(refund: Refund, invoice: Invoice | None) -> str:
    return invoice.subject if invoice else str(refund.credit_id)


def _to_decide(refund_id: UUID, actor: Actor, *, now: datetime) -> Refund:
    """The refund, locked, for somebody of the agency that received the money.

    Raises: CollectorsOnly, RefundElsewhere, RefundNotFound.
    """
    if not actor.has(*agencies.SECOND):
        raise CollectorsOnly("Chỉ người thu phí được hoàn tiền.")
    refund = queries.refund_for_update(refund_id)
    if not agencies.may_decide(actor, refund, city_date(now)):
        raise RefundElsewhere
    return refund


def _collectors_only(actor: Actor) -> None:
    if not actor.has(Role.FEE_COLLECTOR):
        raise CollectorsOnly("Chỉ người thu phí được hoàn tiền.")


@joins_transaction
def tell_progress(refund: Refund, invoice: Invoice | None, *, now: datetime) -> None:
    """Whoever tells the payer hears it; money without a bill has nobody to tell."""
    if invoice is not None:
        publish(
            RefundProgressed(
                occurred_at=now,
                subject=invoice.subject,
                invoice_code=invoice.code,
                refund_id=refund.id,
                state=RefundState(refund.state).value,
                amount=refund.amount_dong,
                unit_id=refund.unit_id,
            )
        )


def _record(action: str, refund: Refund, subject: str, actor: Actor) -> None:
    record(
        action=action,
        subject=subject,
        actor=actor,
        facts={
            "refund": str(refund.id),
            "state": RefundState(refund.state).value,
            "ground": refund.ground,
            "unit": str(refund.unit_id or ""),
            "amount": refund.amount_dong,
        },
    )
