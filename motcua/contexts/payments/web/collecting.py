"""Bàn thu phí: cash, money without a bill, books."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.payments import queries
from motcua.contexts.payments.actions import receiving
from motcua.contexts.payments.actions import suspense as waiting
from motcua.contexts.payments.contracts import CollectorsOnly, InvoiceNotFound
from motcua.contexts.payments.rules.codes import codes_in
from motcua.contexts.payments.web import desk_pages
from motcua.contexts.payments.web.typed import dong
from motcua.kernel import clock
from motcua.kernel.access import actor_of, roles, route
from motcua.kernel.actors import Role
from motcua.kernel.web import page, redirect_after, uuid_of

desk = roles(*receiving.COLLECTORS)
collectors = roles(Role.FEE_COLLECTOR)


@never_cache
@require_safe
@route(desk)
def counter(request: HttpRequest) -> HttpResponseBase:
    """Look a bill up by the code on the payer's screen or paper."""
    asked = request.GET.get("ma", "")
    if asked:
        found = codes_in(asked)
        if not found:
            raise InvoiceNotFound("Không có khoản phí nào mang mã này. Bạn xem lại từng chữ.")
        return redirect_after(reverse("payments:pay", args=[found[0]]))
    return page(request, "payments/counter.html", desk_pages.counter_page(actor_of(request)))


@require_POST
@route(desk)
def cash(request: HttpRequest, code: str) -> HttpResponseBase:
    """Cash for exactly what the desk saw on the page."""
    actor, now = actor_of(request), clock.now()
    queries.visible_invoice(code, actor, now=now)
    receiving.record_cash(
        code=code,
        amount_dong=dong(request.POST.get("amount", "")),
        unit_id=_desk(request.POST.get("unit", "")),
        actor=actor,
        now=now,
    )
    messages.success(request, "Đã ghi thu tiền mặt. Biên lai tải được ngay.")
    return redirect_after(reverse("payments:pay", args=[code]))


def _desk(chosen: str) -> UUID:
    """Raises: CollectorsOnly, as for a desk of others."""
    found = uuid_of(chosen)
    if found is None:
        raise CollectorsOnly
    return found


@never_cache
@require_safe
@route(collectors)
def suspense(request: HttpRequest) -> HttpResponseBase:
    """Everything that did not fit, oldest question last."""
    actor, now = actor_of(request), clock.now()
    rows = queries.to_look_at(actor, now=now)
    return page(request, "payments/suspense.html", desk_pages.suspense_page(rows))


@require_POST
@route(collectors)
def give(request: HttpRequest, credit_id: UUID) -> HttpResponseBase:
    found = codes_in(request.POST.get("code", ""))
    if not found:
        raise InvoiceNotFound("Không có khoản phí nào mang mã này. Bạn xem lại từng chữ.")
    waiting.give_to_invoice(credit_id, found[0], actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã gắn tiền vào khoản phí.")
    return redirect_after(reverse("payments:suspense"))


@require_POST
@route(collectors)
def send_back(request: HttpRequest, credit_id: UUID) -> HttpResponseBase:
    reason = request.POST.get("reason", "")[:300]
    waiting.send_back(credit_id, reason=reason, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã ghi trả lại người chuyển.")
    return redirect_after(reverse("payments:suspense"))


@require_POST
@route(collectors)
def seen(request: HttpRequest, credit_id: UUID) -> HttpResponseBase:
    waiting.note_as_seen(credit_id, actor=actor_of(request), now=clock.now())
    return redirect_after(reverse("payments:suspense"))


@never_cache
@require_safe
@route(roles(Role.FEE_COLLECTOR, Role.AUDITOR))
def books(request: HttpRequest) -> HttpResponseBase:
    """Balances of every account and the last reconciliations."""
    model = desk_pages.books_page(queries.balances(), queries.recent_reconciliations())
    return page(request, "payments/books.html", model)
