"""Lời của đồng hồ: why a due date is what it is, in whole sentences.

Pages read them in the reader's language. Papers and messages are Vietnamese: `moment_words`,
`day_words` and `spec_words`, which go into them, never follow the reader.
"""

from datetime import datetime, timedelta

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext as _

from motcua.contexts.casework.contracts import (
    ClockLine,
    ClockSpec,
    PauseReason,
    PauseSpan,
    Timeliness,
    TimeUnit,
)
from motcua.contexts.casework.rules.facts import ClockFacts
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.clock import city_time

DAY_MINUTES = 480
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_PAUSE_WORDS = {
    PauseReason.SUPPLEMENT: "chờ bạn gửi thêm",
    PauseReason.FINANCIAL: "chờ bạn trả phí, thuế",
    PauseReason.FORCE_MAJEURE: "có sự kiện bất khả kháng",
    PauseReason.SUSPENDED: "hồ sơ tạm dừng",
}


def day_words(at: datetime) -> str:
    """«thứ Tư 02/12/2026»."""
    local = city_time(at)
    return f"{WEEKDAYS[local.weekday()]} {local:%d/%m/%Y}"


def moment_words(at: datetime) -> str:
    """«17:00, thứ Tư 02/12/2026»."""
    local = city_time(at)
    return f"{local.hour}:{local:%M}, {day_words(at)}"


def spec_words(spec: ClockSpec) -> str:
    value = _value(spec)
    return {
        TimeUnit.HOUR: f"{value} giờ làm việc",
        TimeUnit.WORKING_DAY: f"{value} ngày làm việc",
        TimeUnit.CALENDAR_DAY: f"{value} ngày",
        TimeUnit.MONTH: f"{value} tháng",
        TimeUnit.SAME_DAY_15H: "trong ngày (nhận sau 15:00 thì trả vào ngày làm việc tiếp theo)",
        TimeUnit.RULE_TEXT: spec.text or "theo quy định riêng",
    }[spec.unit]


def _value(spec: ClockSpec) -> str:
    return f"{spec.value:g}".replace(".", ",")


# ── in the reader's language ─────────────────────────────────────────────────────────────────────


def _moment(at: datetime) -> str:
    local = city_time(at)
    day = gettext(WEEKDAYS[local.weekday()])
    return f"{local.hour}:{local:%M}, {day} {local:%d/%m/%Y}"


def _spec(spec: ClockSpec) -> str:
    if (get_language() or "vi").startswith("vi"):
        return spec_words(spec)
    many, number = (1 if spec.value == 1 else 2), {"n": f"{spec.value:g}"}
    match spec.unit:
        case TimeUnit.HOUR:
            return ngettext("%(n)s giờ làm việc", "%(n)s giờ làm việc", many) % number
        case TimeUnit.WORKING_DAY:
            return ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", many) % number
        case TimeUnit.CALENDAR_DAY:
            return ngettext("%(n)s ngày", "%(n)s ngày", many) % number
        case TimeUnit.MONTH:
            return ngettext("%(n)s tháng", "%(n)s tháng", many) % number
        case TimeUnit.SAME_DAY_15H:
            return _("trong ngày (nhận sau 15:00 thì trả vào ngày làm việc tiếp theo)")
    return _("theo quy định riêng")


def left_in_words(left: int | None, timeliness: Timeliness) -> str:
    """«còn 2 ngày làm việc», «trễ 3 giờ»."""
    if left is None:
        return ""
    amount = {"amount": _amount(abs(left))}
    if timeliness is Timeliness.PAUSED:
        return _("đồng hồ dừng, còn %(amount)s") % amount
    return _("còn %(amount)s") % amount if left >= 0 else _("trễ %(amount)s") % amount


def _amount(minutes: int) -> str:
    if minutes >= DAY_MINUTES:
        days = minutes // DAY_MINUTES
        return ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", days) % {"n": days}
    if minutes >= 60:
        return ngettext("%(n)s giờ", "%(n)s giờ", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)s phút", "%(n)s phút", minutes) % {"n": minutes}


def sentence(
    spec: ClockSpec, facts: ClockFacts, due: datetime | None, calendar: WorkingCalendar
) -> str:
    if facts.started_at is None:
        said = _("Thời hạn là %(time)s, tính từ lúc hồ sơ được tiếp nhận.")
        return said % {"time": _spec(spec)}
    if due is None:
        return _("Thời hạn: %(time)s.") % {"time": _spec(spec)}
    if facts.extended_to == due:
        said = _("Đã hẹn lại %(moment)s, kèm thư xin lỗi.")
        if not spec.apology:
            said = _("Đã gia hạn đến %(moment)s.")
        return said % {"moment": _moment(due)}
    words = {"moment": _moment(due), "time": _spec(spec), "start": _start(spec, facts)}
    parts = [_("Hẹn trả %(moment)s: %(time)s kể từ %(start)s") % words]
    skipped = _skipped(spec, facts.started_at, due, calendar)
    if skipped:
        parts.append(_("không tính %(days)s") % {"days": skipped})
    stood = facts.pauses
    if stood:
        since = ", ".join(f"{city_time(p.started_at):%d/%m}" for p in stood)
        why = {"since": since, "reason": gettext(_PAUSE_WORDS[stood[-1].reason])}
        parts.append(_("đồng hồ dừng từ %(since)s vì %(reason)s") % why)
    return "; ".join(parts) + "."


def _start(spec: ClockSpec, facts: ClockFacts) -> str:
    assert facts.started_at is not None
    if spec.unit in {TimeUnit.HOUR, TimeUnit.SAME_DAY_15H}:
        return _("lúc nhận %(moment)s") % {"moment": _moment(facts.started_at)}
    return _("ngày sau ngày nhận (%(day)s)") % {"day": f"{city_time(facts.started_at):%d/%m/%Y}"}


def _skipped(spec: ClockSpec, start: datetime, due: datetime, calendar: WorkingCalendar) -> str:
    """Which days were not counted, in words; calendar days count them all."""
    if spec.unit in {TimeUnit.CALENDAR_DAY, TimeUnit.MONTH}:
        return ""
    first, last = city_time(start).date(), city_time(due).date()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    off = [day for day in days if not calendar.is_working_day(day)]
    weekend = any(day.weekday() >= 5 for day in off)
    holidays = ", ".join(f"{day:%d/%m}" for day in off if day.weekday() < 5)
    if weekend and holidays:
        return _("thứ Bảy, Chủ nhật và ngày nghỉ lễ %(days)s") % {"days": holidays}
    if holidays:
        return _("ngày nghỉ lễ %(days)s") % {"days": holidays}
    return _("thứ Bảy, Chủ nhật") if weekend else ""


def lines(
    spec: ClockSpec, facts: ClockFacts, original: datetime | None, due: datetime | None
) -> list[ClockLine]:
    found = [ClockLine(at=facts.started_at, text=_("Thời hạn %(time)s.") % {"time": _spec(spec)})]
    if original:
        text = _("Hẹn lần đầu: %(moment)s.") % {"moment": _moment(original)}
        found.append(ClockLine(at=original, text=text))
    found.extend(_pause_line(pause) for pause in facts.pauses)
    if due and due != original:
        text = _("Ngày hẹn hiện nay: %(moment)s.") % {"moment": _moment(due)}
        found.append(ClockLine(at=due, text=text))
    if spec.citation:
        text = _("Căn cứ: %(law)s.") % {"law": spec.citation}
        found.append(ClockLine(at=None, text=text))
    if spec.apology:
        late = _("Nếu trễ, cơ quan phải gửi thư xin lỗi và hẹn lại ngày. Bạn không phải đi hỏi.")
        found.append(ClockLine(at=None, text=late))
    return found


def _pause_line(pause: PauseSpan) -> ClockLine:
    words = {
        "since": _moment(pause.started_at),
        "until": _moment(pause.ended_at) if pause.ended_at else "",
        "reason": gettext(_PAUSE_WORDS[pause.reason]),
    }
    text = _("Đồng hồ dừng từ %(since)s đến nay vì %(reason)s.") % words
    if pause.ended_at:
        text = _("Đồng hồ dừng từ %(since)s đến %(until)s vì %(reason)s.") % words
    if pause.citation:
        text = f"{text} {_('Căn cứ: %(law)s.') % {'law': pause.citation}}"
    return ClockLine(at=pause.started_at, text=text)


def promise_words(spec: ClockSpec, receive_by: datetime, expected: datetime | None) -> str:
    """What a person who has just sent a dossier may expect, in two sentences."""
    answered = _("Bộ phận Một cửa trả lời việc tiếp nhận chậm nhất %(moment)s.")
    first = answered % {"moment": _moment(receive_by)}
    if expected is None:
        return f"{first} {_('Thời hạn giải quyết: %(time)s.') % {'time': _spec(spec)}}"
    second = _(
        "Thời hạn giải quyết là %(time)s kể từ khi tiếp nhận, "
        "nên kết quả dự kiến chậm nhất %(moment)s."
    )
    return f"{first} {second % {'time': _spec(spec), 'moment': _moment(expected)}}"
