"""Báo cáo thu phí: receipts, exemptions, the book of days; each as a page and as a file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.contexts.organisations import public as organisations
from motcua.contexts.payments.contracts import FeeKind, ReportNotFound
from motcua.contexts.payments.queries import reports
from motcua.contexts.payments.queries.reports import Days
from motcua.contexts.payments.web.framing import Tab, crumbs
from motcua.kernel import clock
from motcua.kernel.access import actor_of, roles, route
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.money import Money
from motcua.kernel.web import page
from motcua.ui import dates
from motcua.ui.exporting import csv_answer
from motcua.ui.parts import Cell, Crumb, Empty, Export, Table

Row = tuple[str | Money, ...]
LONGEST = timedelta(days=366)
SHOWN = 200
CITY = "Tài khoản chung của thành phố"
KINDS: dict[FeeKind, str] = {
    FeeKind.PHI: "Phí",
    FeeKind.LE_PHI: "Lệ phí",
    FeeKind.LAND_DUTY: "Nghĩa vụ tài chính về đất",
    FeeKind.TAX: "Thuế",
    FeeKind.POST: "Cước bưu chính",
    FeeKind.OTHER: "Khác",
}
collectors = roles(Role.FEE_COLLECTOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """key: of the address. rows: money stays money, to be written as the page or the file wants."""

    key: str
    title: str
    heads: tuple[tuple[str, bool], ...]
    rows: Callable[[Actor, Days, datetime], Iterable[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    title: str
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Tab, ...]
    first: str
    last: str
    wrong: str
    table: Table


def _receipts(actor: Actor, days: Days, now: datetime) -> Iterable[Row]:
    for one in reports.receipts(actor, days, now=now):
        issued = dates.city_moment(one.issued_at)
        yield (one.number, one.invoice_code, one.subject, issued, one.amount)


def _reliefs(actor: Actor, days: Days, now: datetime) -> Iterable[Row]:
    found = reports.reliefs(actor, days, now=now)
    desks = organisations.units_by_id({one.unit_id for one in found if one.unit_id})
    for one in found:
        desk = desks[one.unit_id].name if one.unit_id in desks else CITY
        kind = "Hoàn lại" if one.afterwards else KINDS[one.kind]
        yield (desk, one.name, kind, str(one.items), one.relief, one.due)
    if found:
        yield (
        "Cộng", "", "", str(sum(one.items for one in found)),
        Money.total(one.relief for one in found), Money.total(one.due for one in found),
    )  # fmt: skip


def _day_book(actor: Actor, days: Days, now: datetime) -> Iterable[Row]:
    for one in reports.day_book(actor, days, now=now):
        desk = organisations.unit_by_id(one.unit_id).name if one.unit_id else CITY
        yield (desk, one.cash, one.bank, one.cash_back, one.bank_back, one.left)


REPORTS = (
    Report(
        key="so-ngay",
        title="Sổ ngày",
        heads=(("Quầy", False), ("Tiền mặt vào", True), ("Chuyển khoản vào", True),
               ("Tiền mặt hoàn", True), ("Chuyển khoản hoàn", True), ("Còn lại", True)),
        rows=_day_book,
    ),
    Report(
        key="bien-lai",
        title="Biên lai",
        heads=(("Số biên lai", False), ("Khoản phí", False), ("Hồ sơ", False), ("Lập lúc", False),
               ("Số tiền", True)),
        rows=_receipts,
    ),
    Report(
        key="mien-giam",
        title="Miễn, giảm",
        heads=(("Nơi thu", False), ("Lý do miễn, giảm", False), ("Loại", False),
               ("Số khoản", True), ("Đã giảm", True), ("Còn thu", True)),
        rows=_reliefs,
    ),
)  # fmt: skip


@never_cache
@require_safe
@route(collectors)
def show(request: HttpRequest, report: str) -> HttpResponseBase:
    """One report over some days; today unless others are asked for."""
    found, now = _report(report), clock.now()
    days, wrong = _days(request, city_date(now))
    rows = tuple(found.rows(actor_of(request), days, now))
    asked = urlencode({"tu": days.first.isoformat(), "den": days.last.isoformat()})
    file = f"{reverse('payments:report_export', args=[found.key])}?{asked}"
    model = ReportPage(
        title=found.title,
        crumbs=crumbs(),
        tabs=tuple(
            Tab(
                label=one.title,
                url=f"{reverse('payments:report', args=[one.key])}?{asked}",
                current=one is found,
            )
            for one in REPORTS
        ),
        first=days.first.isoformat(),
        last=days.last.isoformat(),
        wrong=wrong,
        table=_table(found, rows, file),
    )
    return page(request, "payments/report.html", model, status=422 if wrong else 200)


@never_cache
@require_safe
@route(collectors)
def export(request: HttpRequest, report: str) -> HttpResponseBase:
    """The same as a file, money in plain figures."""
    found, now = _report(report), clock.now()
    days, _wrong = _days(request, city_date(now))
    rows = found.rows(actor_of(request), days, now)
    name = f"{found.key}-{days.first:%Y%m%d}-{days.last:%Y%m%d}.csv"
    return csv_answer(name, [head for head, _ in found.heads], (_plain(row) for row in rows))


def _report(key: str) -> Report:
    """Raises: ReportNotFound."""
    found = next((one for one in REPORTS if one.key == key), None)
    if found is None:
        raise ReportNotFound
    return found


def _days(request: HttpRequest, today: date) -> tuple[Days, str]:
    """What was asked for, or today with the sentence why not."""
    try:
        first = date.fromisoformat(request.GET.get("tu") or today.isoformat())
        last = date.fromisoformat(request.GET.get("den") or today.isoformat())
    except ValueError:
        return Days(first=today, last=today), "Bạn chọn ngày đầu và ngày cuối."
    if not first <= last <= today or last - first > LONGEST:
        return Days(first=today, last=today), "Ngày đầu trước ngày cuối, cách tối đa một năm."
    return Days(first=first, last=last), ""


def _table(found: Report, rows: Sequence[Row], file: str) -> Table:
    more = len(rows) - SHOWN
    return Table(
        caption=found.title,
        heads=found.heads,
        rows=tuple(
            tuple(
                Cell(text=_said(value), number=number)
                for value, (_head, number) in zip(row, found.heads, strict=True)
            )
            for row in rows[:SHOWN]
        ),
        export=Export(
            formats=(("CSV", file),),
            note=f"Trang này bỏ bớt {more} dòng cuối, tệp CSV có đủ." if more > 0 else "",
        ),
        empty=Empty(title="Không có gì trong những ngày này"),
    )


def _said(value: str | Money) -> str:
    return value.vnd() if isinstance(value, Money) else value


def _plain(row: Row) -> tuple[str, ...]:
    return tuple(str(int(v)) if isinstance(v, Money) else v for v in row)
