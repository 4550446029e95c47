"""Nộp giúp: an officer files for a person who is present and agrees to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound

CODE_HOLDS = timedelta(minutes=10)
CODE_TRIES = 5


class Identified(StrEnum):
    """How the officer knew who stands there."""

    CARD = "CARD"
    SHOWN = "SHOWN"
    REGISTER = "REGISTER"


class Consent(StrEnum):
    """How the person answered what was read to them."""

    SIGNED = "SIGNED"
    CODE = "CODE"
    REFUSED = "REFUSED"


AGREED = (Consent.SIGNED, Consent.CODE)
IDENTIFIED_NAMES: dict[Identified, str] = {
    Identified.CARD: "Quét mã trên thẻ căn cước",
    Identified.SHOWN: "Xem giấy tờ có ảnh",
    Identified.REGISTER: "Cơ sở dữ liệu quốc gia về dân cư xác nhận",
}
CONSENT_NAMES: dict[Consent, str] = {
    Consent.SIGNED: "Ký trên phiếu đã in",
    Consent.CODE: "Đọc mã gửi tới điện thoại",
    Consent.REFUSED: "Không đồng ý",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskConsent:
    """person_id: who stands there. applicant_id: whose matter it is, their own or a principal's."""

    person_id: UUID
    applicant_id: UUID
    procedure_code: str
    ward_code: str
    mandate_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAsked:
    assistance_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """agreed False: refused, or the code did not fit (left: how many tries remain)."""

    agreed: bool
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistanceView:
    """told: the questions that a register fills, by key. denied_at: the citizen did not file it."""

    id: UUID
    person_id: UUID
    applicant_id: UUID
    procedure_code: str
    ward_code: str
    mandate_id: UUID | None
    helper: str
    unit: str
    told: tuple[str, ...]
    draft_id: UUID | None
    identified: Identified | None
    consent: Consent | None
    asked_at: datetime
    code_sent_at: datetime | None
    answered_at: datetime | None
    denied_at: datetime | None


class AssistanceNotFound(NotFound):
    sentence = "Không tìm thấy lượt nộp giúp này."
    next_step = "Bạn tìm lại người nộp ở quầy và hỏi lại."


class ConsentMissing(Conflict):
    """Nobody files for somebody who was not asked."""

    sentence = (
        "Người có mặt chưa đồng ý cho bạn nộp giúp. "
        "Bạn đọc phiếu đồng ý cho họ nghe và ghi câu trả lời trước."
    )


class ConsentAnswered(Conflict):
    sentence = "Câu trả lời của người này đã ghi. Muốn hỏi lại, bạn bắt đầu lượt nộp giúp mới."


class NoPhoneForCode(Invalid):
    sentence = "Người này chưa có số điện thoại. Bạn in phiếu đồng ý để họ ký."


class CodeNotSent(Conflict):
    sentence = "Chưa có mã nào còn hiệu lực. Bạn bấm «Gửi mã» rồi nhập mã họ đọc."


class IdentifiedHowNeeded(Invalid):
    sentence = "Bạn chọn đã nhận ra người này bằng cách nào."


class ConsentWayNeeded(Invalid):
    sentence = "Bạn chọn cách người này đồng ý, hoặc ghi họ không đồng ý."


class HelperMayNotDecide(Forbidden):
    """Four eyes: whoever filed it for somebody does not decide it."""

    sentence = (
        "Bạn đã nộp giúp hồ sơ này nên không giải quyết nó. "
        "Bạn để đồng nghiệp khác làm bước này, hoặc báo trưởng đơn vị giao lại."
    )


class NotAssisted(Conflict):
    sentence = "Hồ sơ này không do cán bộ nộp giúp."
    next_step = "Bạn xem hồ sơ ở trang theo dõi."


class DeniedBefore(Conflict):
    sentence = "Bạn đã báo không nộp hồ sơ này. Cơ quan đang xem lại."
