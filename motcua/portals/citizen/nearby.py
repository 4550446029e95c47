"""Gần bạn: the one-stop desk of the reader's commune, and whether it is open now."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitNotFound, UnitView
from motcua.kernel.actors import Actor
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.clock import city_date, city_time
from motcua.ui import dates
from motcua.ui.parts import Chip, Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """now: the city's time, so that the hours beside it can be understood."""

    name: str
    address: str
    phone: str
    state: Chip
    hours: str
    now: str


def desk_of(actor: Actor, *, now: datetime) -> Desk | None:
    """None for strangers and for who lives where no register says."""
    ward = identity.person(actor.person_id).ward_code if actor.person_id else ""
    if not ward:
        return None
    try:
        return desk_at(organisations.one_stop_desk(ward, city_date(now)), now=now)
    except UnitNotFound:
        return None


def desk_at(unit: UnitView, *, now: datetime) -> Desk:
    today = city_date(now)
    calendar = organisations.opening_of(unit.id, today)
    is_open = calendar.is_open(now)
    return Desk(
        name=unit.name,
        address=unit.address,
        phone=unit.phone,
        state=_chip(is_open),
        hours=_closes(calendar, now) if is_open else _opens(calendar, now),
        now=_("Bây giờ là %(hour)s, %(day)s.")
        % {"hour": dates.hour(city_time(now)), "day": dates.long_day(today)},
    )


def open_chip(unit: UnitView, *, now: datetime) -> Chip:
    return _chip(organisations.opening_of(unit.id, city_date(now)).is_open(now))


def _chip(is_open: bool) -> Chip:
    if is_open:
        return Chip(label=_("Đang mở"), tone=Tone.OK, icon="circle-check")
    return Chip(label=_("Đang đóng"), icon="clock")


def _closes(calendar: WorkingCalendar, now: datetime) -> str:
    at = city_time(now).time()
    shifts = calendar.shifts_on(city_date(now))
    shift = next(one for one in shifts if one.start <= at and (at < one.end or not one.end))
    return _("Mở đến %(hour)s.") % {"hour": f"{shift.end.hour}:{shift.end.minute:02}"}


def _opens(calendar: WorkingCalendar, now: datetime) -> str:
    at = city_time(calendar.next_opening(now))
    said = {"hour": dates.hour(at), "day": f"{dates.weekday(at)} {dates.short_day(at)}"}
    return _("Mở lại lúc %(hour)s, %(day)s.") % said
