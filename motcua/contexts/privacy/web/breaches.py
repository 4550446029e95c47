"""Trang sự cố: the list, one more, each step with its proof, the clock of 72 hours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.privacy.actions import breaches as actions
from motcua.contexts.privacy.contracts import BreachMalformed, BreachStep, RecordBreach
from motcua.contexts.privacy.queries import breaches as queries
from motcua.contexts.privacy.queries.breaches import BreachView
from motcua.contexts.privacy.rules.activities import activities
from motcua.contexts.privacy.rules.breaches import Countdown
from motcua.contexts.privacy.web.room import GUARDS, ROOM, crumbs, list_page
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.actors import Actor
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.privacy import CLASS_NAMES, DataClass
from motcua.kernel.text import whole
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Action, Alert, Cell, Chip, Crumb, Fact, FieldError, Option, Tone
from motcua.ui.words import count

URL = f"{ROOM}/su-co"
STEPS = {
    BreachStep.RECORDED: "Ghi nhận sự cố",
    BreachStep.ASSESSED: "Đánh giá thêm",
    BreachStep.AUTHORITY_TOLD: "Đã báo A05, Bộ Công an",
    BreachStep.PERSONS_TOLD: "Đã báo người bị ảnh hưởng",
    BreachStep.CLOSED: "Đóng sự cố",
}
HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    title: str
    classes: tuple[Option, ...]
    chosen: tuple[str, ...]
    activities: tuple[Option, ...]
    parts: tuple[str, ...]
    typed: dict[str, str]
    tells: bool
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]

    @property
    def wrong(self) -> dict[str, str]:
        return {error.field: error.text for error in self.errors}


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachPage:
    title: str
    clock: Alert
    facts: tuple[Fact, ...]
    life: tuple[Fact, ...]
    open: bool
    tell_authority: bool
    tell_persons: bool
    letter: Action | None
    url: str
    affected: str
    tells: bool
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]


@never_cache
@require_safe
@route(GUARDS)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Open breaches first, the next due at the top."""
    found = queries.all_of(actor_of(request), now=clock.now())
    model = list_page(
        "Sự cố dữ liệu cá nhân",
        ("Sự cố", "Phát hiện lúc", "Hạn báo A05", "Đồng hồ 72 giờ"),
        tuple(_row(one) for one in found),
        empty="Chưa ghi nhận sự cố nào",
        note="72 giờ tính liên tục từ lúc phát hiện, kể cả đêm, ngày nghỉ (chưa kiểm chứng).",
        actions=(Action(label="Ghi sự cố", url=f"{URL}/ghi", kind="primary", icon="plus"),),
    )
    return page(request, "privacy/list.html", model)


def _row(one: BreachView) -> tuple[Cell, ...]:
    return (
        Cell(text=one.code, url=f"{URL}/{one.code}"),
        Cell(text=dates.city_moment(one.found_at)),
        Cell(text=dates.city_moment(one.authority.due_at)),
        Cell(text="", chip=_chip(one.authority)),
    )


def _chip(told: Countdown) -> Chip:
    if told.done_at is not None:
        label = "Đã báo, trễ hạn" if told.late else "Đã báo đúng hạn"
        return Chip(label=label, tone=Tone.LATE if told.late else Tone.OK, icon="circle-check")
    if told.late:
        return Chip(label=f"Trễ {_hours(told)}", tone=Tone.LATE, icon="clock-alert")
    return Chip(label=f"Còn {_hours(told)}", tone=Tone.TURN, icon="clock")


def _hours(told: Countdown) -> str:
    minutes = abs(told.minutes_left or 0)
    return f"{count(minutes // HOUR)} giờ {minutes % HOUR} phút"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(GUARDS)
def record(request: HttpRequest) -> HttpResponseBase:
    """Write down what was found."""
    if request.method != "POST":
        return page(request, "privacy/breach_record.html", _record_page(request, ()))
    try:
        recorded = actions.record_breach(
            _command(request), actor=actor_of(request), now=clock.now()
        )
    except Invalid as refusal:
        model = _record_page(request, _told(refusal))
        return page(request, "privacy/breach_record.html", model, status=422)
    return redirect_after(f"{URL}/{recorded.code}")


def _told(refusal: Invalid) -> tuple[FieldError, ...]:
    """Each sentence at its question, where the refusal names them."""
    named = refusal.facts.get("errors")
    if isinstance(named, tuple):
        return tuple(FieldError(text=text, field=field) for field, text in named)
    return (FieldError(text=refusal.message, field=refusal.field or ""),)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=CITY_TZ)
    except ValueError:
        return None


def _command(request: HttpRequest) -> RecordBreach:
    """Raises: BreachMalformed."""
    return RecordBreach(
        found_at=_moment(request.POST.get("found_at", "")),
        story=request.POST.get("story", ""),
        classes=tuple(request.POST.getlist("classes")),
        activities=tuple(request.POST.getlist("activities")),
        affected=_number(request),
        tells_persons=request.POST.get("tells") == "yes",
    )


def _number(request: HttpRequest) -> int | None:
    """Raises: BreachMalformed."""
    text = request.POST.get("affected", "").strip()
    if not text:
        return None
    number = whole(text)
    if number is None:
        raise BreachMalformed("Bạn ghi số người bằng chữ số.", field="affected")
    return number


def _record_page(request: HttpRequest, errors: tuple[FieldError, ...]) -> RecordPage:
    return RecordPage(
        title="Ghi nhận sự cố",
        classes=tuple(
            Option(value=one, label=name) for one, name in CLASS_NAMES.items() if one.is_personal
        ),
        chosen=tuple(request.POST.getlist("classes")),
        activities=tuple(Option(value=one.key, label=one.name) for one in activities()),
        parts=tuple(request.POST.getlist("activities")),
        typed={name: request.POST.get(name, "") for name in ("found_at", "story", "affected")},
        tells=request.POST.get("tells") == "yes",
        crumbs=crumbs("Ghi nhận sự cố"),
        errors=errors,
    )


@never_cache
@require_safe
@route(GUARDS)
def show(request: HttpRequest, breach_code: str) -> HttpResponseBase:
    """One breach, with its clock and what was done. Raises: BreachNotFound."""
    return _show(request, breach_code)


def _show(
    request: HttpRequest, code: str, refusal: Invalid | Conflict | None = None
) -> HttpResponseBase:
    one = queries.one(code, actor_of(request), now=clock.now())
    errors = (FieldError(text=refusal.message, field=refusal.field or ""),) if refusal else ()
    status = int(refusal.kind) if refusal else 200
    return page(request, "privacy/breach.html", _breach_page(one, errors), status=status)


def _breach_page(one: BreachView, errors: tuple[FieldError, ...]) -> BreachPage:
    chip = _chip(one.authority)
    due = f"Phải báo A05 trước {dates.city_moment(one.authority.due_at)}."
    letter = Action(label="Tải thư báo A05", url=one.letter_url, icon="download")
    return BreachPage(
        title=f"Sự cố {one.code}",
        clock=Alert(title=chip.label, text=due, tone=chip.tone, icon=chip.icon),
        facts=tuple(_facts(one)),
        life=tuple(
            Fact(
                label=dates.city_moment(h.at),
                value=f"{STEPS[h.step]}. {h.who}".strip(),
                note=h.note,
            )
            for h in one.life
        ),
        open=one.closed_at is None,
        tell_authority=one.authority.done_at is None,
        tell_persons=one.persons is not None and one.persons.done_at is None,
        letter=letter if one.letter_url else None,
        url=f"{URL}/{one.code}/buoc",
        affected="" if one.affected is None else str(one.affected),
        tells=one.tells_persons,
        crumbs=(*crumbs("Sự cố")[:1], Crumb(label="Sự cố", url=URL), Crumb(label=one.code)),
        errors=errors,
    )


def _facts(one: BreachView) -> list[Fact]:
    names = {activity.key: activity.name for activity in activities()}
    classes = ", ".join(CLASS_NAMES[DataClass(found)] for found in one.classes)
    persons = _chip(one.persons).label if one.persons else "Không phải báo"
    rows = (
        ("Phát hiện lúc", dates.city_moment(one.found_at)),
        ("Ghi nhận lúc", dates.city_moment(one.recorded_at)),
        ("Chuyện gì", one.story),
        ("Loại dữ liệu", classes),
        ("Hoạt động", ", ".join(names[key] for key in one.activities)),
        ("Số người", "chưa rõ" if one.affected is None else count(one.affected)),
        ("Báo người bị ảnh hưởng", persons),
        ("Bằng chứng báo A05", one.authority_proof),
        ("Bằng chứng báo người dân", one.persons_proof),
        ("Đóng lúc", dates.city_moment(one.closed_at)),
    )
    return [Fact(label=label, value=value) for label, value in rows if value]


@never_cache
@require_POST
@route(GUARDS)
def step(request: HttpRequest, breach_code: str) -> HttpResponseBase:
    """One step further. Raises: BreachNotFound."""
    act = _acts(request, breach_code).get(request.POST.get("step", ""))
    try:
        if act is None:
            raise BreachMalformed("Bạn chọn bước cần ghi.", field="step")
        act(actor_of(request), clock.now())
    except (Invalid, Conflict) as refusal:
        return _show(request, breach_code, refusal)
    messages.success(request, "Đã ghi vào diễn biến sự cố.")
    return redirect_after(f"{URL}/{breach_code}")


def _acts(request: HttpRequest, code: str) -> dict[str, Callable[[Actor, datetime], None]]:
    proof, note = request.POST.get("proof", ""), request.POST.get("note", "")
    return {
        "assess": lambda actor, now: actions.assess(
            code,
            affected=_number(request),
            tells_persons=request.POST.get("tells") == "yes",
            note=note,
            actor=actor,
            now=now,
        ),
        "letter": lambda actor, now: actions.write_letter(code, actor=actor, now=now),
        "authority": lambda actor, now: actions.authority_told(
            code, proof=proof, actor=actor, now=now
        ),
        "persons": lambda actor, now: actions.persons_told(code, proof=proof, actor=actor, now=now),
        "close": lambda actor, now: actions.close(code, note=note, actor=actor, now=now),
    }
