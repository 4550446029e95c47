"""Trang thời hạn lưu: what is kept until when, by kind and unit; a hold; a list to propose."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.archive.actions import disposing
from motcua.contexts.archive.contracts import Due, KeepingFilter, KeepingLine, ProposeDisposal
from motcua.contexts.archive.models import Keeping
from motcua.contexts.archive.queries import keepings as queries
from motcua.contexts.archive.rules.words import DUES
from motcua.contexts.archive.web.room import DISPOSAL, KEEPERS, SCHEDULE, crumbs
from motcua.contexts.organisations import public as organisations
from motcua.contexts.privacy import public as privacy
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.clock import city_date
from motcua.kernel.errors import DomainError
from motcua.kernel.web import actor_of, page, redirect_after, uuid_of
from motcua.ui import dates
from motcua.ui.exporting import csv_answer
from motcua.ui.parts import Chip, Crumb, Empty, FieldError, Option, Tone
from motcua.ui.words import count

HEADS = ("Mã hồ sơ", "Mã thủ tục", "Thủ tục", "Đơn vị", "Kết thúc", "Thời hạn", "Lưu đến", "Căn cứ",
         "Đã kiểm chứng", "Tạm giữ")  # fmt: skip
FILTERS = ("han", "don-vi", "thu-tuc")
UNVERIFIED = "(chưa kiểm chứng)"
MOST_EXPORTED, STEP = 100_000, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCard:
    """One dossier. free: may be put on a list today."""

    code: str
    title: str
    chip: Chip
    text: str
    free: bool
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePage:
    title: str
    cards: tuple[KeptCard, ...]
    none: Empty
    dues: tuple[Option, ...]
    units: tuple[Option, ...]
    grounds: tuple[Option, ...]
    asked: dict[str, str]
    typed: dict[str, str]
    older_url: str
    export_url: str
    any_free: bool
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(KEEPERS)
def show(request: HttpRequest) -> HttpResponseBase:
    """The schedule; a POST proposes what was ticked."""
    if request.method != "POST":
        return _show(request)
    command = ProposeDisposal(
        codes=tuple(request.POST.getlist("codes")), why=request.POST.get("why", "")
    )
    try:
        made = disposing.propose(command, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        return _show(request, refusal)
    messages.success(request, f"Đã lập danh mục {made.code} gồm {count(made.dossiers)} hồ sơ.")
    return redirect_after(f"{DISPOSAL}/{made.list_id}")


def _asked(request: HttpRequest) -> KeepingFilter:
    due = request.GET.get("han", "")
    return KeepingFilter(
        due=Due(due) if due in Due.__members__ else None,
        unit_id=uuid_of(request.GET.get("don-vi", "")),
        procedure_code=request.GET.get("thu-tuc", "").strip()[:20],
        after=request.GET.get("sau", "")[:40],
    )


def _show(request: HttpRequest, refusal: DomainError | None = None) -> HttpResponseBase:
    now, asked = clock.now(), _asked(request)
    found = queries.page_of(asked, actor_of(request), now=now)
    ticked = frozenset(request.POST.getlist("codes"))
    cards = tuple(_card(line, city_date(now), ticked) for line in found.lines)
    filters = {name: request.GET.get(name, "") for name in FILTERS}
    query = urlencode({name: value for name, value in filters.items() if value})
    model = SchedulePage(
        title="Thời hạn lưu",
        cards=cards,
        none=Empty(
            title="Không có hồ sơ nào", text="Hồ sơ đã đóng vào lịch mỗi đêm.", icon="archive"
        ),
        dues=(
            Option(value="", label="Tất cả"),
            *(Option(value=due.value, label=said) for due, said in DUES.items()),
        ),
        units=_units(city_date(now)),
        grounds=tuple(Option(value=key, label=said) for key, said in privacy.HOLD_GROUNDS.items()),
        asked={"han": filters["han"], "unit": filters["don-vi"], "kind": filters["thu-tuc"]},
        typed={n: request.POST.get(n, "") for n in ("why", "code", "ground", "reason", "until")},
        older_url=f"{SCHEDULE}?{query}&{urlencode({'sau': found.older})}" if found.older else "",
        export_url=f"{SCHEDULE}/xuat.csv?{query}",
        any_free=any(card.free for card in cards),
        crumbs=crumbs(("Thời hạn lưu", "")),
        errors=(FieldError(text=refusal.message, field=refusal.field or ""),) if refusal else (),
    )
    status = int(refusal.kind) if refusal else 200
    return page(request, "archive/schedule.html", model, status=status)


def _units(today: date) -> tuple[Option, ...]:
    return (
        Option(value="", label="Toàn thành phố"),
        *(
            Option(value=str(unit.id), label=f"{unit.name} ({unit.code})")
            for unit in organisations.all_units(today)
        ),
    )


def _card(line: KeepingLine, today: date, ticked: frozenset[str]) -> KeptCard:
    over = line.keep_until is not None and line.keep_until < today
    free = over and not line.held and not line.listed
    mark = "" if line.verified or not line.law else f" {UNVERIFIED}"
    parts = (
        line.procedure_name,
        line.unit_name,
        f"kết thúc {dates.day(line.ended_on)}",
        f"{line.period}{mark}",
        line.law,
        f"Tạm giữ: {line.held}" if line.held else "",
    )
    return KeptCard(
        code=line.code,
        title=line.code,
        chip=_chip(line, over=over),
        text=" · ".join(part for part in parts if part),
        free=free,
        chosen=line.code in ticked,
    )


def _chip(line: KeepingLine, *, over: bool) -> Chip:
    if line.held:
        return Chip(label="Đang tạm giữ", tone=Tone.INFO, icon="hand")
    if line.listed:
        return Chip(label="Đã vào danh mục tiêu hủy", tone=Tone.GO)
    if line.keep_until is None:
        return Chip(label="Vĩnh viễn", icon="archive")
    said = dates.day(line.keep_until)
    if over:
        return Chip(label=f"Hết hạn từ {said}", tone=Tone.TURN)
    return Chip(label=f"Lưu đến hết {said}")


@never_cache
@require_safe
@route(KEEPERS)
def export(request: HttpRequest) -> HttpResponseBase:
    """The lines of the filter as a file."""
    actor, now = actor_of(request), clock.now()
    rows = queries.filtered(_asked(request), actor, now=now)
    codes = rows.order_by("keep_until", "code")[:MOST_EXPORTED]
    return csv_answer("thoi-han-luu.csv", HEADS, _lines(codes, now))


def _lines(rows: "QuerySet[Keeping]", now: datetime) -> Iterator[tuple[str, ...]]:
    found = rows.iterator(chunk_size=STEP)
    while some := list(islice(found, STEP)):
        for line in queries.lines_of(some, now=now):
            yield (
                line.code,
                line.procedure_code,
                line.procedure_name,
                line.unit_name,
                dates.day(line.ended_on),
                line.period,
                dates.day(line.keep_until) if line.keep_until else "vĩnh viễn",
                line.law,
                "rồi" if line.verified else "chưa",
                line.held,
            )


@never_cache
@require_POST
@route(KEEPERS)
def hold(request: HttpRequest) -> HttpResponseBase:
    """Nothing of a code goes until a day, whatever its last day is."""
    try:
        privacy.place_hold(privacy.hold_in(request.POST), actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        return _show(request, refusal)
    messages.success(request, "Đã tạm giữ. Hồ sơ này không bị tiêu hủy.")
    return redirect_after(SCHEDULE)
