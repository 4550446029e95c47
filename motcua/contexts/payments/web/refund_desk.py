"""Hoàn tiền ở bàn thu phí: what waits for a decision, one refund, a refund that the desk starts."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.identity import public as identity
from motcua.contexts.payments import queries
from motcua.contexts.payments.actions import ordering, refunds
from motcua.contexts.payments.contracts import (
    InvoiceNotFound,
    RefundGround,
    RefundState,
    RefundWay,
    StartRefund,
    WrongCashAmount,
)
from motcua.contexts.payments.models import Refund
from motcua.contexts.payments.queries.agencies import SECOND
from motcua.contexts.payments.queries.refunds import EXPORTED, PAGE
from motcua.contexts.payments.web import refund_desk_pages as pages
from motcua.contexts.payments.web.typed import dong
from motcua.kernel import clock
from motcua.kernel.access import actor_of, roles, route
from motcua.kernel.actors import Role
from motcua.kernel.clock import city_date
from motcua.kernel.errors import DomainError, Kind
from motcua.kernel.web import page, redirect_after
from motcua.ui.exporting import csv_answer

collectors = roles(Role.FEE_COLLECTOR)
deciders = roles(*SECOND)


@never_cache
@require_safe
@route(deciders)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Refunds by where they are; what waits for a decision first."""
    part = pages.part_of(request.GET.get("phan", ""))
    rows = queries.refunds_in(
        part.states,
        actor_of(request),
        now=clock.now(),
        before=_moment(request.GET.get("truoc", "")),
    )
    return page(request, "payments/refunds.html", pages.list_page(part, rows, full=PAGE))


@never_cache
@require_safe
@route(deciders)
def export(request: HttpRequest) -> HttpResponseBase:
    """The same part as a file, the newest five thousand; no accounts in it."""
    part, now = pages.part_of(request.GET.get("phan", "")), clock.now()
    rows = queries.refunds_in(part.states, actor_of(request), now=now, limit=EXPORTED)
    name = f"hoan-tien-{city_date(now):%Y%m%d}.csv"
    return csv_answer(name, pages.CSV_HEADS, (pages.csv_row(row) for row in rows))


@never_cache
@require_safe
@route(deciders)
def show(request: HttpRequest, refund_id: UUID) -> HttpResponseBase:
    """One refund with what is known of it, and the decision. Raises: RefundNotFound."""
    return _shown(request, refund_id, {})


@require_POST
@route(deciders)
def agree(request: HttpRequest, refund_id: UUID) -> HttpResponseBase:
    """Yes, to this amount."""
    actor, now = actor_of(request), clock.now()
    try:
        amount = int(dong(request.POST.get("amount", "")))
        refunds.agree(refund_id, amount_dong=amount, actor=actor, now=now)
    except DomainError as refusal:
        return _again(request, refund_id, refusal)
    second = queries.refund_row(refund_id, actor, now=now).state == RefundState.SECOND
    messages.success(
        request,
        "Đã duyệt lần một. Khoản này cần người thứ hai duyệt." if second
        else "Đã duyệt. Người nộp được báo tin.",
    )  # fmt: skip
    return redirect_after(reverse("payments:refund_one", args=[refund_id]))


@require_POST
@route(deciders)
def decline(request: HttpRequest, refund_id: UUID) -> HttpResponseBase:
    """No, with words for the payer."""
    try:
        reason = request.POST.get("reason", "")
        refunds.decline(refund_id, reason=reason, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        return _again(request, refund_id, refusal)
    messages.success(request, "Đã ghi không hoàn. Người nộp đọc lý do của bạn.")
    return redirect_after(reverse("payments:refund_one", args=[refund_id]))


@require_POST
@route(collectors)
def handed(request: HttpRequest, refund_id: UUID) -> HttpResponseBase:
    """Cash went back over the counter."""
    ordering.hand_over(refund_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã ghi trả lại tiền mặt.")
    return redirect_after(reverse("payments:refund_one", args=[refund_id]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(collectors)
def start(request: HttpRequest, code: str) -> HttpResponseBase:
    """Give back what was paid for this bill, whole or in part."""
    actor, now = actor_of(request), clock.now()
    errors: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            command = StartRefund(
                code=code,
                ground=_ground(request.POST.get("ground", "")),
                amount_dong=int(dong(request.POST.get("amount", ""))),
                reason=request.POST.get("reason", ""),
                way=_way(request.POST.get("way", "")),
            )
            made = refunds.start_refund(command, actor=actor, now=now)
            row = queries.refund_row(made.id, actor, now=now)
            sent = row.asked_unit_id is not None
            messages.success(
                request,
                "Đã gửi yêu cầu đến nơi đã thu tiền." if sent else "Đã ghi khoản hoàn.",
            )
            return redirect_after(reverse("payments:refund_one", args=[made.id]))
        except DomainError as refusal:
            errors = _beside(refusal)
    invoice = queries.visible_invoice(code, actor, now=now)
    model = pages.start_page(invoice, queries.left_of_bill(invoice), request.POST, errors)
    return page(request, "payments/refund_start.html", model, status=422 if errors else 200)


def _again(request: HttpRequest, refund_id: UUID, refusal: DomainError) -> HttpResponseBase:
    """The same page with what was wrong, or the refusal when nothing on the page can mend it."""
    return _shown(request, refund_id, _beside(refusal))


def _beside(refusal: DomainError) -> dict[str, str]:
    if isinstance(refusal, WrongCashAmount):
        return {"amount": refusal.message}
    if not refusal.field or refusal.kind not in (Kind.INVALID, Kind.CONFLICT):
        raise refusal
    return {refusal.field: refusal.message}


def _shown(request: HttpRequest, refund_id: UUID, errors: Mapping[str, str]) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    row = queries.refund_row(refund_id, actor, now=now)
    model = pages.refund_page(
        row, _payer(row), request.POST, errors, actor=actor, today=city_date(now)
    )
    return page(request, "payments/refund.html", model, status=422 if errors else 200)


def _payer(row: Refund) -> str:
    """Whose bill it is; "" for money that fits none."""
    bill = queries.invoice_of_refund(row)
    return identity.names_of([bill.payer_id]).get(bill.payer_id, "") if bill else ""


def _ground(typed: str) -> RefundGround:
    return RefundGround(typed) if typed in set(RefundGround) else RefundGround.OTHER


def _way(typed: str) -> RefundWay:
    return RefundWay(typed) if typed in set(RefundWay) else RefundWay.BACK


def _moment(text: str) -> datetime | None:
    """Raises: InvoiceNotFound for what is no moment."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as problem:
        raise InvoiceNotFound("Không có trang này.") from problem
    if found.tzinfo is None:
        raise InvoiceNotFound("Không có trang này.")
    return found
