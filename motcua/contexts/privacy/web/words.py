"""Lời trên trang: names of rights, outcomes and processings in the reader's language."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.contexts.privacy.contracts import Activity, Outcome, RequestLine, RightRule
from motcua.kernel.clock import city_time
from motcua.kernel.holdings import Processing
from motcua.ui import dates
from motcua.ui.parts import Chip, Tone
from motcua.ui.words import language

UNVERIFIED = "(chưa kiểm chứng)"


def english() -> bool:
    return language() == "en"


def right_name(rule: RightRule) -> str:
    return rule.name_en if english() else rule.name


def right_lead(rule: RightRule) -> str:
    return rule.lead_en if english() else rule.lead


def activity_name(activity: Activity) -> str:
    return activity.name_en if english() else activity.name


def purpose(activity: Activity) -> str:
    return activity.purpose_en if english() else activity.purpose


def recipients(activity: Activity) -> str:
    return activity.recipients_en if english() else activity.recipients


def period(activity: Activity) -> str:
    return activity.period_en if english() else activity.period


def processing_name(processing: Processing) -> str:
    return {
        Processing.SMS: _("Gửi tin nhắn SMS cho tôi"),
        Processing.EMAIL: _("Gửi thư điện tử cho tôi"),
        Processing.REGISTERS: _("Lấy dữ liệu về tôi từ cơ sở dữ liệu khác để điền biểu mẫu"),
    }[processing]


def day(at: datetime | None) -> str:
    return dates.day(city_time(at)) if at else ""


def state(line: RequestLine, now: datetime) -> Chip:
    """Where a request stands, for whoever asked and whoever answers."""
    match line.outcome:
        case Outcome.GRANTED:
            return Chip(label=_("Đã làm xong"), tone=Tone.OK, icon="circle-check")
        case Outcome.FORWARDED:
            return Chip(label=_("Sửa ở nơi khác"), tone=Tone.INFO, icon="corner-up-right")
        case Outcome.WITHDRAWN:
            return Chip(label=_("Đã rút"), tone=Tone.PLAIN, icon="undo-2")
        case Outcome.REFUSED:
            return Chip(label=_("Chưa được chấp nhận"), tone=Tone.LATE, icon="circle-x")
    if line.due_at and now > line.due_at:
        return Chip(label=_("Quá hạn trả lời"), tone=Tone.LATE, icon="clock-alert")
    return Chip(label=_("Đang xem xét"), tone=Tone.GO, icon="clock")


def remaining(due_at: datetime | None, now: datetime) -> str:
    """Calendar days, as the law counts them: «còn 3 ngày», «trễ 2 ngày»."""
    if due_at is None:
        return ""
    days = (city_time(due_at).date() - city_time(now).date()).days
    if days == 0:
        return _("hôm nay là ngày cuối") if now <= due_at else _("đã quá giờ trả lời hôm nay")
    if days < 0:
        return ngettext("trễ %(n)s ngày", "trễ %(n)s ngày", -days) % {"n": -days}
    return ngettext("còn %(n)s ngày", "còn %(n)s ngày", days) % {"n": days}
