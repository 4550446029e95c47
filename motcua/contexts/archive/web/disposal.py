"""Trang tiêu hủy: lists that one archivist proposed, examined and decided by somebody else."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.archive.actions import disposing
from motcua.contexts.archive.contracts import (
    ApproveDisposal,
    DisposalLineView,
    DisposalListView,
    ListState,
)
from motcua.contexts.archive.queries import disposals as queries
from motcua.contexts.archive.rules.words import STATES
from motcua.contexts.archive.web.room import DECIDERS, DISPOSAL, crumbs
from motcua.contexts.privacy import public as privacy
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.errors import DomainError, Kind
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Chip, Crumb, Empty, Fact, FieldError, FileRow, Tone
from motcua.ui.words import count

TONES = {
    ListState.PROPOSED: Tone.TURN,
    ListState.APPROVED: Tone.OK,
    ListState.REFUSED: Tone.PLAIN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCard:
    title: str
    url: str
    chip: Chip
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListsPage:
    title: str
    cards: tuple[ListCard, ...]
    none: Empty
    runs: tuple[FileRow, ...]
    no_runs: Empty
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCard:
    """One dossier of a list, with what whoever examines typed about it."""

    code: str
    text: str
    chip: Chip | None
    why: str
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    title: str
    chip: Chip
    facts: tuple[Fact, ...]
    lines: tuple[LineCard, ...]
    may_approve: bool
    may_refuse: bool
    own: bool
    approve_url: str
    refuse_url: str
    typed: dict[str, str]
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]


@never_cache
@require_safe
@route(DECIDERS)
def listed(request: HttpRequest) -> HttpResponseBase:
    lists = queries.listed(actor_of(request), now=clock.now())
    model = ListsPage(
        title="Tiêu hủy hồ sơ hết hạn",
        cards=tuple(
            ListCard(
                title=one.code,
                url=f"{DISPOSAL}/{one.id}",
                chip=Chip(label=STATES[one.state], tone=TONES[one.state]),
                text=f"{count(one.dossiers)} hồ sơ, đã tiêu hủy {count(one.gone)}, "
                f"lập {dates.city_moment(one.proposed_at)}",
            )
            for one in lists
        ),
        none=Empty(
            title="Chưa có danh mục nào",
            text="Lưu trữ viên lập danh mục ở trang Thời hạn lưu.",
            icon="archive",
        ),
        runs=tuple(
            FileRow(
                name=f"Biên bản đợt {run.code}",
                url=run.certificate_url,
                size=f"{count(run.records)} mục, {count(run.files)} tệp",
                note=dates.city_moment(run.ended_at) or "đang chạy",
            )
            for run in privacy.disposal_runs()
            if run.certificate_url
        ),
        no_runs=Empty(title="Chưa có biên bản tiêu hủy nào", icon="archive"),
        crumbs=crumbs(("Tiêu hủy", "")),
    )
    return page(request, "archive/lists.html", model)


@never_cache
@require_safe
@route(DECIDERS)
def show(request: HttpRequest, list_id: UUID) -> HttpResponseBase:
    """Raises: ListNotFound."""
    return _show(request, list_id)


def _show(
    request: HttpRequest, list_id: UUID, refusal: DomainError | None = None
) -> HttpResponseBase:
    actor = actor_of(request)
    view = queries.disposal_list(list_id, actor, now=clock.now())
    url = f"{DISPOSAL}/{view.id}"
    untouched = not any(line.gone_at for line in view.lines)
    open_to_refuse = view.state is ListState.PROPOSED or (
        view.state is ListState.APPROVED and untouched
    )
    model = ListPage(
        title=f"Danh mục {view.code}",
        chip=Chip(label=STATES[view.state], tone=TONES[view.state]),
        facts=_facts(view),
        lines=tuple(_line(line, request) for line in view.lines),
        may_approve=view.may_decide and view.state is ListState.PROPOSED,
        may_refuse=view.may_decide and open_to_refuse,
        own=view.state is ListState.PROPOSED and not view.may_decide,
        approve_url=f"{url}/duyet",
        refuse_url=f"{url}/khong-duyet",
        typed={name: request.POST.get(name, "") for name in ("minutes", "said")},
        crumbs=crumbs(("Tiêu hủy", DISPOSAL), (view.code, "")),
        errors=(FieldError(text=refusal.message, field=refusal.field or ""),) if refusal else (),
    )
    status = int(refusal.kind) if refusal else 200
    return page(request, "archive/list.html", model, status=status)


def _facts(view: DisposalListView) -> tuple[Fact, ...]:
    facts = [
        Fact(label="Vì sao", value=view.why),
        Fact(label="Người lập", value=view.proposed_by, note=dates.city_moment(view.proposed_at)),
        Fact(label="Số hồ sơ", value=count(len(view.lines))),
    ]
    if view.decided_at:
        told = dates.city_moment(view.decided_at)
        facts.append(Fact(label="Người quyết định", value=view.decided_by, note=told))
    if view.minutes:
        facts.append(Fact(label="Biên bản của Hội đồng", value=view.minutes))
    if view.said:
        facts.append(Fact(label="Lý do không duyệt", value=view.said))
    return tuple(facts)


def _line(line: DisposalLineView, request: HttpRequest) -> LineCard:
    until = dates.day(line.keep_until) if line.keep_until else "vĩnh viễn"
    told = f"{line.procedure_name} · kết thúc {dates.day(line.ended_on)} · lưu đến hết {until}"
    return LineCard(
        code=line.code,
        text=f"{told} · {line.kept_for}" if line.kept_for else told,
        chip=_line_chip(line),
        why=request.POST.get(f"why-{line.code}", ""),
        kept=line.code in request.POST.getlist("kept"),
    )


def _line_chip(line: DisposalLineView) -> Chip | None:
    if line.gone_at:
        return Chip(label=f"Đã tiêu hủy, đợt {line.run}", tone=Tone.OK)
    if line.kept_for:
        return Chip(label="Giữ lại", tone=Tone.INFO)
    return Chip(label=f"Tạm giữ: {line.held}", tone=Tone.INFO) if line.held else None


@never_cache
@require_POST
@route(DECIDERS)
def approve(request: HttpRequest, list_id: UUID) -> HttpResponseBase:
    """Raises: ListNotFound."""
    kept = {code: request.POST.get(f"why-{code}", "") for code in request.POST.getlist("kept")}
    command = ApproveDisposal(list_id=list_id, minutes=request.POST.get("minutes", ""), kept=kept)
    try:
        disposing.approve(command, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        if refusal.kind is Kind.NOT_FOUND:
            raise
        return _show(request, list_id, refusal)
    messages.success(request, "Đã duyệt. Hồ sơ trong danh mục được tiêu hủy lúc 3 giờ 20 đêm nay.")
    return redirect_after(f"{DISPOSAL}/{list_id}")


@never_cache
@require_POST
@route(DECIDERS)
def refuse(request: HttpRequest, list_id: UUID) -> HttpResponseBase:
    """Raises: ListNotFound."""
    try:
        disposing.refuse(
            list_id, request.POST.get("said", ""), actor=actor_of(request), now=clock.now()
        )
    except DomainError as refusal:
        if refusal.kind is Kind.NOT_FOUND:
            raise
        return _show(request, list_id, refusal)
    messages.success(request, "Đã ghi không duyệt. Không hồ sơ nào bị tiêu hủy.")
    return redirect_after(f"{DISPOSAL}/{list_id}")
