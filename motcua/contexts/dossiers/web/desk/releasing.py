"""Bổ sung lần nữa: what waits for a head, and the head's answer beside the dossier."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts.shortcomings import ProposalLine
from motcua.contexts.dossiers.queries.proposals import proposals_waiting
from motcua.contexts.dossiers.web.desk.asking import BAN, asked
from motcua.contexts.dossiers.web.desk.working import refused
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Role
from motcua.kernel.errors import DomainError, NotFound
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Cell, Crumb, Empty, Table

heads = roles(Role.DIVISION_HEAD, Role.SIGNER)
TITLE = "Bổ sung lần nữa chờ cho phép"
HEADS = ("Hồ sơ", "Thủ tục", "Cán bộ đề nghị", "Lúc", "Số điểm")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalsPage:
    title: str
    table: Table
    crumbs: tuple[Crumb, ...]


@require_safe
@route(heads)
def listed(request: HttpRequest) -> HttpResponseBase:
    """The oldest first."""
    found = proposals_waiting(actor_of(request), now=clock.now())
    model = ProposalsPage(
        title=TITLE,
        table=Table(
            caption=TITLE,
            heads=tuple((head, False) for head in HEADS),
            rows=tuple(map(_row, found)),
            empty=Empty(title="Không có đề nghị nào chờ bạn", icon="circle-check"),
        ),
        crumbs=(Crumb(label="Việc của tôi", url=BAN), Crumb(label=TITLE)),
    )
    return page(request, "dossiers/desk/proposals.html", model)


def _row(one: ProposalLine) -> tuple[Cell, ...]:
    return (
        Cell(text=one.code, url=f"{BAN}/ho-so/{one.code}#de-nghi"),
        Cell(text=one.procedure_name),
        Cell(text=one.proposed_by),
        Cell(text=dates.city_moment(one.proposed_at)),
        Cell(text=str(one.items)),
    )


@require_POST
@route(heads)
def decide(request: HttpRequest, code: str, further_id: UUID) -> HttpResponseBase:
    """Let it go, or say why not."""
    actor, now = actor_of(request), clock.now()
    view = dossiers.desk_view(code, actor, now=now)
    if further_id not in {one.id for one in view.proposals}:
        raise NotFound
    try:
        if request.POST.get("decision") == "release":
            taken = dossiers.release_supplement(further_id, actor=actor, now=now)
        else:
            reason = request.POST.get("answer", "")
            taken = dossiers.decline_supplement(further_id, reason, actor=actor, now=now)
    except DomainError as refusal:
        return refused(request, view, "", refusal)
    messages.success(request, taken.sentence)
    return redirect_after(asked(request).url(f"{BAN}/ho-so/{code}"))
