"""Cán bộ của đơn vị: a head lets officers in, and asks recovery for whom lost every factor."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.identity.actions.entering import issue_entry_code
from motcua.contexts.identity.actions.recovery import ask_recovery, new_code
from motcua.contexts.identity.contracts import AccountNotFound
from motcua.contexts.identity.contracts.passwords import Entrance, OfficerStanding
from motcua.contexts.identity.queries import entering
from motcua.kernel import clock
from motcua.kernel.access import actor_of, roles, route
from motcua.kernel.actors import Actor, Role
from motcua.kernel.purpose import Purpose
from motcua.kernel.web import page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Chip, FieldError, Tone

HEADS = roles(Role.DIVISION_HEAD, Role.SIGNER, Role.LEADER)
CLOSED = Chip(label="Đã khóa", tone=Tone.LATE, icon="ban")
CHIPS = {
    Entrance.NEVER: Chip(label="Chưa vào lần nào", tone=Tone.TURN, icon="clock"),
    Entrance.BEGUN: Chip(label="Chưa có xác nhận thứ hai", tone=Tone.TURN, icon="clock"),
    Entrance.DONE: Chip(label="Đang dùng", tone=Tone.OK, icon="circle-check"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerRow:
    """notes: what waits. may_ask: the account has or had factors, and no request waits."""

    id: UUID
    name: str
    staff_no: str
    chip: Chip
    notes: tuple[str, ...]
    is_self: bool
    is_open: bool
    may_ask: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCode:
    name: str
    username: str
    code: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOfficersPage:
    """issued: a code just made; shown once, kept nowhere."""

    rows: tuple[OfficerRow, ...]
    issued: IssuedCode | None = None
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_safe
@route(HEADS, purpose=Purpose.ARRANGE_WORK)
def show(request: HttpRequest) -> HttpResponseBase:
    return page(request, "identity/unit_officers.html", _page(actor_of(request), clock.now()))


@never_cache
@require_POST
@route(HEADS, purpose=Purpose.ARRANGE_WORK)
def let_in(request: HttpRequest, officer_id: UUID) -> HttpResponseBase:
    """A code for the officer in front of the head; shown on this page and never again."""
    actor, now, code = actor_of(request), clock.now(), new_code()
    one = _officer(officer_id, actor, now=now)
    issued = issue_entry_code(one.account_id, code, actor=actor, now=now)
    shown = IssuedCode(
        name=one.full_name, username=one.staff_no, code=code, until=dates.city_moment(issued.until)
    )
    return page(request, "identity/unit_officers.html", _page(actor, now, issued=shown))


@require_POST
@route(HEADS, purpose=Purpose.ARRANGE_WORK)
def ask(request: HttpRequest, officer_id: UUID) -> HttpResponseBase:
    """Two administrators decide."""
    actor, now = actor_of(request), clock.now()
    one = _officer(officer_id, actor, now=now)
    ask_recovery(one.account_id, actor=actor, now=now)
    messages.success(request, "Đã gửi đề nghị. Hai quản trị viên sẽ gọi cán bộ rồi xác nhận.")
    return redirect_after(reverse("identity:unit_officers"))


def _officer(officer_id: UUID, actor: Actor, *, now: datetime) -> OfficerStanding:
    """Raises: AccountNotFound, also for an officer of another head."""
    for one in entering.standings(actor, now=now):
        if one.officer_id == officer_id:
            return one
    raise AccountNotFound


def _page(actor: Actor, now: datetime, *, issued: IssuedCode | None = None) -> UnitOfficersPage:
    rows = tuple(_row(one, actor) for one in entering.standings(actor, now=now))
    return UnitOfficersPage(rows=rows, issued=issued)


def _row(one: OfficerStanding, actor: Actor) -> OfficerRow:
    waiting = (
        ("Mã vào chưa dùng, hết hạn", one.code_until),
        ("Đề nghị cấp lại đang chờ hai quản trị viên, hết hạn", one.asked_until),
    )
    return OfficerRow(
        id=one.officer_id,
        name=one.full_name,
        staff_no=one.staff_no,
        chip=CHIPS[one.entrance] if one.is_open else CLOSED,
        notes=tuple(f"{words} {dates.city_moment(until)}." for words, until in waiting if until),
        is_self=one.officer_id == actor.officer_id,
        is_open=one.is_open,
        may_ask=one.entrance is Entrance.DONE and one.asked_until is None,
    )
