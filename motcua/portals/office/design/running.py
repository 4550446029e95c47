"""Chạy thử: a sample dossier through the steps of a draft, writing nothing; all ways at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import (
    ActionNotOffered,
    CaseEnded,
    ClockSpec,
    ProcessMalformed,
    ProcessTable,
    TimeUnit,
)
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import StatusNotAllowed
from motcua.contexts.dossiers.contracts.words import STATUS_NAMES, NationalStatus
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import Definition
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.actors import ROLE_NAMES
from motcua.kernel.web import page
from motcua.portals.office.asking import said
from motcua.portals.office.design.asking import DESIGNERS, URL, address_of
from motcua.portals.office.design.editor import crumbs
from motcua.portals.office.design.specs import SEATS
from motcua.ui import dates
from motcua.ui.parts import Action, Crumb, Fact, FieldError, RiverStep

SAMPLE_WARD = "26740"  # whose working days are counted
MOST_CHOICES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningPage:
    title: str
    name: str
    crumbs: tuple[Crumb, ...]
    complaints: tuple[str, ...]
    whole: tuple[Fact, ...]
    dead_ends: tuple[str, ...]
    endings: tuple[str, ...]
    steps: tuple[RiverStep, ...]
    standing: tuple[Fact, ...]
    offered: tuple[Action, ...]
    again: tuple[Action, ...]
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_safe
@route(DESIGNERS)
def show(request: HttpRequest, version_id: UUID) -> HttpResponseBase:
    """`chon`: the actions chosen so far; the address is all there is of the trial."""
    draft = procedures.design(version_id)
    above = crumbs(
        Crumb(label=draft.code, url=f"{URL}/thu-tuc/{draft.code}"),
        Crumb(label="Bản soạn", url=address_of(version_id)),
        "Chạy thử",
    )
    try:
        table = casework.parse_table(draft.definition.process or {"key": "", "name": ""})
    except ProcessMalformed as wrong:
        model = _broken(draft.definition.name, above, wrong)
        return page(request, "office/design/running.html", model)
    chosen = tuple(part for part in said(request, "chon", 1500).split(",") if part)[:MOST_CHOICES]
    here = f"{URL}/{version_id}/chay-thu"
    model, status = _run(draft.definition, table, chosen, here=here, above=above)
    return page(request, "office/design/running.html", model, status=status)


def _broken(name: str, above: tuple[Crumb, ...], wrong: ProcessMalformed) -> RunningPage:
    return RunningPage(
        title="Chạy thử",
        name=name,
        crumbs=above,
        complaints=wrong.complaints,
        whole=(),
        dead_ends=(),
        endings=(),
        steps=(),
        standing=(),
        offered=(),
        again=(),
    )


def _run(
    definition: Definition,
    table: ProcessTable,
    chosen: tuple[str, ...],
    *,
    here: str,
    above: tuple[Crumb, ...],
) -> tuple[RunningPage, int]:
    now = clock.now()
    errors: tuple[FieldError, ...] = ()
    try:
        trial = _tried(definition, table, chosen, now)
    except (ActionNotOffered, CaseEnded, StatusNotAllowed) as refusal:
        errors = (FieldError(text=refusal.message),)
        chosen = ()
        trial = _tried(definition, table, chosen, now)
    run = casework.run_all(table)
    model = RunningPage(
        title="Chạy thử",
        name=definition.name,
        crumbs=above,
        complaints=(),
        whole=(
            Fact(label="Số đường đi", value=str(run.ways)),
            Fact(label="Ngắn nhất", value=f"{run.shortest_hours:g} giờ làm việc"),
            Fact(label="Dài nhất", value=f"{run.longest_hours:g} giờ làm việc"),
        ),
        dead_ends=run.dead_ends,
        endings=run.endings,
        steps=tuple(_river(one, definition) for one in trial.past),
        standing=_standing(trial),
        offered=tuple(_offered(trial, chosen, here)),
        again=_again(chosen, here),
        errors=errors,
    )
    return model, 422 if errors else 200


def _tried(
    definition: Definition, table: ProcessTable, chosen: tuple[str, ...], now: datetime
) -> casework.Trying:
    calendar = organisations.calendar_of(organisations.committee_of(SAMPLE_WARD).id)
    return dossiers.dossier_tried(table, _spec(definition), calendar, start=now, choices=chosen)


def _spec(definition: Definition) -> ClockSpec:
    """The first time limit of the draft, as a dossier sent now would get it."""
    first = next(iter(definition.durations), None)
    if first is None:
        return ClockSpec(unit=TimeUnit.RULE_TEXT, text="Chưa có thời hạn")
    return ClockSpec(
        unit=first.unit, value=first.value, restart=first.restart, text=first.text, citation=""
    )


def _river(one: casework.Tried, definition: Definition) -> RiverStep:
    step = one.step
    who = f"{ROLE_NAMES[step.role]}, {SEATS[step.seat].lower()}"
    due = f", xong trước {dates.city_moment(one.step_due_at)}" if one.step_due_at else ""
    work = "Chờ người nộp" if one.waits else f"Việc của {who}{due}"
    told = step.message or definition.texts.vi.message(step.key)
    return RiverStep(
        title=f"{one.label}: {step.name}" if one.label else step.name,
        state="done",
        text=f"Người dân thấy: {step.citizen_text} {step.citizen_do}".strip(),
        note=work if one.phase != "ENDED" else "Hồ sơ đã kết thúc",
        when=dates.city_moment(one.at),
        details_title="Tin nhắn và trạng thái",
        details=f"{STATUS_NAMES[NationalStatus(one.status)]}. {told}".strip(),
    )


def _standing(trial: casework.Trying) -> tuple[Fact, ...]:
    now = trial.standing
    due = dates.city_moment(now.due_at) if now.due_at else "Chưa có ngày hẹn"
    return (
        Fact(label="Trạng thái", value=STATUS_NAMES[NationalStatus(now.status)]),
        Fact(label="Ngày hẹn trả", value=due),
        Fact(label="Đồng hồ", value=PHASES[now.phase]),
    )


PHASES: dict[Any, str] = {
    "INTAKE": "Đồng hồ tiếp nhận chạy",
    "RUNNING": "Đồng hồ giải quyết chạy",
    "PAUSED": "Dừng chờ người nộp",
    "DECIDED": "Đã hết: có kết quả",
    "ENDED": "Đã hết: kết thúc",
}


def _offered(trial: casework.Trying, chosen: tuple[str, ...], here: str) -> list[Action]:
    if trial.waits_for_party:
        paid = trial.events[-1].kind == "obligation"
        key, label = ("paid", "Người nộp trả tiền") if paid else ("supplied", "Người nộp gửi thêm")
        return [Action(label=label, url=_address(here, (*chosen, key)), kind="primary")]
    return [
        Action(label=action.label, url=_address(here, (*chosen, action.key)))
        for action in trial.offered
    ]


def _again(chosen: tuple[str, ...], here: str) -> tuple[Action, ...]:
    if not chosen:
        return ()
    return (
        Action(label="Lùi một bước", url=_address(here, chosen[:-1]), icon="undo-2", kind="quiet"),
        Action(label="Chạy lại từ đầu", url=here, icon="rotate-cw", kind="quiet"),
    )


def _address(here: str, chosen: tuple[str, ...]) -> str:
    return f"{here}?{urlencode({'chon': ','.join(chosen)})}" if chosen else here
