"""Nhận khi mất mạng: machines, number ranges, what they took in, and what does not agree."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.contexts.dossiers.contracts import ReturnForm
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class DeviceUse(StrEnum):
    """COUNTER: a window that gives numbers. FIELD: an officer's phone at a place."""

    COUNTER = "COUNTER"
    FIELD = "FIELD"


class EntryKind(StrEnum):
    RECEPTION = "reception"
    VOID = "void"  # a number that was spoilt: nothing was received under it


class EntryState(StrEnum):
    """What became of an entry. WAITING: something does not agree, an officer settles it."""

    RECEIVED = "RECEIVED"
    WAITING = "WAITING"
    VOID = "VOID"


class Odd(StrEnum):
    """What may not agree between a window without a network and the city."""

    NAME = "name"
    BORN = "born_on"
    VERSION = "version"
    FEE = "fee"
    DUE = "due"
    SAME = "same"
    RANGE = "range"
    CLOCK = "clock"
    REFUSED = "refused"


class Choice(StrEnum):
    """How an officer settles one of them."""

    OURS = "ours"  # as the window wrote it
    CITY = "city"  # as the city knows it
    GUIDE = "guide"  # received with a slip of what is missing
    VOID = "void"  # the number is given up


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that does not agree. Values are words for an officer; choices: what may be done."""

    odd: Odd
    ours: str
    city: str
    choices: tuple[Choice, ...]
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry as the window wrote and signed it."""

    id: UUID
    kind: EntryKind
    range_id: UUID
    serial: int
    code: str
    received_by: UUID
    happened_at: datetime
    secret: str = ""
    procedure_code: str = ""
    version: int = 0
    personal_number: str = ""
    full_name: str = ""
    born_on: date | None = None
    phone: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    shown: tuple[str, ...] = ()  # papers looked at and given back
    handed: tuple[str, ...] = ()  # papers that stay, to be scanned
    return_form: ReturnForm = ReturnForm.COUNTER
    fee_dong: int | None = None
    due_on: str = ""  # as printed, an ISO moment; "" where the receipt says that it follows
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedEntry:
    """body: the very text that was signed."""

    device_id: UUID
    body: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryAnswer:
    """What a window hears of one entry, the same however often it asks."""

    id: UUID
    state: EntryState
    code: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    device_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeView:
    """A range as the window keeps it. signature: of the city, over all the rest."""

    id: UUID
    device_id: UUID
    unit_id: UUID
    first: int
    last: int
    issued_at: datetime
    valid_until: datetime
    signature: str
    revoked: bool = False
    returned_from: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    ranges: tuple[RangeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where every number of a range went; they add up to its size."""

    range: RangeView
    received: int
    waiting: int
    void: int
    returned: int
    out: int  # nothing was heard of them yet

    @property
    def size(self) -> int:
        return self.range.last - self.range.first + 1

    @property
    def adds_up(self) -> bool:
        return self.received + self.waiting + self.void + self.returned + self.out == self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """choices: for each thing that does not agree. at: the true hour, where the clock was wrong."""

    entry_id: UUID
    choices: Mapping[str, str]
    at: datetime | None = None


class DeviceNotFound(NotFound):
    sentence = "Máy này chưa được đăng ký ở quầy của bạn. Bạn đăng ký máy trước."


class DeviceRevoked(Forbidden):
    sentence = "Máy này đã bị thu hồi. Máy không được cấp thêm số."


class KeyMalformed(Invalid):
    sentence = "Khóa của máy không đúng dạng. Bạn mở lại trang rồi đăng ký lần nữa."


class DeviceNeedsName(Invalid):
    sentence = "Bạn đặt tên cho máy, như «Quầy số 3»."


class RangeNotFound(NotFound):
    sentence = "Không tìm thấy dải số này ở quầy của bạn."


class EntryNotFound(NotFound):
    sentence = "Không tìm thấy lượt nhận này ở quầy của bạn."


class EntryMalformed(Invalid):
    """Not an entry at all; nothing is kept of it."""

    sentence = "Lượt nhận này hỏng, máy chủ không đọc được. Bạn giữ giấy và báo quản trị."


class SignatureWrong(Forbidden):
    """Not what the registered machine signed."""

    sentence = "Chữ ký của máy không khớp. Lượt này chưa được ghi."


class EntryChanged(Conflict):
    """The same id with another text."""

    sentence = "Lượt này đã gửi với nội dung khác. Nội dung gửi trước được giữ."


class NumberTaken(Conflict):
    sentence = "Số này đã dùng cho lượt khác."


class AlreadySettled(Conflict):
    sentence = "Lượt này đã được xử lý xong."


class ChoiceNeeded(Invalid):
    sentence = "Bạn chọn cách xử lý cho từng chỗ khác nhau."


class HourNeeded(Invalid):
    sentence = "Bạn ghi giờ nhận đúng, trong khoảng từ lúc cấp dải số đến bây giờ."
