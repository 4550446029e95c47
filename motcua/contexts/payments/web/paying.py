"""Trang trả phí: the payer's page, its state, the way to the bank, the receipt."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.payments import queries
from motcua.contexts.payments.actions.attempts import start_payment
from motcua.contexts.payments.actions.receipts import receipt_pdf
from motcua.contexts.payments.actions.receiving import COLLECTORS
from motcua.contexts.payments.contracts import InvoiceView
from motcua.contexts.payments.web.pages import PayPage, bank_address, pay_page, with_cash
from motcua.kernel import clock
from motcua.kernel.access import actor_of, citizens, route, signed_in
from motcua.kernel.actors import Actor
from motcua.kernel.web import page, redirect_after


@never_cache
@require_safe
@route(signed_in)
def pay(request: HttpRequest, code: str) -> HttpResponseBase:
    """Total, lines, QR and where the money is. Raises: InvoiceNotFound."""
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
    start_payment(code, actor=actor, now=now)
    return redirect_after(bank_address(_view(code, actor)))


@never_cache
@require_safe
@route(signed_in)
def receipt(request: HttpRequest, code: str) -> HttpResponseBase:
    """The receipt as PDF. Raises: InvoiceNotFound, NotPaidYet."""
    invoice = queries.visible_invoice(code, actor_of(request), now=clock.now())
    answer = HttpResponse(receipt_pdf(invoice.id), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="bien-lai-{invoice.code}.pdf"'
    return answer


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
