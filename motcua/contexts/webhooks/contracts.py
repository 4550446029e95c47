"""Báo tin cho phần mềm: what is told, to which address, and how it went."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class NewsKind(StrEnum):
    """What may be told. The value is the `type` of the letter, and never changes."""

    SUBMITTED = "dossier.submitted"
    MOVED = "dossier.moved"
    CHECKED = "filing.checked"
    SENT = "filing.sent"
    PING = "ping"


class LetterState(StrEnum):
    WAITING = "WAITING"
    TAKEN = "TAKEN"
    GIVEN_UP = "GIVEN_UP"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointMade:
    endpoint_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointView:
    """An address that hears. old_until: how long the secret before is good as well."""

    id: UUID
    url: str
    sandbox: bool
    kinds: tuple[NewsKind, ...]
    made_at: datetime
    failing_since: datetime | None
    disabled_at: datetime | None
    old_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """One letter and how it went. finding: a status, or the word for what went wrong."""

    id: UUID
    kind: NewsKind
    subject: str
    state: LetterState
    tries: int
    finding: str
    happened_at: datetime
    next_at: datetime | None


class EndpointNotFound(NotFound):
    sentence = "Không tìm thấy địa chỉ nhận tin này."


class LetterNotFound(NotFound):
    sentence = "Không tìm thấy tin này. Tin được giữ 30 ngày."


class AddressMalformed(Invalid):
    """No public address that begins with https://."""

    sentence = "Địa chỉ phải bắt đầu bằng https:// và là tên miền công khai."


class TooManyEndpoints(Conflict):
    sentence = "Bạn đã có 10 địa chỉ nhận tin. Bạn đóng bớt rồi thêm mới."


class EndpointAsleep(Conflict):
    """Disabled after days of failures."""

    sentence = "Địa chỉ này đang tạm ngừng. Bạn bật lại rồi gửi."


class MandateTooNarrow(Forbidden):
    sentence = "Ủy quyền của bạn chỉ có vài thủ tục nên không nhận tin về mọi hồ sơ được."
