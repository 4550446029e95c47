"""Quỹ tiền mặt: open a shift, count it, sign it as the second person, take the money over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.contexts.counters.actions import tills
from motcua.contexts.counters.contracts.cash import CountShift, FloatOdd, NotesOdd, ShiftMoved
from motcua.contexts.counters.contracts.queue import NotAtThisDesk
from motcua.contexts.counters.policies import CASHIERS, HEADS
from motcua.contexts.counters.queries import cash, copies, queue
from motcua.contexts.counters.rules.denominations import NOTES
from motcua.contexts.counters.web import till_pages
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.errors import Invalid
from motcua.kernel.money import dong_in
from motcua.kernel.text import whole
from motcua.kernel.web import actor_of, page, redirect_after, uuid_of

keepers = roles(*CASHIERS, *HEADS)
URL = "/quay/quy"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(keepers)
def listed(request: HttpRequest) -> HttpResponseBase:
    """The shifts of the desk; a cashier without one opens it here."""
    if request.method != "POST":
        return _listed(request)
    actor, now = actor_of(request), clock.now()
    desks = queue.desks_of(actor, now=now)
    unit_id = uuid_of(request.POST.get("unit", "")) or (desks[0].id if desks else None)
    if unit_id is None:
        raise NotAtThisDesk
    amount = dong_in(request.POST.get("float", ""))
    if amount is None:
        return _listed(request, FloatOdd(field="float"))
    opened = tills.open_shift(unit_id, float_dong=int(amount), actor=actor, now=now)
    messages.success(request, "Đã mở ca. Bạn thu tiền mặt được rồi.")
    return redirect_after(f"{URL}/{opened.shift_id}")


def _listed(request: HttpRequest, refused: Invalid | None = None) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    desks = queue.desks_of(actor, now=now) if actor.has(*CASHIERS) else ()
    wrong = {refused.field or "float": refused.message} if refused else {}
    typed = {name: request.POST.get(name, "") for name in ("unit", "float")}
    model = till_pages.tills_page(desks, actor, typed, now=now, errors=wrong)
    return page(request, "counters/tills.html", model, status=422 if refused else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(keepers)
def shift(request: HttpRequest, shift_id: UUID) -> HttpResponseBase:
    """One shift; its cashier counts it here."""
    if request.method != "POST":
        return _shown(request, shift_id)
    try:
        command = CountShift(
            shift_id=shift_id,
            notes=_notes(request.POST),
            reason=request.POST.get("reason", ""),
            seen_dong=_seen(request.POST),
        )
        tills.count_shift(command, actor=actor_of(request), now=clock.now())
    except Invalid as refusal:
        return _shown(request, shift_id, refusal)
    messages.success(request, "Đã kiểm đếm và ký. Bạn nhờ người thứ hai đếm lại rồi ký.")
    return redirect_after(f"{URL}/{shift_id}")


def _seen(typed: QueryDict) -> int:
    """What the page showed; more may have gone out than came in. Raises: ShiftMoved."""
    text = typed.get("seen", "")
    amount = whole(text.removeprefix("-"), digits=15)
    if amount is None:
        raise ShiftMoved
    return -amount if text.startswith("-") else amount


def _notes(typed: QueryDict) -> tuple[tuple[int, int], ...]:
    """What is left empty is none. Raises: NotesOdd."""
    found = []
    for value in NOTES:
        text = typed.get(f"note.{value}", "").strip()
        many = whole(text) if text else 0
        if many is None:
            raise NotesOdd(field=f"note.{value}")
        found.append((value, many))
    return tuple(found)


def _shown(
    request: HttpRequest, shift_id: UUID, refused: Invalid | None = None
) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    found = cash.shift(shift_id, actor, now=now)
    lines = cash.lines(shift_id, actor, now=now)
    wrong = {refused.field or "reason": refused.message} if refused else {}
    certified = copies.book_of(found.unit_id, found.day, actor, now=now)
    model = till_pages.shift_page(
        found, lines, certified, actor, request.POST, now=now, errors=wrong
    )
    return page(request, "counters/shift.html", model, status=422 if refused else 200)


@require_POST
@route(keepers)
def sign(request: HttpRequest, shift_id: UUID) -> HttpResponseBase:
    """The second person."""
    agreed = request.POST.get("agreed") == "yes"
    tills.sign_shift(shift_id, agreed=agreed, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã ký." if agreed else "Đã trả về để đếm lại.")
    return redirect_after(f"{URL}/{shift_id}")


@require_POST
@route(keepers)
def take(request: HttpRequest, shift_id: UUID) -> HttpResponseBase:
    """Whoever holds the money from now on."""
    tills.take_money(shift_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã ghi bạn nhận tiền.")
    return redirect_after(f"{URL}/{shift_id}")
