"""Khoản thu: look-ups by code and by dossier."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from motcua.contexts.payments.adapters.account import collecting_account
from motcua.contexts.payments.contracts import (
    Channel,
    FeeItem,
    InvoiceNotFound,
    InvoiceState,
    InvoiceView,
    Recheck,
)
from motcua.contexts.payments.contracts.receipts import ReceiptKind, ReceiptState
from motcua.contexts.payments.models import Credit, Invoice, InvoiceItem, PaymentAttempt, Receipt
from motcua.contexts.payments.models.invoices import LIVE
from motcua.contexts.payments.queries.policies import InvoicePolicy
from motcua.contexts.payments.rules import vietqr
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.money import Money

AS_ASKED = ("asked_at", "position", "id")
PAYABLE = (InvoiceState.UNPAID, InvoiceState.PENDING, InvoiceState.PARTLY)


def nothing_due(subject: str) -> InvoiceView:
    """The answer when a dossier costs nothing: no row is written."""
    return InvoiceView(
        id=None,
        code="",
        subject=subject,
        state=InvoiceState.NOTHING_DUE,
        total=Money(0),
        paid=Money(0),
        items=(),
        qr_payload=None,
    )


def view_of(invoice: Invoice, items: Sequence[FeeItem]) -> InvoiceView:
    state = InvoiceState(invoice.state)
    rest = invoice.bill().outstanding
    return InvoiceView(
        id=invoice.id,
        code=invoice.code,
        subject=invoice.subject,
        state=state,
        total=Money(invoice.total_dong),
        paid=Money(invoice.paid_dong),
        items=tuple(items),
        qr_payload=_payload(invoice.code, rest) if state in PAYABLE else None,
        relief_check=Recheck(invoice.relief_check) if invoice.relief_check else None,
        relief_checked_at=invoice.relief_checked_at,
        relief_ended=invoice.relief_ended,
    )


def _payload(code: str, rest: Money) -> str:
    account = collecting_account()
    return vietqr.payload(
        vietqr.Transfer(bank_bin=account.bin, account=account.number, amount=rest, purpose=code)
    )


def item_rows(invoice_id: UUID) -> tuple[InvoiceItem, ...]:
    return tuple(InvoiceItem.objects.filter(invoice_id=invoice_id).order_by(*AS_ASKED))


def items_of(invoice_id: UUID) -> tuple[FeeItem, ...]:
    """The lines in the order they were asked."""
    return tuple(row.fee() for row in item_rows(invoice_id))


def latest_of(subject: str) -> InvoiceView | None:
    """The newest bill of a dossier, also a cancelled one."""
    invoice = Invoice.objects.filter(subject=subject).order_by("-opened_at", "-id").first()
    return view_of(invoice, items_of(invoice.id)) if invoice else None


def latest_of_many(subjects: Sequence[str]) -> dict[str, InvoiceView]:
    """The newest bill of each dossier that has one."""
    newest = Invoice.objects.filter(subject__in=subjects).order_by("subject", "-opened_at", "-id")
    invoices = list(newest.distinct("subject"))
    lines: dict[UUID, list[FeeItem]] = {invoice.id: [] for invoice in invoices}
    for row in InvoiceItem.objects.filter(invoice_id__in=lines).order_by("invoice_id", *AS_ASKED):
        lines[row.invoice_id].append(row.fee())
    return {invoice.subject: view_of(invoice, lines[invoice.id]) for invoice in invoices}


def paid_invoice(invoice_id: UUID) -> Invoice | None:
    """A bill by id with its payer's id, for its receipt."""
    return Invoice.objects.filter(id=invoice_id).order_by("id").first()


def channels_of(invoice_id: UUID) -> tuple[Channel, ...]:
    """How the money of a bill came, each way once."""
    used = Credit.objects.filter(invoice_id=invoice_id, applied_dong__gt=0)
    ways = used.order_by("channel").values_list("channel", flat=True).distinct()
    return tuple(Channel(way) for way in ways) or (Channel.BANK,)


def visible_invoice(code: str, actor: Actor, *, now: datetime) -> Invoice:
    """The bill if the actor may see it. Raises: InvoiceNotFound, also for a foreign bill."""
    allowed = visible(Invoice.objects.all(), actor, InvoicePolicy, now=now)
    invoice = allowed.filter(code=code).order_by("id").first()
    if invoice is None:
        raise InvoiceNotFound
    return invoice


def invoice_for_update(codes: Iterable[str]) -> Invoice | None:
    """Lock the bill one of the codes names; the first code wins."""
    for code in codes:
        invoice = Invoice.objects.select_for_update().filter(code=code).order_by("id").first()
        if invoice is not None:
            return invoice
    return None


def live_for_update(subject: str) -> Invoice | None:
    """Lock the one bill of a dossier that is not cancelled or refunded."""
    live = Invoice.objects.select_for_update().filter(subject=subject, state__in=LIVE)
    return live.order_by("id").first()


def open_for_update(subject: str) -> Invoice | None:
    """Lock the bill that more may be asked on: the live one, or one on which nothing was due."""
    states = [*LIVE, InvoiceState.NOTHING_DUE]
    found = Invoice.objects.select_for_update().filter(subject=subject, state__in=states)
    return found.order_by("-opened_at", "-id").first()


def not_booked_for_update(limit: int) -> list[Invoice]:
    """Bills the journal does not know yet; rows another worker holds are passed over."""
    rows = Invoice.objects.select_for_update(skip_locked=True).filter(
        due_booked_at__isnull=True, cancelled_at__isnull=True
    )
    return list(rows.order_by("opened_at", "id")[:limit])


def count_not_booked(limit: int) -> int:
    """How many bills the journal does not know yet, counted up to `limit`."""
    rows = Invoice.objects.filter(due_booked_at__isnull=True, cancelled_at__isnull=True)
    return rows.order_by()[:limit].count()


def has_open_attempt(invoice_id: UUID) -> bool:
    return PaymentAttempt.objects.filter(invoice_id=invoice_id, ended_at__isnull=True).exists()


def end_attempt(invoice_id: UUID, *, outcome: str, now: datetime) -> None:
    """Compare and set: an attempt ends once."""
    waiting = PaymentAttempt.objects.filter(invoice_id=invoice_id, ended_at__isnull=True)
    waiting.update(ended_at=now, outcome=outcome)


def due_attempts(started_before: datetime, limit: int) -> list[str]:
    """Codes of bills whose payer left for the bank so long ago that we stop waiting."""
    waiting = PaymentAttempt.objects.filter(ended_at__isnull=True, started_at__lt=started_before)
    codes = waiting.order_by("started_at", "id").values_list("invoice__code", flat=True)
    return list(codes[:limit])


def receipt_of(invoice_id: UUID) -> Receipt | None:
    """The newest that holds; adjustments are read beside it."""
    rows = Receipt.objects.filter(
        invoice_id=invoice_id, state=ReceiptState.ISSUED, kind=ReceiptKind.RECEIPT
    )
    return rows.order_by("-issued_at", "-id").first()
