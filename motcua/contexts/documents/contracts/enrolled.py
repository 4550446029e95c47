"""Chứng thư số của cán bộ: which certificate may sign for whom, and what keeps it from doing so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound

SOON = timedelta(days=30)  # our figure: time to renew before nobody can sign


class EnrolledState(StrEnum):
    ASKED = "ASKED"  # waits for a second administrator
    VALID = "VALID"
    ENDING = "ENDING"  # within 30 days
    ENDED = "ENDED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledView:
    """wrong_pins: typed wrong one after another, since the PIN was last right."""

    id: UUID
    officer_id: UUID
    holder: str
    issuer: str
    serial: str
    fingerprint: str
    token_serial: str
    not_after: datetime
    state: EnrolledState
    asked_by: UUID | None
    asked_at: datetime
    confirmed_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str
    wrong_pins: int


class NoTokensHere(Conflict):
    sentence = (
        "Nơi này chưa dùng token: khóa ký nằm trong tệp của hệ thống. "
        "Bạn đặt MOTCUA_PKCS11_MODULE rồi chạy lại."
    )


class CertificateUntrusted(Invalid):
    """Not by a root that is trusted here, revoked, or over."""

    sentence = (
        "Chứng thư trên token không do cơ quan chứng thực được tin ở đây cấp, đã bị thu hồi hoặc "
        "hết hạn. Bạn xin cơ quan chứng thực cấp lại."
    )


class CertificateOfOther(Invalid):
    sentence = (
        "Chứng thư trên token đứng tên người khác. "
        "Bạn cắm đúng token của cán bộ này, hoặc xin cấp lại đúng tên."
    )


class CertificateKnown(Conflict):
    sentence = "Chứng thư này đã có trong danh sách. Bạn xem trang «Chứng thư số»."


class EnrolledNotFound(NotFound):
    sentence = "Không tìm thấy chứng thư này. Bạn mở lại danh sách."


class SecondAdministratorNeeded(Forbidden):
    sentence = "Người đăng ký chứng thư không tự xác nhận. Bạn nhờ một quản trị viên khác."


class WithdrawReasonNeeded(Invalid):
    sentence = "Bạn ghi vì sao thu hồi, ví dụ: mất token, chuyển công tác."
