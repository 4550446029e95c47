"""Vị trí thiếu người: open tasks that rose to a head, and the one act that gives them a person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.public import LackingPlace
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import Lacking, OfficerView, PlaceView
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.actors import ROLE_NAMES, Role
from motcua.kernel.clock import city_date
from motcua.kernel.errors import Invalid
from motcua.kernel.purpose import Purpose
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Chip, Empty, Tone

URL = "/ban/vi-tri-thieu"
HEADS = roles(Role.DIVISION_HEAD, Role.SIGNER, Role.LEADER, Role.ADMINISTRATOR)
OFFERED = 4
LACKING = {
    Lacking.VACANT: "Vị trí trống",
    Lacking.AWAY: "Người giữ đang vắng, chưa có ai làm thay",
    Lacking.SUSPENDED: "Tài khoản người giữ đang khóa",
    Lacking.UNSIGNED: "Thẩm quyền ký đã hết",
    Lacking.ENDED: "Vị trí đã hết hạn",
}


class PlaceUnread(Invalid):
    sentence = "Bạn chọn người được giao trong danh sách."


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    id: str
    name: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    unit_id: str
    role: str
    title: str
    unit: str
    lacking: str
    chip: Chip
    tasks: str
    acting: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesPage:
    rows: tuple[PlaceRow, ...]
    note: str
    empty: Empty


@require_safe
@route(HEADS, purpose=Purpose.ARRANGE_WORK)
def places(request: HttpRequest) -> HttpResponseBase:
    """An administrator sees every place of the city, a head those arranged by the head."""
    actor, now = actor_of(request), clock.now()
    today = city_date(now)
    all_units = actor.has(Role.ADMINISTRATOR, Role.LEADER)
    units = None if all_units else organisations.units_arranged_by(actor, today)
    found = casework.lacking_places(today, units=units)
    model = PlacesPage(
        rows=tuple(_row(one, now) for one in found),
        note="Cả thành phố." if all_units else "Đơn vị bạn đứng đầu và đơn vị ngay dưới.",
        empty=Empty(title="Việc nào cũng có người của vị trí làm", icon="circle-check"),
    )
    return page(request, "desk/places.html", model)


@require_POST
@route(HEADS, purpose=Purpose.ARRANGE_WORK)
def give(request: HttpRequest) -> HttpResponseBase:
    """One click, and the same click again changes nothing. Raises: PlaceUnread."""
    typed = request.POST
    try:
        unit_id, officer_id = UUID(typed.get("unit", "")), UUID(typed.get("officer", ""))
        role = Role(typed.get("role", ""))
    except ValueError:
        raise PlaceUnread from None
    organisations.hand_over(unit_id, role, officer_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã giao. Người được giao thấy việc ngay.")
    return redirect_after(URL)


def _row(one: LackingPlace, now: datetime) -> PlaceRow:
    place = one.place
    late = one.next_due < now
    due = dates.city_moment(one.next_due)
    return PlaceRow(
        unit_id=str(place.unit_id),
        role=place.role.value,
        title=ROLE_NAMES[place.role],
        unit=place.unit_name,
        lacking=LACKING[place.lacking],
        chip=_chip(place),
        tasks=f"{one.tasks} việc đang mở, {'đã quá hạn từ' if late else 'hạn gần nhất'} {due}",
        acting=", ".join(officer.full_name for officer in place.acting),
        candidates=tuple(_candidate(officer, place) for officer in place.candidates[:OFFERED]),
    )


def _chip(place: PlaceView) -> Chip:
    if place.is_covered:
        return Chip(label="Đã chuyển lên cấp trên", tone=Tone.TURN, icon="arrow-up")
    return Chip(label="Không có ai có mặt", tone=Tone.LATE, icon="circle-alert")


def _candidate(officer: OfficerView, place: PlaceView) -> Candidate:
    does = officer.id in {one.id for one in place.acting}
    return Candidate(
        id=str(officer.id),
        name=officer.full_name,
        note="đang làm thay" if does else officer.title,
    )


def open_tasks_words(unit_id: str, role: str) -> str:
    """What an absence would leave behind, for the refusal of it."""
    count = casework.open_tasks_at(UUID(unit_id), Role(role))
    return f"Vị trí đó đang có {count} việc mở." if count else ""
