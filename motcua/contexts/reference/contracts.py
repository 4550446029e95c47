"""What reference hands out: administrative units, their succession, days off."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.kernel.errors import NotFound

TWO_LEVELS_ON = date(2025, 7, 1)  # Legal: two levels of local government from 1 July 2025


class AreaLevel(StrEnum):
    """Cấp đơn vị hành chính; districts exist only before 1 July 2025."""

    PROVINCE = "PROVINCE"
    DISTRICT = "DISTRICT"
    COMMUNE = "COMMUNE"


class AreaKind(StrEnum):
    """Loại đơn vị hành chính."""

    THANH_PHO_TW = "THANH_PHO_TW"
    TINH = "TINH"
    THANH_PHO = "THANH_PHO"
    QUAN = "QUAN"
    HUYEN = "HUYEN"
    THI_XA = "THI_XA"
    PHUONG = "PHUONG"
    XA = "XA"
    THI_TRAN = "THI_TRAN"
    DAC_KHU = "DAC_KHU"


class DayKind(StrEnum):
    """Why a day differs from its weekday."""

    HOLIDAY = "HOLIDAY"  # ngày lễ, tết
    COMPENSATED = "COMPENSATED"  # nghỉ bù khi ngày lễ trùng ngày nghỉ hằng tuần
    SWAPPED = "SWAPPED"  # nghỉ hoán đổi
    MADE_UP = "MADE_UP"  # làm bù


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneView:
    """Phường, xã, thị trấn or đặc khu, as it was in its period of validity.

    name: without the kind ("Sài Gòn"); full_name: with it. district_*: of the past, else "".
    """

    code: str
    name: str
    full_name: str
    kind: AreaKind
    province_code: str
    province_name: str
    district_code: str
    district_name: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionView:
    """One old unit passed, whole or in part, into one new unit on a day.

    principal: of several, the one for what names no more than the old unit.
    """

    old_code: str
    old_name: str
    old_district: str
    new_code: str
    new_name: str
    partial: bool
    principal: bool
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A commune of today anywhere in the country, or an old one that passed into it.

    name: of today, with its kind and province: «Phường Hải Châu, TP. Đà Nẵng». old_*: "" for one
    of today; old_name with district and province.
    """

    code: str
    name: str
    in_city: bool
    old_code: str = ""
    old_name: str = ""
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreView:
    """The middle of a commune of today."""

    code: str
    name: str
    lat: float
    lng: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOff:
    """What a working calendar needs; `unconfirmed` days are derived, not announced yet."""

    off: frozenset[date]
    made_up: frozenset[date]
    unconfirmed: frozenset[date]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """A day that differs from its weekday, with its reason and source."""

    on: date
    kind: DayKind
    name: str
    confirmed: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetView:
    """A street in an old district, and the communes of today that lie in it.

    Which of them the street or a house on it belongs to is not known. district: as people say it.
    surely: the words can only mean a street.
    """

    name: str
    district: str
    communes: tuple[CommuneView, ...]
    surely: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetRow:
    """One line of an operator's file of streets."""

    province: str
    district: str
    street: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetRemark:
    """A line that could not be taken, counted from the line after the headings."""

    row: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetsTaken:
    """What an import of streets did. taken: streets that stand now; gone: that stood before."""

    taken: int
    new: int
    gone: int
    remarks: tuple[StreetRemark, ...] = ()


class CommuneNotFound(NotFound):
    sentence = "Không có phường, xã, đặc khu mang mã này vào ngày đó."
