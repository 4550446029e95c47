"""Fees over the API, and the bank's callback."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status

from motcua.contexts.exchange import public as exchange
from motcua.contexts.payments import queries
from motcua.contexts.payments.actions.ordering import note_told
from motcua.contexts.payments.actions.receiving import receive_bank_credit
from motcua.contexts.payments.contracts import (
    BankAnswer,
    BankCredit,
    Booked,
    FeeItem,
    FeeKind,
    FeeWhen,
    Finding,
    InvoiceState,
    RefundGround,
    RefundState,
    RefundTold,
    RefundView,
    RefundWay,
)
from motcua.kernel import clock
from motcua.kernel.access import open_to_all, route, signed_in
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.api import actor_of
from motcua.kernel.money import Money

router = Router(tags=["payments"])
BANK = Actor(kind=ActorKind.PARTNER, name="Ngân hàng")


class FeeItemOut(Schema):
    kind: FeeKind
    label: str
    amount: int
    when: FeeWhen

    @staticmethod
    def resolve_amount(item: FeeItem) -> int:
        return int(item.amount)


class RefundOut(Schema):
    """Money that goes back. due_by: the day after which a payer without it should ask."""

    id: UUID
    state: RefundState
    ground: RefundGround
    amount: int
    way: RefundWay
    asked_at: datetime
    decided_at: datetime | None
    paid_at: datetime | None
    due_by: date | None
    answer: str

    @staticmethod
    def resolve_amount(refund: RefundView) -> int:
        return int(refund.amount)


class InvoiceOut(Schema):
    """Amounts are whole đồng. refundable: what the payer may ask back on the page of the bill."""

    code: str
    subject: str
    state: InvoiceState
    total: int
    paid: int
    outstanding: int
    items: list[FeeItemOut]
    qr_payload: str | None
    refundable: int
    refunds: list[RefundOut]


class BankCallbackIn(Schema):
    """One credit as the bank tells it. `content` is the memo of the transfer."""

    transaction_id: str
    amount: int
    content: str
    paid_at: datetime
    bill_code: str = ""
    currency: str = "VND"


class BankRefundCallbackIn(Schema):
    """How an order to refund ended, as the bank tells it. order: the key that we gave it."""

    order: str
    amount: int
    state: BankAnswer
    reference: str = ""
    reason: str = ""


class BookedOut(Schema):
    transaction_id: str
    finding: Finding
    invoice_code: str
    applied_dong: int
    suspense_dong: int
    repeated: bool


@router.get("/invoices/{code}", response=InvoiceOut, operation_id="get_invoice")
@route(signed_in)
def get_invoice(request: HttpRequest, code: str) -> dict[str, object]:
    """Một khoản phí, with what goes back of it.

    Refusals: 404 invoice_not_found, also for a bill of somebody else.
    """
    invoice = queries.visible_invoice(code, actor_of(request), now=clock.now())
    view, back = queries.view_of(invoice, queries.items_of(invoice.id)), queries.money_back(invoice)
    return {
        "code": view.code,
        "subject": view.subject,
        "state": view.state,
        "total": int(view.total),
        "paid": int(view.paid),
        "outstanding": int(view.outstanding),
        "items": view.items,
        "qr_payload": view.qr_payload,
        "refundable": int(Money.total(offer.amount for offer in back.offers)),
        "refunds": back.refunds,
    }


@router.post("/payments/bank-callback", response=BookedOut, operation_id="bank_callback")
@route(open_to_all, keyless=True)
def bank_callback(request: HttpRequest, body: BankCallbackIn) -> Booked:
    """Ngân hàng báo có tiền; signed by the bank, taken once per transaction.

    Refusals: 403 callback_refused; 409 repeated_with_other_content; 422 amount_not_positive.
    """
    now = clock.now()
    exchange.verify_callback("bank", request.body, request.headers, now=now)
    credit = BankCredit(
        transaction_id=body.transaction_id,
        amount=Money(body.amount),
        memo=body.content or body.bill_code,
        booked_at=body.paid_at,
    )
    return receive_bank_credit(credit, actor=BANK, now=now)


@router.post(
    "/payments/bank-refund-callback", response={204: None}, operation_id="bank_refund_callback"
)
@route(open_to_all, keyless=True)
def bank_refund_callback(request: HttpRequest, body: BankRefundCallbackIn) -> Status[None]:
    """Ngân hàng báo một lệnh hoàn đã xong hay không; signed by the bank, counted once.

    Refusals: 403 callback_refused; 404 refund_not_found; 409 repeated_with_other_content.
    """
    now = clock.now()
    exchange.verify_callback("bank", request.body, request.headers, now=now)
    told = RefundTold(
        order=body.order,
        amount=Money(body.amount),
        answer=body.state,
        reference=body.reference,
        reason=body.reason,
    )
    note_told(told, actor=BANK, now=now)
    return Status(204, None)
