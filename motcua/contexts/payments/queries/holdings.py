"""What payments hold about a person: bills, money received for them, receipts, refunds."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.contexts.payments.contracts import Channel, InvoiceState
from motcua.contexts.payments.models import (
    Credit,
    Invoice,
    InvoiceItem,
    PaymentAttempt,
    Receipt,
    Refund,
    StatementEntry,
)
from motcua.contexts.payments.queries.refunds import about
from motcua.kernel.holdings import Held, coded
from motcua.kernel.money import Money
from motcua.ui import dates

STATES: dict[str, str] = {
    InvoiceState.NOTHING_DUE: "Không phải trả",
    InvoiceState.UNPAID: "Chưa trả",
    InvoiceState.PENDING: "Đang chờ ngân hàng",
    InvoiceState.PARTLY: "Đã trả một phần",
    InvoiceState.PAID: "Đã trả đủ",
    InvoiceState.REFUNDED: "Đã hoàn tiền",
    InvoiceState.CANCELLED: "Đã hủy",
}
CHANNELS: dict[str, str] = {Channel.BANK: "chuyển khoản", Channel.CASH: "tiền mặt tại quầy"}


class MoneyHeld:
    """Bills of a payer and everything that hangs on them."""

    models = frozenset(
        {
            "payments.Invoice",
            "payments.InvoiceItem",
            "payments.PaymentAttempt",
            "payments.Credit",
            "payments.Receipt",
            "payments.Refund",
            "payments.StatementEntry",
        }
    )

    def held_about(self, person_id: UUID) -> Iterator[Held]:
        for bill in Invoice.objects.filter(payer_id=person_id).order_by("opened_at", "id"):
            yield _bill(bill)
            items = InvoiceItem.objects.filter(invoice=bill).order_by("asked_at", "position", "id")
            yield from (_item(row, bill) for row in items)
            tries = PaymentAttempt.objects.filter(invoice=bill).order_by("started_at", "id")
            yield from (_attempt(row, bill) for row in tries)
            credits = Credit.objects.filter(invoice=bill).order_by("received_at", "id")
            yield from (_credit(row, bill) for row in credits)
            lines = StatementEntry.objects.filter(
                Q(credit__invoice=bill) | Q(refund__invoice=bill)
            ).order_by("booked_at", "id")
            yield from (_entry(row, bill) for row in lines)
            receipts = Receipt.objects.filter(invoice=bill).order_by("issued_at", "id")
            yield from (_receipt(row, bill) for row in receipts)
            refunds = about(bill.id).order_by("asked_at", "id")
            yield from (_refund(row, bill) for row in refunds)


def _vnd(dong: int) -> str:
    return Money(dong).vnd()


def _bill(row: Invoice) -> Held:
    said = (
        (_("Mã khoản thu"), row.code),
        (_("Số tiền"), _vnd(row.total_dong)),
        (_("Đã trả"), _vnd(row.paid_dong)),
        (_("Đã hoàn"), _vnd(row.refunded_dong)),
        (_("Trạng thái"), coded(row.state, STATES)),
        (_("Lý do hủy"), row.cancel_reason),
    )
    return Held(
        model="payments.Invoice",
        title=_("Khoản phí, lệ phí"),
        code=row.subject,
        since=row.opened_at,
        unit_id=row.unit_id,
        values=tuple((label, value) for label, value in said if value),
    )


def _item(row: InvoiceItem, bill: Invoice) -> Held:
    return Held(
        model="payments.InvoiceItem",
        title=_("Dòng của khoản phí"),
        code=bill.code,
        since=row.asked_at,
        values=((_("Khoản"), row.label), (_("Số tiền"), _vnd(row.amount_dong))),
    )


def _attempt(row: PaymentAttempt, bill: Invoice) -> Held:
    return Held(
        model="payments.PaymentAttempt",
        title=_("Lần bấm trả tiền"),
        code=bill.code,
        since=row.started_at,
        values=(
            (_("Số tiền"), _vnd(row.amount_dong)),
            (_("Bắt đầu lúc"), dates.city_moment(row.started_at)),
        ),
    )


def _credit(row: Credit, bill: Invoice) -> Held:
    return Held(
        model="payments.Credit",
        title=_("Tiền đã nhận"),
        code=bill.code,
        source=coded(row.channel, CHANNELS),
        since=row.received_at,
        values=(
            (_("Số tiền"), _vnd(row.amount_dong)),
            (_("Mã giao dịch"), row.reference),
            (_("Nội dung chuyển tiền"), row.memo),
        ),
    )


def _entry(row: StatementEntry, bill: Invoice) -> Held:
    return Held(
        model="payments.StatementEntry",
        title=_("Dòng sao kê ngân hàng"),
        code=bill.code,
        since=row.booked_at,
        values=(
            (_("Số tiền"), _vnd(row.amount_dong)),
            (_("Mã giao dịch"), row.reference),
            (_("Nội dung chuyển tiền"), row.memo),
        ),
    )


def _receipt(row: Receipt, bill: Invoice) -> Held:
    return Held(
        model="payments.Receipt",
        title=_("Biên lai"),
        code=bill.code,
        since=row.issued_at,
        values=tuple(
            (label, value)
            for label, value in (
                (_("Số biên lai"), row.number),
                (_("Số tiền"), _vnd(row.amount_dong)),
                (_("Lý do"), row.reason),
                (_("Lý do hủy"), row.end_reason),
            )
            if value
        ),
    )


def _refund(row: Refund, bill: Invoice) -> Held:
    said = (
        (_("Số tiền"), _vnd(row.amount_dong)),
        (_("Lý do"), row.reason),
        (_("Ngân hàng"), row.account_bank),
        (_("Số tài khoản"), row.account_number or ""),
        (_("Tên chủ tài khoản"), row.account_holder or ""),
        (_("Trả lời"), row.answer),
    )
    return Held(
        model="payments.Refund",
        title=_("Tiền hoàn"),
        code=bill.code,
        since=row.asked_at,
        values=tuple((label, value) for label, value in said if value),
    )


def tally(person_id: UUID) -> dict[str, int]:
    """How many bills are of this row of a person."""
    return {"Khoản phí, lệ phí": Invoice.objects.filter(payer_id=person_id).count()}
