"""Phòng bảo vệ dữ liệu: alerts of odd reading, the reads behind each, and from when it is odd."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.contexts.privacy.actions import looks as actions
from motcua.contexts.privacy.contracts import AlertKind, AlertOutcome
from motcua.contexts.privacy.queries import looks
from motcua.contexts.privacy.queries.looks import AlertLine
from motcua.contexts.privacy.rules.fields import groups_of
from motcua.contexts.privacy.rules.watching import Watch
from motcua.contexts.privacy.web.room import GUARDS, ROOM, Card, list_page
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.purpose import PURPOSE_NAMES
from motcua.kernel.read_log import Look
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import (
    Action,
    Cell,
    Chip,
    Crumb,
    Empty,
    Fact,
    FieldError,
    Option,
    Table,
    Tone,
)

ALERTS = f"{ROOM}/canh-bao"
SHOWN = 200
KINDS = {
    AlertKind.BULK: "Đọc thông tin của rất nhiều người trong một giờ",
    AlertKind.ODD_HOUR: "Đọc thông tin ngoài giờ làm việc",
}
OUTCOMES = {
    AlertOutcome.EXPLAINED: "Có lý do chính đáng",
    AlertOutcome.ESCALATED: "Chuyển người có thẩm quyền",
}
LIMITS = {
    "many": "Số người trong một giờ, từ đó là rất nhiều",
    "odd_many": "Số người trong một giờ ngoài giờ làm việc",
    "odd_from": "Ngoài giờ bắt đầu từ (giờ)",
    "odd_to": "Ngoài giờ kết thúc trước (giờ)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertPage:
    title: str
    chip: Chip
    facts: tuple[Fact, ...]
    reads: Table
    cards: tuple[Card, ...]
    url: str  # "" once it is settled
    outcomes: tuple[Option, ...]
    chosen: str
    typed: str
    wrong: dict[str, str]
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One threshold to choose."""

    key: str
    label: str
    value: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPage:
    title: str
    numbers: tuple[Number, ...]
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]


@never_cache
@require_safe
@route(GUARDS)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Reading that calls for a question to the reader."""
    watch = looks.watch_of_now()
    found = looks.alerts(actor_of(request), now=clock.now())
    model = list_page(
        "Cảnh báo đọc dữ liệu",
        ("Cán bộ", "Giờ", "Vì", "Số người", "Tình trạng"),
        tuple(_row(line) for line in found),
        empty="Không có cảnh báo nào",
        note=f"Một Cửa báo khi ai đó đọc từ {watch.many} người trong một giờ; ngoài giờ (từ"
        f" {watch.odd_from} giờ đến trước {watch.odd_to} giờ, ngày nghỉ) từ {watch.odd_many} người."
        " Bạn hỏi người đọc rồi ghi.",
        actions=(Action(label="Đổi ngưỡng báo", url=f"{ALERTS}/nguong"),),
    )
    return page(request, "privacy/list.html", model)


def _row(line: AlertLine) -> tuple[Cell, ...]:
    alert = line.alert
    return (
        Cell(text=_reader(line), url=f"{ALERTS}/{alert.id}"),
        Cell(text=dates.city_moment(alert.hour)),
        Cell(text=KINDS[AlertKind(alert.kind)]),
        Cell(text=str(alert.people), number=True),
        Cell(text="", chip=_chip(line)),
    )


def _reader(line: AlertLine) -> str:
    return line.reader or "Cán bộ đã nghỉ việc"


def _chip(line: AlertLine) -> Chip:
    if line.alert.seen_at is None:
        return Chip(label="Chưa xem", tone=Tone.TURN, icon="clock")
    if line.alert.outcome == AlertOutcome.ESCALATED:
        return Chip(label="Đã chuyển", tone=Tone.LATE, icon="triangle-alert")
    return Chip(label="Có lý do", tone=Tone.OK, icon="circle-check")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(GUARDS)
def show(request: HttpRequest, alert_id: UUID) -> HttpResponseBase:
    """The reads behind an alert; what the guard found is written here. Raises: LookNotFound."""
    actor, now, typed = actor_of(request), clock.now(), request.POST
    line, refusal = looks.alert(alert_id, actor, now=now), None
    if request.method == "POST":
        try:
            outcome, note = typed.get("outcome", ""), typed.get("text", "")
            actions.settle(alert_id, outcome, note, actor=actor, now=now)
        except (Invalid, Conflict) as problem:
            refusal = problem
        else:
            messages.success(request, "Đã ghi và đóng cảnh báo.")
            return redirect_after(ALERTS)
    model = _alert_page(line, typed, refusal)
    return page(request, "privacy/alert.html", model, status=int(refusal.kind) if refusal else 200)


def _alert_page(line: AlertLine, typed: QueryDict, refusal: Invalid | Conflict | None) -> AlertPage:
    alert, reads = line.alert, looks.looks_behind(line, limit=SHOWN)
    field = refusal.field or "text" if refusal else ""
    return AlertPage(
        title=f"{_reader(line)}, giờ {dates.city_moment(alert.hour)}",
        chip=_chip(line),
        facts=tuple(_facts(line)),
        reads=_table(reads),
        cards=tuple(_read_card(row) for row in _table(reads).rows),
        url="" if alert.seen_at else f"{ALERTS}/{alert.id}",
        outcomes=tuple(Option(value=key.value, label=label) for key, label in OUTCOMES.items()),
        chosen=typed.get("outcome", ""),
        typed=typed.get("text", ""),
        wrong={field: refusal.message} if refusal else {},
        crumbs=(*_crumbs(), Crumb(label=_reader(line))),
        errors=(FieldError(text=refusal.message, field=field),) if refusal else (),
    )


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb(label="Bảo vệ dữ liệu", url=ROOM), Crumb(label="Cảnh báo", url=ALERTS))


def _facts(line: AlertLine) -> list[Fact]:
    alert = line.alert
    found = [
        Fact(label="Vì", value=KINDS[AlertKind(alert.kind)]),
        Fact(label="Số người bị đọc", value=str(alert.people)),
        Fact(label="Số lượt", value=str(alert.lines)),
        Fact(label="Báo lúc", value=dates.city_moment(alert.raised_at)),
    ]
    if alert.seen_at:
        told = OUTCOMES[AlertOutcome(alert.outcome)] if alert.outcome else "Đã đóng"
        found.append(Fact(label="Kết quả", value=told, note=dates.city_moment(alert.seen_at)))
        found.append(Fact(label="Tìm hiểu được", value=alert.note or ""))
    return found


def _table(reads: tuple[Look, ...]) -> Table:
    """Whose data it was is numbered, not named: the guard asks the reader, not the log."""
    people = {subject: f"Người {n}" for n, subject in enumerate(_subjects(reads), 1)}
    return Table(
        caption=f"Các lượt đọc trong giờ ấy ({SHOWN} lượt đầu)",
        heads=tuple((head, False) for head in ("Lúc", "Của ai", "Đã xem", "Để", "Hồ sơ", "Trang")),
        rows=tuple(
            (
                Cell(text=dates.city_moment(look.at)),
                Cell(text=people[look.subject_id]),
                Cell(text="; ".join(group.name for group in groups_of(look.fields))),
                Cell(text=PURPOSE_NAMES[look.purpose]),
                Cell(text=look.case_code),
                Cell(text=look.address),
            )
            for look in reads
        ),
        empty=Empty(title="Sổ đọc của giờ ấy không còn", icon="archive"),
    )


def _read_card(row: tuple[Cell, ...]) -> Card:
    at, whose, *rest = (cell.text for cell in row)
    return Card(title=f"{whose}, {at}", url="", chip=None, text=" · ".join(filter(None, rest)))


def _subjects(reads: tuple[Look, ...]) -> tuple[UUID | None, ...]:
    return tuple(dict.fromkeys(look.subject_id for look in reads))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(GUARDS)
def limits(request: HttpRequest) -> HttpResponseBase:
    """From when reading is odd; a change counts from the next look at the log."""
    if request.method != "POST":
        return page(request, "privacy/watch.html", _watch_page(_said(looks.watch_of_now())))
    typed = {key: request.POST.get(key, "").strip() for key in LIMITS}
    numbers = {key: int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1
               for key, text in typed.items()}  # fmt: skip
    try:
        actions.set_watch(Watch(**numbers), actor=actor_of(request), now=clock.now())
    except Invalid as refusal:
        return page(request, "privacy/watch.html", _watch_page(typed, refusal), status=422)
    messages.success(request, "Đã đổi ngưỡng báo.")
    return redirect_after(ALERTS)


def _said(watch: Watch) -> dict[str, str]:
    return {key: str(getattr(watch, key)) for key in LIMITS}


def _watch_page(typed: dict[str, str], refusal: Invalid | None = None) -> WatchPage:
    wrong = {refusal.field: refusal.message} if refusal else {}
    return WatchPage(
        title="Ngưỡng báo đọc lạ",
        numbers=tuple(
            Number(key=key, label=label, value=typed[key], error=wrong.get(key, ""))
            for key, label in LIMITS.items()
        ),
        crumbs=(*_crumbs(), Crumb(label="Ngưỡng báo")),
        errors=(FieldError(text=refusal.message, field=f"q-{refusal.field}"),) if refusal else (),
    )
