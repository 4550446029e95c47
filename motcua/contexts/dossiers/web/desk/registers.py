"""Sổ theo dõi, phiếu kiểm soát: Forms 06 and 07 on the screen, as PDF, as a spreadsheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.contexts.dossiers.actions import controlling
from motcua.contexts.dossiers.actions.controlling import Register
from motcua.contexts.dossiers.web.desk.asking import BAN, FIRST_YEAR, LAST_YEAR
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.access import officers, route
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.errors import DomainError
from motcua.kernel.forms.dates import date_in
from motcua.kernel.web import actor_of, as_file, page, uuid_of
from motcua.kernel.workbooks import MEDIA_TYPE, Column, Leaf, workbook
from motcua.ui import dates
from motcua.ui.exporting import csv_answer, pdf_answer
from motcua.ui.parts import Alert, Cell, Crumb, Empty, Option, Table, Tone

HERE = f"{BAN}/so-theo-doi"
MONTH = timedelta(days=30)
HEADS = (
    "Mã hồ sơ", "Thủ tục", "Người nộp", "Nhận lúc", "Hẹn trả", "Chuyển đến", "Xong lúc",
    "Tình trạng",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage:
    title: str
    url: str
    first_on: str
    last_on: str
    unit: str
    units: tuple[Option, ...]
    files: tuple[tuple[str, str], ...]
    table: Table | None
    alerts: tuple[Alert, ...]
    crumbs: tuple[Crumb, ...]


@require_safe
@route(officers)
def slip(request: HttpRequest, code: str) -> HttpResponseBase:
    """Form 06 as PDF. Raises: DossierNotFound."""
    now = clock.now()
    pdf = controlling.control_slip(code, actor=actor_of(request), now=now)
    return pdf_answer(f"phieu-kiem-soat-{code}.pdf", pdf, shown=True)


@require_safe
@route(officers)
def book(request: HttpRequest) -> HttpResponseBase:
    """Form 07 on the screen, with its files."""
    actor, now = actor_of(request), clock.now()
    unit_id, first_on, last_on = _asked(request, actor, now)
    found: Register | None = None
    alerts: tuple[Alert, ...] = ()
    try:
        found = controlling.register(unit_id, first_on, last_on, actor=actor, now=now)
    except DomainError as refusal:
        alerts = (Alert(title=refusal.message, tone=Tone.LATE, icon="triangle-alert"),)
    model = _model(actor, unit_id, first_on, last_on, found, alerts)
    return page(request, "dossiers/desk/register.html", model, status=200 if found else 422)


@require_safe
@route(officers)
def book_pdf(request: HttpRequest) -> HttpResponseBase:
    """Raises: NotYourRegister, RegisterTooLong."""
    now = clock.now()
    return pdf_answer(
        "so-theo-doi.pdf", controlling.printed(_book(request, now), now=now), shown=True
    )


@require_safe
@route(officers)
def book_csv(request: HttpRequest) -> HttpResponseBase:
    """Raises: NotYourRegister, RegisterTooLong."""
    return csv_answer("so-theo-doi.csv", HEADS, _rows(_book(request, clock.now())))


@require_safe
@route(officers)
def book_xlsx(request: HttpRequest) -> HttpResponseBase:
    """Raises: NotYourRegister, RegisterTooLong."""
    found = _book(request, clock.now())
    columns = tuple(Column(head=head) for head in HEADS)
    leaf = Leaf(name="Sổ theo dõi", columns=columns, lines=list(_rows(found)))
    return as_file(HttpResponse(workbook(leaf), content_type=MEDIA_TYPE), "so-theo-doi.xlsx")


def _book(request: HttpRequest, now: datetime) -> Register:
    actor = actor_of(request)
    unit_id, first_on, last_on = _asked(request, actor, now)
    return controlling.register(unit_id, first_on, last_on, actor=actor, now=now)


def _asked(request: HttpRequest, actor: Actor, now: datetime) -> tuple[UUID, date, date]:
    """The last thirty days of one's first unit, unless the address says otherwise."""
    units = controlling.own_registers(actor)
    unit_id = uuid_of(request.GET.get("don-vi", "")) or (units[0] if units else UUID(int=0))
    last_on = _day(request.GET.get("den", ""), city_date(now))
    return unit_id, _day(request.GET.get("tu", ""), last_on - MONTH), last_on


def _day(text: str, otherwise: date) -> date:
    try:
        found = date_in(text)
    except ValueError:
        return otherwise
    return found if found and FIRST_YEAR <= found.year <= LAST_YEAR else otherwise


def _rows(found: Register) -> Iterator[tuple[str, ...]]:
    for line in found.lines:
        yield (
            line.code,
            line.procedure,
            line.applicant,
            _moment(line.received_at),
            _moment(line.due_at),
            line.transferred_to,
            _moment(line.finished_at),
            line.status,
        )


def _moment(at: datetime | None) -> str:
    return dates.city_moment(city_time(at)) if at else ""


def _model(
    actor: Actor,
    unit_id: UUID,
    first_on: date,
    last_on: date,
    found: Register | None,
    alerts: tuple[Alert, ...],
) -> RegisterPage:
    first, last = f"{first_on:%d/%m/%Y}", f"{last_on:%d/%m/%Y}"
    asked = f"don-vi={unit_id}&tu={first}&den={last}"
    units = organisations.units_by_id(controlling.own_registers(actor))
    return RegisterPage(
        title="Sổ theo dõi hồ sơ",
        url=HERE,
        first_on=first,
        last_on=last,
        unit=str(unit_id),
        units=tuple(Option(value=str(one.id), label=one.name) for one in units.values()),
        files=tuple((kind.upper(), f"{HERE}.{kind}?{asked}") for kind in ("pdf", "xlsx", "csv")),
        table=_table(found) if found else None,
        alerts=alerts,
        crumbs=(Crumb(label="Bàn làm việc", url=BAN), Crumb(label="Sổ theo dõi")),
    )


def _table(found: Register) -> Table:
    return Table(
        caption=f"{found.unit_name}: {len(found.lines)} hồ sơ",
        caption_shown=True,
        heads=tuple((head, False) for head in HEADS),
        rows=tuple(
            (Cell(text=row[0], url=f"{BAN}/ho-so/{row[0]}"), *(Cell(text=one) for one in row[1:]))
            for row in _rows(found)
        ),
        empty=Empty(title="Không có hồ sơ nào trong những ngày này", icon="inbox"),
    )
