"""Tiền của hồ sơ ở bàn làm việc: what is owed, what goes back."""

from collections.abc import Iterator

from motcua.contexts.dossiers.contracts import DossierView
from motcua.contexts.payments.contracts import RefundState
from motcua.ui.parts import Fact

REFUNDS = {
    RefundState.ASKED: "chờ duyệt",
    RefundState.SECOND: "chờ người thứ hai duyệt",
    RefundState.PROMISED: "đang hoàn",
    RefundState.ORDERED: "đang hoàn",
    RefundState.ACCOUNT_NEEDED: "chờ số tài khoản",
    RefundState.PAID: "đã hoàn",
    RefundState.DECLINED: "không hoàn",
}


def fee_of(dossier: DossierView) -> Iterator[Fact]:
    """What is to pay, and what of it is still open."""
    invoice = dossier.invoice
    if invoice and invoice.total:
        left = invoice.outstanding
        yield Fact(
            label="Phí, lệ phí",
            value=f"{invoice.total.vnd()}, {f'còn {left.vnd()}' if left > 0 else 'đã trả'}",
            url=f"/thanh-toan/{invoice.code}",
        )
    elif invoice and invoice.items:
        yield Fact(label="Phí, lệ phí", value="0 ₫, không thu", url=f"/thanh-toan/{invoice.code}")
    for refund in dossier.money_back.refunds:
        yield Fact(
            label="Hoàn tiền",
            value=f"{refund.amount.vnd()}, {REFUNDS[refund.state]}",
            url=f"/thanh-toan/{refund.invoice_code}",
        )
