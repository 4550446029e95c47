"""Các lần nhập danh mục quốc gia: what each took, and each row it could not read and why."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import ImportRunView, RowRemark
from motcua.kernel.access import route
from motcua.portals.office.asking import ADMINISTRATORS, HERE, PAGE, address, number, said
from motcua.portals.office.listing import (
    Choice,
    Listing,
    Row,
    exported,
    list_page,
    number_cell,
    shown,
)
from motcua.ui import dates
from motcua.ui.parts import Cell, Chip, Crumb, Empty, Fact, Tone
from motcua.ui.words import count

URL = f"{HERE}/danh-muc/nhap"
ABOVE = (Crumb(label="Danh mục", url=f"{HERE}/danh-muc"),)
EXPORTED = 20_000
RUN_HEADS = (
    ("Tệp", False),
    ("Lúc", False),
    ("Đọc được", True),
    ("Mới", True),
    ("Thay đổi", True),
    ("Như cũ", True),
    ("Chỉ để đối chiếu", True),
    ("Không đọc được", True),
    ("Kết quả", False),
)
ROW_HEADS = (("Dòng", False), ("Mã", False), ("Vì sao", False))


@require_safe
@route(ADMINISTRATORS)
def runs(request: HttpRequest) -> HttpResponseBase:
    """Every import, newest first."""
    listing = Listing(
        heads=RUN_HEADS,
        rows=tuple(map(_run_row, procedures.import_runs(limit=PAGE))),
        empty=Empty(
            title="Chưa nhập danh mục quốc gia lần nào",
            text="Người vận hành nhập bằng lệnh: motcua import procedures TỆP.",
            icon="file-down",
        ),
    )
    return shown(request, list_page("Các lần nhập", listing, above=ABOVE))


@require_safe
@route(ADMINISTRATORS)
def run(request: HttpRequest, run_id: UUID) -> HttpResponseBase:
    """One import and the rows it could not read."""
    found = procedures.import_run(run_id)
    unreadable, after = said(request, "phan") != "ghi-chu", number(request, "sau") or 0
    rows = procedures.import_remarks(run_id, unreadable=unreadable, after=after, limit=PAGE)
    part, path = "" if unreadable else "ghi-chu", f"/danh-muc/nhap/{run_id}"
    older = str(rows[-1].row) if len(rows) == PAGE else ""
    listing = Listing(
        heads=ROW_HEADS,
        rows=tuple(map(_row, rows)),
        empty=Empty(title="Không có dòng nào", icon="circle-check"),
        older_url=address(path, phan=part, sau=older) if older else "",
        first_url=address(path, phan=part) if after else "",
        export_url=address(f"{path}/xuat.csv", phan=part),
        by_time=False,
    )
    model = list_page(
        found.file,
        listing,
        note=f"Nhập lúc {dates.city_moment(found.started_at)}.",
        tabs=(
            Choice(label="Không đọc được", url=address(path), current=unreadable),
            Choice(
                label="Đọc được, có ghi chú",
                url=address(path, phan="ghi-chu"),
                current=not unreadable,
            ),
        ),
        facts=_facts(found),
        above=(*ABOVE, Crumb(label="Các lần nhập", url=URL)),
    )
    return shown(request, model)


@require_safe
@route(ADMINISTRATORS)
def export(request: HttpRequest, run_id: UUID) -> HttpResponseBase:
    """The same rows as a file."""
    procedures.import_run(run_id)
    unreadable = said(request, "phan") != "ghi-chu"
    rows = procedures.import_remarks(run_id, unreadable=unreadable, limit=EXPORTED)
    listing = Listing(heads=ROW_HEADS, rows=tuple(map(_row, rows)), empty=Empty(title=""))
    return exported("dong-cua-lan-nhap.csv", listing)


def _run_row(found: ImportRunView) -> Row:
    done, wrong = found.outcome, found.unreadable
    figures = (found.read, done.created, done.changed, done.unchanged, done.reference_only, wrong)
    chip = (
        Chip(label="Có dòng không đọc được", tone=Tone.LATE, icon="triangle-alert")
        if wrong
        else Chip(label="Đọc đủ", tone=Tone.OK, icon="circle-check")
    )
    return (
        Cell(text=found.file, url=f"{URL}/{found.id}"),
        Cell(text=dates.city_moment(found.started_at)),
        *(number_cell(count(figure)) for figure in figures),
        Cell(text="", chip=chip),
    )


def _facts(found: ImportRunView) -> tuple[Fact, ...]:
    done = found.outcome
    return (
        Fact(label="Đọc được", value=f"{count(found.read)} dòng"),
        Fact(label="Mới", value=count(done.created)),
        Fact(label="Thay đổi", value=count(done.changed)),
        Fact(label="Như cũ", value=count(done.unchanged)),
        Fact(label="Chỉ để đối chiếu", value=count(done.reference_only)),
        Fact(label="Không đọc được", value=f"{count(found.unreadable)} dòng"),
    )


def _row(remark: RowRemark) -> Row:
    return (
        Cell(text=f"Dòng {count(remark.row)}"),
        Cell(text=remark.code or "không mã"),
        Cell(text=remark.why),
    )
