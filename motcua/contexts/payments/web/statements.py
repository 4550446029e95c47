"""Sao kê ngân hàng ở bàn thu phí: bring a file, look at a day, settle, sign off."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.organisations import public as organisations
from motcua.contexts.payments.actions import bank_days, statements
from motcua.contexts.payments.adapters.typesetting import bank_day_as_pdf
from motcua.contexts.payments.contracts import (
    BankDayNotFound,
    ColumnsNeeded,
    StatementUnreadable,
)
from motcua.contexts.payments.queries import bank_days as days
from motcua.contexts.payments.queries import statements as reading
from motcua.contexts.payments.rules.statement_columns import StatementColumns
from motcua.contexts.payments.web import bank_day_pages, statement_pages
from motcua.kernel import clock
from motcua.kernel.access import actor_of, roles, route
from motcua.kernel.actors import Role
from motcua.kernel.clock import city_date
from motcua.kernel.errors import DomainError, Kind
from motcua.kernel.web import page, redirect_after
from motcua.ui.exporting import csv_answer, pdf_answer

FIRST_YEAR = 2000
MOST_BYTES = 50 * 2**20
collectors = roles(Role.FEE_COLLECTOR)
readers = roles(Role.FEE_COLLECTOR, Role.AUDITOR)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(collectors)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Files that came and the days they speak of; another file is brought here."""
    if request.method != "POST":
        return _listed(request, statement_pages.Bringing())
    try:
        content = _content(request)
        columns = _columns(request, content)
        brought = statements.bring_statement(
            content, columns=columns, actor=actor_of(request), now=clock.now()
        )
    except ColumnsNeeded as refusal:
        return _ask_columns(request, content, refusal)
    except DomainError as refusal:
        if refusal.kind not in (Kind.INVALID, Kind.CONFLICT):
            raise
        return _listed(request, statement_pages.Bringing(error=refusal.message))
    messages.success(request, statement_pages.told_of(brought))
    return redirect_after(reverse("payments:bank_day", args=[brought.last_on.isoformat()]))


def _listed(request: HttpRequest, bringing: statement_pages.Bringing) -> HttpResponseBase:
    model = statement_pages.list_page(days.bank_days(), reading.recent_statements(), bringing)
    status = 422 if bringing.error else 200
    return page(request, "payments/statements.html", model, status=status)


def _ask_columns(request: HttpRequest, content: bytes, refusal: ColumnsNeeded) -> HttpResponseBase:
    heads, _known = statements.columns_of(content)
    asked = "booked" in request.POST
    bringing = statement_pages.Bringing(
        heads=heads, typed=request.POST, error=refusal.message if asked else ""
    )
    return _listed(request, bringing)


def _content(request: HttpRequest) -> bytes:
    """Raises: StatementUnreadable."""
    file = request.FILES.get("file")
    if file is None:
        raise StatementUnreadable("Bạn chọn tệp sao kê rồi bấm Nhập sao kê.")
    if (file.size or 0) > MOST_BYTES:
        raise StatementUnreadable("Tệp lớn hơn 50 MB. Bạn xuất sao kê theo từng ngày.")
    return bytes(file.read())


def _columns(request: HttpRequest, content: bytes) -> StatementColumns | None:
    """What somebody chose on the page, else what is known of files with these heads."""
    if statements.is_xml(content) or not content.strip():
        return None
    told = StatementColumns.told({name: str(value) for name, value in request.POST.items()})
    if told.is_enough:
        return told
    return statements.columns_of(content)[1]


@never_cache
@require_safe
@route(readers)
def show(request: HttpRequest, day: str) -> HttpResponseBase:
    """One day of the account: sums, what agrees, what differs and why."""
    return _shown(request, _day(day))


@never_cache
@require_safe
@route(readers)
def export(request: HttpRequest, day: str) -> HttpResponseBase:
    """Every difference of the day as a file."""
    found = days.bank_day(_day(day))
    rows = bank_day_pages.csv_rows(found)
    return csv_answer(f"doi-soat-{found.day:%Y%m%d}.csv", bank_day_pages.CSV_HEADS, rows)


@never_cache
@require_safe
@route(readers)
def report(request: HttpRequest, day: str) -> HttpResponseBase:
    """The day on paper, with who signed it off."""
    found = days.bank_day(_day(day))
    printed = bank_day_pages.printed(found, _closer(found), now=clock.now())
    return pdf_answer(f"doi-soat-{found.day:%Y%m%d}.pdf", bank_day_as_pdf(printed), shown=True)


@require_POST
@route(collectors)
def settle(request: HttpRequest, day: str) -> HttpResponseBase:
    """Book one difference, or write down the answer of the bank."""
    on, typed = _day(day), request.POST
    item, name = typed.get("item", "")[:60], typed.get("difference", "")
    try:
        bank_days.settle(
            on,
            item,
            name,
            said=typed.get("said", ""),
            actor=actor_of(request),
            now=clock.now(),
        )
    except DomainError as refusal:
        if refusal.field != "said":
            raise
        return _shown(request, on, wrong=item, error=refusal.message)
    messages.success(request, "Đã xử lý một khác biệt.")
    return redirect_after(_url(on))


@require_POST
@route(collectors)
def settle_all(request: HttpRequest, day: str) -> HttpResponseBase:
    """Book everything that needs no words."""
    on = _day(day)
    done = bank_days.settle_all(on, actor=actor_of(request), now=clock.now())
    rest = f" {done.left} khác biệt vừa được xử lý ở nơi khác." if done.left else ""
    messages.success(request, f"Đã ghi sổ {done.number} khác biệt.{rest}")
    return redirect_after(_url(on))


@require_POST
@route(collectors)
def close(request: HttpRequest, day: str) -> HttpResponseBase:
    """Sign off the day."""
    on = _day(day)
    bank_days.close_day(on, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã chốt ngày.")
    return redirect_after(_url(on))


@require_POST
@route(collectors)
def reopen(request: HttpRequest, day: str) -> HttpResponseBase:
    """Open a signed day again, with the reason."""
    on = _day(day)
    try:
        reason = request.POST.get("reason", "")
        bank_days.reopen_day(on, reason=reason, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        if refusal.field != "reason":
            raise
        return _shown(request, on, wrong="reason", error=refusal.message)
    messages.success(request, "Đã mở lại ngày. Lần chốt trước vẫn được giữ.")
    return redirect_after(_url(on))


def _shown(request: HttpRequest, on: date, *, wrong: str = "", error: str = "") -> HttpResponseBase:
    found, actor = days.bank_day(on), actor_of(request)
    model = bank_day_pages.day_page(
        found,
        reading.closings_ever(on),
        may_act=actor.has(Role.FEE_COLLECTOR),
        signer=_closer(found),
        wrong=wrong,
        error=error,
    )
    return page(request, "payments/bank_day.html", model, status=422 if error else 200)


def _closer(found: days.BankDay) -> str:
    """Who signed the day off; "" while nobody has."""
    officer_id = found.closing_row.closed_by_officer_id if found.closing_row else None
    known = organisations.officers_by_id([officer_id]) if officer_id else {}
    return known[officer_id].full_name if officer_id in known else ""


def _url(day: date) -> str:
    return reverse("payments:bank_day", args=[day.isoformat()])


def _day(text: str) -> date:
    """Raises: BankDayNotFound, also for a day to come."""
    try:
        found = date.fromisoformat(text)
    except ValueError as problem:
        raise BankDayNotFound from problem
    if found.year < FIRST_YEAR or found > city_date(clock.now()) or len(text) != len("2026-01-05"):
        raise BankDayNotFound
    return found
