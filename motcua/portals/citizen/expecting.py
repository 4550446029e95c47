"""Nếu nộp hôm nay: which case it is, and when the answer would come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ClockSpec, TimeUnit
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitNotFound, UnitView
from motcua.contexts.procedures.contracts import DurationView, FeeRuleView
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.text import whole
from motcua.ui import dates
from motcua.ui.parts import Fact

CASE = "truong-hop"
TAKEN_IN = ClockSpec(unit=TimeUnit.HOUR, value=8)  # an online dossier is answered by then


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """The cases that a procedure tells apart, and the one the reader chose, "" for none yet."""

    names: tuple[str, ...]
    chosen: str

    def fitting(self, durations: Sequence[DurationView]) -> tuple[DurationView, ...]:
        """The time limits of the case chosen; all while none is."""
        return tuple(d for d in durations if not self.chosen or d.case in (self.chosen, ""))

    def charged(self, fees: Sequence[FeeRuleView]) -> tuple[FeeRuleView, ...]:
        return tuple(f for f in fees if not self.chosen or f.case in (self.chosen, ""))


def cases_of(request: HttpRequest, durations: Sequence[DurationView]) -> Cases:
    """The case stands in the address as a number: nothing personal, nothing stored."""
    names = tuple(dict.fromkeys(d.case for d in durations if d.case))
    if len(names) < 2:
        return Cases(names=(), chosen="")
    place = whole(request.GET.get(CASE, "")) or 0
    return Cases(names=names, chosen=names[place - 1] if 0 < place <= len(names) else "")


def due_if_sent(durations: Sequence[DurationView], actor: Actor, *, now: datetime) -> Fact | None:
    """The day to expect when everything is in order; None while the case decides about it."""
    limits = {(d.unit, d.value) for d in durations}
    if len(limits) != 1:
        return None
    unit, value = limits.pop()
    calendar = organisations.calendar_of(_desk(actor, now).id)
    taken_in = casework.first_due(TAKEN_IN, calendar, now) or now
    due = casework.first_due(ClockSpec(unit=unit, value=value), calendar, taken_in)
    if due is None:
        return None
    at = city_time(due)
    said = {"day": dates.long_day(at), "hour": dates.hour(at)}
    return Fact(
        label=_("Nếu nộp hôm nay"),
        value=_("Hẹn trả chậm nhất %(hour)s, %(day)s") % said,
        note=_("Khi giấy tờ đủ. Cơ quan trả lời đã nhận trong 8 giờ làm việc rồi mới tính hạn."),
    )


def _desk(actor: Actor, now: datetime) -> UnitView:
    """Where one's own dossier is taken in; for strangers any desk: their hours are the same."""
    today = city_date(now)
    ward = identity.person(actor.person_id).ward_code if actor.person_id else ""
    try:
        return organisations.one_stop_desk(ward, today)
    except UnitNotFound:
        return organisations.one_stop_desks(today)[0]
