"""Trang trả phí: the payer's page, its state, the way to the bank, the receipt."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.payments import ports, queries
from motcua.contexts.payments.actions.attempts import start_payment
from motcua.contexts.payments.actions.receipts import receipt_pdf
from motcua.contexts.payments.actions.receiving import COLLECTORS
from motcua.contexts.payments.contracts import InvoiceState, InvoiceView
from motcua.contexts.payments.web.pages import PayPage, bank_address, pay_page, with_cash
from motcua.kernel import clock
from motcua.kernel.access import actor_of, citizens, route, signed_in
from motcua.kernel.actors import Actor
from motcua.kernel.web import page, redirect_after
from motcua.ui.exporting import pdf_answer

FRESH = timedelta(hours=1)


@never_cache
@require_safe
@route(signed_in)
def pay(request: HttpRequest, code: str) -> HttpResponseBase:
    """Total, lines, QR and where the money is. Raises: InvoiceNotFound."""
    instead = _asked_again(code, actor_of(request))
    if instead:
        return redirect_after(reverse("payments:pay", args=[instead]))
    return page(request, "payments/pay.html", _page(request, code))


@never_cache
@require_safe
@route(signed_in)
def state(request: HttpRequest, code: str) -> HttpResponseBase:
    """Only the changing part; 204 while it is as the browser knows it."""
    model = _page(request, code)
    if model.poll_url and model.poll_url.endswith(request.GET.urlencode()):
        return HttpResponse(status=204)
    return page(request, "payments/state.html", model)


@require_POST
@route(citizens)
def to_bank(request: HttpRequest, code: str) -> HttpResponseBase:
    """Leave for the bank; from now on the honest state is «waiting»."""
    actor, now = actor_of(request), clock.now()
    instead = _asked_again(code, actor)
    if instead:
        return redirect_after(reverse("payments:pay", args=[instead]))
    start_payment(code, actor=actor, now=now)
    return redirect_after(bank_address(_view(code, actor)))


@never_cache
@require_safe
@route(signed_in)
def receipt(request: HttpRequest, code: str) -> HttpResponseBase:
    """The receipt as PDF. Raises: InvoiceNotFound, NotPaidYet."""
    invoice = queries.visible_invoice(code, actor_of(request), now=clock.now())
    return pdf_answer(f"bien-lai-{invoice.code}.pdf", receipt_pdf(invoice.id))


def _asked_again(code: str, actor: Actor) -> str:
    """The code of the bill that is owed instead, when an exemption ended; "" when this one is.

    Asked of the register where its word lowers the bill, and not more than once an hour.
    """
    invoice, now = _view(code, actor), clock.now()
    told = invoice.relief_checked_at
    fresh = told is not None and now - told < FRESH
    owed = invoice.state is InvoiceState.UNPAID and actor.is_citizen
    if fresh or not owed or not any(item.by_register for item in invoice.items):
        return ""
    ports.recheck(invoice.subject, actor, now)
    newest = queries.latest_of(invoice.subject)
    return newest.code if newest and newest.code != code else ""


def _view(code: str, actor: Actor) -> InvoiceView:
    invoice = queries.visible_invoice(code, actor, now=clock.now())
    return queries.view_of(invoice, queries.items_of(invoice.id))


def _page(request: HttpRequest, code: str) -> PayPage:
    actor = actor_of(request)
    row = queries.visible_invoice(code, actor, now=clock.now())
    invoice, back = queries.view_of(row, queries.items_of(row.id)), queries.money_back(row)
    model = pay_page(invoice, back, actor=actor)
    desks = sorted(actor.unit_ids(*COLLECTORS))
    if desks and model.poll_url:
        return with_cash(model, invoice, unit_id=str(desks[0]))
    return model
