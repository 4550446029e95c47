"""What neighbours may hold of identity: enums, frozen views, refusals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, Kind, NotFound


class AccountKind(StrEnum):
    """Who stands behind an account; an officer signs in apart from being a citizen."""

    CITIZEN = "CITIZEN"
    OFFICER = "OFFICER"


class IdentifierKind(StrEnum):
    """PERSON_ID_KIND of the facts (15.1): what sort of number names a person."""

    SDDCN12 = "SDDCN12"
    CMND9_OLD = "CMND9_OLD"
    PASSPORT = "PASSPORT"
    FOREIGN_EID = "FOREIGN_EID"
    BIRTH_TEMP = "BIRTH_TEMP"
    UNKNOWN = "UNKNOWN"


class Source(StrEnum):
    """Who told us about a person."""

    VNEID = "VNEID"
    VNEID_LEVEL_1 = "VNEID_LEVEL_1"  # tự đăng ký, chưa ai xem thẻ
    COUNTER = "COUNTER"
    APPLICATION = "APPLICATION"
    SEED = "SEED"


class SignInOutcome(StrEnum):
    """How one try to sign in ended."""

    SIGNED_IN = "SIGNED_IN"
    WRONG = "WRONG"
    THROTTLED = "THROTTLED"
    CLOSED = "CLOSED"


class FactorKind(StrEnum):
    """What an officer proves with besides the password."""

    PASSKEY = "PASSKEY"  # khóa truy cập (WebAuthn)
    TOTP = "TOTP"  # ứng dụng tạo mã


class Sex(StrEnum):
    """Giới tính, as the population register writes it."""

    MALE = "nam"
    FEMALE = "nu"
    OTHER = "khac"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """A person as others may hold it: the number only masked."""

    id: UUID
    full_name: str
    personal_number_masked: str
    born_on: date | None
    sex: str
    email: str
    phone: str
    address_text: str
    ward_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where to write to a person; either may be empty."""

    email: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRef:
    """The answer of an action that found or made a person."""

    id: UUID
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """What is told about a person who may or may not be known yet."""

    full_name: str
    source: Source
    personal_number: str = ""
    born_on: date | None = None
    sex: str = ""
    email: str = ""
    phone: str = ""
    address_text: str = ""
    ward_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VNeIDClaims:
    """What VNeID said about who signed in, verified and read."""

    subject: str
    full_name: str
    personal_number: str
    born_on: date
    level: int


class Doubt(StrEnum):
    """Why somebody from VNeID is not simply taken for the person they seem to be."""

    LEVEL = "LEVEL"  # tài khoản mức 1
    OTHER_SUBJECT = "OTHER_SUBJECT"  # người này đã dùng tài khoản VNeID khác
    DENIED = "DENIED"  # chính người đăng nhập nói không phải mình


@dataclass(frozen=True, slots=True, kw_only=True)
class EidClaim:
    """A claim of VNeID as we read it. confirmed: somebody compared it with a text."""

    name: str
    value: str
    means: str
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """The account that VNeID's person uses here. `differs`: VNeID says other than we hold.

    linked: to a person whom the city knew already. doubted: perhaps to one, an officer decides;
    denied: they said themselves that it is somebody else.
    """

    account_id: UUID
    person_id: UUID
    is_new: bool
    differs: tuple[str, ...] = ()
    linked: bool = False
    doubted: bool = False
    denied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenMade:
    """A personal access token was made; its text is shown once and kept nowhere."""

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenView:
    """A token as its owner sees it. for_whom: in whose name alone it works, "" for its owner."""

    id: UUID
    name: str
    for_whom: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    sandbox: bool  # it tries out, and reaches nothing of the city


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorMade:
    """A factor was added."""

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorView:
    """A factor as its owner sees it."""

    id: UUID
    kind: FactorKind
    name: str
    created_at: datetime
    last_used_at: datetime | None


class RecoveryState(StrEnum):
    """How far the recovery of lost factors is."""

    ASKED = "ASKED"  # nobody has confirmed
    HALF = "HALF"  # one administrator has
    GRANTED = "GRANTED"  # both have; the code waits for its one use
    OVER = "OVER"  # used, or too late


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryView:
    """A recovery of lost factors. until: when it lapses, as it stands."""

    id: UUID
    account_id: UUID
    asked_by: UUID
    first_by: UUID | None
    second_by: UUID | None
    asked_at: datetime
    until: datetime
    state: RecoveryState


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryStep:
    """What an ask or a confirmation led to. is_granted: the code now counts."""

    id: UUID
    is_granted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerAccount:
    """An officer's account as administrators see it: no factor, no place, only how many."""

    id: UUID
    username: str
    officer_id: UUID
    is_open: bool
    factors: int
    sessions: int
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """A session as its owner sees it. id: stands for it in addresses, opens nothing."""

    id: str
    device: str
    origin: str
    level: int
    began_at: datetime | None
    used_at: datetime | None
    is_this: bool


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a register, with its source and its age."""

    value: str
    source: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class PopulationFacts(Mapping[str, Value]):
    """What the population register holds, by dotted field name; `notice` says why it is empty.

    Lists (children) are numbered: ``children.0.full_name``.
    """

    values_by_field: Mapping[str, Value] = field(default_factory=dict)
    notice: str = ""

    def __getitem__(self, name: str) -> Value:
        return self.values_by_field[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_field)

    def __len__(self) -> int:
        return len(self.values_by_field)


class PersonNotFound(NotFound):
    sentence = "Không tìm thấy người này."


class NotAtYourDesk(Forbidden):
    """Nobody whom this concerns was found at the desk of who asks."""

    sentence = (
        "Việc này cần người dân có mặt ở quầy của bạn. Bạn tìm người đó ở trang Tiếp nhận tại "
        "quầy bằng thẻ căn cước, rồi làm lại."
    )


class StepUpNeeded(Forbidden):
    """The sign-in is not sure enough for this act; a visit to VNeID can mend it."""


class AssuranceTooLow(StepUpNeeded):
    """The act needs a higher level of identification than the sign-in had."""

    sentence = (
        "Việc này cần tài khoản định danh mức 2. Bạn đang dùng tài khoản mức 1. "
        "Bạn mang thẻ căn cước đến công an phường, xã để nâng lên mức 2, rồi đăng nhập lại."
    )
    next_step = "Trong lúc chờ, bạn nộp được tại bộ phận Một cửa bất kỳ trong Thành phố."


class SignInTooOld(StepUpNeeded):
    """The act needs somebody who has proved a moment ago who they are."""

    sentence = (
        "Việc này cần biết chắc là bạn đang ngồi trước máy. "
        "Lần gần nhất bạn xác nhận với VNeID đã quá 10 phút."
    )
    next_step = "Bạn xác nhận lại với VNeID rồi làm tiếp. Những gì bạn đã nhập vẫn còn."


class SignInRefused(Forbidden):
    """Signing in did not work; the sentence says why and what to do. `reason` is for the ledger."""

    sentence = "Chưa đăng nhập được."

    def __init__(self, message: str = "", *, reason: str = "") -> None:
        super().__init__(message, reason=reason)
        self.reason = reason or self.code


class SignInCancelled(SignInRefused):
    sentence = "Bạn đã chọn không đăng nhập bằng VNeID. Bạn bấm lại nếu muốn đăng nhập."


class SignInExpired(SignInRefused):
    """The state is not of this session, or older than ten minutes, or used before."""

    sentence = (
        "Lượt đăng nhập này đã hết hạn, đã dùng rồi, hoặc mở từ trình duyệt khác. "
        "Bạn bấm «Đăng nhập bằng VNeID» để bắt đầu lại."
    )


class CodeRefused(SignInRefused):
    """VNeID did not take the code: expired, or used twice."""

    sentence = (
        "VNeID không nhận mã đăng nhập: mã đã hết hạn hoặc đã dùng. "
        "Bạn bấm «Đăng nhập bằng VNeID» để lấy mã mới."
    )


class AnswerNotTrusted(SignInRefused):
    """Signature, nonce, issuer, audience or time of the identity token does not hold."""

    sentence = (
        "Câu trả lời của VNeID không khớp với lượt đăng nhập này nên chúng tôi không dùng. "
        "Bạn đăng nhập lại. Nếu vẫn gặp, bạn gọi 1022."
    )


class LevelNotReached(SignInRefused):
    """VNeID vouched for less than the act needs."""

    sentence = (
        "VNeID xác nhận bạn ở mức 1, còn việc này cần mức 2. Bạn mang thẻ căn cước đến công an "
        "phường, xã để nâng lên mức 2, rồi đăng nhập lại."
    )


class AnotherAccount(SignInRefused):
    """Somebody else came back from VNeID than the one who went to confirm."""

    sentence = (
        "Bạn vừa xác nhận bằng tài khoản VNeID của người khác. Việc đang làm chưa được gửi. "
        "Bạn xác nhận lại bằng đúng tài khoản đang đăng nhập."
    )


class VNeIDSilent(SignInRefused):
    """Down, too slow, or its answer cannot be read; the page is one of its own."""

    code = "vneid_silent"

    sentence = "VNeID chưa trả lời."


class WrongNameOrPassword(SignInRefused):
    sentence = "Tên đăng nhập hoặc mật khẩu chưa đúng."


class TooManyAttempts(SignInRefused):
    kind = Kind.TOO_MANY
    sentence = "Bạn đã nhập sai nhiều lần. Bạn chờ 15 phút rồi thử lại, hoặc gọi quản trị viên."


class AccountClosed(SignInRefused):
    sentence = "Tài khoản này đã khóa. Bạn gọi 1022 để biết lý do và cách mở lại."


class TokenNotFound(NotFound):
    sentence = "Không tìm thấy mã truy cập này."


class TokenScopeMissing(Forbidden):
    """The token may only read."""

    sentence = "Mã truy cập này chỉ được đọc. Bạn tạo mã có quyền ghi."


class ContactMalformed(Invalid):
    sentence = "Địa chỉ thư hoặc số điện thoại chưa đúng."


class AccountNotFound(NotFound):
    sentence = "Không tìm thấy tài khoản này."


class WrongCode(SignInRefused):
    """Wrong, too old, or used already: told the same, so that nothing is learned from it."""

    sentence = "Mã chưa đúng hoặc đã dùng. Bạn chờ ứng dụng hiện mã mới rồi nhập lại."


class PasskeyRefused(SignInRefused):
    sentence = (
        "Khóa truy cập này không dùng được ở đây. Bạn thử khóa khác, hoặc đăng nhập bằng mật khẩu."
    )


class LinkToConfirm(Conflict):
    """VNeID's account fits a person the city knows; who signs in has not said yet whether it is

    them. `person_id`: that person.
    """

    sentence = "Bạn cho biết hồ sơ thành phố đang giữ có phải của bạn không."

    def __init__(self, message: str = "", *, person_id: UUID) -> None:
        super().__init__(message)
        self.person_id = person_id


class NotHalfWay(SignInRefused):
    """The password was not given a moment ago in this browser."""

    sentence = "Bước này đã hết hạn. Bạn nhập lại tên đăng nhập và mật khẩu."


class SecondFactorExists(Conflict):
    sentence = "Tài khoản này đã có ứng dụng tạo mã. Bạn gỡ ứng dụng cũ trước."


class LastFactor(Conflict):
    sentence = "Đây là cách xác nhận cuối cùng của bạn. Bạn thêm cách khác trước khi gỡ cách này."


class FactorNotFound(NotFound):
    sentence = "Không tìm thấy cách xác nhận này."


class FactorNameMissing(Invalid):
    sentence = "Bạn đặt tên để sau này còn nhận ra. Ví dụ: Điện thoại cơ quan."


class SessionNotFound(NotFound):
    sentence = "Không tìm thấy phiên đăng nhập này. Có thể phiên đã kết thúc."


class RecoveryNotFound(NotFound):
    sentence = "Không tìm thấy đề nghị cấp lại này."


class RecoveryUnderWay(Conflict):
    sentence = "Tài khoản này đang có một đề nghị cấp lại. Đề nghị đó hết hạn sau 24 giờ."


class RecoveryOver(Conflict):
    sentence = "Đề nghị này đã hết hạn hoặc đã xong. Cán bộ cần đề nghị lại."


class RecoveryNeedsAnother(Forbidden):
    """The asker, the officer it is for and whoever confirmed already are no second pair of eyes."""

    sentence = (
        "Cần một quản trị viên khác xác nhận. Người đề nghị, người được cấp lại và người đã "
        "xác nhận không xác nhận thêm."
    )


class LastAdministrator(Conflict):
    sentence = "Đây là quản trị viên cuối cùng. Bạn giao vị trí cho người khác trước rồi khóa."


class CorrectedElsewhere(Conflict):
    """A copy is not corrected here: the next answer of its source would undo it."""

    sentence = (
        "Thông tin này lấy từ Cơ sở dữ liệu quốc gia về dân cư, nên phải sửa ở đó trước. "
        "Bạn đề nghị công an phường, xã sửa; bản ở đây tự sửa theo."
    )
