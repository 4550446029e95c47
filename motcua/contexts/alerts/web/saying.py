"""Lời của trang cảnh báo: values in the words of whoever reads them."""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.contexts.alerts.contracts import (
    AlertView,
    Certainty,
    Ended,
    Kind,
    Severity,
    State,
    Status,
    Urgency,
)
from motcua.contexts.reference import public as reference
from motcua.kernel import clock
from motcua.kernel.clock import city_date
from motcua.ui.parts import Chip, Tone

URGENCIES = {
    Urgency.IMMEDIATE: "Làm ngay",
    Urgency.EXPECTED: "Trong một giờ tới",
    Urgency.FUTURE: "Sắp tới",
}
SEVERITIES = {
    Severity.EXTREME: "Đặc biệt nghiêm trọng",
    Severity.SEVERE: "Nghiêm trọng",
    Severity.MODERATE: "Đáng chú ý",
    Severity.MINOR: "Nhẹ",
}
CERTAINTIES = {
    Certainty.OBSERVED: "Đã xảy ra",
    Certainty.LIKELY: "Nhiều khả năng",
    Certainty.POSSIBLE: "Có thể",
}
STATUSES = {
    Status.ACTUAL: "Thật",
    Status.EXERCISE: "Diễn tập",
    Status.TEST: "Thử kỹ thuật, không báo ai",
}
KINDS = {Kind.ALERT: "Cảnh báo mới", Kind.UPDATE: "Cập nhật", Kind.CANCEL: "Hủy"}


def ward_names() -> dict[str, str]:
    """Every commune of today, in the Vietnamese order."""
    return {one.code: one.full_name for one in reference.communes(city_date(clock.now()))}


def state_chip(one: AlertView, now: datetime) -> Chip:
    """How it stands with a message, for anybody."""
    if one.state is State.DRAFT:
        return Chip(label=_("Chờ phát"), tone=Tone.TURN, icon="hourglass")
    if one.state is State.DISCARDED:
        return Chip(label=_("Đã bỏ"))
    if one.kind is Kind.CANCEL:
        return Chip(label=_("Tin hủy"), tone=Tone.OK, icon="circle-check")
    if one.holds(now):
        return Chip(label=_("Đang có hiệu lực"), tone=Tone.LATE, icon="siren")
    labels = {Ended.REPLACED: _("Đã thay bằng tin mới"), Ended.CANCELLED: _("Đã hủy")}
    return Chip(label=labels.get(one.ended_as or Ended.EXPIRED, _("Đã hết hiệu lực")))
