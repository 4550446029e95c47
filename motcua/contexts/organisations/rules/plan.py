"""Bản vẽ bộ máy: the plain values that a laid-out city is made of, before it is written."""

from dataclasses import dataclass, field
from datetime import date

from motcua.contexts.organisations.contracts import Capacity, Purpose, UnitKind
from motcua.kernel.actors import Role

Shifts = dict[str, list[list[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A commune of today with the old district it lies in, and its old communes."""

    code: str
    full_name: str
    kind: str
    area_code: str
    area_name: str
    predecessors: tuple["OldPlace", ...]

    @property
    def ward(self) -> str:
        """As within a sentence: "phường Sài Gòn"."""
        return self.full_name[0].lower() + self.full_name[1:]


@dataclass(frozen=True, slots=True)
class OldPlace:
    """A commune (Côn Đảo: a district) of before 1 July 2025, whole or a part of it.

    principal: of what is open there, this is where it goes.
    """

    code: str
    full_name: str
    province_code: str
    partial: bool
    principal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedUnit:
    """uid: code and first day, which together name one unit for good."""

    code: str
    name: str
    short_name: str
    kind: UnitKind
    parent: str | None = None  # uid
    ward_code: str = ""
    address: str = ""
    phone: str = ""
    invented: bool = True
    valid_from: date | None
    valid_to: date | None = None

    @property
    def uid(self) -> str:
        return uid(self.code, self.valid_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPost:
    unit: str  # uid
    unit_code: str
    role: Role
    number: int
    title: str
    since: date
    capacity: Capacity | None = None
    lines: str = ""
    held_with: Role | None = None

    @property
    def uid(self) -> str:
        return f"{self.unit} {self.role} {self.number}"


@dataclass(frozen=True, slots=True)
class PlannedOfficer:
    staff_no: str
    full_name: str

    @property
    def email(self) -> str:
        return f"{self.staff_no}@example.vn"


@dataclass(frozen=True, slots=True)
class PlannedHolding:
    post: str  # uid
    staff_no: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRuling:
    key: str
    level: str
    ward_code: str
    authority: str  # uid
    division: str  # uid
    valid_from: date | None
    valid_to: date | None = None
    procedure_code: str = ""

    @property
    def uid(self) -> str:
        whole = f"{self.key} {self.level} {self.ward_code} {self.valid_from}"
        return f"{whole} {self.procedure_code}".rstrip()


@dataclass(frozen=True, slots=True)
class PlannedHours:
    unit: str  # uid
    purpose: Purpose
    shifts: Shifts


@dataclass(frozen=True, slots=True)
class PlannedPassage:
    """An old committee passed into a new one."""

    old: str
    new: str
    partial: bool
    takes_work: bool


@dataclass(slots=True)
class CityPlan:
    """Everything that is to be written; filled step by step by `city.plan_city`."""

    units: list[PlannedUnit] = field(default_factory=list)
    posts: list[PlannedPost] = field(default_factory=list)
    officers: list[PlannedOfficer] = field(default_factory=list)
    holdings: list[PlannedHolding] = field(default_factory=list)
    rulings: list[PlannedRuling] = field(default_factory=list)
    hours: list[PlannedHours] = field(default_factory=list)
    passages: list[PlannedPassage] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many rows it will be, signing rows and the act included."""
        signers = sum(post.capacity is not None for post in self.posts)
        places = len(self.units) + len(self.hours) + len(self.rulings) + len(self.passages)
        people = len(self.posts) + len(self.officers) + len(self.holdings) + signers
        return places + people + 1


def uid(code: str, valid_from: date | None) -> str:
    return f"{code} {valid_from or ''}".rstrip()
