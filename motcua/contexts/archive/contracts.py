"""Lưu trữ: packages of closed dossiers, what checking one finds, dossiers read back from one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class PackageState(StrEnum):
    """WAITING: dossiers are still being packed. HANDED: an archive has taken it over."""

    WAITING = "WAITING"
    READY = "READY"
    HANDED = "HANDED"


class FindingKind(StrEnum):
    """What may be wrong with a package; each names the file."""

    ALTERED = "ALTERED"
    MISSING = "MISSING"
    ADDED = "ADDED"
    TRUNCATED = "TRUNCATED"
    MALFORMED = "MALFORMED"
    UNSAFE = "UNSAFE"
    SIGNATURE = "SIGNATURE"
    LEDGER = "LEDGER"
    SEALED = "SEALED"


FINDINGS: dict[FindingKind, str] = {
    FindingKind.ALTERED: "bị sửa",
    FindingKind.MISSING: "bị thiếu",
    FindingKind.ADDED: "bị thêm vào",
    FindingKind.TRUNCATED: "bị cắt",
    FindingKind.MALFORMED: "không đúng bố cục",
    FindingKind.UNSAFE: "có đường dẫn nguy hiểm",
    FindingKind.SIGNATURE: "có chữ ký số không còn đúng",
    FindingKind.LEDGER: "không khớp sổ cái",
    FindingKind.SEALED: "không mở được bằng khóa niêm phong ở đây",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, and with which file."""

    kind: FindingKind
    where: str

    def __str__(self) -> str:
        return f"{self.where}: {FINDINGS[self.kind]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found. A package is good when there are no findings."""

    findings: tuple[Finding, ...]
    dossiers: int
    files: int
    size: int
    signatures: int
    proofs: int

    @property
    def good(self) -> bool:
        return not self.findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """restored: codes new here. there: codes that were here already, unchanged."""

    checked: Checked
    restored: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()  # one sentence each


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPackage:
    """Closed dossiers of a period (days, both included) and a unit with all below it, or of all.

    why_clear: wanted when the package is not sealed.
    """

    first: date
    last: date
    unit_id: UUID | None = None
    sealed: bool = True
    why_clear: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    code: str
    package_id: UUID
    dossiers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageView:
    id: UUID
    code: str
    state: PackageState
    first: date
    last: date
    unit_name: str
    sealed: bool
    why_clear: str
    dossiers: int
    packed: int
    size: int
    gone: int  # dossiers whose content was disposed of since
    asked_by: str
    asked_at: datetime
    ready_at: datetime | None
    handed_at: datetime | None
    handed_to: str
    handed_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Bàn giao: to whom a package went, and by which record."""

    package_id: UUID
    to: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredFileView:
    path: str
    name: str
    url: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredLine:
    id: UUID
    code: str
    procedure_name: str
    unit_name: str
    ended_at: datetime
    restored_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredView:
    """A dossier as its package told it. content: see the layout."""

    line: RestoredLine
    applicant_name: str
    package_code: str
    content: Mapping[str, object]
    files: tuple[RestoredFileView, ...]


class PeriodMalformed(Invalid):
    """The last day lies before the first, or is not over yet."""

    sentence = "Bạn chọn ngày đầu và ngày cuối, ngày cuối phải trước hôm nay."


class NothingToPack(Invalid):
    sentence = "Không có hồ sơ đã đóng nào trong khoảng này. Bạn chọn khoảng hoặc đơn vị khác."


class ClearNeedsReason(Invalid):
    """A package that anybody can read is made for a reason."""

    sentence = "Gói không niêm phong cần lý do. Bạn ghi gói sẽ giao cho ai, để làm gì."


class PackageNotFound(NotFound):
    sentence = "Không tìm thấy gói lưu trữ này."


class PackageNotReady(Conflict):
    """Dossiers are still being packed, or the ledger has not sealed the last of them."""

    sentence = "Gói này chưa đóng xong. Bạn chờ ít giây rồi mở lại trang."


class AlreadyHanded(Conflict):
    sentence = "Gói này đã được bàn giao. Bạn mở lại trang để xem ai đã nhận."


class HandOverMalformed(Invalid):
    sentence = "Bạn ghi nơi nhận gói và số biên bản bàn giao."


class RestoredNotFound(NotFound):
    sentence = "Không tìm thấy hồ sơ này trong các hồ sơ đã phục hồi."


class NotATree(Invalid):
    """The path is no folder and no zip that can be read."""

    sentence = "Đường dẫn này không phải thư mục hay tệp zip đọc được của một gói lưu trữ."


class NotAnArchivist(Forbidden):
    sentence = "Việc này dành cho lưu trữ viên."


# ── how long, and what goes ──────────────────────────────────────────────────────────────────────


class ListState(StrEnum):
    """APPROVED: what is on it goes the next night. DONE: nothing of it is left to do."""

    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"


class Due(StrEnum):
    """Which part of the schedule."""

    OVER = "OVER"
    YEAR = "YEAR"
    LATER = "LATER"
    EVER = "EVER"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingFilter:
    """What of the schedule somebody looks at. after: code of the last line seen before."""

    due: Due | None = None
    unit_id: UUID | None = None
    procedure_code: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingLine:
    """keep_until None: for ever. held: why nothing of it may go, whatever the day."""

    case_id: UUID
    code: str
    procedure_code: str
    procedure_name: str
    unit_name: str
    ended_on: date
    keep_until: date | None
    period: str
    law: str
    verified: bool
    held: str
    listed: bool
    disposed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingPage:
    """older: where the next page begins, "" at the end."""

    lines: tuple[KeepingLine, ...]
    older: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingImpact:
    """What a new rule does to closed dossiers of a procedure: it lengthens, it never shortens."""

    longer: int
    unchanged: int
    not_shortened: int  # the new rule is shorter; they keep what they have


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeDisposal:
    codes: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    list_id: UUID
    code: str
    dossiers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveDisposal:
    """minutes: number and day of the record of the council that examined the list.

    kept: code to why it stays, for what the examination took off.
    """

    list_id: UUID
    minutes: str
    kept: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalLineView:
    code: str
    procedure_name: str
    ended_on: date
    keep_until: date | None
    held: str
    kept_for: str
    run: str
    gone_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalListView:
    id: UUID
    code: str
    state: ListState
    why: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    minutes: str
    said: str
    may_decide: bool
    lines: tuple[DisposalLineView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalListLine:
    id: UUID
    code: str
    state: ListState
    proposed_at: datetime
    dossiers: int
    gone: int


class NothingToDispose(Invalid):
    """Not past its time, under a hold, on another list, or gone."""

    sentence = "Không hồ sơ nào đã chọn được tiêu hủy bây giờ. Bạn chọn hồ sơ đã hết hạn lưu."


class TooManyListed(Invalid):
    sentence = "Một danh mục chứa tối đa 500 hồ sơ. Bạn chọn ít hơn."


class WhyMissing(Invalid):
    sentence = "Bạn ghi lý do, ít nhất vài chữ."


class MinutesMissing(Invalid):
    """The list is examined by a council first."""

    sentence = "Bạn ghi số và ngày biên bản của Hội đồng xác định giá trị tài liệu."


class ListNotFound(NotFound):
    sentence = "Không tìm thấy danh mục tiêu hủy này."


class OwnProposal(Forbidden):
    """Whoever proposed does not decide."""

    sentence = "Bạn đã lập danh mục này. Người khác phải xét và quyết định."


class ListDecided(Conflict):
    sentence = "Danh mục này đã được quyết định. Bạn mở lại trang để xem kết quả."
