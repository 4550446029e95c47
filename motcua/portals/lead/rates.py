"""Đúng ngay lần đầu: how often people are not sent back, by procedure and by unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import Bucket
from motcua.contexts.dossiers.contracts.figures import RightFirst, RightFirstBoard
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.actors import Role
from motcua.kernel.clock import city_date
from motcua.kernel.purpose import Purpose
from motcua.kernel.web import actor_of, page
from motcua.portals.lead.asking import PERIODS, Asked, asked
from motcua.portals.lead.pages import Choice, NarrowRow, crumbs_of, narrow_rows
from motcua.portals.lead.saying import ENOUGH, percent
from motcua.portals.lead.views import WATCHERS
from motcua.ui import dates
from motcua.ui.exporting import csv_answer
from motcua.ui.parts import Cell, Crumb, Empty, Export, Kpi, Table
from motcua.ui.words import count, decimal

HEADS = ("Có kết quả", "Đúng ngay lần đầu", "Tỷ lệ", "Bị hỏi lại từ hai lần", "Tỷ lệ hỏi lại")


@dataclass(frozen=True, slots=True, kw_only=True)
class RatesPage:
    title: str
    crumbs: tuple[Crumb, ...]
    periods: tuple[Choice, ...]
    kpis: tuple[Kpi, ...]
    procedures: Table
    procedure_rows: tuple[NarrowRow, ...]
    units: Table | None
    unit_rows: tuple[NarrowRow, ...]
    as_of: str


@require_safe
@route(WATCHERS, purpose=Purpose.LEAD)
def show(request: HttpRequest) -> HttpResponseBase:
    """The worst first, each with the dossiers behind it."""
    actor = actor_of(request)
    wanted = asked(request, actor)
    model = rates_page(_board(request, wanted), wanted, leads_city=actor.has(Role.LEADER))
    return page(request, "lead/rates.html", model)


@require_safe
@route(WATCHERS, purpose=Purpose.LEAD)
def export(request: HttpRequest) -> HttpResponseBase:
    """Both tables as CSV, with the total."""
    wanted = asked(request, actor_of(request))
    shown = _board(request, wanted)
    name = f"dung-ngay-{city_date(clock.now()):%Y%m%d}.csv"
    return csv_answer(name, ("Mã", "Thủ tục hoặc đơn vị", *HEADS), _rows(shown))


def _board(request: HttpRequest, wanted: Asked) -> RightFirstBoard:
    return dossiers.right_first(
        actor_of(request), now=clock.now(), months=wanted.months, unit_id=wanted.unit_id
    )


def _rows(shown: RightFirstBoard) -> Iterator[tuple[str, ...]]:
    for one in (*shown.by_procedure, *shown.by_unit, shown.whole):
        yield (one.part, one.name, *_numbers(one))


def _numbers(one: RightFirst) -> tuple[str, ...]:
    return (
        str(one.done),
        str(one.first_right),
        _share(one.first_share),
        str(one.asked_again),
        _share(one.again_share),
    )


def _share(share: float | None) -> str:
    return percent(share) if share is not None else "–"


def rates_page(shown: RightFirstBoard, wanted: Asked, *, leads_city: bool) -> RatesPage:
    procedures = _table(shown, wanted, shown.by_procedure, "Thủ tục", "thu_tuc")
    units = _table(shown, wanted, shown.by_unit, "Đơn vị", "don_vi") if shown.by_unit else None
    return RatesPage(
        title=_title(shown),
        crumbs=(*crumbs_of(wanted, leads_city=leads_city), Crumb(label="Đúng ngay lần đầu")),
        periods=tuple(
            Choice(label=label, url=wanted.rates_url(months), current=months == wanted.months)
            for months, label in PERIODS.items()
        ),
        kpis=tuple(_kpis(shown, wanted)),
        procedures=procedures,
        procedure_rows=narrow_rows(procedures),
        units=units,
        unit_rows=narrow_rows(units) if units else (),
        as_of=dates.moment(shown.as_of),
    )


def _title(shown: RightFirstBoard) -> str:
    """The finding, where there are enough results to speak of one."""
    telling = [one for one in shown.by_procedure if one.done >= ENOUGH]
    if not telling or telling[0].first_share is None or telling[0].first_share == 1:
        return "Đúng ngay lần đầu"
    return f"«{telling[0].name}» bị hỏi lại nhiều nhất"


def _kpis(shown: RightFirstBoard, wanted: Asked) -> Iterator[Kpi]:
    whole, period = shown.whole, PERIODS[wanted.months].lower()
    for label, share, number, bucket in (
        ("Đúng ngay lần đầu", whole.first_share, whole.first_right, Bucket.FIRST_RIGHT),
        ("Bị hỏi lại từ hai lần", whole.again_share, whole.asked_again, Bucket.ASKED_AGAIN),
    ):
        yield Kpi(
            label=f"{label}, {period}",
            value=decimal(share * 100) if share is not None else "–",
            unit="%" if share is not None else "",
            note=f"{count(number)} trong {count(whole.done)} hồ sơ có kết quả",
            bad=bucket is Bucket.ASKED_AGAIN and number > 0,
            url=wanted.list_url(bucket),
        )


def _table(
    shown: RightFirstBoard, wanted: Asked, parts: Sequence[RightFirst], head: str, name: str
) -> Table:
    return Table(
        caption=f"Đúng ngay lần đầu theo {head.lower()}",
        heads=((head, False), *((title, True) for title in HEADS)),
        rows=tuple(_row(one, wanted, name) for one in parts),
        total=_row(shown.whole, wanted, ""),
        export=Export(formats=(("CSV", wanted.rates_url(tail="/xuat.csv")),)),
        empty=Empty(title="Chưa có hồ sơ nào có kết quả", text="Số liệu tính lại mỗi 10 phút."),
    )


def _row(one: RightFirst, wanted: Asked, name: str) -> tuple[Cell, ...]:
    more = {name: one.part} if name else {}
    done, first, first_share, again, again_share = _numbers(one)

    def behind(text: str, bucket: Bucket, number: int) -> Cell:
        url = wanted.list_url(bucket, **more) if number else ""
        return Cell(text=text, number=True, url=url)

    return (
        Cell(text=one.name if name else "Tổng"),
        behind(done, Bucket.DONE, one.done),
        behind(first, Bucket.FIRST_RIGHT, one.first_right),
        Cell(text=first_share, number=True),
        behind(again, Bucket.ASKED_AGAIN, one.asked_again),
        Cell(text=again_share, number=True),
    )
