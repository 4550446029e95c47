"""Giấy tờ đã ban hành: signed results and letters, and what verifying one says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class IssuedKind(StrEnum):
    """What was issued; official forms bear the number of Circular 03/2025/TT-VPCP."""

    RESULT = "RESULT"
    FORM_01 = "FORM_01"
    FORM_02 = "FORM_02"
    FORM_03 = "FORM_03"
    FORM_04 = "FORM_04"
    FORM_05 = "FORM_05"
    FORM_06 = "FORM_06"
    FORM_07 = "FORM_07"
    FEE_RECEIPT = "FEE_RECEIPT"
    CERTIFIED_COPY = "CERTIFIED_COPY"
    DATA_COPY = "DATA_COPY"
    DISPOSAL = "DISPOSAL"
    BREACH_NOTICE = "BREACH_NOTICE"
    IMPACT = "IMPACT"
    MINUTES = "MINUTES"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerInfo:
    """Who signs and for which agency, as printed: a snapshot that later changes never touch.

    key: what the signing certificate belongs to, the officer's account or officer id.
    """

    key: UUID
    full_name: str
    position: str
    unit_code: str
    unit_name: str
    capacity: str = ""  # TM., KT., TL., TUQ. with the words that follow, "" when signing as oneself


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedView:
    """url: where anybody verifies it; file_url: where whoever may read it downloads it."""

    id: UUID
    kind: str
    verify_code: str
    sha256: str
    url: str
    file_id: UUID
    subject: str
    title: str
    issued_at: datetime
    signer_name: str
    signer_position: str
    unit_name: str
    revoked_at: datetime | None = None
    revoked_reason: str = ""
    replaced_by_code: str = ""

    @property
    def file_url(self) -> str:
        return f"/giay-to/tep/{self.file_id}"

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedView:
    """Signed by its officer, not yet sealed by the agency."""

    id: UUID
    subject: str
    verify_code: str


class ItemState(StrEnum):
    """Where one paper of a batch stands."""

    WAITING = "WAITING"
    SIGNED = "SIGNED"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    subject: str
    seen_version: int
    state: ItemState
    said: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """stopped: code of the refusal that the last try ended with."""

    id: UUID
    begun_at: datetime
    stopped: str
    items: tuple[ItemView, ...]

    def count(self, state: ItemState) -> int:
        return sum(1 for item in self.items if item.state is state)


class VerificationStatus(StrEnum):
    VALID = "VALID"
    ALTERED = "ALTERED"
    REVOKED = "REVOKED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The answer to "is this paper real?". Empty fields when nothing is known.

    owner_masked: the only thing a stranger learns about the holder.
    because: one Vietnamese sentence; `finding` is its stable word for programs.
    """

    status: VerificationStatus
    finding: str
    because: str
    code: str = ""
    kind: str = ""
    title: str = ""
    unit_name: str = ""
    signer_name: str = ""
    signer_position: str = ""
    issued_at: datetime | None = None
    timestamped_at: datetime | None = None
    owner_masked: str = ""
    sha256: str = ""
    revoked_at: datetime | None = None
    revoked_reason: str = ""
    replaced_by_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSignature:
    """What the signatures of a paper prove by what the paper itself brings and a trusted root."""

    holds: bool
    signatures: int
    code: str = ""
    timestamped_at: datetime | None = None
