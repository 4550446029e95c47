"""Truy cập khẩn cấp: what is handed out, and its refusals."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from motcua.kernel.errors import Conflict, Invalid, NotFound

LASTS = timedelta(minutes=30)
REPORTED_WITHIN = timedelta(hours=24)  # after the half hour; then others are told, each morning
SHORTEST = 30  # letters of a reason, of a report
LONGEST_REASON, LONGEST_REPORT = 500, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyView:
    """is_open: the dossier may be read now. owes_report: it is over, and nothing was told yet."""

    id: UUID
    code: str
    who: str
    mine: bool
    reason: str
    opened_at: datetime
    until: datetime
    report: str
    reported_at: datetime | None
    is_open: bool
    is_overdue: bool

    @property
    def owes_report(self) -> bool:
        return self.reported_at is None


class EmergencyNotFound(NotFound):
    sentence = "Không có lần truy cập khẩn cấp này."


class EmergencyReasonShort(Invalid):
    sentence = "Bạn ghi rõ việc gì đang hỏng và vì sao phải đọc hồ sơ, ít nhất 30 chữ cái."


class EmergencyReportShort(Invalid):
    sentence = "Bạn ghi đã đọc gì, đã làm gì, kết quả ra sao, ít nhất 30 chữ cái."


class EmergencyReportOwed(Conflict):
    sentence = "Bạn còn một lần truy cập chưa báo cáo. Bạn báo cáo lần đó trước."


class EmergencyIsOver(Conflict):
    sentence = "Lần truy cập này đã hết 30 phút hoặc đã báo cáo, nên không đọc hồ sơ được nữa."
