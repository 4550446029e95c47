"""Biên lai điện tử: looked up by its code, as XML, and what the desk does about a wrong one."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.contexts.organisations import public as organisations
from motcua.contexts.payments import queries
from motcua.contexts.payments.actions import receipt_endings, receipt_numbers
from motcua.contexts.payments.adapters.receipt_xml import receipt_as_xml
from motcua.contexts.payments.contracts.receipts import (
    AdjustmentOdd,
    RangeOdd,
    RangeView,
    ReceiptKind,
    ReceiptMoved,
    ReceiptNotFound,
    ReceiptReasonNeeded,
    ReceiptState,
    ReceiptView,
)
from motcua.contexts.payments.models import Receipt
from motcua.contexts.payments.queries import agencies, closings
from motcua.contexts.payments.queries import receipts as reading
from motcua.contexts.payments.rules.receipts import rules, shown_code
from motcua.contexts.payments.web.framing import crumbs
from motcua.kernel import clock
from motcua.kernel.access import actor_of, open_to_all, roles, route
from motcua.kernel.actors import Role
from motcua.kernel.clock import city_date
from motcua.kernel.errors import DomainError, Kind
from motcua.kernel.limits import CODES_CHECKED
from motcua.kernel.money import dong_in
from motcua.kernel.text import whole
from motcua.kernel.web import as_file, page, redirect_after, uuid_of
from motcua.ui import dates
from motcua.ui.exporting import csv_answer
from motcua.ui.parts import (
    Action,
    Alert,
    Cell,
    Chip,
    Crumb,
    Empty,
    Export,
    Fact,
    Table,
    Tone,
)

collectors = roles(Role.FEE_COLLECTOR)
CITY = "Tài khoản chung của thành phố"
keepers = roles(Role.FEE_COLLECTOR, Role.DIVISION_HEAD, Role.SIGNER, Role.AUDITOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUpPage:
    """typed: what was looked for. found None: nothing yet, or nothing there."""

    typed: str
    error: str
    news: Alert | None
    facts: tuple[Fact, ...]
    items: Table | None
    xml: Action | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OneReceipt:
    """A receipt of a bill at the desk. urls: "" where nothing may be done."""

    number: str
    anchor: str
    chip: Chip
    facts: tuple[Fact, ...]
    change_url: str
    look_up_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BillReceipts:
    title: str
    crumbs: tuple[Crumb, ...]
    receipts: tuple[OneReceipt, ...]
    empty: Empty
    wrong: str
    field: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RangesPage:
    crumbs: tuple[Crumb, ...]
    alarm: Alert | None
    ranges: Table
    units: tuple[tuple[str, str], ...]
    error: str
    note: str


@never_cache
@require_safe
@route(open_to_all, limit=CODES_CHECKED)
def look_up(request: HttpRequest) -> HttpResponseBase:
    """Whoever holds a receipt sees whether it still holds, without the name of its payer."""
    typed = request.GET.get("ma", "")[:40]
    if not typed.strip():
        return page(request, "payments/receipt_look_up.html", _look_up("", None, ""))
    try:
        found = reading.view_of_receipt(reading.held(typed))
    except ReceiptNotFound as refusal:
        model = _look_up(typed, None, refusal.message)
        return page(request, "payments/receipt_look_up.html", model, status=404)
    return page(request, "payments/receipt_look_up.html", _look_up(typed, found, ""))


@never_cache
@require_safe
@route(open_to_all, limit=CODES_CHECKED)
def xml(request: HttpRequest) -> HttpResponseBase:
    """The same for a program. Raises: ReceiptNotFound."""
    found = reading.view_of_receipt(reading.held(request.GET.get("ma", "")[:40]))
    answer = HttpResponse(receipt_as_xml(found), content_type="application/xml")
    return as_file(answer, f"bien-lai-{found.number}.xml")


def _look_up(typed: str, found: ReceiptView | None, error: str) -> LookUpPage:
    if found is None:
        return LookUpPage(typed=typed, error=error, news=None, facts=(), items=None, xml=None)
    return LookUpPage(
        typed=typed,
        error="",
        news=_news(found),
        facts=tuple(one for one in _facts(found) if one.value),
        items=Table(
            caption=_("Các khoản thu"),
            heads=((_("Khoản"), False), (_("Số tiền"), True)),
            rows=tuple(
                (Cell(text=label), Cell(text=amount.vnd(), number=True))
                for label, amount in found.items
            ),
        ),
        xml=Action(
            label=_("Tải bản XML"),
            url=f"{reverse('payments:receipt_xml')}?ma={found.code}",
            icon="file-down",
        ),
    )


def _news(found: ReceiptView) -> Alert:
    said = {"number": found.number, "others": ", ".join(found.followed_by)}
    when = {"when": dates.city_moment(found.ended_at), "why": found.end_reason}
    if found.state is ReceiptState.CANCELLED:
        return Alert(
            title=_("Biên lai %(number)s đã hủy") % said,
            text=_("Hủy lúc %(when)s. Lý do: %(why)s") % when,
            tone=Tone.LATE,
            icon="circle-x",
        )
    if found.state is ReceiptState.REPLACED:
        return Alert(
            title=_("Biên lai %(number)s đã được thay thế") % said,
            text=_("Biên lai thay thế là %(others)s.") % said + " " + _("Lý do: %(why)s") % when,
            tone=Tone.TURN,
        )
    if found.followed_by:
        return Alert(
            title=_("Biên lai %(number)s có điều chỉnh") % said,
            text=_("Bạn đọc cùng biên lai điều chỉnh %(others)s.") % said,
            tone=Tone.TURN,
        )
    return Alert(title=_("Biên lai %(number)s có giá trị") % said, tone=Tone.OK)


def _facts(found: ReceiptView) -> tuple[Fact, ...]:
    adjusts = found.kind is ReceiptKind.ADJUSTMENT
    return (
        Fact(label=_("Nơi thu"), value=found.agency),
        Fact(label=_("Khoản phí"), value=found.invoice_code),
        Fact(label=_("Hồ sơ"), value=found.subject),
        Fact(label=_("Ngày lập"), value=dates.city_moment(found.issued_at)),
        Fact(label=_("Số tiền"), value=found.amount.vnd()),
        Fact(
            label=_("Đã điều chỉnh"),
            value=found.adjusted_by.vnd() if found.adjusted_by else "",
        ),
        Fact(
            label=_("Điều chỉnh biên lai") if adjusts else _("Thay cho biên lai"),
            value=found.about,
        ),
        Fact(label=_("Lý do"), value=found.reason),
    )


STATES = {
    ReceiptState.ISSUED: Chip(label="Có giá trị", tone=Tone.OK),
    ReceiptState.CANCELLED: Chip(label="Đã hủy", tone=Tone.LATE),
    ReceiptState.REPLACED: Chip(label="Đã thay thế", tone=Tone.TURN),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(collectors)
def of_bill(request: HttpRequest, code: str) -> HttpResponseBase:
    """Receipts of a bill; a wrong one is cancelled, replaced or adjusted here."""
    actor, now = actor_of(request), clock.now()
    bill = queries.visible_invoice(code, actor, now=now)
    rows = reading.receipts_of(bill)
    wrong = ""
    refused: dict[str, str] = {}
    if request.method == "POST":
        wrong = request.POST.get("number", "")[:40]
        try:
            row = next((one for one in rows if one.number == wrong), None)
            if row is None:
                raise ReceiptMoved
            _change(request, row)
            messages.success(request, "Đã ghi. Người nộp được báo tin.")
            return redirect_after(reverse("payments:receipts_of_bill", args=[code]))
        except DomainError as refusal:
            if not refusal.field or refusal.kind is not Kind.INVALID:
                raise
            refused = {refusal.field: refusal.message}
    may = agencies.collects_for(actor, bill.unit_id, city_date(now))
    here = reverse("payments:receipts_of_bill", args=[code])
    field, error = next(iter(refused.items()), ("", ""))
    model = BillReceipts(
        title=f"Biên lai của khoản {code}",
        crumbs=crumbs(Crumb(label=code, url=reverse("payments:pay", args=[code]))),
        receipts=tuple(_one(row, here if may else "") for row in rows),
        empty=Empty(title="Khoản này chưa có biên lai", text="Biên lai lập khi trả đủ."),
        wrong=wrong,
        field=field,
        error=error,
    )
    return page(request, "payments/receipts.html", model, status=422 if refused else 200)


def _change(request: HttpRequest, row: Receipt) -> None:
    """Raises: what the act refuses, AdjustmentOdd, ReceiptReasonNeeded."""
    actor, now, typed = actor_of(request), clock.now(), request.POST
    reason = typed.get("reason", "")
    match typed.get("act", ""):
        case "cancel":
            receipt_endings.cancel_receipt(row.id, reason=reason, actor=actor, now=now)
        case "replace":
            receipt_endings.replace_receipt(row.id, reason=reason, actor=actor, now=now)
        case "adjust":
            receipt_endings.adjust_receipt(
                row.id, _signed(typed.get("amount", "")), reason=reason, actor=actor, now=now
            )
        case _:
            raise ReceiptReasonNeeded("Bạn chọn hủy, thay thế hoặc điều chỉnh.", field="act")


def _signed(typed: str) -> int:
    """Below zero: the receipt says too much. Raises: AdjustmentOdd."""
    text = typed.strip().replace("−", "-")
    amount = dong_in(text.removeprefix("-"))
    if amount is None:
        raise AdjustmentOdd(field="amount")
    return -int(amount) if text.startswith("-") else int(amount)


def _one(row: Receipt, change_url: str) -> OneReceipt:
    view = reading.view_of_receipt(row)
    ended = dates.city_moment(view.ended_at)
    facts = (
        *_facts(view)[3:],
        Fact(label="Mã tra cứu", value=shown_code(view.code) if view.code else ""),
        Fact(label="Hủy, thay thế lúc", value=ended),
        Fact(label="Vì", value=view.end_reason),
        Fact(label="Xem cùng", value=", ".join(view.followed_by)),
    )
    return OneReceipt(
        number=row.number,
        anchor=str(row.id),
        chip=STATES[view.state],
        facts=tuple(one for one in facts if one.value),
        change_url=change_url if view.state is ReceiptState.ISSUED else "",
        look_up_url=f"{reverse('payments:receipt_look_up')}?ma={view.code}" if view.code else "",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(keepers)
def ranges(request: HttpRequest) -> HttpResponseBase:
    """How the numbers of one's desks were used; another range is taken here."""
    actor, now = actor_of(request), clock.now()
    error = ""
    if request.method == "POST":
        try:
            receipt_numbers.give_range(
                _unit(request.POST.get("unit", "")),
                size=whole(request.POST.get("size", "")) or 0,
                actor=actor,
                now=now,
            )
            messages.success(request, "Đã cấp thêm dải số.")
            return redirect_after(reverse("payments:receipt_ranges"))
        except DomainError as refusal:
            if refusal.kind is not Kind.INVALID:
                raise
            error = refusal.message
    units = None if actor.has(Role.AUDITOR) else closings.units_of(actor)
    model = _ranges(units, error)
    return page(request, "payments/receipt_ranges.html", model, status=422 if error else 200)


@never_cache
@require_safe
@route(keepers)
def ranges_file(request: HttpRequest) -> HttpResponseBase:
    """The same as a file."""
    actor = actor_of(request)
    units = None if actor.has(Role.AUDITOR) else closings.units_of(actor)
    table = _ranges(units, "").ranges
    rows = (tuple(cell.text for cell in row) for row in table.rows)
    return csv_answer("dai-so-bien-lai.csv", [head for head, _number in table.heads], rows)


def _unit(typed: str) -> UUID:
    """Raises: RangeOdd, for what no list offers."""
    found = uuid_of(typed)
    if found is None:
        raise RangeOdd("Bạn chọn nơi thu.", field="unit")
    return found


def _ranges(units: frozenset[UUID] | None, error: str) -> RangesPage:
    found = reading.ranges(units)
    named = {one.unit_id for one in found if one.unit_id} | set(units or ())
    names = {one: unit.name for one, unit in organisations.units_by_id(named).items()}
    left: dict[UUID | None, int] = {}
    for one in found:
        left[one.unit_id] = left.get(one.unit_id, 0) + one.left
    few = [
        names.get(one, CITY) if one else CITY for one, rest in left.items() if rest < rules().few
    ]
    missing = sum(one.missing for one in found)
    return RangesPage(
        crumbs=crumbs(),
        alarm=_alarm(few, missing),
        ranges=Table(
            caption="Sử dụng biên lai theo dải số",
            heads=(("Nơi thu", False), ("Ký hiệu", False), ("Từ số", True), ("Đến số", True),
                   ("Đã dùng", True), ("Đã hủy", True), ("Đã thay thế", True), ("Còn lại", True),
                   ("Thiếu", True), ("Cấp ngày", False)),
            rows=tuple(_range_row(one, names) for one in found),
            export=Export(formats=(("CSV", reverse("payments:receipt_ranges_file")),)),
            empty=Empty(title="Chưa dùng số nào", text="Dải số tự cấp khi lập biên lai đầu tiên."),
        ),
        units=tuple((str(one), names[one]) for one in sorted(units or (), key=str) if one in names),
        error=error,
        note="Mỗi số dùng một lần, lần lượt, không bỏ số. Hết số thì dải mới tự cấp."
        + ("" if rules().verified else " Mẫu này chưa đối chiếu với quy định của Bộ Tài chính."),
    )  # fmt: skip


def _alarm(few: list[str], missing: int) -> Alert | None:
    if missing:
        return Alert(
            title=f"{missing} số đã dùng mà không có biên lai",
            text="Bạn báo quản trị viên ngay.",
            tone=Tone.LATE,
            icon="triangle-alert",
        )
    if few:
        return Alert(title="Sắp hết số", text=f"{', '.join(few)}.", tone=Tone.TURN)
    return None


def _range_row(one: RangeView, names: Mapping[UUID, str]) -> tuple[Cell, ...]:
    numbers = (one.first, one.last, one.used, one.cancelled, one.replaced, one.left, one.missing)
    return (
        Cell(text=names.get(one.unit_id, CITY) if one.unit_id else CITY),
        Cell(text=one.series),
        *(Cell(text=str(number), number=True) for number in numbers),
        Cell(text=dates.day(one.given_on)),
    )
