"""Bản sao kết quả: what is asked for and made, and what is refused."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.documents.contracts.copies import CopyKind
from motcua.kernel.errors import Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeCopy:
    """source_id: an issued paper of this dossier. first, last: pages of an extract."""

    code: str
    source_id: UUID | None
    kind: CopyKind = CopyKind.SAO_Y
    first: int = 0
    last: int = 0
    although_revoked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyAsked:
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMade:
    verify_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCopy:
    """A request that waits at an agency."""

    code: str
    procedure_name: str
    applicant_name: str
    asked_at: datetime


class NothingToCopy(Conflict):
    sentence = "Hồ sơ này chưa có kết quả còn hiệu lực để sao. Bạn xem Ví giấy tờ."
