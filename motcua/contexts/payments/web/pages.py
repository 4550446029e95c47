"""Mô hình trang: the pay page in each state of a bill, in words a payer understands."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from motcua.contexts.payments.adapters.account import collecting_account
from motcua.contexts.payments.contracts import (
    FeeItem,
    InvoiceState,
    InvoiceView,
    MoneyBack,
    Recheck,
)
from motcua.contexts.payments.web.refund_words import alerts_of, claim_action
from motcua.kernel.actors import Actor, Role
from motcua.ui import dates
from motcua.ui.parts import Action, Alert, Cell, Crumb, Fact, Table, Tone
from motcua.ui.shell import frame_for
from motcua.ui.words import foreign

WAITING = frozenset({InvoiceState.UNPAID, InvoiceState.PENDING, InvoiceState.PARTLY})


@dataclass(frozen=True, slots=True, kw_only=True)
class CashForm:
    """Cash at the desk: the exact rest, and the desk that takes it."""

    url: str
    amount: str
    amount_dong: int
    unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPage:
    """`poll_url` is empty once nothing can change by itself any more."""

    shell: str
    crumbs: tuple[Crumb, ...]
    code: str
    subject: str
    news: Alert
    table: Table
    qr_payload: str
    qr_label: str
    transfer: tuple[Fact, ...]
    account_invented: bool
    bank: Action | None
    bank_return: Action
    receipt: Action | None
    poll_url: str
    told: tuple[Alert, ...] = ()
    cash: CashForm | None = None
    refund: Action | None = None
    receipts: Action | None = None  # for collectors: every receipt, and what is wrong with one


def pay_page(invoice: InvoiceView, back: MoneyBack, *, actor: Actor) -> PayPage:
    """The page of one bill for whoever may see it."""
    waiting = invoice.state in WAITING
    here = reverse("payments:pay", args=[invoice.code])
    return PayPage(
        shell=frame_for(actor),
        crumbs=_crumbs(invoice, actor),
        code=invoice.code,
        subject=invoice.subject,
        news=_news(invoice),
        table=_table(invoice),
        qr_payload=(invoice.qr_payload or "") if waiting else "",
        qr_label=_("Mã VietQR để trả %(amount)s") % {"amount": invoice.outstanding.vnd()},
        transfer=_transfer(invoice) if waiting else (),
        account_invented=collecting_account().invented,
        bank=_bank(invoice) if waiting and actor.is_citizen else None,
        bank_return=Action(label=_("Xem lại tình trạng"), url=here, icon="rotate-cw"),
        receipt=_receipt(invoice),
        poll_url=_poll_url(invoice) if waiting else "",
        told=(*_rechecked(invoice), *alerts_of(back, invoice, actor)),
        refund=_refund(invoice, actor) or claim_action(back, invoice.code, actor),
        receipts=_receipts(invoice, actor),
    )


def with_cash(page: PayPage, invoice: InvoiceView, *, unit_id: str) -> PayPage:
    """The same page with the desk's cash form."""
    form = CashForm(
        url=reverse("payments:cash", args=[invoice.code]),
        amount=invoice.outstanding.vnd(),
        amount_dong=int(invoice.outstanding),
        unit_id=unit_id,
    )
    return replace(page, cash=form)


def bank_address(invoice: InvoiceView) -> str:
    """The bank's page for this transfer; the stand-in bank knows the way back."""
    back = f"{settings.PUBLIC_ORIGIN}{reverse('payments:pay', args=[invoice.code])}"
    query = urlencode({"qr": invoice.qr_payload or "", "back": back})
    return f"{settings.SIMULATORS_ORIGIN}/bank/tra?{query}"


def _poll_url(invoice: InvoiceView) -> str:
    known = urlencode({"dang": invoice.state, "con": int(invoice.outstanding)})
    return f"{reverse('payments:state', args=[invoice.code])}?{known}"


def _crumbs(invoice: InvoiceView, actor: Actor) -> tuple[Crumb, ...]:
    base = "/ban/ho-so/" if actor.is_officer else "/ho-so/"
    return (
        Crumb(label=_("Hồ sơ %(code)s") % {"code": invoice.subject}, url=base + invoice.subject),
        Crumb(label=_("Trả phí")),
    )


def _news(invoice: InvoiceView) -> Alert:
    """One sentence on where the money is, one on what to do."""
    amounts = {
        "total": invoice.total.vnd(),
        "paid": invoice.paid.vnd(),
        "rest": invoice.outstanding.vnd(),
    }
    match invoice.state:
        case InvoiceState.PAID:
            return Alert(
                title=_("Đã trả đủ %(total)s") % amounts,
                text=_("Biên lai đã có ở dưới. Bạn không phải làm gì thêm."),
                tone=Tone.OK,
            )
        case InvoiceState.PENDING:
            return Alert(
                title=_("Đang chờ ngân hàng"),
                text=_(
                    "Nếu bạn đã chuyển tiền, bạn không cần trả lại. Trang này tự cập nhật khi"
                    " ngân hàng báo. Bạn đóng trang cũng được, có tin sẽ báo cho bạn."
                ),
                icon="hourglass",
            )
        case InvoiceState.PARTLY:
            return Alert(
                title=_("Đã nhận %(paid)s, còn thiếu %(rest)s") % amounts,
                text=_("Quét mã để trả phần còn thiếu. Mã đã ghi đúng số tiền."),
                tone=Tone.TURN,
            )
        case InvoiceState.NOTHING_DUE:
            return Alert(
                title=_("Bạn không phải trả"),
                text=_nothing_due(invoice),
                tone=Tone.OK,
            )
        case InvoiceState.REFUNDED:
            return Alert(title=_("Đã hoàn lại %(paid)s") % amounts, tone=Tone.OK)
        case InvoiceState.CANCELLED:
            return Alert(
                title=_("Khoản phí này đã hủy"),
                text=_("Bạn không phải trả. Tiền đã trả, nếu có, bạn xin hoàn ở dưới."),
            )
        case _:
            return Alert(
                title=_("Cần trả %(rest)s") % amounts,
                text=_("Quét mã bằng ứng dụng ngân hàng, hoặc trả tiền mặt tại quầy."),
                tone=Tone.TURN,
            )


def _table(invoice: InvoiceView) -> Table:
    return Table(
        caption=_("Các khoản phải trả"),
        heads=((_("Khoản"), False), (_("Số tiền"), True)),
        rows=tuple(row for item in invoice.items for row in _rows(item)),
        total=(Cell(text=_("Cộng")), Cell(text=invoice.total.vnd(), number=True)),
    )


def _named(label: str) -> Cell:
    """A fee bears the name that the resolution gives it, unless somebody translated that."""
    shown = gettext(label)
    return Cell(text=shown, language=foreign() if shown == label else "")


def _rows(item: FeeItem) -> Iterator[tuple[Cell, ...]]:
    yield _named(item.label), Cell(text=item.full.vnd(), number=True)
    if item.relief:
        why = _("Được miễn, giảm: %(name)s") % {"name": gettext(item.relief_name)}
        yield Cell(text=why), Cell(text=f"−{item.relief.vnd()}", number=True)


def _transfer(invoice: InvoiceView) -> tuple[Fact, ...]:
    account = collecting_account()
    return (
        Fact(label=_("Số tài khoản"), value=account.number),
        Fact(label=_("Tên tài khoản"), value=account.name),
        Fact(label=_("Số tiền"), value=invoice.outstanding.vnd()),
        Fact(label=_("Nội dung chuyển khoản"), value=invoice.code),
    )


def _bank(invoice: InvoiceView) -> Action | None:
    """A button to the bank where one can be opened: the stand-in; a real app opens by the QR."""
    if not settings.SIMULATORS:
        return None
    return Action(
        label=_("Mở ứng dụng ngân hàng"),
        url=reverse("payments:to_bank", args=[invoice.code]),
        kind="" if invoice.state is InvoiceState.PENDING else "primary",
        icon="smartphone",
        post=True,
    )


def _nothing_due(invoice: InvoiceView) -> str:
    if any(item.relief for item in invoice.items):
        return _("Các khoản dưới đây được miễn toàn bộ.")
    return _("Cơ quan đã xem và định mức thu 0 đồng. Giấy xác nhận có ở dưới.")


def _rechecked(invoice: InvoiceView) -> Iterator[Alert]:
    """What the register said when the payer came to pay, where it matters to the payer."""
    if invoice.state not in WAITING or invoice.relief_checked_at is None:
        return
    said = {
        "name": gettext(invoice.relief_ended),
        "when": dates.city_moment(invoice.relief_checked_at),
        "total": invoice.total.vnd(),
    }
    if invoice.relief_check is Recheck.ENDED:
        yield Alert(
            title=_("Quyền miễn, giảm «%(name)s» không còn") % said,
            text=_(
                "Hệ thống định danh trả lời như vậy lúc %(when)s. Số tiền bây giờ là %(total)s."
                " Nếu bạn thấy sai, đưa giấy cho quầy xem trước khi trả."
            )
            % said,
            tone=Tone.TURN,
        )
    if invoice.relief_check is Recheck.UNKNOWN:
        yield Alert(
            title=_("Chưa hỏi lại được quyền miễn, giảm của bạn"),
            text=_("Hệ thống định danh chưa trả lời lúc %(when)s. Bạn trả theo mức đã ghi khi nộp.")
            % said,
            icon="cloud-off",
        )


def _refund(invoice: InvoiceView, actor: Actor) -> Action | None:
    """A collector may give back what was paid."""
    if not (invoice.paid and actor.has(Role.FEE_COLLECTOR)):
        return None
    return Action(
        label="Hoàn tiền", url=reverse("payments:refund", args=[invoice.code]), icon="undo-2"
    )


def _receipts(invoice: InvoiceView, actor: Actor) -> Action | None:
    if not (invoice.paid and actor.has(Role.FEE_COLLECTOR)):
        return None
    url = reverse("payments:receipts_of_bill", args=[invoice.code])
    return Action(label="Các biên lai", url=url, icon="receipt")


def _receipt(invoice: InvoiceView) -> Action | None:
    if invoice.state is InvoiceState.NOTHING_DUE and invoice.code:
        return Action(
            label=_("Tải giấy xác nhận không thu (PDF)"),
            url=reverse("payments:receipt", args=[invoice.code]),
            icon="file-down",
        )
    if invoice.state is not InvoiceState.PAID:
        return None
    return Action(
        label=_("Tải biên lai (PDF)"),
        url=reverse("payments:receipt", args=[invoice.code]),
        icon="file-down",
    )
