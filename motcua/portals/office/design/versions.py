"""Phiên bản: all versions of a procedure, what two of them differ in, trials, the way back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import ProcedureNotOpen, VersionState, VersionSummary
from motcua.contexts.procedures.contracts.designing import (
    NoEarlierVersion,
    TrialRuns,
    TrialView,
    TrialWardsMissing,
)
from motcua.contexts.reference import public as reference
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.actors import Role
from motcua.kernel.clock import city_date
from motcua.kernel.web import actor_of, page, redirect_after, uuid_of
from motcua.portals.office.catalogue import SOURCES
from motcua.portals.office.design.asking import APPROVERS, DESIGNERS, URL, address_of
from motcua.portals.office.design.editor import crumbs
from motcua.ui.parts import Action, Cell, Chip, Crumb, Empty, FieldError, Option, Table, Tone

STATES = {
    VersionState.DRAFT: Chip(label="Bản soạn"),
    VersionState.PUBLISHED: Chip(label="Đang dùng", tone=Tone.OK, icon="circle-check"),
    VersionState.FUTURE_EFFECTIVE: Chip(label="Sẽ dùng", tone=Tone.INFO),
    VersionState.AMENDED: Chip(label="Đã thay"),
    VersionState.REPEALED: Chip(label="Đã bãi bỏ"),
    VersionState.TRIAL: Chip(label="Công bố thử", tone=Tone.GO),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsPage:
    title: str
    code: str
    crumbs: tuple[Crumb, ...]
    versions: Table
    compare_url: str
    options: tuple[Option, ...]
    before: str
    after: str
    changes: tuple[str, ...]
    actions: tuple[Action, ...]
    trial: TrialView | None
    trial_wards: str
    trial_over: bool
    more_wards: tuple[Option, ...]
    widen_url: str
    trial_actions: tuple[Action, ...]
    may_publish: bool
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_safe
@route(DESIGNERS)
def show(request: HttpRequest, code: str) -> HttpResponseBase:
    """The versions of one procedure; `tu`, `den`: which two are compared."""
    return page(request, "office/design/versions.html", _page(request, code))


def _page(request: HttpRequest, code: str, *errors: FieldError) -> VersionsPage:
    today = city_date(clock.now())
    history = procedures.history(code, today)
    before, after = _compared(request, history)
    trial = next((one for one in procedures.trials_of(code) if one.ended_at is None), None)
    may = actor_of(request).has(Role.CATALOGUE_APPROVER)
    changes = procedures.compared(before, after) if before and after else ()
    return VersionsPage(
        title=_name(code, today),
        code=code,
        crumbs=crumbs(code),
        versions=_table(history),
        compare_url=f"{URL}/thu-tuc/{code}",
        options=tuple(
            Option(value=str(one.id), label=f"Phiên bản {one.number}: {STATES[one.state].label}")
            for one in history
        ),
        before=str(before or ""),
        after=str(after or ""),
        changes=tuple(change.sentence for change in changes),
        actions=_actions(code, history, may=may and trial is None),
        trial=trial,
        trial_wards=_ward_names(trial, today) if trial else "",
        trial_over=bool(trial and trial.ends_on <= today),
        more_wards=_more_wards(trial, today) if trial and may else (),
        widen_url=f"{URL}/thu-tuc/{code}/mo-rong",
        trial_actions=_trial_actions(code) if trial and may else (),
        may_publish=may,
        errors=errors,
    )


def _name(code: str, today: date) -> str:
    try:
        return procedures.open_version(code, today).name
    except ProcedureNotOpen:
        return code


def _compared(
    request: HttpRequest, history: tuple[VersionSummary, ...]
) -> tuple[UUID | None, UUID | None]:
    """Which two: those asked for, else the two newest."""
    known = {one.id for one in history}
    asked = [uuid_of(request.GET.get(name, "")) for name in ("tu", "den")]
    newest = [one.id for one in history[:2]]
    usual = [newest[1] if len(newest) > 1 else None, newest[0] if newest else None]
    before, after = (
        one if one in known else other for one, other in zip(asked, usual, strict=True)
    )
    return before, after


def _table(history: tuple[VersionSummary, ...]) -> Table:
    rows = tuple(
        (
            Cell(
                text=f"Phiên bản {one.number}",
                url=address_of(one.id) if one.state is VersionState.DRAFT else "",
            ),
            Cell(text="", chip=STATES[one.state]),
            Cell(text=_period(one)),
            Cell(text=SOURCES[one.source]),
        )
        for one in history
    )
    return Table(
        caption="Các phiên bản",
        heads=(("Phiên bản", False), ("Tình trạng", False), ("Hiệu lực", False), ("Nguồn", False)),
        rows=rows,
        empty=Empty(title="Chưa có phiên bản nào"),
    )


def _period(one: VersionSummary) -> str:
    if one.state is VersionState.DRAFT:
        return ""
    begins = f"từ {one.valid_from:%d/%m/%Y}" if one.valid_from else "từ trước đến nay"
    return f"{begins} đến trước {one.valid_to:%d/%m/%Y}" if one.valid_to else begins


def _actions(code: str, history: tuple[VersionSummary, ...], *, may: bool) -> tuple[Action, ...]:
    begin = Action(
        label="Soạn phiên bản mới",
        url=f"{URL}/bat-dau",
        icon="file-pen",
        post=True,
        fields=(("code", code),),
    )
    general = [one for one in history if one.state not in (VersionState.DRAFT, VersionState.TRIAL)]
    back = Action(
        label="Quay lại phiên bản trước",
        url=f"{URL}/thu-tuc/{code}/quay-lai",
        icon="undo-2",
        kind="danger",
        post=True,
    )
    impact = Action(
        label="Hồ sơ theo phiên bản", url=f"{URL}/thu-tuc/{code}/tac-dong", icon="chart-column"
    )
    move = Action(
        label="Chuyển hồ sơ đang chạy", url=f"{URL}/thu-tuc/{code}/chuyen", icon="arrow-right"
    )
    return (begin, impact, move, *((back,) if may and len(general) > 1 else ()))


def _trial_actions(code: str) -> tuple[Action, ...]:
    here = f"{URL}/thu-tuc/{code}"
    return (
        Action(
            label="Cả thành phố dùng bản này",
            url=f"{here}/ca-thanh-pho",
            icon="circle-check",
            kind="primary",
            post=True,
        ),
        Action(
            label="Dừng thử, quay lại bản cũ",
            url=f"{here}/dung-thu",
            icon="undo-2",
            kind="danger",
            post=True,
        ),
    )


def _ward_names(trial: TrialView, today: date) -> str:
    names = {one.code: one.full_name for one in reference.communes(today)}
    return ", ".join(names.get(ward, ward) for ward in trial.wards)


def _more_wards(trial: TrialView, today: date) -> tuple[Option, ...]:
    return tuple(
        Option(value=one.code, label=one.full_name)
        for one in reference.communes(today)
        if one.code not in trial.wards
    )


@require_POST
@route(APPROVERS)
def widen(request: HttpRequest, code: str) -> HttpResponseBase:
    """More communes try it out."""
    try:
        procedures.widen_trial(
            code, wards=request.POST.getlist("ward"), by=actor_of(request), now=clock.now()
        )
    except TrialWardsMissing as refusal:
        model = _page(request, code, FieldError(text=refusal.message, field="ward"))
        return page(request, "office/design/versions.html", model, status=int(refusal.kind))
    messages.success(request, "Đã thêm phường, xã vào lần thử.")
    return redirect_after(f"{URL}/thu-tuc/{code}")


@require_POST
@route(APPROVERS)
def adopt(request: HttpRequest, code: str) -> HttpResponseBase:
    """What was tried becomes the version of the whole city."""
    done = procedures.adopt_trial(code, by=actor_of(request), now=clock.now())
    messages.success(request, f"Cả thành phố dùng nội dung đã thử, phiên bản {done.number}.")
    return redirect_after(f"{URL}/thu-tuc/{code}")


@require_POST
@route(APPROVERS)
def stop(request: HttpRequest, code: str) -> HttpResponseBase:
    """Everybody gets what is in force again; dossiers of the trial keep their version."""
    procedures.stop_trial(code, by=actor_of(request), now=clock.now())
    messages.success(request, "Đã dừng thử. Hồ sơ mới dùng phiên bản cũ, hồ sơ đã nộp giữ nguyên.")
    return redirect_after(f"{URL}/thu-tuc/{code}")


@require_POST
@route(APPROVERS)
def roll_back(request: HttpRequest, code: str) -> HttpResponseBase:
    """What was in force before is in force again."""
    try:
        done = procedures.roll_back(code, by=actor_of(request), now=clock.now())
    except (TrialRuns, NoEarlierVersion) as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Đã quay lại nội dung trước, là phiên bản {done.number}.")
    return redirect_after(f"{URL}/thu-tuc/{code}")
