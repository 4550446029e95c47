"""Danh mục: procedures in force, what the linter says of them, and imports with unread rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.contexts.casework import public as casework
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import (
    GenericLine,
    Judged,
    ProcedureNotOpen,
    Routing,
    Source,
)
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.clock import city_date
from motcua.kernel.text import fold
from motcua.kernel.web import as_file
from motcua.portals.office import generic
from motcua.portals.office.asking import ADMINISTRATORS, HERE, PAGE, address, said
from motcua.portals.office.listing import (
    Choice,
    Listing,
    Row,
    Search,
    exported,
    list_page,
    number_cell,
    page_after,
    shown,
)
from motcua.ui.parts import Action, Cell, Chip, Crumb, Empty, Fact, Tone
from motcua.ui.words import count

URL = f"{HERE}/danh-muc"
ROUTINGS = {Routing.HERE: "Giải quyết tại đây", Routing.MINISTRY_SYSTEM: "Hệ thống của bộ"}
SOURCES = {
    Source.CATALOGUE: "Danh mục thành phố",
    Source.PACK: "Gói dịch vụ",
    Source.EDITOR: "Người soạn",
    Source.NATIONAL: "Danh mục quốc gia",
}
HEADS = (
    ("Mã", False),
    ("Thủ tục", False),
    ("Phiên bản", True),
    ("Nguồn", False),
    ("Xử lý ở đâu", False),
    ("Nộp tại đây", False),
    ("Máy kiểm nhắc", True),
)


def _has_no_form(one: Judged) -> bool:
    return one.is_ours and one.hit.routing is Routing.HERE and not one.hit.is_runnable


PARTS: dict[str, tuple[str, Callable[[Judged], bool]]] = {
    "thanh-pho": ("Thành phố công bố", lambda one: one.is_ours),
    "nop-duoc": ("Nộp được", lambda one: one.hit.is_runnable),
    "chua-co-bieu-mau": ("Chưa có biểu mẫu", _has_no_form),
    "con-nhac": ("Còn nhắc", lambda one: bool(one.findings)),
    "tat-ca": ("Tất cả", lambda one: True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueCounts:
    """unreadable: rows of the newest import."""

    whole: int
    runnable: int
    formless: int
    slipping: int
    unreadable: int


def counted(on: date) -> CatalogueCounts:
    every = procedures.judged(on)
    runs = procedures.import_runs(limit=1)
    return CatalogueCounts(
        whole=len(every),
        runnable=sum(one.hit.is_runnable for one in every),
        formless=sum(map(_has_no_form, every)),
        slipping=sum(bool(one.findings) for one in every),
        unreadable=runs[0].unreadable if runs else 0,
    )


@require_safe
@route(ADMINISTRATORS)
def show(request: HttpRequest) -> HttpResponseBase:
    """Procedures in force, by part and by words."""
    part, words, after = _part(request), said(request, "tim"), said(request, "sau", 20)
    every = procedures.judged(city_date(clock.now()))
    found = _found(every, part, words)
    codes = [str(one.hit.code) for one in found]
    start, end, next_after = page_after(codes, after, PAGE)
    here = address("/danh-muc", phan=part, tim=words)
    listing = Listing(
        heads=HEADS,
        rows=tuple(map(_row, found[start:end])),
        empty=Empty(title="Không có thủ tục nào khớp", icon="search-x"),
        older_url=address("/danh-muc", phan=part, tim=words, sau=next_after) if next_after else "",
        first_url=here if start else "",
        export_url=address("/danh-muc/xuat.csv", phan=part, tim=words),
        by_time=False,
    )
    model = list_page(
        "Danh mục thủ tục",
        listing,
        note=f"{count(len(found))} thủ tục. Máy kiểm chỉ xét thủ tục do thành phố công bố.",
        tabs=_tabs(every, part),
        search=Search(url=URL, label="Tên hoặc mã thủ tục", value=words, hidden=(("phan", part),)),
        actions=(
            Action(label="Biểu mẫu chung", url=generic.URL, icon="library"),
            Action(label="Các lần nhập", url=f"{URL}/nhap", icon="file-down"),
        ),
    )
    return shown(request, model)


@require_safe
@route(ADMINISTRATORS)
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file, whole."""
    today = city_date(clock.now())
    found = _found(procedures.judged(today), _part(request), said(request, "tim"))
    listing = Listing(heads=HEADS, rows=tuple(map(_row, found)), empty=Empty(title=""))
    return exported(f"danh-muc-{today:%Y%m%d}.csv", listing)


def _part(request: HttpRequest) -> str:
    wanted = said(request, "phan")
    return wanted if wanted in PARTS else "thanh-pho"


def _found(every: tuple[Judged, ...], part: str, words: str) -> list[Judged]:
    wanted, fits = fold(words), PARTS[part][1]
    return [
        one
        for one in every
        if fits(one) and (not wanted or wanted in fold(one.hit.name) or wanted in one.hit.code)
    ]


def _tabs(every: tuple[Judged, ...], part: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            label=f"{label} ({count(sum(map(fits, every)))})",
            url=address("/danh-muc", phan=name),
            current=name == part,
        )
        for name, (label, fits) in PARTS.items()
    )


def _row(one: Judged) -> Row:
    runs = one.hit.is_runnable
    return (
        Cell(text=one.hit.code, url=f"{URL}/{one.hit.code}"),
        Cell(text=one.hit.name),
        number_cell(str(one.number)),
        Cell(text=SOURCES[one.source]),
        Cell(text=ROUTINGS[one.hit.routing]),
        Cell(text="", chip=Chip(label="Nộp được", tone=Tone.OK) if runs else Chip(label="Chưa")),
        number_cell(count(len(one.findings)) if one.is_ours else ""),
    )


@require_safe
@route(ADMINISTRATORS)
def one(request: HttpRequest, code: str) -> HttpResponseBase:
    """One procedure: its versions, and each remark of the linter."""
    now = clock.now()
    history = procedures.history(code, city_date(now))
    found = next((p for p in procedures.judged(city_date(now)) if p.hit.code == code), None)
    remarks = found.findings if found else ()
    listing = Listing(
        heads=(("Chỗ", False), ("Mức", False), ("Nhắc", False)),
        rows=tuple(
            (
                Cell(text=remark.path),
                Cell(text="", chip=_severity(str(remark.severity))),
                Cell(text=remark.sentence),
            )
            for remark in remarks
        ),
        empty=Empty(title="Máy kiểm không nhắc gì", icon="circle-check"),
    )
    versions = tuple(
        Fact(
            label=f"Phiên bản {one.number}",
            value=f"{SOURCES[one.source]}, {_period(one.valid_from, one.valid_to)}",
            note=one.decision,
        )
        for one in history
    )
    filed = generic.line_of(code, city_date(now))
    model = list_page(
        code,
        listing,
        note=found.hit.name if found else "Không có phiên bản nào đang có hiệu lực.",
        facts=(*versions, *_generic_facts(filed)),
        above=(Crumb(label="Danh mục", url=URL),),
        actions=(*_process_file(code, now), *generic.actions_for(filed)),
    )
    return shown(request, model)


def _generic_facts(filed: GenericLine | None) -> tuple[Fact, ...]:
    if filed is None:
        return ()
    state = f"Tạm ngừng nhận: {filed.closed}" if filed.closed else "Đang nhận"
    ledger = Fact(
        label="Ghi trong sổ cái", value="Xem", url=f"{HERE}/so-cai/la?ve={filed.hit.code}"
    )
    return (Fact(label="Biểu mẫu chung", value=state), ledger)


def _process_file(code: str, now: datetime) -> tuple[Action, ...]:
    if _process_of(code, now) is None:
        return ()
    url = f"{URL}/{code}/quy-trinh.bpmn"
    return (Action(label="Quy trình (BPMN)", url=url, icon="file-down"),)


@require_safe
@route(ADMINISTRATORS)
def bpmn(request: HttpRequest, code: str) -> HttpResponseBase:
    """The table of steps in force as BPMN 2.0, for viewers and other engines."""
    process_id = _process_of(code, clock.now())
    if process_id is None:
        raise Http404
    name = f"quy-trinh-{code}.bpmn"
    answer = HttpResponse(
        casework.bpmn_of(process_id), content_type="application/xml; charset=utf-8"
    )
    return as_file(answer, name)


def _process_of(code: str, now: datetime) -> UUID | None:
    """Raises: ProcedureNotFound."""
    try:
        return procedures.open_version(code, city_date(now)).process_id
    except ProcedureNotOpen:
        return None


def _severity(severity: str) -> Chip:
    if severity == "ERROR":
        return Chip(label="Lỗi", tone=Tone.LATE, icon="triangle-alert")
    return Chip(label="Nhắc", tone=Tone.INFO, icon="info")


def _period(first: date | None, last: date | None) -> str:
    begins = f"từ {first:%d/%m/%Y}" if first else "từ trước đến nay"
    return f"{begins} đến {last:%d/%m/%Y}" if last else begins
