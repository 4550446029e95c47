"""Trang số người tiếp cận: how far an alert came, for those who lead; table and export."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.contexts.alerts.contracts import AlertView, WardReach
from motcua.contexts.alerts.policies import WRITERS
from motcua.contexts.alerts.queries import alerts, reach
from motcua.contexts.alerts.web import saying
from motcua.contexts.alerts.web.office import HERE
from motcua.kernel import clock
from motcua.kernel.access import actor_of, roles, route
from motcua.kernel.web import page
from motcua.ui import dates
from motcua.ui.exporting import csv_answer
from motcua.ui.parts import Cell, Crumb, Empty, Export, Fact, Table
from motcua.ui.words import count

HEADS = ("Phường, xã", "Cần báo", "Đã báo", "Đã xem", "Đã đọc")
FEW = f"dưới {reach.FEW}"
ELSEWHERE = "Nơi khác, đã được báo tin trước"
CHANNELS = {"SMS": "Tin nhắn", "EMAIL": "Thư điện tử", "PUSH": "Thông báo trên máy"}
STATES = {
    "HELD": "chờ hết giờ yên tĩnh",
    "HANDED": "đang gửi",
    "SENT": "đã gửi",
    "DELIVERED": "đã tới máy",
    "OFF": "không cần gửi",
    "GATHERED": "chờ thư trong ngày",
    "FAILED": "không giao được",
    "NO_ADDRESS": "không có địa chỉ",
    "STOPPED": "người nhận đã tắt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachPage:
    title: str
    note: str
    table: Table
    channels: tuple[Fact, ...]
    crumbs: tuple[Crumb, ...]


@never_cache
@require_safe
@route(roles(*WRITERS))
def show(request: HttpRequest, alert_code: str) -> HttpResponseBase:
    """Ward by ward; numbers of few are not told. Raises: AlertNotFound."""
    actor, now = actor_of(request), clock.now()
    one = alerts.public_one(alert_code, actor, now=now)
    rows = reach.by_ward(one)
    model = _model(one, rows, reach.deliveries(one), now)
    return page(request, "alerts/reach.html", model)


@never_cache
@require_safe
@route(roles(*WRITERS))
def export(request: HttpRequest, alert_code: str) -> HttpResponseBase:
    """The same table as CSV. Raises: AlertNotFound."""
    one = alerts.public_one(alert_code, actor_of(request), now=clock.now())
    names = saying.ward_names()
    rows = (
        [row.ward, names.get(row.ward, ELSEWHERE), *(_number(value) for value in _values(row))]
        for row in reach.by_ward(one)
    )
    return csv_answer(f"tiep-can-{one.code}.csv", ("Mã", *HEADS), rows)


def _model(
    one: AlertView,
    rows: Sequence[WardReach],
    deliveries: dict[str, dict[str, int]],
    now: datetime,
) -> ReachPage:
    names, total = saying.ward_names(), reach.totals(rows)
    export_url = f"{HERE}/{one.code}/tiep-can.csv"
    return ReachPage(
        title=f"Đã báo {count(total.told or 0)} trên {count(total.addressed or 0)} người",
        note=f"Tính đến {dates.city_moment(now)}. Số dưới {reach.FEW} và số làm lộ chúng "
        "không hiện, không tính vào tổng. Người dân còn thấy cảnh báo trên mọi trang.",
        table=Table(
            caption="Số người tiếp cận theo phường, xã",
            heads=((HEADS[0], False), *((head, True) for head in HEADS[1:])),
            rows=tuple(_row(row, names.get(row.ward, ELSEWHERE)) for row in rows),
            total=_row(total, "Cộng") if len(rows) > 1 else (),
            export=Export(formats=(("CSV", export_url),)) if rows else None,
            empty=Empty(title="Chưa có ai trong danh sách", icon="users"),
        ),
        channels=tuple(_channel(name, states) for name, states in sorted(deliveries.items())),
        crumbs=(
            Crumb(label="Trực cảnh báo", url=HERE),
            Crumb(label=one.code, url=f"{HERE}/{one.code}"),
            Crumb(label="Số người tiếp cận"),
        ),
    )


def _values(row: WardReach) -> tuple[int | None, ...]:
    return (row.addressed, row.told, row.seen, row.read)


def _number(value: int | None) -> str:
    return FEW if value is None else str(value)


def _row(row: WardReach, name: str) -> tuple[Cell, ...]:
    values = (FEW if value is None else count(value) for value in _values(row))
    return (Cell(text=name), *(Cell(text=value, number=True) for value in values))


def _channel(name: str, states: dict[str, int]) -> Fact:
    said = (
        f"{STATES.get(state, state)} {FEW if number < reach.FEW else count(number)}"
        for state, number in sorted(states.items())
    )
    return Fact(label=CHANNELS.get(name, name), value=", ".join(said))
