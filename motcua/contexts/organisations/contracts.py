"""What organisations hands out: units, competence, holders of posts, and its refusals."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.actors import Role
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class UnitKind(StrEnum):
    """Loại cơ quan, đơn vị."""

    CITY_UBND = "CITY_UBND"  # Ủy ban nhân dân Thành phố
    DEPARTMENT = "DEPARTMENT"  # sở, ban
    ZONE_BOARD = "ZONE_BOARD"  # ban quản lý khu chế xuất, khu công nghiệp
    COMMUNE_UBND = "COMMUNE_UBND"  # Ủy ban nhân dân phường, xã, đặc khu
    ONE_STOP_CITY = "ONE_STOP_CITY"  # trung tâm phục vụ hành chính công thành phố và điểm của nó
    ONE_STOP_COMMUNE = "ONE_STOP_COMMUNE"  # trung tâm phục vụ hành chính công phường, xã
    VERTICAL = "VERTICAL"  # ngành dọc: công an, thuế, bảo hiểm xã hội
    PUBLIC_UNIT = "PUBLIC_UNIT"  # đơn vị sự nghiệp: văn phòng đăng ký đất đai, trường học
    COUNCIL = "COUNCIL"  # Hội đồng nhân dân
    PARTNER = "PARTNER"  # bưu chính, ngân hàng
    DIVISION = "DIVISION"  # phòng chuyên môn


ONE_STOP_KINDS = frozenset({UnitKind.ONE_STOP_CITY, UnitKind.ONE_STOP_COMMUNE})


class AgencyKey(StrEnum):
    """Which kind of division handles a procedure: the key that competence is looked up by."""

    JUSTICE = "JUSTICE"  # hộ tịch, chứng thực
    RESIDENCE_POLICE = "RESIDENCE_POLICE"  # cư trú, căn cước
    CITY_POLICE = "CITY_POLICE"  # việc của Công an Thành phố
    MINISTRY_POLICE = "MINISTRY_POLICE"  # việc của Bộ Công an
    CONSTRUCTION = "CONSTRUCTION"
    PLANNING = "PLANNING"
    TRANSPORT = "TRANSPORT"
    HOUSING = "HOUSING"
    LAND = "LAND"
    LAND_REGISTRY = "LAND_REGISTRY"
    ENVIRONMENT = "ENVIRONMENT"
    AGRICULTURE = "AGRICULTURE"
    ECONOMY = "ECONOMY"  # hộ kinh doanh, doanh nghiệp, hợp tác xã
    FINANCE = "FINANCE"
    INDUSTRY_TRADE = "INDUSTRY_TRADE"
    INDUSTRIAL_ZONES = "INDUSTRIAL_ZONES"
    SCIENCE = "SCIENCE"
    WELFARE = "WELFARE"
    LABOUR = "LABOUR"
    MERIT = "MERIT"  # người có công
    HOME_AFFAIRS = "HOME_AFFAIRS"
    ETHNIC_RELIGION = "ETHNIC_RELIGION"
    EDUCATION = "EDUCATION"
    HEALTH = "HEALTH"
    FOOD_SAFETY = "FOOD_SAFETY"
    CULTURE = "CULTURE"
    TOURISM = "TOURISM"
    INSURANCE = "INSURANCE"
    TAX = "TAX"
    MILITARY = "MILITARY"
    INSPECTION = "INSPECTION"  # khiếu nại, tố cáo, tiếp công dân
    OFFICE = "OFFICE"  # việc chung của văn phòng


class Level(StrEnum):
    """Cấp giải quyết."""

    COMMUNE = "COMMUNE"
    CITY = "CITY"
    MINISTRY = "MINISTRY"


class Purpose(StrEnum):
    """What a calendar is for: counting processing time, or saying when a desk is open."""

    PROCESSING = "PROCESSING"
    OPENING = "OPENING"


class Capacity(StrEnum):
    """Thể thức ký (Decree 30/2020): on whose behalf a signer signs."""

    TM = "TM"  # thay mặt tập thể
    Q = "Q"  # quyền cấp trưởng
    KT = "KT"  # ký thay
    TL = "TL"  # thừa lệnh
    TUQ = "TUQ"  # thừa ủy quyền
    OWN = "OWN"  # người đứng đầu cơ quan theo chế độ thủ trưởng


class ActKind(StrEnum):
    """Sáp nhập, chia tách, đổi tên, chuyển giao, giải thể."""

    MERGER = "MERGER"
    SPLIT = "SPLIT"
    RENAME = "RENAME"
    TRANSFER = "TRANSFER"
    DISSOLUTION = "DISSOLUTION"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitView:
    """A unit as it is in its period. ward_code: of the commune it belongs to, else ""."""

    id: UUID
    code: str
    name: str
    short_name: str
    kind: UnitKind
    parent_id: UUID | None
    ward_code: str
    address: str
    phone: str
    invented: bool
    valid_from: date | None
    valid_to: date | None

    @property
    def is_one_stop(self) -> bool:
        return self.kind in ONE_STOP_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetentView:
    """authority decides and signs; division is where the work is done (may be the same)."""

    authority: UnitView
    division: UnitView


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerView:
    """A civil servant. In a list of holders also: of which post, and for whom."""

    id: UUID
    staff_no: str
    full_name: str
    email: str
    unit_id: UUID | None = None
    role: Role | None = None
    title: str = ""
    substituting_for: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """A post of today and who holds it; nobody: None."""

    id: UUID
    unit_id: UUID
    unit_name: str
    unit_code: str
    role: Role
    title: str
    holder_id: UUID | None


class Lacking(StrEnum):
    """Why nobody of the place itself acts there."""

    VACANT = "VACANT"  # nobody holds the post
    AWAY = "AWAY"  # every holder is away, and no substitute is there
    SUSPENDED = "SUSPENDED"  # every holder is suspended
    UNSIGNED = "UNSIGNED"  # the authority to sign ended
    ENDED = "ENDED"  # the post itself ended


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A place that lacks a person of its own. acting: who does its work meanwhile.

    is_covered: a head who is there does it; else the nearest one is away as well.
    may_be_given: to one of `candidates`.
    """

    unit_id: UUID
    unit_name: str
    role: Role
    lacking: Lacking
    acting: tuple[OfficerView, ...]
    is_covered: bool
    candidates: tuple[OfficerView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutionView:
    """An absence. substitute_id None: the head of the unit takes over."""

    id: UUID
    absent_id: UUID
    absent_name: str
    substitute_id: UUID | None
    substitute_name: str
    valid_from: date
    valid_to: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningView:
    """How an officer signs for an agency: lines above the name, in official order."""

    officer_id: UUID
    full_name: str
    capacity: Capacity
    lines: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActLineView:
    """One old unit passed into a new one by an act; new_code "" when it simply ended."""

    old_code: str
    old_name: str
    new_code: str
    new_name: str
    partial: bool
    takes_work: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActView:
    """A recorded reorganisation. work_passed_at: when nothing open was left in the old units."""

    id: UUID
    kind: ActKind
    title: str
    document: str
    effective_on: date
    verified: bool
    work_passed_at: datetime | None
    lines: tuple[ActLineView, ...]


class OpenWork(StrEnum):
    """What becomes of open dossiers where competence alone moves and no unit ends."""

    STAY = "STAY"  # whoever began them decides them
    MOVE = "MOVE"  # they go over on the day of the act


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Competence that an act gives from one unit to another. "": any of them."""

    agency_key: str
    level: str
    ward_code: str
    procedure_code: str
    old_authority: UUID
    old_division: UUID
    new_authority: UUID
    new_division: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifted:
    """A shift with how many open cases it is about; codes: of the first of them."""

    shift: Shift
    cases: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActText:
    """An act as people write it. passes, opens, rulings: lines, see `rules/act_lines.py`."""

    kind: ActKind
    title: str
    document: str
    effective_on: date
    passes: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    rulings: tuple[str, ...] = ()
    open_work: OpenWork = OpenWork.STAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What an act changes, by ids of units.

    heirs: (old unit, who takes what is open there or None, how many open tasks). unruled:
    (agency key, level, ward) that nobody decides any more. parts: units that go along.
    """

    ended: tuple[UUID, ...]
    opened: tuple[UUID, ...]
    parts: tuple[UUID, ...]
    heirs: tuple[tuple[UUID, UUID | None, int], ...]
    rulings_moved: int
    unruled: tuple[tuple[str, str, str], ...]
    posts_moved: int
    names: tuple[tuple[UUID, str, str], ...]  # id, code, name of every unit above
    shifts: tuple[Shifted, ...] = ()

    def named(self, unit_id: UUID | None) -> tuple[str, str]:
        """Code and name of a unit of this difference; empty for none."""
        return next(((code, name) for one, code, name in self.names if one == unit_id), ("", ""))


class ProposalState(StrEnum):
    WAITING = "WAITING"
    CARRIED_OUT = "CARRIED_OUT"
    DROPPED = "DROPPED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """An act that one administrator wrote and another carries out."""

    id: UUID
    text: ActText
    state: ProposalState
    proposed_by: UUID
    proposed_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    act_id: UUID | None


class ActMalformed(Invalid):
    """mistakes: (field of ActText, sentence)."""

    sentence = "Có dòng chưa đọc được. Bạn sửa các dòng được nêu rồi xem trước lại."

    def __init__(self, mistakes: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(field=mistakes[0][0] if mistakes else None)
        self.mistakes = mistakes


class ActNotFound(NotFound):
    sentence = "Không có quyết định sắp xếp này."


class ProposalNotFound(NotFound):
    sentence = "Không có đề nghị sắp xếp này."


class ProposalDecided(Conflict):
    sentence = "Đề nghị này đã được thi hành hoặc đã bỏ."


class ProposalIsYours(Forbidden):
    sentence = "Bạn đã soạn đề nghị này nên người quản trị khác thi hành."


class UnitNotFound(NotFound):
    sentence = "Không có cơ quan, đơn vị này."


class UnitNotCompetent(Invalid):
    sentence = (
        "Chưa có cơ quan nào được giao giải quyết thủ tục này tại nơi bạn chọn."
        " Bạn chọn phường, xã khác hoặc gọi 1022 để được hướng dẫn."
    )


class NobodyHoldsRole(Invalid):
    sentence = "Đơn vị này chưa có người giữ chức danh cần cho bước này."


class OfficerNotFound(NotFound):
    sentence = "Không có cán bộ, công chức này."


class SubstitutionNotFound(NotFound):
    sentence = "Không có phân công làm thay này."


class NotYourOfficer(Forbidden):
    sentence = (
        "Chỉ người đứng đầu đơn vị của cán bộ này hoặc quản trị viên được phân công làm thay."
    )


class SubstituteIsAbsent(Invalid):
    sentence = "Người làm thay cũng vắng trong thời gian này. Bạn chọn người khác."


class SubstituteIsSelf(Invalid):
    sentence = "Không ai làm thay chính mình. Bạn chọn người khác."


class AlreadyAbsent(Conflict):
    sentence = "Trong thời gian này đã có phân công làm thay. Bạn kết thúc phân công cũ trước."


class NobodyTakesOver(Conflict):
    sentence = "Không còn ai có mặt để làm việc của vị trí này. Bạn chọn người làm thay."


class NotYourUnit(Forbidden):
    sentence = "Chỉ người đứng đầu đơn vị, đơn vị cấp trên hoặc quản trị viên giao vị trí này."


class NotHandedHere(Invalid):
    sentence = (
        "Vị trí này đã hết hạn hoặc hết thẩm quyền ký nên không giao tại đây được."
        " Việc đang mở do người đứng đầu làm."
    )


class WrongDates(Invalid):
    sentence = "Ngày kết thúc phải sau ngày bắt đầu."


class UnitChangedAlready(Conflict):
    sentence = "Đơn vị này đã được sắp xếp lại hoặc không còn hoạt động vào ngày đó."


class WorkNeedsHeir(Invalid):
    """units: their codes."""

    sentence = (
        "Đơn vị được chia, hoặc giải thể khi còn việc, cần nói rõ đơn vị nào nhận việc đang mở."
    )


class PostNotFound(NotFound):
    sentence = "Không có vị trí này."


class PostTaken(Conflict):
    sentence = "Vị trí này đang có người giữ. Người đó thôi giữ trước."


class StaffNumberTaken(Conflict):
    sentence = "Số hiệu cán bộ này đã có."


class UnitByActOnly(Forbidden):
    sentence = (
        "Đơn vị này là cơ quan hoặc đang giải quyết thủ tục. "
        "Chỉ quyết định sắp xếp tổ chức mới đổi được."
    )


class UnitHasParts(Conflict):
    sentence = "Đơn vị này còn đơn vị trực thuộc. Bạn chuyển hoặc đóng các đơn vị đó trước."


class UnitBelowItself(Invalid):
    sentence = "Một đơn vị không thể trực thuộc chính nó."


class PostNeeded(Conflict):
    sentence = "Đây là vị trí cuối cùng làm việc này ở một đơn vị đang giải quyết thủ tục."
