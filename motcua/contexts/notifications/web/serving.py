"""Trang «Tin này đã được báo thế nào», bản in của nó, việc giao giấy của quầy, bản cho kiểm tra."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.notifications import queries
from motcua.contexts.notifications.actions.serving import note_paper
from motcua.contexts.notifications.adapters.typesetting import proof_as_pdf
from motcua.contexts.notifications.contracts import PaperWay, Service, ServiceNotFound
from motcua.contexts.notifications.models import Notification
from motcua.contexts.notifications.policies import DESKS
from motcua.contexts.notifications.web import serving_pages
from motcua.kernel import clock
from motcua.kernel.access import actor_of, roles, route, signed_in
from motcua.kernel.actors import Role
from motcua.kernel.web import page, redirect_after
from motcua.ui.exporting import csv_answer, pdf_answer
from motcua.ui.words import language

SHOWN = 100
EXPORTED_DAYS, EXPORTED = 92, 20_000
PIECE = 500


@never_cache
@require_safe
@route(signed_in)
def notices(request: HttpRequest) -> HttpResponseBase:
    """Notices of the law about one dossier (`?ho_so=`), or all that one may see, newest first."""
    actor, subject = actor_of(request), request.GET.get("ho_so", "")[:80]
    rows = queries.served_notices(actor, now=clock.now(), subject=subject)[:SHOWN]
    found = queries.services(list(rows), language=language())
    model = serving_pages.notices_page(found, subject=subject, actor=actor)
    return page(request, "notifications/notices.html", model)


@never_cache
@require_safe
@route(signed_in)
def one_notice(request: HttpRequest, served_id: UUID) -> HttpResponseBase:
    """Raises: ServiceNotFound."""
    model = serving_pages.notice_page(_proved(request, served_id), actor=actor_of(request))
    return page(request, "notifications/notice.html", model)


@never_cache
@require_safe
@route(signed_in)
def notice_pdf(request: HttpRequest, served_id: UUID) -> HttpResponseBase:
    """The same on paper, in Vietnamese. Raises: ServiceNotFound."""
    found = _proved(request, served_id, wanted="vi")
    pdf = proof_as_pdf(serving_pages.printed(found, now=clock.now()))
    return pdf_answer(f"bao-tin-{found.id}.pdf", pdf, shown=True)


def _proved(request: HttpRequest, served_id: UUID, *, wanted: str = "") -> Service:
    actor, now = actor_of(request), clock.now()
    row = queries.served_notices(actor, now=now).filter(pk=served_id).first()
    if row is None:
        raise ServiceNotFound
    [found] = queries.services([row], language=wanted or language())
    return replace(found, leaves=queries.leaves_of(row))


@never_cache
@require_safe
@route(roles(*DESKS))
def papers(request: HttpRequest) -> HttpResponseBase:
    """What this desk brings on paper: open ones first, then the newest that are done."""
    rows = queries.papers(actor_of(request), now=clock.now())
    waiting = list(rows.filter(done_at__isnull=True)[:SHOWN])
    done = list(rows.filter(done_at__isnull=False).order_by("-done_at")[:20])
    return page(request, "notifications/papers.html", serving_pages.papers_page(waiting, done))


@require_POST
@route(roles(*DESKS))
def paper_done(request: HttpRequest, paper_service_id: UUID) -> HttpResponseBase:
    """Raises: ServiceNotFound, PaperAlreadyDone, PostNumberMissing."""
    note_paper(
        paper_service_id,
        way=PaperWay.POST if request.POST.get("cach") == "POST" else PaperWay.COUNTER,
        reference=request.POST.get("so", ""),
        actor=actor_of(request),
        now=clock.now(),
    )
    messages.success(request, "Đã ghi lần giao giấy.")
    return redirect_after(reverse("notifications:papers"))


@require_safe
@route(roles(Role.AUDITOR))
def export(request: HttpRequest) -> HttpResponseBase:
    """Codes, ways and times of the last three months; nobody's name, address or words."""
    now = clock.now()
    rows = queries.served_notices(actor_of(request), now=now)
    recent = rows.filter(created_at__gt=now - timedelta(days=EXPORTED_DAYS))[:EXPORTED]
    return csv_answer("tong-dat.csv", serving_pages.HEADS, _exported(recent))


def _exported(rows: "QuerySet[Notification]") -> Iterator[tuple[str, ...]]:
    piece: list[Notification] = []
    for row in rows.iterator(chunk_size=PIECE):
        piece.append(row)
        if len(piece) == PIECE:
            yield from serving_pages.exported(queries.services(piece, language="vi"))
            piece = []
    yield from serving_pages.exported(queries.services(piece, language="vi"))
