"""Tiền hoàn: what may be asked back, what is on its way, where it can go."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from motcua.contexts.payments.contracts import (
    Channel,
    Finding,
    InvoiceState,
    MoneyBack,
    RefundGround,
    RefundNotFound,
    RefundOffer,
    RefundState,
    RefundView,
    RefundWay,
)
from motcua.contexts.payments.models import Credit, Invoice, Refund
from motcua.contexts.payments.queries.agencies import agency_name, of_agency
from motcua.contexts.payments.queries.policies import RefundPolicy
from motcua.contexts.payments.rules.reconciliation import CORRECTION
from motcua.contexts.payments.rules.refunds import BOOKED, GROUND_OF, UNDECIDED, claims, left, rules
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.money import Money

PAGE = 50
EXPORTED = 5000


def refund_for_update(refund_id: UUID) -> Refund:
    """Lock a refund. Raises: RefundNotFound."""
    row = Refund.objects.select_for_update().filter(id=refund_id).order_by("id").first()
    if row is None:
        raise RefundNotFound
    return row


def about(invoice_id: UUID) -> "QuerySet[Refund]":
    """Refunds of a bill's own money, and of money that came for it and did not fit."""
    rows = Refund.objects.filter(Q(invoice_id=invoice_id) | Q(credit__invoice_id=invoice_id))
    return rows.select_related("invoice", "credit__invoice")


def promised(invoice_id: UUID) -> Money:
    """What of a bill's own money was promised back, paid out or not."""
    rows = Refund.objects.filter(invoice_id=invoice_id, state__in=sorted(BOOKED))
    return Money(rows.aggregate(total=Sum("amount_dong"))["total"] or 0)


def promised_before(refund: Refund) -> Money:
    """What went back of the same money by other refunds: a large sum in parts stays large."""
    own = Q(invoice_id=refund.invoice_id)
    same = Q(credit_id=refund.credit_id) if refund.credit_id else own
    rows = Refund.objects.filter(same, state__in=sorted(BOOKED)).exclude(pk=refund.pk)
    return Money(rows.aggregate(total=Sum("amount_dong"))["total"] or 0)


def is_asked(invoice: Invoice, unit_id: UUID | None) -> bool:
    """Whether a refund of this bill's own money waits for this agency's decision."""
    rows = Refund.objects.filter(
        of_agency(unit_id), invoice_id=invoice.id, state__in=sorted(UNDECIDED)
    )  # fmt: skip
    return rows.exists()


def left_of_bill(invoice: Invoice) -> Money:
    """What of a bill's own money no refund speaks for yet."""
    rows = Refund.objects.filter(invoice_id=invoice.id).values_list("state", "amount_dong")
    return left(Money(invoice.paid_dong), ((RefundState(state), dong) for state, dong in rows))


def money_back(invoice: Invoice) -> MoneyBack:
    """For the page of the bill and for whoever follows the dossier; two queries."""
    rows = tuple(about(invoice.id).order_by("asked_at", "id"))
    waiting = Credit.objects.filter(invoice_id=invoice.id, waiting_dong__gt=0)
    return MoneyBack(
        offers=tuple(_offers(invoice, waiting.order_by("received_at", "id"), rows)),
        refunds=tuple(view_of_refund(row) for row in rows),
        claim=_claim(invoice, rows),
    )


def money_back_of(subject: str) -> MoneyBack:
    """Over every bill of a dossier; an earlier one may have been cancelled with money in it."""
    bills = Invoice.objects.filter(subject=subject).order_by("opened_at", "id")
    found = [money_back(one) for one in bills]
    return MoneyBack(
        offers=tuple(offer for one in found for offer in one.offers),
        refunds=tuple(refund for one in found for refund in one.refunds),
        claim=next((one.claim for one in reversed(found) if one.claim), None),
    )


def _claim(invoice: Invoice, refunds: tuple[Refund, ...]) -> RefundOffer | None:
    """What of a paid bill its payer may ask back by their own word, each reason once."""
    own = [row for row in refunds if row.credit_id is None]
    if invoice.state != InvoiceState.PAID or any(row.state in UNDECIDED for row in own):
        return None
    said = {row.ground for row in own if row.asked_by_payer}
    ground = next((one.ground for one in claims() if one.ground not in said), None)
    rest = left(
        Money(invoice.paid_dong), ((RefundState(row.state), row.amount_dong) for row in own)
    )
    return RefundOffer(ground=ground, amount=rest, claimed=True) if ground and rest else None


def _offers(
    invoice: Invoice, waiting: Iterable[Credit], refunds: tuple[Refund, ...]
) -> Iterable[RefundOffer]:
    spoken_for = {row.credit_id for row in refunds if row.credit_id}
    for credit in waiting:
        if credit.id not in spoken_for:
            yield RefundOffer(
                ground=GROUND_OF[Finding(credit.finding)],
                amount=Money(credit.waiting_dong),
                credit_id=credit.id,
                came_at=credit.booked_at,
            )
    own = [row for row in refunds if row.credit_id is None]
    ground = RefundGround(invoice.cancel_ground or RefundGround.WITHDRAWN)
    if invoice.cancelled_at is None or not rules().grounds[ground].refundable:
        return
    if any(row.state == RefundState.DECLINED for row in own):
        return
    rest = left(
        Money(invoice.paid_dong), ((RefundState(row.state), row.amount_dong) for row in own)
    )
    if rest:
        yield RefundOffer(ground=ground, amount=rest)


def view_of_refund(row: Refund) -> RefundView:
    state, ground = RefundState(row.state), RefundGround(row.ground)
    days = timedelta(days=rules().grounds[ground].days)
    bill = row.invoice or (row.credit.invoice if row.credit else None)
    return RefundView(
        id=row.id,
        invoice_code=bill.code if bill else "",
        state=state,
        ground=ground,
        amount=Money(row.amount_dong),
        way=RefundWay(row.way),
        reason=row.reason,
        asked_at=row.asked_at,
        decided_at=row.promised_at or row.declined_at,
        paid_at=row.paid_at,
        due_by=city_date(row.promised_at) + days if row.promised_at else None,
        answer=row.answer,
        bank_reference=row.bank_reference,
        agency=agency_name(row.unit_id),
        answer_by=city_date(row.asked_at) + timedelta(days=rules().answer_days),
    )


def transaction_back(
    invoice: Invoice | None, credit: Credit | None, amount: Money
) -> tuple[str, Channel | None]:
    """The bank transaction that can be turned around for this amount, and how the money came.

    "": none is large enough, or it came in cash or in parts.
    """
    if credit is not None:
        came = [credit]
    else:
        applied = Credit.objects.filter(invoice=invoice, applied_dong__gt=0)
        came = list(applied.order_by("received_at", "id"))
    banked = [one for one in came if one.channel == Channel.BANK]
    for one in banked:
        used = Refund.objects.filter(source=one.reference).exclude(state=RefundState.DECLINED)
        total = used.aggregate(total=Sum("amount_dong"))["total"] or 0
        if not one.reference.endswith(CORRECTION) and one.amount_dong - total >= amount:
            return one.reference, Channel.BANK
    if banked or not came:
        return "", Channel.BANK
    return "", Channel.CASH


def refund_of_bill(invoice_id: UUID, refund_id: UUID) -> Refund:
    """A refund of this very bill, whose reader was let in before. Raises: RefundNotFound."""
    row = about(invoice_id).filter(id=refund_id).order_by("id").first()
    if row is None:
        raise RefundNotFound
    return row


def refund_row(refund_id: UUID, actor: Actor, *, now: datetime) -> Refund:
    """For collectors. Raises: RefundNotFound."""
    rows = visible(Refund.objects.all(), actor, RefundPolicy, now=now).filter(id=refund_id)
    row = rows.select_related("invoice", "credit__invoice").order_by("id").first()
    if row is None:
        raise RefundNotFound
    return row


def refunds_in(
    states: Iterable[RefundState],
    actor: Actor,
    *,
    now: datetime,
    before: datetime | None = None,
    limit: int = PAGE,
) -> tuple[Refund, ...]:
    """Refunds in these states for collectors, newest first, keyset by when they were asked."""
    rows = visible(Refund.objects.all(), actor, RefundPolicy, now=now)
    rows = rows.filter(state__in=sorted(states))
    if before is not None:
        rows = rows.filter(asked_at__lt=before)
    return tuple(
        rows.select_related("invoice", "credit__invoice").order_by("-asked_at", "-id")[:limit]
    )


def refunds_to_order(now: datetime, limit: int) -> list[UUID]:
    """What the bank is to be told, or asked about again; soonest first."""
    due = Refund.objects.filter(next_try_at__isnull=False, next_try_at__lte=now)
    return list(due.order_by("next_try_at", "id").values_list("id", flat=True)[:limit])


def invoice_of_refund(row: Refund) -> Invoice | None:
    """The bill it is about, however the money lay."""
    if row.invoice_id:
        return row.invoice
    return row.credit.invoice if row.credit else None
