"""Quầy bản sao: who, which paper, how many; Ctrl Enter receives, Enter takes the money."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.counters.actions import copies as acts
from motcua.contexts.counters.contracts.copies import (
    MOST_KINDS,
    CopyLine,
    CopyLineOdd,
    CopyView,
    TakeCopies,
)
from motcua.contexts.counters.policies import HEADS
from motcua.contexts.counters.queries import copies as queries
from motcua.contexts.counters.queries import queue
from motcua.contexts.counters.web import copies_pages as pages
from motcua.contexts.counters.web.visitors import ask_who
from motcua.contexts.payments import public as payments
from motcua.kernel import clock, idempotency
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Role
from motcua.kernel.clock import city_date
from motcua.kernel.errors import DomainError
from motcua.kernel.text import whole
from motcua.kernel.web import actor_of, page, redirect_after

receivers = roles(Role.RECEIVER)
readers = roles(Role.RECEIVER, Role.FEE_COLLECTOR, *HEADS)
HERE = "/quay/sao"
YEARS = range(2020, 2100)


@require_http_methods(["GET", "HEAD", "POST"])
@route(receivers)
def who(request: HttpRequest) -> HttpResponseBase:
    """A card or twelve digits; then the papers."""
    return ask_who(request, "counters/copies_who.html", f"{HERE}/nguoi")


@require_http_methods(["GET", "HEAD", "POST"])
@route(receivers)
def lane(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Papers, pages, copies; the fee of the law beside them. POST receives."""
    if request.method != "POST":
        return _show(request, person_id, {})
    try:
        command = TakeCopies(
            person_id=person_id,
            lines=_lines(request.POST),
            answers_for=request.POST.get("answers_for") == "yes",
        )
        taken = acts.take_copies(command, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        return _show(request, person_id, {refusal.field or "paper0": refusal.message})
    messages.success(request, "Đã nhận. Bạn thu phí rồi in phiếu.")
    return redirect_after(pages.taken_url(taken.codes))


def _lines(typed: QueryDict) -> tuple[CopyLine, ...]:
    """Raises: CopyLineOdd."""
    found = []
    for n in range(MOST_KINDS):
        said = [typed.get(f"{name}{n}", "").strip() for name in pages.FIELDS]
        if not any(said):
            continue
        paper, issuer, pages_text, copies_text = said
        many, times = whole(pages_text), whole(copies_text)
        if not (paper and issuer and many and times):
            raise CopyLineOdd(field=f"paper{n}")
        found.append(CopyLine(paper=paper[:200], issuer=issuer[:200], pages=many, copies=times))
    return tuple(found)


def _show(request: HttpRequest, person_id: UUID, wrong: dict[str, str]) -> HttpResponseBase:
    model = pages.lane_page(person_id, request.POST, wrong, actor_of(request), now=clock.now())
    return page(request, "counters/copies.html", model, status=422 if wrong else 200)


@require_safe
@route(receivers)
def taken(request: HttpRequest) -> HttpResponseBase:
    """What it costs, the receipts of A5, and the words of certification once there is a number."""
    found = _asked(request)
    model = pages.taken_page(found, actor_of(request), now=clock.now())
    return page(request, "counters/copies_taken.html", model)


@require_POST
@route(receivers)
def collect(request: HttpRequest) -> HttpResponseBase:
    """Cash for all of it, into the till of the open shift."""
    actor, now = actor_of(request), clock.now()
    for one in _asked(request):
        if one.paid:
            continue
        with idempotency.using(""):  # a bill is paid once; pressed again, the rest is taken
            payments.record_cash(
                code=one.invoice_code,
                amount_dong=one.fee_dong,
                unit_id=pages.till_of(actor),
                actor=actor,
                now=now,
            )
    messages.success(request, "Đã ghi thu tiền mặt.")
    return redirect_after(pages.taken_url(request.GET.getlist("ma")))


def _asked(request: HttpRequest) -> tuple[CopyView, ...]:
    codes = request.GET.getlist("ma")[:MOST_KINDS]
    return queries.copies(codes, actor_of(request), now=clock.now())


@require_safe
@route(readers)
def book(request: HttpRequest) -> HttpResponseBase:
    """Sổ chứng thực of one desk and day."""
    actor, now = actor_of(request), clock.now()
    day = _day(request, city_date(now))
    desks = queue.desks_of(actor, now=now)
    lines = [one for unit in desks for one in queries.book_of(unit.id, day, actor, now=now)]
    return page(request, "counters/copies_book.html", pages.book_page(desks, day, lines))


def _day(request: HttpRequest, today: date) -> date:
    try:
        found = date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return today
    return found if found.year in YEARS else today
