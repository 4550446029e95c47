"""Bản sao: the three forms of a copy (Decree 30/2020, Art. 25), and what may not be copied."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Invalid


class CopyKind(StrEnum):
    SAO_Y = "SAO_Y"  # the whole of an original
    TRICH_SAO = "TRICH_SAO"  # some pages of an original
    SAO_LUC = "SAO_LUC"  # the whole of a «sao y»


COPY_NAMES = {
    CopyKind.SAO_Y: "Sao y",
    CopyKind.TRICH_SAO: "Trích sao",
    CopyKind.SAO_LUC: "Sao lục",
}
COPY_SYMBOLS = {CopyKind.SAO_Y: "SY", CopyKind.TRICH_SAO: "TrS", CopyKind.SAO_LUC: "SL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyWanted:
    """first, last: pages of an extract. although_revoked: it is known, and the copy will say so."""

    source_id: UUID
    kind: CopyKind = CopyKind.SAO_Y
    first: int = 0
    last: int = 0
    although_revoked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    """A copy that was made. source_code: of what was copied; of_revoked: it was so already."""

    issued_id: UUID
    verify_code: str
    file_id: UUID
    kind: CopyKind
    number: str
    made_at: datetime
    source_code: str
    of_revoked: bool


class SourceRevoked(Conflict):
    """Never copied as if it were in force."""

    sentence = (
        "Giấy này đã bị thu hồi hoặc thay thế. Bạn sao bản đang có hiệu lực, "
        "hoặc đánh dấu rằng bản sao ghi rõ điều này."
    )


class NotToBeCopied(Invalid):
    sentence = (
        "Sao y và trích sao làm từ bản chính do cơ quan ban hành, sao lục làm từ bản sao y. "
        "Bạn chọn đúng hình thức sao."
    )


class PagesNotThere(Invalid):
    sentence = "Trích sao ghi từ trang nào đến trang nào của bản chính. Bạn ghi lại số trang."
