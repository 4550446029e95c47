"""Xin hoàn tiền: the payer's form, the account it goes to, the paper of what went back."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.contexts.payments import queries
from motcua.contexts.payments.actions import refunds
from motcua.contexts.payments.actions.receipts import refund_pdf
from motcua.contexts.payments.contracts import (
    AskRefund,
    Channel,
    NothingToRefund,
    RefundAccount,
    RefundGround,
    RefundMoved,
    RefundOffer,
    RefundReasonNeeded,
    RefundState,
)
from motcua.contexts.payments.models import Invoice
from motcua.contexts.payments.rules.refunds import banks, claims, rules
from motcua.contexts.payments.web.refund_words import ground_name
from motcua.kernel import clock
from motcua.kernel.access import actor_of, citizens, route, signed_in
from motcua.kernel.errors import DomainError, Kind
from motcua.kernel.web import page, redirect_after, uuid_of
from motcua.ui.exporting import pdf_answer
from motcua.ui.parts import Crumb, Fact, FieldError, Option, QuestionView

OWN_BILL, CLAIM = "phi", "khac"
BACK, ACCOUNT = "back", "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundForm:
    """One thing: where the money should go. way: None where only an account can take it."""

    title: str
    crumbs: tuple[Crumb, ...]
    lead: str
    facts: tuple[Fact, ...]
    ground: QuestionView | None
    ways: QuestionView | None
    account: tuple[QuestionView, ...]
    reason: QuestionView | None
    button: str
    note: str
    back_url: str
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(citizens)
def ask(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask back what the page of the bill offers. Raises: InvoiceNotFound, NothingToRefund."""
    actor, now = actor_of(request), clock.now()
    invoice = queries.visible_invoice(code, actor, now=now)
    offer = _offer(invoice, request.GET.get("khoan", OWN_BILL))
    errors: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            command = AskRefund(
                code=code,
                credit_id=offer.credit_id,
                ground=_ground(offer, request.POST),
                reason=request.POST.get("reason", ""),
                account=_typed_account(request.POST),
            )
            refunds.ask_refund(command, actor=actor, now=now)
            messages.success(request, _("Đã gửi yêu cầu hoàn tiền. Có quyết định sẽ báo cho bạn."))
            return redirect_after(reverse("payments:pay", args=[code]))
        except DomainError as refusal:
            errors = _errors(refusal)
    model = _ask_page(invoice, offer, request.POST, errors)
    return page(request, "payments/refund_ask.html", model, status=422 if errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(citizens)
def account(request: HttpRequest, code: str, refund_id: UUID) -> HttpResponseBase:
    """Name the account of an agreed refund. Raises: InvoiceNotFound, RefundNotFound."""
    actor, now = actor_of(request), clock.now()
    invoice = queries.visible_invoice(code, actor, now=now)
    row = queries.refund_of_bill(invoice.id, refund_id)
    errors: Mapping[str, str] = {}
    if row.state != RefundState.ACCOUNT_NEEDED:
        raise RefundMoved
    if request.method == "POST":
        try:
            given = _account(request.POST)
            refunds.name_account(code, row.id, given, actor=actor, now=now)
            messages.success(request, _("Đã nhận số tài khoản. Tiền đang được hoàn."))
            return redirect_after(reverse("payments:pay", args=[code]))
        except DomainError as refusal:
            errors = _errors(refusal)
    view = queries.view_of_refund(row)
    model = RefundForm(
        title=_("Cho số tài khoản nhận tiền"),
        crumbs=_crumbs(code),
        lead=_("Khoản hoàn %(amount)s đã được duyệt.") % {"amount": view.amount.vnd()},
        facts=(Fact(label=_("Lý do"), value=ground_name(view.ground)),),
        ground=None,
        ways=None,
        account=_account_questions(request.POST, errors),
        reason=None,
        button=_("Gửi số tài khoản"),
        note=view.answer and _(view.answer),
        back_url=reverse("payments:pay", args=[code]),
        errors=_summary(errors),
    )
    return page(request, "payments/refund_ask.html", model, status=422 if errors else 200)


@never_cache
@require_safe
@route(signed_in)
def paper(request: HttpRequest, code: str, refund_id: UUID) -> HttpResponseBase:
    """The paper of a refund that was paid. Raises: InvoiceNotFound, RefundNotFound, NotPaidYet."""
    invoice = queries.visible_invoice(code, actor_of(request), now=clock.now())
    row = queries.refund_of_bill(invoice.id, refund_id)
    return pdf_answer(f"hoan-tien-{invoice.code}.pdf", refund_pdf(row, invoice))


def _offer(invoice: Invoice, asked: str) -> RefundOffer:
    """Raises: NothingToRefund."""
    credit_id = None if asked == OWN_BILL else uuid_of(asked)
    known = asked == OWN_BILL or credit_id is not None
    back = queries.money_back(invoice)
    if asked == CLAIM and back.claim is not None:
        return back.claim
    for offer in back.offers:
        if known and offer.credit_id == credit_id:
            return offer
    raise NothingToRefund


def _ground(offer: RefundOffer, typed: QueryDict) -> RefundGround:
    """What the payer chose, of what a payer may say. Raises: NothingToRefund."""
    if not offer.claimed:
        return offer.ground
    for one in claims():
        if one.ground == typed.get("ground", ""):
            return one.ground
    raise RefundReasonNeeded(_("Bạn chọn lý do xin hoàn."), field="ground")


def _claims(typed: QueryDict, errors: Mapping[str, str]) -> QuestionView:
    return QuestionView(
        key="ground",
        label=_("Vì sao bạn xin hoàn"),
        type="choice",
        value=typed.get("ground", ""),
        options=tuple(Option(value=one.ground, label=ground_name(one.ground)) for one in claims()),
        error=errors.get("ground", ""),
    )


def _ask_page(
    invoice: Invoice, offer: RefundOffer, typed: QueryDict, errors: Mapping[str, str]
) -> RefundForm:
    said = {"amount": offer.amount.vnd()}
    credit = queries.credit_row(offer.credit_id) if offer.credit_id else None
    source, came = queries.transaction_back(invoice, credit, offer.amount)
    rule = rules().grounds[offer.ground]
    note = _("Sau khi duyệt, tiền thường về trong %(days)s ngày.") % {"days": rule.days}
    if not rules().verified:
        note += " " + _("Thời hạn này chưa đối chiếu với văn bản luật.")
    return RefundForm(
        title=_("Xin hoàn %(amount)s") % said,
        crumbs=_crumbs(invoice.code),
        lead=_lead(offer),
        facts=(
            Fact(label=_("Số tiền"), value=offer.amount.vnd()),
            *(() if offer.claimed else (Fact(label=_("Lý do"), value=ground_name(offer.ground)),)),
        ),
        ground=_claims(typed, errors) if offer.claimed else None,
        ways=_ways(bool(source), came, typed, errors),
        account=_account_questions(typed, errors),
        reason=QuestionView(
            key="reason",
            label=_("Điều bạn muốn nói thêm") if not offer.claimed else _("Bạn kể rõ hơn"),
            type="long_text",
            value=typed.get("reason", ""),
            required=offer.claimed,
            error=errors.get("reason", ""),
        ),
        button=_("Gửi yêu cầu hoàn %(amount)s") % said,
        note=note,
        back_url=reverse("payments:pay", args=[invoice.code]),
        errors=_summary(errors),
    )


def _lead(offer: RefundOffer) -> str:
    if offer.claimed:
        return _(
            "Nơi đã thu tiền xem lý do của bạn. Nơi này hoàn toàn bộ, một phần, hoặc trả lời vì"
            " sao không."
        )
    return _("Bạn chọn nơi nhận tiền. Số tiền đã tính sẵn, bạn không phải ghi.")


def _ways(
    back: bool, came: Channel | None, typed: QueryDict, errors: Mapping[str, str]
) -> QuestionView | None:
    """None: the money came in parts, so only an account can take it."""
    if came is Channel.CASH:
        first = Option(value=BACK, label=_("Tiền mặt tại quầy đã thu"))
    elif back:
        first = Option(value=BACK, label=_("Trả về tài khoản tôi đã dùng để trả"))
    else:
        return None
    other = Option(
        value=ACCOUNT,
        label=_("Tài khoản khác"),
        help=_("Bạn điền ba ô ở dưới."),
    )
    return QuestionView(
        key="way",
        label=_("Nơi nhận tiền"),
        type="choice",
        value=typed.get("way", BACK),
        options=(first, other),
        error=errors.get("way", ""),
    )


def _account_questions(typed: QueryDict, errors: Mapping[str, str]) -> tuple[QuestionView, ...]:
    return (
        QuestionView(
            key="bank",
            label=_("Ngân hàng"),
            type="choice",
            value=typed.get("bank", ""),
            options=tuple(Option(value=one.bin, label=one.name) for one in banks()),
            required=False,
        ),
        QuestionView(
            key="number",
            label=_("Số tài khoản"),
            value=typed.get("number", ""),
            error=errors.get("number", ""),
            required=False,
        ),
        QuestionView(
            key="holder",
            label=_("Tên chủ tài khoản"),
            value=typed.get("holder", ""),
            autocomplete="name",
            required=False,
        ),
    )


def _typed_account(typed: QueryDict) -> RefundAccount | None:
    """None: it goes back the way it came."""
    if typed.get("way", ACCOUNT) == BACK:
        return None
    return _account(typed)


def _account(typed: QueryDict) -> RefundAccount:
    return RefundAccount(
        bank=typed.get("bank", ""), number=typed.get("number", ""), holder=typed.get("holder", "")
    )


def _errors(refusal: DomainError) -> dict[str, str]:
    """What the form says beside its fields; everything else is a page of its own."""
    if not refusal.field or refusal.kind not in (Kind.INVALID, Kind.CONFLICT):
        raise refusal
    return {refusal.field: refusal.message}


def _summary(errors: Mapping[str, str]) -> tuple[FieldError, ...]:
    return tuple(FieldError(field=field, text=text) for field, text in errors.items())


def _crumbs(code: str) -> tuple[Crumb, ...]:
    return (
        Crumb(label=_("Trả phí"), url=reverse("payments:pay", args=[code])),
        Crumb(label=_("Hoàn tiền")),
    )
