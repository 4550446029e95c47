"""Bảng mẫu bộ máy: the tables under data/ as values, read and checked once."""

from dataclasses import dataclass
from datetime import date

from motcua.contexts.organisations.contracts import AgencyKey, Capacity, Purpose, UnitKind
from motcua.kernel.actors import Role

Row = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One [[unit]] of city.toml, areas.toml or communes.toml; texts may hold {placeholders}."""

    code: str
    name: str
    short_name: str
    kind: UnitKind
    parent: str
    staff: str
    address: str
    invented: bool
    since: date | None  # None: from before anything we know
    case_title: str
    kinds: tuple[str, ...]
    keys: tuple[AgencyKey, ...]
    handles: tuple[AgencyKey, ...]
    decides: tuple[AgencyKey, ...]
    levels: tuple[str, ...]
    divisions: tuple["UnitRow", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    role: Role
    title: str
    count: int
    capacity: Capacity | None
    lines: str
    held_with: Role | None  # the holder of that role at the unit holds this post too


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Hours of one unit (by code) or of every unit of a staff group."""

    unit: str
    staff: str
    purpose: Purpose
    shifts: dict[str, list[list[str]]]


@dataclass(frozen=True, slots=True)
class CastRow:
    """A person of the shared cast and the seats that are theirs: unit code, role, number."""

    staff_no: str
    full_name: str
    seats: tuple[tuple[str, Role, int], ...]


@dataclass(frozen=True, slots=True)
class Names:
    family: tuple[str, ...]
    given: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]  # (middle, given) of women, of men


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    city: tuple[UnitRow, ...]
    areas: tuple[UnitRow, ...]
    communes: tuple[UnitRow, ...]
    staff: dict[str, tuple[PostRow, ...]]
    hours: tuple[HoursRow, ...]
    cast: tuple[CastRow, ...]
    names: Names
