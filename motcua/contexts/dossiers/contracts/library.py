"""Thư viện câu chữ: sentences that officers use again, with places that each dossier fills."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.kernel.errors import Conflict, Invalid, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteText:
    """unit_id: whose officers use it; None for one's own. text_id: None for a new one."""

    name: str
    body: str
    unit_id: UUID | None = None
    text_id: UUID | None = None
    seen_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TextWritten:
    text_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVersion:
    number: int
    name: str
    body: str
    written_by: str
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryLine:
    """unit_name: "" for one's own. may_write: one's own, or of a unit that one heads."""

    id: UUID
    name: str
    body: str
    version: int
    unit_id: UUID | None
    unit_name: str
    may_write: bool
    retired_at: datetime | None = None

    @property
    def label(self) -> str:
        """What tells it from one of the same name that belongs to somebody else."""
        return f"{self.name} ({self.unit_name})" if self.unit_name else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryView:
    """One text with what it said before, newest first."""

    line: LibraryLine
    versions: tuple[TextVersion, ...]


class LibraryTextNotFound(NotFound):
    sentence = "Không tìm thấy câu này trong thư viện của bạn."


class TextNameNeeded(Invalid):
    sentence = "Bạn đặt tên ngắn cho câu này, nhiều nhất 80 ký tự."


class TextNameTaken(Conflict):
    sentence = "Đã có câu mang tên này. Bạn đặt tên khác, hoặc sửa câu đã có."


class TextBodyNeeded(Invalid):
    sentence = "Bạn ghi nội dung câu, nhiều nhất 2.000 ký tự."


class TextHoldsNumber(Invalid):
    """A library is read by many and kept long: nobody's number belongs in it."""

    sentence = (
        "Câu dùng chung không chứa số định danh hay số điện thoại của ai. Bạn bỏ số ấy đi; "
        "dùng chỗ điền như {mã hồ sơ} khi cần."
    )


class PlaceholderUnknown(Invalid):
    sentence = "Câu có chỗ điền mà hệ thống không biết. Bạn chọn trong danh sách chỗ điền."


class PlaceholderEmpty(Conflict):
    """This dossier has nothing for a place of the text."""

    sentence = "Hồ sơ này chưa có điều để điền vào câu. Bạn chọn câu khác."


class TextNotYours(Conflict):
    sentence = "Câu của đơn vị do trưởng đơn vị viết. Bạn lưu một câu cho riêng mình."


class TextChanged(Conflict):
    sentence = "Câu này vừa được sửa ở nơi khác. Bạn mở lại để xem bản mới."


class TextNotChosen(Invalid):
    sentence = "Bạn chọn một câu trong thư viện và ô cần chèn."
