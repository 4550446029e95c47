"""Passwords of officers: why one is refused, and the code that lets an officer set the first."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.contexts.identity.contracts import SignInRefused
from motcua.kernel.errors import Conflict, Forbidden, Invalid

SHORTEST, LONGEST = 12, 1000


class PasswordTooShort(Invalid):
    sentence = (
        f"Mật khẩu cần ít nhất {SHORTEST} ký tự. Một câu dài, dễ nhớ là tốt; dấu cách cũng được."
    )


class PasswordTooLong(Invalid):
    sentence = "Mật khẩu dài quá 1.000 ký tự. Bạn chọn câu ngắn hơn."


class PasswordTellsWho(Invalid):
    """Little is left once the names that everybody knows are struck out."""

    sentence = (
        "Mật khẩu này phần lớn là tên bạn, tên đơn vị hoặc tên thành phố, nên dễ đoán. "
        "Bạn thêm vài từ không liên quan."
    )


class PasswordKnown(Invalid):
    """Among the common ones, or in the file of leaked ones: which is not said."""

    sentence = "Mật khẩu này đã lộ ở nơi khác hoặc nhiều người dùng. Bạn chọn mật khẩu khác."


class PasswordsDiffer(Invalid):
    sentence = "Hai lần nhập mật khẩu mới không giống nhau. Bạn nhập lại."


class PasswordUnchanged(Invalid):
    sentence = "Mật khẩu mới trùng mật khẩu đang dùng. Bạn chọn mật khẩu khác."


class WrongPassword(SignInRefused):
    sentence = "Mật khẩu đang dùng chưa đúng."


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged:
    """It counts from now. ended: how many other sessions ended with it."""

    ended: int


class EntryCodeRefused(SignInRefused):
    """Unknown name, wrong, used or too old: told the same, so that nothing is learned from it."""

    sentence = (
        "Tên đăng nhập hoặc mã chưa đúng, hoặc mã đã dùng hay quá 24 giờ. "
        "Bạn xem lại, hoặc xin người đứng đầu đơn vị cấp mã khác."
    )


class NotYoursToLetIn(Forbidden):
    sentence = "Chỉ người đứng đầu đơn vị hoặc quản trị viên khác được cấp mã vào cho cán bộ này."


class AccountIsClosed(Conflict):
    sentence = "Tài khoản này đang khóa. Quản trị viên mở lại trước."


class Entrance(StrEnum):
    """How far an officer has come: what the head sees."""

    NEVER = "NEVER"  # no password yet
    BEGUN = "BEGUN"  # a password, and no second factor ever
    DONE = "DONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCodeIssued:
    """Shown once by the caller, who alone knows the code."""

    id: UUID
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerStanding:
    """An officer as their head sees them. code_until: a code waits to be used; asked_until: a

    request to replace lost factors waits for two administrators.
    """

    officer_id: UUID
    account_id: UUID
    full_name: str
    staff_no: str
    is_open: bool
    entrance: Entrance
    code_until: datetime | None
    asked_until: datetime | None
