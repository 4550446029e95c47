"""What personnel systems tell of officers, and what is refused to them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.kernel.actors import Role
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOfficer:
    """An officer as a personnel system tells it."""

    staff_no: str
    full_name: str
    email: str
    is_active: bool
    external_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionedOfficer:
    """An officer as a personnel system may see it. id: of the officer."""

    id: UUID
    account_id: UUID
    told: ToldOfficer
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerProvisioned:
    """The officer that was added or taken up again."""

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientMade:
    """A personnel system may call now; its token is shown once and kept nowhere."""

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientView:
    """A personnel system that may call."""

    id: UUID
    name: str
    created_at: datetime


class ClientNotFound(NotFound):
    sentence = "Không tìm thấy hệ thống cấp phát này."


class ClientNameMissing(Invalid):
    sentence = "Bạn đặt tên cho hệ thống. Ví dụ: Quản lý cán bộ của Sở Nội vụ."


class OfficerTold(Conflict):
    sentence = "Số hiệu cán bộ này đã có trong hệ thống."


class PostNotByMachine(Forbidden):
    """Whoever runs the personnel system must not make administrators of the platform by it."""

    sentence = "Vị trí quản trị, kiểm tra và bảo vệ dữ liệu không giao qua hệ thống cấp phát."


class GuardNotByMachine(Forbidden):
    """Nor must they take away whoever would see what they do."""

    sentence = (
        "Người này giữ vị trí quản trị, kiểm tra hoặc bảo vệ dữ liệu. "
        "Quản trị viên khóa hoặc mở tài khoản tại trang Tài khoản."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitProvisioned:
    """The unit that was made."""

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldUnit:
    """A unit as a personnel system tells it."""

    name: str
    parent_id: UUID
    external_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPost:
    """A post as a personnel system tells it."""

    unit_id: UUID
    role: Role
    title: str
    holder_id: UUID | None
    external_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostProvisioned:
    """The post that was made."""

    id: UUID
