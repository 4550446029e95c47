"""Biên lai: the printed proof of a paid bill."""

from uuid import UUID

from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.payments import queries
from motcua.contexts.payments.adapters.typesetting import receipt_as_pdf
from motcua.contexts.payments.contracts import Channel, FeeItem, InvoiceNotFound, NotPaidYet
from motcua.contexts.payments.models import Invoice
from motcua.kernel.clock import city_time
from motcua.kernel.money import Money

CITY = "Ủy ban nhân dân Thành phố Hồ Chí Minh"
CHANNEL_NAMES = {Channel.BANK: "Chuyển khoản", Channel.CASH: "Tiền mặt tại quầy"}


def receipt_pdf(invoice_id: UUID) -> bytes:
    """Set the receipt anew from the rows; the same bill always gives the same figures.

    Raises: InvoiceNotFound, NotPaidYet.
    """
    invoice = queries.paid_invoice(invoice_id)
    if invoice is None:
        raise InvoiceNotFound
    receipt = queries.receipt_of(invoice_id)
    if receipt is None or invoice.paid_at is None:
        raise NotPaidYet
    paid_at, issued = city_time(invoice.paid_at), city_time(receipt.issued_at)
    total = Money(receipt.amount_dong)
    return receipt_as_pdf(
        {
            "number": receipt.number,
            "collector": _collector(invoice),
            "payer": identity.names_of([invoice.payer_id]).get(invoice.payer_id, ""),
            "subject": invoice.subject,
            "code": invoice.code,
            "channel": ", ".join(CHANNEL_NAMES[c] for c in queries.channels_of(invoice_id)),
            "paid_on": f"{paid_at:%H:%M} ngày {paid_at:%d/%m/%Y}",
            "items": [
                {"label": _label(item), "amount": _figures(item.amount)}
                for item in queries.items_of(invoice_id)
            ],
            "total": _figures(total),
            "words": total.in_words(),
            "place_and_day": (
                f"Thành phố Hồ Chí Minh, ngày {issued.day:02d} tháng {issued.month:02d}"
                f" năm {issued.year}"
            ),
        }
    )


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
