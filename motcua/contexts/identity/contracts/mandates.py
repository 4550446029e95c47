"""What neighbours may hold of mandates: enums, commands, frozen views, refusals."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.actors import Act, MandateKind, PrincipalKind
from motcua.kernel.errors import Forbidden, Invalid, NotFound


class Proof(StrEnum):
    """How it was shown that the mandate is real."""

    REGISTER = "REGISTER"  # the population register names parent and child
    PAPER = "PAPER"  # an officer saw the paper
    SELF_DECLARED = "SELF_DECLARED"  # the principal gave it, signed in at level 2
    ORGANISATION_ACCOUNT = "ORGANISATION_ACCOUNT"  # VNeID names the legal representative


KIND_NAMES: dict[MandateKind, str] = {
    MandateKind.PARENT: "cha hoặc mẹ",
    MandateKind.GUARDIAN: "người giám hộ",
    MandateKind.HEIR: "người thừa kế",
    MandateKind.LAWYER: "luật sư",
    MandateKind.HELPER: "người làm giúp",
    MandateKind.LEGAL_REPRESENTATIVE: "người đại diện theo pháp luật",
    MandateKind.ACCOUNTANT: "kế toán",
    MandateKind.STAFF: "nhân viên",
}
PROOF_NAMES: dict[Proof, str] = {
    Proof.REGISTER: "Cơ sở dữ liệu quốc gia về dân cư",
    Proof.PAPER: "giấy tờ cán bộ đã xem",
    Proof.SELF_DECLARED: "ủy quyền trên tài khoản định danh mức 2",
    Proof.ORGANISATION_ACCOUNT: "tài khoản định danh tổ chức",
}
ACT_NAMES: dict[Act, str] = {
    Act.DRAFT: "điền và lưu hồ sơ",
    Act.SUBMIT: "nộp, gửi thêm, rút hồ sơ",
    Act.PAY: "trả tiền",
    Act.RECEIVE: "nhận kết quả",
    Act.TALK: "nhắn tin với cơ quan",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """How far a mandate reaches. procedures, fields: both empty means every procedure."""

    acts: frozenset[Act]
    procedures: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the rules look at: the scope, the days, and whether it was taken back."""

    scope: Scope
    valid_from: date
    valid_to: date | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveMandate:
    """One person lets another act for a person or an organisation."""

    principal_id: UUID
    representative_id: UUID
    kind: MandateKind
    scope: Scope
    valid_from: date
    valid_to: date | None
    proof: Proof
    evidence_file_id: UUID | None = None
    evidence_note: str = ""
    child_agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateGivenRef:
    """The answer of the action."""

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateView:
    """A mandate as principal and representative see it."""

    id: UUID
    kind: MandateKind
    principal_id: UUID
    principal_kind: PrincipalKind
    principal_name: str
    representative_id: UUID
    representative_name: str
    given_by_name: str
    scope: Scope
    proof: Proof
    evidence_note: str
    valid_from: date
    valid_to: date | None
    created_at: datetime
    revoked_at: datetime | None
    in_force: bool


class MandateNotFound(NotFound):
    sentence = "Không tìm thấy ủy quyền này."


class MandateRefused(Forbidden):
    """The act lies outside what was given. `reason` says which limit."""

    sentence = "Ủy quyền không cho làm việc này."
    next_step = "Bạn xem phạm vi ở trang Ủy quyền, hoặc nhờ người đã ủy quyền cho thêm."


class MandateEnded(MandateRefused):
    """Taken back, over, or not begun: nothing is written in the principal's name any more."""

    sentence = (
        "Ủy quyền này không còn hiệu lực, nên việc vừa gửi chưa được ghi. "
        "Bạn nhờ người đã ủy quyền cho lại. Từ bây giờ bạn làm việc cho chính mình."
    )


class MandateTooWide(Forbidden):
    """Nobody gives more than they have."""

    sentence = "Bạn không ủy quyền được nhiều hơn quyền bạn đang có."
    next_step = "Bạn chọn ít việc, ít thủ tục hoặc thời hạn ngắn hơn."


class NotYoursToGive(Forbidden):
    sentence = "Bạn chỉ ủy quyền được cho việc của chính mình hoặc của tổ chức bạn đại diện."


class MandateMalformed(Invalid):
    sentence = "Ủy quyền chưa đủ thông tin."
