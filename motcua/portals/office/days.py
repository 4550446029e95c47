"""Lịch làm việc: days off and made-up days by year, each with its source and its mark."""

from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.contexts.reference import public as reference
from motcua.contexts.reference.contracts import DayKind, DayView
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.clock import city_date
from motcua.portals.office.asking import ADMINISTRATORS, HERE, address, number
from motcua.portals.office.listing import (
    Choice,
    Listing,
    Row,
    exported,
    list_page,
    shown,
)
from motcua.ui import dates
from motcua.ui.parts import Cell, Chip, Empty, Fact, Tone
from motcua.ui.words import count

URL = f"{HERE}/lich"
FIRST, LAST = 2024, 2030
KINDS = {
    DayKind.HOLIDAY: "Nghỉ lễ, Tết",
    DayKind.COMPENSATED: "Nghỉ bù",
    DayKind.SWAPPED: "Nghỉ hoán đổi",
    DayKind.MADE_UP: "Làm bù",
}
HEADS = (("Ngày", False), ("Loại", False), ("Dịp", False), ("Căn cứ", False), ("Đối chiếu", False))


@require_safe
@route(ADMINISTRATORS)
def show(request: HttpRequest) -> HttpResponseBase:
    """The days of one year that differ from their weekday."""
    year = _year(request)
    found = _days(year, year)
    listing = Listing(
        heads=HEADS,
        rows=tuple(map(_row, found)),
        empty=Empty(title=f"Chưa có ngày nghỉ nào của năm {year}", icon="calendar-days"),
        export_url=f"{URL}/xuat.csv",
    )
    model = list_page(
        f"Lịch làm việc {year}",
        listing,
        note="Ngày chưa đối chiếu được suy ra từ luật, chưa có thông báo chính thức của năm đó.",
        tabs=tuple(
            Choice(label=str(one), url=address("/lich", nam=str(one)), current=one == year)
            for one in range(FIRST, LAST + 1)
        ),
        facts=_facts(found),
    )
    return shown(request, model)


@require_safe
@route(ADMINISTRATORS)
def export(request: HttpRequest) -> HttpResponseBase:
    """All years as one file."""
    rows = tuple(map(_row, _days(FIRST, LAST)))
    listing = Listing(heads=HEADS, rows=rows, empty=Empty(title=""))
    return exported(f"lich-{FIRST}-{LAST}.csv", listing)


def _year(request: HttpRequest) -> int:
    asked, today = number(request, "nam"), city_date(clock.now()).year
    wanted = today if asked is None else asked
    return wanted if FIRST <= wanted <= LAST else min(max(today, FIRST), LAST)


def _days(first: int, last: int) -> tuple[DayView, ...]:
    return reference.days(date(first, 1, 1), date(last, 12, 31))


def _facts(found: tuple[DayView, ...]) -> tuple[Fact, ...]:
    off = sum(day.kind is not DayKind.MADE_UP for day in found)
    return (
        Fact(label="Ngày nghỉ", value=count(off)),
        Fact(label="Ngày làm bù", value=count(len(found) - off)),
        Fact(label="Chưa đối chiếu", value=count(sum(not day.confirmed for day in found))),
    )


def _row(day: DayView) -> Row:
    mark = (
        Chip(label="Đã đối chiếu", tone=Tone.OK, icon="circle-check")
        if day.confirmed
        else Chip(label="Chưa đối chiếu", tone=Tone.LATE, icon="circle-question-mark")
    )
    return (
        Cell(text=dates.long_day(day.on)),
        Cell(text=KINDS[day.kind]),
        Cell(text=day.name),
        Cell(text=day.source),
        Cell(text="", chip=mark),
    )
