"""Tác động: open dossiers by version, step and unit; how versions fare; who else is concerned."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import VersionSummary, VersionView
from motcua.contexts.webhooks import public as webhooks
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.clock import city_date
from motcua.kernel.codes import ProcedureCode
from motcua.kernel.web import page, uuid_of
from motcua.portals.office.asking import said
from motcua.portals.office.design.asking import DESIGNERS, URL
from motcua.portals.office.design.editor import crumbs
from motcua.portals.office.design.versions import STATES
from motcua.portals.office.listing import number_cell
from motcua.ui.parts import Cell, Crumb, Empty, Fact, FieldError, Table
from motcua.ui.words import count, decimal

HOSTS_SHOWN = 5
FIGURES = (
    ("Phiên bản", False),
    ("Đã nộp", True),
    ("Đang mở", True),
    ("Đã xong", True),
    ("Đúng hẹn", True),
    ("Phải gửi thêm", True),
    ("Số ngày trung bình", True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactPage:
    title: str
    code: str
    crumbs: tuple[Crumb, ...]
    figures: Table
    pinned: Table
    around: tuple[Fact, ...]
    whole: str
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_safe
@route(DESIGNERS)
def show(request: HttpRequest, code: str) -> HttpResponseBase:
    """`ban`: only of this version; `buoc`: only at this step, by unit."""
    history = procedures.history(code, city_date(clock.now()))
    found = dossiers.pinned(ProcedureCode(code))
    version, step = uuid_of(said(request, "ban")), said(request, "buoc", 60)
    numbers = {one.id: one.number for one in history}
    model = ImpactPage(
        title="Hồ sơ theo phiên bản",
        code=code,
        crumbs=crumbs(Crumb(label=code, url=f"{URL}/thu-tuc/{code}"), "Tác động"),
        figures=_figures(history),
        pinned=_drill(code, found, numbers, version, step),
        around=_around(code, history),
        whole=count(sum(one.dossiers for one in found)),
    )
    return page(request, "office/design/impact.html", model)


def _figures(history: tuple[VersionSummary, ...]) -> Table:
    known = dossiers.version_figures(tuple(one.id for one in history))
    rows = []
    for one in history:
        figures = known.get(one.id)
        if figures is None:
            continue
        share = _share(figures.on_time, figures.decided)
        rows.append(
            (
                Cell(text=f"Phiên bản {one.number}: {STATES[one.state].label}"),
                number_cell(count(figures.sent)),
                number_cell(count(figures.open)),
                number_cell(count(figures.decided)),
                number_cell(share),
                number_cell(_share(figures.supplemented, figures.sent)),
                number_cell(decimal(figures.days, 1) if figures.days is not None else ""),
            )
        )
    return Table(
        caption="Các phiên bản cạnh nhau",
        heads=FIGURES,
        rows=tuple(rows),
        empty=Empty(title="Chưa có hồ sơ nào", icon="inbox"),
    )


def _share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%" if whole else ""


def _drill(
    code: str,
    found: tuple[dossiers.Pinned, ...],
    numbers: dict[UUID, int],
    version: UUID | None,
    step: str,
) -> Table:
    """By version, then by step of one version, then by unit of one step."""
    here = f"{URL}/thu-tuc/{code}/tac-dong"
    if version is None:
        totals: dict[UUID, int] = {}
        for one in found:
            totals[one.version_id] = totals.get(one.version_id, 0) + one.dossiers
        rows = [
            (f"Phiên bản {numbers.get(id, 0)}", f"{here}?ban={id}", n) for id, n in totals.items()
        ]
        return _table("Hồ sơ đang mở, theo phiên bản", "Phiên bản", rows)
    chosen = [one for one in found if one.version_id == version]
    if not step:
        steps: dict[str, int] = {}
        for one in chosen:
            steps[one.step] = steps.get(one.step, 0) + one.dossiers
        names = _step_names(procedures.version(version)) if chosen else {}
        rows = [
            (names.get(key, key), f"{here}?ban={version}&buoc={key}", n) for key, n in steps.items()
        ]
        return _table(f"Phiên bản {numbers.get(version, 0)}, theo bước", "Bước", rows)
    at_step = [one for one in chosen if one.step == step]
    units = organisations.units_by_id({one.unit_id for one in at_step})
    rows = [(units[one.unit_id].name, "", one.dossiers) for one in at_step]
    return _table(f"Phiên bản {numbers.get(version, 0)}, bước {step}, theo đơn vị", "Đơn vị", rows)


def _step_names(version: VersionView) -> dict[str, str]:
    if version.process_id is None:
        return {}
    return {step.key: step.name for step in casework.process_table(version.process_id).steps}


def _table(caption: str, head: str, rows: list[tuple[str, str, int]]) -> Table:
    return Table(
        caption=caption,
        caption_shown=True,
        heads=((head, False), ("Hồ sơ đang mở", True)),
        rows=tuple((Cell(text=name, url=url), number_cell(count(n))) for name, url, n in rows),
        empty=Empty(title="Không có hồ sơ nào đang mở", icon="inbox"),
    )


def _around(code: str, history: tuple[VersionSummary, ...]) -> tuple[Fact, ...]:
    """Who else reads what this procedure asks and says."""
    drafts = dossiers.open_drafts(ProcedureCode(code))
    hosts = webhooks.hosts_hearing_of(ProcedureCode(code))
    published = [one for one in history if one.published_at]
    pack = procedures.version(published[0].id).pack if published else ""
    rules = f"Gói {pack}: câu hỏi mà quy tắc đọc thì không bỏ được" if pack else "Không có"
    return (
        Fact(label="Bản nháp của người dân", value=count(drafts), note="Đi theo phiên bản mới."),
        Fact(label="Quy tắc riêng của thủ tục", value=rules),
        Fact(
            label="Hồ sơ do chương trình nộp qua API",
            value=count(dossiers.sent_by_programs(ProcedureCode(code))),
            note="Câu hỏi mới hay bỏ đi làm đổi dữ liệu họ gửi: báo cho họ trước.",
        ),
        Fact(
            label="Máy của chương trình nhận tin (webhook)",
            value=count(len(hosts)),
            note=", ".join(hosts[:HOSTS_SHOWN]),
        ),
    )
