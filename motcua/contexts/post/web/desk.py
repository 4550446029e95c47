"""Bưu chính ở quầy: what goes out today, what the post has, what it brings, what it lost."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.post.actions import claims, sheets, tracking
from motcua.contexts.post.adapters.typesetting import sheet_as_pdf
from motcua.contexts.post.contracts import ConsignmentState, NothingToSend
from motcua.contexts.post.queries import parcels
from motcua.contexts.post.web import desk_pages
from motcua.kernel import clock
from motcua.kernel.access import actor_of, roles, route
from motcua.kernel.actors import Role
from motcua.kernel.errors import DomainError, Kind
from motcua.kernel.web import page, redirect_after, uuid_of
from motcua.ui.exporting import pdf_answer

S = ConsignmentState
SHOWN = (S.ASKED, S.REFUSED, S.BOOKED, S.WITH_POST, S.COMING_BACK, S.CAME_BACK, S.DELIVERED, S.LOST)
desk = roles(Role.RETURNER, Role.RECEIVER)


@never_cache
@require_safe
@route(desk)
def listed(request: HttpRequest) -> HttpResponseBase:
    """What goes out today first."""
    return _listed(request)


def _listed(request: HttpRequest, *, error: str = "") -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    rows = parcels.at_desk(actor, SHOWN, now=now)
    model = desk_pages.list_page(
        rows,
        parcels.open_sheets(actor, now=now),
        parcels.with_post([row.id for row in rows]),
        error=error,
    )
    return page(request, "post/desk.html", model, status=422 if error else 200)


@require_POST
@route(desk)
def make_sheet(request: HttpRequest) -> HttpResponseBase:
    """Lay what was ticked on one sheet."""
    ids = [found for one in request.POST.getlist("parcel") if (found := uuid_of(one))]
    actor, now = actor_of(request), clock.now()
    if not ids:
        return _listed(request, error=NothingToSend.sentence)
    unit_id = parcels.consignment(ids[0], actor, now=now).unit_id
    made = sheets.make_sheet(unit_id, ids, actor=actor, now=now)
    return redirect_after(reverse("post:sheet", args=[made.id]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(desk)
def sheet(request: HttpRequest, sheet_id: UUID) -> HttpResponseBase:
    """One sheet; POST: the postman took what is on it."""
    actor, now = actor_of(request), clock.now()
    if request.method != "POST":
        return _sheet(request, sheet_id)
    parcels.sheet(sheet_id, actor, now=now)
    try:
        gave, took = request.POST.get("gave", ""), request.POST.get("took", "")
        sheets.close_sheet(sheet_id, gave=gave, took=took, actor=actor, now=now)
    except DomainError as refusal:
        if refusal.kind is not Kind.INVALID:
            raise
        return _sheet(request, sheet_id, error=refusal.message)
    messages.success(request, "Đã giao bưu chính. Người nộp được báo tin.")
    return redirect_after(reverse("post:sheet", args=[sheet_id]))


def _sheet(request: HttpRequest, sheet_id: UUID, *, error: str = "") -> HttpResponseBase:
    actor = actor_of(request)
    row = parcels.sheet(sheet_id, actor, now=clock.now())
    model = desk_pages.sheet_page(
        row, parcels.on_sheet(sheet_id), request.POST, giver=actor.name, error=error
    )
    return page(request, "post/sheet.html", model, status=422 if error else 200)


@never_cache
@require_safe
@route(desk)
def sheet_paper(request: HttpRequest, sheet_id: UUID) -> HttpResponseBase:
    """The sheet to sign."""
    row = parcels.sheet(sheet_id, actor_of(request), now=clock.now())
    values = desk_pages.printed(row, parcels.on_sheet(sheet_id))
    return pdf_answer("bang-ke-buu-chinh.pdf", sheet_as_pdf(values), shown=True)


@never_cache
@require_safe
@route(desk)
def show(request: HttpRequest, consignment_id: UUID) -> HttpResponseBase:
    """One consignment with its way."""
    return _shown(request, consignment_id)


def _shown(request: HttpRequest, consignment_id: UUID, *, error: str = "") -> HttpResponseBase:
    actor = actor_of(request)
    row = parcels.consignment(consignment_id, actor, now=clock.now())
    model = desk_pages.parcel_page(
        row,
        parcels.view(row),
        has_papers=parcels.papers_with_post(row.id) > 0,
        typed=request.POST,
        taker=actor.name,
        error=error,
    )
    return page(request, "post/parcel.html", model, status=422 if error else 200)


@require_POST
@route(desk)
def take_in(request: HttpRequest, consignment_id: UUID) -> HttpResponseBase:
    """The postman gives papers to the desk."""
    actor, now = actor_of(request), clock.now()
    parcels.consignment(consignment_id, actor, now=now)
    try:
        gave, took = request.POST.get("gave", ""), request.POST.get("took", "")
        tracking.take_in(consignment_id, gave=gave, took=took, actor=actor, now=now)
    except DomainError as refusal:
        if refusal.kind is not Kind.INVALID:
            raise
        return _shown(request, consignment_id, error=refusal.message)
    messages.success(request, "Đã ghi nhận giấy tờ từ bưu tá.")
    return redirect_after(reverse("post:consignment", args=[consignment_id]))


@require_POST
@route(desk)
def claim(request: HttpRequest, consignment_id: UUID) -> HttpResponseBase:
    """Ask the post to search for it."""
    claims.claim(consignment_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã gửi khiếu nại. Bưu chính cho số khiếu nại.")
    return redirect_after(reverse("post:consignment", args=[consignment_id]))
