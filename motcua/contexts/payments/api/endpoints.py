"""Fees over the API, and the bank's callback."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from motcua.contexts.exchange import public as exchange
from motcua.contexts.payments import queries
from motcua.contexts.payments.actions.receiving import receive_bank_credit
from motcua.contexts.payments.contracts import (
    BankCredit,
    Booked,
    FeeItem,
    FeeKind,
    FeeWhen,
    Finding,
    InvoiceState,
    InvoiceView,
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


class InvoiceOut(Schema):
    """Amounts are whole đồng."""

    code: str
    subject: str
    state: InvoiceState
    total: int
    paid: int
    outstanding: int
    items: list[FeeItemOut]
    qr_payload: str | None


class BankCallbackIn(Schema):
    """One credit as the bank tells it. `content` is the memo of the transfer."""

    transaction_id: str
    amount: int
    content: str
    paid_at: datetime
    bill_code: str = ""
    currency: str = "VND"


class BookedOut(Schema):
    transaction_id: str
    finding: Finding
    invoice_code: str
    applied_dong: int
    suspense_dong: int
    repeated: bool


@router.get("/invoices/{code}", response=InvoiceOut, operation_id="get_invoice")
@route(signed_in)
def get_invoice(request: HttpRequest, code: str) -> InvoiceView:
    """Một khoản phí. Refusals: 404 invoice_not_found, also for a bill of somebody else."""
    invoice = queries.visible_invoice(code, actor_of(request), now=clock.now())
    return queries.view_of(invoice, queries.items_of(invoice.id))


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
