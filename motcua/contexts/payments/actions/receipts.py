"""Biên lai: the printed proof of a paid bill, of nothing due, of money that went back."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.payments import queries
from motcua.contexts.payments.adapters.typesetting import receipt_as_pdf
from motcua.contexts.payments.contracts import (
    Channel,
    FeeItem,
    InvoiceNotFound,
    InvoiceState,
    NotPaidYet,
    RefundGround,
    RefundWay,
)
from motcua.contexts.payments.models import Invoice, Receipt, Refund
from motcua.contexts.payments.queries.receipts import adjusted_by
from motcua.contexts.payments.rules.receipts import shown_code
from motcua.contexts.payments.rules.refunds import rules
from motcua.kernel.clock import city_time
from motcua.kernel.money import Money

CITY = "Ủy ban nhân dân Thành phố Hồ Chí Minh"
WAY_NAMES = {
    RefundWay.BACK: "Trả về tài khoản đã dùng để trả",
    RefundWay.ACCOUNT: "Chuyển vào tài khoản người nộp cho",
    RefundWay.CASH: "Tiền mặt tại quầy",
}
CHANNEL_NAMES = {Channel.BANK: "Chuyển khoản", Channel.CASH: "Tiền mặt tại quầy"}


def receipt_pdf(invoice_id: UUID) -> bytes:
    """Set the receipt anew from the rows; the same bill always gives the same figures.

    Raises: InvoiceNotFound, NotPaidYet.
    """
    invoice = queries.paid_invoice(invoice_id)
    if invoice is None:
        raise InvoiceNotFound
    if invoice.state == InvoiceState.NOTHING_DUE:
        return _nothing_due_pdf(invoice)
    receipt = queries.receipt_of(invoice_id)
    if receipt is None or invoice.paid_at is None:
        raise NotPaidYet
    paid_at, issued = city_time(invoice.paid_at), city_time(receipt.issued_at)
    total = Money(receipt.amount_dong)
    channels = ", ".join(CHANNEL_NAMES[one] for one in queries.channels_of(invoice_id))
    return _printed(
        invoice,
        title="BIÊN LAI THU PHÍ, LỆ PHÍ",
        number=receipt.number,
        rows=[
            ["Hình thức", channels],
            ["Ngày nộp", _moment(paid_at)],
            *_code(receipt),
            *_about(receipt),
        ],
        items=_items(invoice),
        total=total,
        at=issued,
    )


def _code(receipt: Receipt) -> list[list[str]]:
    return [["Mã tra cứu", shown_code(receipt.code)]] if receipt.code else []


def _about(receipt: Receipt) -> list[list[str]]:
    """What it replaces, and what adjusts it: one is never read without the other."""
    found = []
    if receipt.about is not None:
        found.append(["Thay cho biên lai", f"{receipt.about.number}. Lý do: {receipt.reason}"])
    adjusted = adjusted_by(receipt)
    if adjusted:
        found.append(["Đã điều chỉnh", f"{Money(adjusted).vnd()}"])
    return found


def _nothing_due_pdf(invoice: Invoice) -> bytes:
    """The same form over a bill on which nothing is due: each line says why it costs nothing."""
    opened = city_time(invoice.opened_at)
    return _printed(
        invoice,
        title="GIẤY XÁC NHẬN KHÔNG THU PHÍ, LỆ PHÍ",
        number=f"KT-{invoice.code}",
        rows=[["Ngày định mức thu", _moment(opened)]],
        items=_items(invoice),
        total=Money(0),
        at=opened,
    )


def refund_pdf(refund: Refund, invoice: Invoice) -> bytes:
    """The paper of money that went back. Raises: NotPaidYet."""
    if refund.paid_at is None:
        raise NotPaidYet("Chưa có giấy hoàn tiền vì tiền chưa đi.")
    paid, amount = city_time(refund.paid_at), Money(refund.amount_dong)
    ground = rules().grounds[RefundGround(refund.ground)].name
    return _printed(
        invoice,
        title="GIẤY HOÀN TIỀN PHÍ, LỆ PHÍ",
        number=f"HT-{invoice.code}-{str(refund.id)[-6:].upper()}",
        rows=[
            ["Cách hoàn", WAY_NAMES[RefundWay(refund.way)]],
            ["Mã ngân hàng", refund.bank_reference or "không có"],
            ["Ngày hoàn", _moment(paid)],
        ],
        items=[{"label": f"Hoàn tiền: {ground}", "amount": _figures(amount)}],
        total=amount,
        at=paid,
    )


def _printed(
    invoice: Invoice,
    *,
    title: str,
    number: str,
    rows: list[list[str]],
    items: list[dict[str, str]],
    total: Money,
    at: datetime,
) -> bytes:
    """The one form of all papers about a bill. at: when it was issued, in city time."""
    return receipt_as_pdf(
        {
            "title": title,
            "number": number,
            "collector": _collector(invoice),
            "payer": identity.names_of([invoice.payer_id]).get(invoice.payer_id, ""),
            "rows": [["Mã hồ sơ", invoice.subject], ["Mã khoản thu", invoice.code], *rows],
            "items": items,
            "total": _figures(total),
            "words": total.in_words(),
            "place_and_day": _place_and_day(at),
        }
    )


def _items(invoice: Invoice) -> list[dict[str, str]]:
    return [
        {"label": _label(item), "amount": _figures(item.amount)}
        for item in queries.items_of(invoice.id)
    ]


def _moment(at: datetime) -> str:
    return f"{at:%H:%M} ngày {at:%d/%m/%Y}"


def _place_and_day(at: datetime) -> str:
    return f"Thành phố Hồ Chí Minh, ngày {at.day:02d} tháng {at.month:02d} năm {at.year}"


def _label(item: FeeItem) -> str:
    if not item.relief:
        return item.label
    taken = f"mức thu {_figures(item.full)}, miễn {_figures(item.relief)}"
    return f"{item.label} ({taken}: {item.relief_name})"


def _collector(invoice: Invoice) -> str:
    if invoice.unit_id is None:
        return CITY
    unit = organisations.units_by_id([invoice.unit_id]).get(invoice.unit_id)
    return unit.name if unit else CITY


def _figures(amount: Money) -> str:
    return f"{int(amount):,}".replace(",", ".")
