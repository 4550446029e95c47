"""Trang lưu giữ: the schedule with what is due tonight, holds, runs with their certificates."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.privacy.actions import retention as actions
from motcua.contexts.privacy.queries import retention as queries
from motcua.contexts.privacy.rules.holds import hold_in
from motcua.contexts.privacy.rules.schedule import kept_for, periods
from motcua.contexts.privacy.rules.words import GROUNDS
from motcua.contexts.privacy.web import words
from motcua.contexts.privacy.web.room import GUARDS, ROOM, crumbs
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Action, Crumb, Empty, Fact, FieldError, FileRow, Option
from motcua.ui.words import count

URL = f"{ROOM}/luu-giu"
OWN = "xóa bằng việc riêng hoặc cùng hồ sơ"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldCard:
    title: str
    facts: tuple[Fact, ...]
    lift: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionPage:
    title: str
    schedule: tuple[Fact, ...]
    holds: tuple[HoldCard, ...]
    runs: tuple[FileRow, ...]
    no_runs: Empty
    grounds: tuple[Option, ...]
    typed: dict[str, str]
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]


@never_cache
@require_safe
@route(GUARDS)
def show(request: HttpRequest) -> HttpResponseBase:
    """What is kept how long, what goes tonight, what is held back, what has gone."""
    return _show(request)


def _show(request: HttpRequest, refusal: Invalid | Conflict | None = None) -> HttpResponseBase:
    errors = (FieldError(text=refusal.message, field=refusal.field or ""),) if refusal else ()
    model = RetentionPage(
        title="Lưu giữ và tiêu hủy",
        schedule=_schedule(),
        holds=_holds(),
        runs=_runs(),
        no_runs=Empty(title="Chưa có đợt tiêu hủy nào", icon="archive"),
        grounds=tuple(Option(value=key, label=label) for key, label in GROUNDS.items()),
        typed={name: request.POST.get(name, "") for name in ("code", "reason", "until", "ground")},
        crumbs=crumbs("Lưu giữ và tiêu hủy"),
        errors=errors,
    )
    status = int(refusal.kind) if refusal else 200
    return page(request, "privacy/retention.html", model, status=status)


def _schedule() -> tuple[Fact, ...]:
    due = queries.preview(clock.now())
    found = []
    for period in periods().values():
        tonight = OWN if period.own else f"đêm nay: {_counted(due.get(period.kind, 0))}"
        ends = "" if period.forever else f"; {tonight}"
        mark = "" if period.verified else f" {words.UNVERIFIED}"
        found.append(
            Fact(
                label=period.name,
                value=f"{kept_for(period)}{mark}{ends}",
                note=period.law,
            )
        )
    return tuple(found)


def _counted(number: int) -> str:
    return f"{count(number)} mục" if number < queries.CAP else f"từ {count(number)} mục"


def _holds() -> tuple[HoldCard, ...]:
    return tuple(
        HoldCard(
            title=hold.code,
            facts=(
                Fact(label="Vì", value=GROUNDS[hold.ground]),
                Fact(label="Lý do", value=hold.reason),
                Fact(label="Đến hết ngày", value=dates.day(hold.until)),
            ),
            lift=Action(label="Bỏ tạm giữ", url=f"{URL}/tam-giu/{hold.id}/bo", post=True),
        )
        for hold in queries.holds(clock.now())
    )


def _runs() -> tuple[FileRow, ...]:
    return tuple(
        FileRow(
            name=f"Đợt {run.code}",
            url=run.certificate_url,
            size=f"{count(run.records)} mục, {count(run.files)} tệp",
            note=dates.city_moment(run.ended_at) or "đang chạy",
        )
        for run in queries.runs()
    )


@never_cache
@require_POST
@route(GUARDS)
def place(request: HttpRequest) -> HttpResponseBase:
    """Hold a code back from disposal."""
    try:
        actions.place_hold(hold_in(request.POST), actor=actor_of(request), now=clock.now())
    except (Invalid, Conflict) as refusal:
        return _show(request, refusal)
    messages.success(request, "Đã tạm giữ. Dữ liệu của mã này không bị xóa.")
    return redirect_after(URL)


@never_cache
@require_POST
@route(GUARDS)
def lift(request: HttpRequest, hold_id: UUID) -> HttpResponseBase:
    """Let the schedule go on. Raises: HoldNotFound."""
    actions.lift_hold(hold_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã bỏ tạm giữ.")
    return redirect_after(URL)
