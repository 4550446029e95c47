"""Mô hình trang hẹn giờ."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.contexts.counters.contracts.appointments import AppointmentState, AppointmentView
from motcua.contexts.counters.queries import appointments
from motcua.contexts.counters.rules.queue_data import groups_of, rule
from motcua.contexts.counters.web import hall_pages
from motcua.contexts.organisations.contracts import UnitView
from motcua.kernel.clock import city_time
from motcua.ui import dates
from motcua.ui.parts import Chip, Crumb, Fact, FieldError, QuestionView, Tone
from motcua.ui.words import foreign

ROOT = "/lay-so"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLink:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeChoice:
    value: str
    label: str
    full: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPage:
    """moving: an appointment that gets another time; else one is made."""

    place: str
    place_language: str
    days: tuple[DayLink, ...]
    times: tuple[TimeChoice, ...]
    chosen: str
    question: QuestionView | None
    phone: QuestionView | None
    action: str
    moving: bool
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentPage:
    place: str
    place_language: str
    when: str
    code: str
    state: Chip
    facts: tuple[Fact, ...]
    qr: str
    move_url: str
    cancel_url: str
    ticket_url: str
    crumbs: tuple[Crumb, ...]


def book_page(
    unit: UnitView,
    day: date | None,
    *,
    url: str,
    now: datetime,
    typed: dict[str, str],
    nobody: bool,
    moving: bool = False,
    wrong: dict[str, str] | None = None,
) -> BookPage:
    errors = wrong or {}
    days = appointments.days(unit.id, now=now)
    shown = day if day in days else (days[0] if days else None)
    slots = appointments.slots(unit.id, shown, now=now) if shown else ()
    return BookPage(
        place=unit.name,
        place_language=foreign(),
        days=tuple(
            DayLink(
                label=f"{dates.weekday(one)} {dates.short_day(one)}",
                url=f"{url}?ngay={one.isoformat()}",
                current=one == shown,
            )
            for one in days
        ),
        times=tuple(
            TimeChoice(
                value=one.starts_at.isoformat(),
                label=dates.hour(city_time(one.starts_at)),
                full=not one.left,
            )
            for one in slots
        ),
        chosen=typed.get("at", ""),
        question=None
        if moving
        else hall_pages.take_question(unit, typed.get("group", ""), errors.get("group", "")),
        phone=hall_pages.phone_question(typed.get("phone", ""), errors.get("phone", ""))
        if nobody and not moving
        else None,
        action=url,
        moving=moving,
        crumbs=(
            Crumb(label=_("Lấy số"), url=ROOT),
            Crumb(label=unit.short_name or unit.name, language=foreign()),
        ),
        errors=tuple(FieldError(text=text, field=name) for name, text in errors.items()),
    )


def appointment_page(found: AppointmentView, unit: UnitView, *, now: datetime) -> AppointmentPage:
    url = f"/lich-hen/{found.id}"
    starts = city_time(found.starts_at)
    booked = found.state is AppointmentState.BOOKED and now <= found.until
    group = next((one for one in groups_of(unit.kind) if one.letter == found.group), None)
    early = starts - timedelta(minutes=rule().early_minutes)
    come = _("Từ %(early)s đến %(until)s, bạn nhập mã ở kiosk để nhận số.") % {
        "early": dates.hour(early),
        "until": dates.hour(city_time(found.until)),
    }
    return AppointmentPage(
        place=unit.name,
        place_language=foreign(),
        when=f"{dates.hour(starts)}, {dates.long_day(starts)}",
        code=found.code,
        state=_state(found, now=now),
        facts=(
            Fact(label=_("Việc"), value=hall_pages.name_of(group) if group else ""),
            *((Fact(label=_("Khi đến"), value=come),) if booked else ()),
        ),
        qr=f"{settings.PUBLIC_ORIGIN}{url}",
        move_url=f"{url}/doi" if booked and found.may_move else "",
        cancel_url=f"{url}/bo" if booked else "",
        ticket_url=f"/so/{found.ticket_id}" if found.ticket_id else "",
        crumbs=(Crumb(label=_("Lấy số"), url=ROOT), Crumb(label=_("Lịch hẹn"))),
    )


def _state(found: AppointmentView, *, now: datetime) -> Chip:
    if found.state is AppointmentState.BOOKED and now > found.until:
        return Chip(label=_("Đã quá giờ hẹn"), tone=Tone.LATE, icon="circle-alert")
    words = {
        AppointmentState.BOOKED: (_("Đã hẹn"), Tone.GO, "calendar-check"),
        AppointmentState.ARRIVED: (_("Đã đến"), Tone.OK, "circle-check"),
        AppointmentState.CANCELLED: (_("Đã bỏ lịch"), Tone.PLAIN, "circle-x"),
    }
    label, tone, icon = words[found.state]
    return Chip(label=label, tone=tone, icon=icon)
