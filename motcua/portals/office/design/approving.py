"""So và công bố: what the draft changes, what still hinders it, for whom it is put in force."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.contexts.archive import public as archive
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import KeptOf, LintFailed, Published
from motcua.contexts.procedures.contracts.designing import (
    DesignView,
    DraftMoved,
    NothingChanged,
    OwnDraft,
    TrialRuns,
    TrialWardsMissing,
)
from motcua.contexts.reference import public as reference
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.actors import Role
from motcua.kernel.clock import city_date
from motcua.kernel.codes import ProcedureCode
from motcua.kernel.errors import DomainError
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.portals.office.design import outline
from motcua.portals.office.design.asking import DESIGNERS, URL, address_of, day_in, seen_in
from motcua.portals.office.design.editor import crumbs
from motcua.ui.parts import Crumb, FieldError, Option
from motcua.ui.parts import QuestionView as Question
from motcua.ui.words import count

TRIAL_DAYS = 30
TOLD = (LintFailed, DraftMoved, NothingChanged, OwnDraft, TrialRuns, TrialWardsMissing)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovingPage:
    """changes: of the whole; may_publish: whoever looks is an approver who did not write it."""

    title: str
    name: str
    crumbs: tuple[Crumb, ...]
    changes: tuple[str, ...]
    against: str
    remarks: tuple[outline.Remark, ...]
    wrongs: int
    impact: str
    impact_url: str
    keeping: str
    seen: int
    may_publish: bool
    why_not: str
    scope: Question
    start: Question
    until: Question
    wards: tuple[Option, ...]
    chosen: frozenset[str]
    discard_url: str
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(DESIGNERS)
def show(request: HttpRequest, version_id: UUID) -> HttpResponseBase:
    """The differences and the remarks; an approver publishes, for all or for some communes."""
    if request.method != "POST":
        return page(request, "office/design/approving.html", _page(request, version_id))
    code = procedures.design(version_id).code
    try:
        done = _published(request, version_id)
    except TOLD as refusal:
        model = _page(request, version_id, refusal)
        return page(request, "office/design/approving.html", model, status=int(refusal.kind))
    messages.success(request, f"Đã công bố phiên bản {done.number}.")
    return redirect_after(f"{URL}/thu-tuc/{code}")


def _published(request: HttpRequest, version_id: UUID) -> Published:
    actor, now, seen = actor_of(request), clock.now(), seen_in(request)
    if request.POST.get("scope") == "some":
        return procedures.start_trial(
            version_id,
            wards=request.POST.getlist("ward"),
            ends_on=day_in(request.POST.get("until", "")) or date.min,
            seen=seen,
            by=actor,
            now=now,
        )
    return procedures.publish_design(
        version_id, seen=seen, valid_from=day_in(request.POST.get("start", "")), by=actor, now=now
    )


def _page(
    request: HttpRequest, version_id: UUID, refusal: DomainError | None = None
) -> ApprovingPage:
    draft, post, today = procedures.design(version_id), request.POST, city_date(clock.now())
    changes = procedures.compared(draft.base_id, version_id) if draft.base_id else ()
    remarks = outline.remarks_of(draft.findings, version_id)
    why_not = _why_not(request, draft)
    until = (today + timedelta(days=TRIAL_DAYS)).isoformat()
    return ApprovingPage(
        title="So và công bố",
        name=draft.definition.name,
        crumbs=crumbs(
            Crumb(label=draft.code, url=f"{URL}/thu-tuc/{draft.code}"),
            Crumb(label="Bản soạn", url=address_of(version_id)),
            "So và công bố",
        ),
        changes=tuple(change.sentence for change in changes),
        against=f"So với phiên bản {draft.base_number} đang dùng",
        remarks=remarks,
        wrongs=sum(remark.wrong for remark in remarks),
        impact=count(sum(one.dossiers for one in dossiers.pinned(ProcedureCode(draft.code)))),
        impact_url=f"{URL}/thu-tuc/{draft.code}/tac-dong",
        keeping=_keeping(draft),
        seen=draft.revision,
        may_publish=not why_not,
        why_not=why_not,
        scope=Question(
            key="scope",
            label="Công bố cho ai",
            type="choice",
            value=post.get("scope", "all"),
            options=(
                Option(value="all", label="Cả thành phố"),
                Option(value="some", label="Thử ở một số phường, xã trước"),
            ),
        ),
        start=Question(
            key="start",
            label="Cả thành phố dùng từ ngày",
            value=post.get("start", today.isoformat()),
            help="Năm-tháng-ngày. Hồ sơ đã nộp vẫn theo phiên bản cũ.",
        ),
        until=Question(
            key="until",
            label="Thử đến trước ngày",
            value=post.get("until", until),
            help="Hết ngày này mà chưa mở rộng thì mọi nơi dùng phiên bản cũ.",
        ),
        wards=tuple(
            Option(value=one.code, label=one.full_name) for one in reference.communes(today)
        ),
        chosen=frozenset(post.getlist("ward")),
        discard_url=f"{URL}/{version_id}/bo",
        errors=_errors(refusal),
    )


def _errors(refusal: DomainError | None) -> tuple[FieldError, ...]:
    return (FieldError(text=refusal.message, field=refusal.field or ""),) if refusal else ()


def _keeping(draft: DesignView) -> str:
    """What publishing does to closed dossiers; "" when nothing is kept or nothing changes."""
    rule = next((one for one in draft.definition.retention if one.of is KeptOf.DOSSIER), None)
    told = archive.impact(str(draft.code), rule)
    parts = (
        f"{count(told.longer)} hồ sơ đã đóng được giữ lâu hơn" if told.longer else "",
        f"{count(told.not_shortened)} hồ sơ đã đóng không bị rút ngắn, giữ hạn cũ"
        if told.not_shortened
        else "",
    )
    return "; ".join(part for part in parts if part)


def _why_not(request: HttpRequest, draft: DesignView) -> str:
    actor = actor_of(request)
    if not actor.has(Role.CATALOGUE_APPROVER):
        return "Người duyệt danh mục công bố bản này."
    if draft.saved_by == actor.account_id:
        return OwnDraft.sentence
    return ""
