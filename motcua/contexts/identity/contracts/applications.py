"""Ứng dụng kết nối: applications of agencies that sign people in by the city, and what they ask."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_noop as _

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class DataScope(StrEnum):
    """A group of data that an application may ask for. `openid` is the bare fact of sign-in."""

    OPENID = "openid"
    PROFILE = "profile"
    BIRTHDATE = "birthdate"
    PERSONAL_NUMBER = "personal_number"
    EMAIL = "email"
    PHONE = "phone"
    POSTS = "posts"


# What joins a person's traces everywhere, or reaches them: allowed only by who was there just now.
SENSITIVE = frozenset({DataScope.PERSONAL_NUMBER, DataScope.PHONE, DataScope.EMAIL})


class Ended(StrEnum):
    """Why a sign-in at an application has ended."""

    REPLAYED = "REPLAYED"  # a code or a token came a second time
    REVOKED = "REVOKED"  # the application gave its token back
    SIGNED_OUT = "SIGNED_OUT"  # the application signed the person out
    SESSION = "SESSION"  # the session of ours that it began in has ended
    CONSENT = "CONSENT"  # the person allows it no more


SCOPE_NAMES: dict[DataScope, str] = {
    DataScope.OPENID: _("Mã riêng của bạn ở ứng dụng này"),
    DataScope.PROFILE: _("Họ và tên"),
    DataScope.BIRTHDATE: _("Ngày sinh"),
    DataScope.PERSONAL_NUMBER: _("Số định danh"),
    DataScope.EMAIL: _("Thư điện tử"),
    DataScope.PHONE: _("Số điện thoại"),
    DataScope.POSTS: _("Đơn vị và vai trò đang giữ"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One group of data an application may ask for. purpose: what for, in the agency's words.

    required: the application cannot serve without it, so consent is to all of these or none.
    """

    scope: DataScope
    purpose: str
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationTerms:
    """What an administrator lays down for an application.

    sector: applications of one sector know a person by the same subject. whole_number: it gets
    the personal number unmasked. sign_out_uri: where its server hears that a sign-in has ended.
    is_public: it has no secret; stays as it was registered.
    """

    name: str
    unit_id: UUID
    redirect_uris: tuple[str, ...]
    logout_uris: tuple[str, ...]
    asked: tuple[Asked, ...]
    sector: str
    whole_number: bool = False
    sign_out_uri: str = ""
    is_public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationView:
    id: UUID
    client_id: str
    terms: ApplicationTerms
    registered_at: datetime
    secret_set_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRegistered:
    id: UUID
    client_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentView:
    """What somebody lets an application know. last_used_at: its newest sign-in."""

    id: UUID
    application: str
    unit_id: UUID
    scopes: tuple[DataScope, ...]
    given_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKeyView:
    """key_id: as tokens name it. signs_from: None while it waits to sign.

    retired_at: since then it only verifies.
    """

    key_id: str
    made_at: datetime
    signs_from: datetime | None
    retired_at: datetime | None


class ApplicationNotFound(NotFound):
    sentence = "Không tìm thấy ứng dụng này."


class ApplicationClosed(Conflict):
    sentence = "Ứng dụng này đã đóng nên không sửa được nữa."


class ApplicationHasNoSecret(Conflict):
    sentence = "Ứng dụng này không có mã bí mật nên không đổi được."


class ApplicationMalformed(Invalid):
    """Something an administrator typed about an application cannot be taken."""

    sentence = "Thông tin ứng dụng chưa đúng."


class ConsentNotFound(NotFound):
    sentence = "Không tìm thấy lượt cho phép này."


class ConnectionRefused(Forbidden):
    """An application asked in a way that is not safe to answer. `reason` is for the ledger.

    The browser is not sent back: where it came from is not known for sure.
    """

    sentence = (
        "Ứng dụng gửi bạn tới đây chưa đúng cách nên chúng tôi không đăng nhập cho ứng dụng ấy. "
        "Thông tin của bạn chưa được gửi đi."
    )
    next_step = "Bạn báo cho cơ quan có ứng dụng, kèm mã ở cuối trang này."

    def __init__(self, message: str = "", *, reason: str, client: str = "") -> None:
        super().__init__(message, reason=reason)
        self.reason = reason
        self.client = client


class ConsentIncomplete(Invalid):
    """More was ticked than the page had offered."""

    sentence = "Trang cho phép đã cũ. Bạn quay lại ứng dụng và đăng nhập lại."
