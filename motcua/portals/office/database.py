"""Cơ sở dữ liệu: which tables take the room."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.kernel import vitals
from motcua.kernel.access import route
from motcua.kernel.vitals import TableSize
from motcua.portals.office.asking import ADMINISTRATORS, HERE
from motcua.portals.office.listing import Listing, Row, exported, list_page, number_cell, shown
from motcua.ui.parts import Cell, Empty, Fact
from motcua.ui.words import count, file_size

URL = f"{HERE}/co-so-du-lieu"
HEADS = (("Bảng", False), ("Số dòng, ước tính", True), ("Dung lượng", True))


@require_safe
@route(ADMINISTRATORS)
def show(request: HttpRequest) -> HttpResponseBase:
    """Tables with their indexes, largest first."""
    listing = Listing(
        heads=HEADS,
        rows=tuple(map(_row, vitals.table_sizes())),
        empty=Empty(title="Không có bảng nào"),
        export_url=f"{URL}/xuat.csv",
    )
    facts = (Fact(label="Tất cả", value=file_size(vitals.database_size())),)
    model = list_page(
        "Cơ sở dữ liệu", listing, facts=facts, note="Dung lượng tính cả chỉ mục và phân vùng."
    )
    return shown(request, model)


@require_safe
@route(ADMINISTRATORS)
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file."""
    rows = tuple(map(_row, vitals.table_sizes()))
    return exported("bang.csv", Listing(heads=HEADS, rows=rows, empty=Empty(title="")))


def _row(table: TableSize) -> Row:
    return (
        Cell(text=table.name),
        number_cell(count(table.rows)),
        number_cell(file_size(table.size)),
    )
