"""Units, competence and calendars, in memory."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from motcua.contexts.organisations.contracts import Purpose, UnitKind, UnitView
from motcua.contexts.organisations.models import (
    Competence,
    Edition,
    ReorganisationLine,
    Unit,
    UnitCalendar,
)
from motcua.contexts.reference import public as reference
from motcua.contexts.reference.contracts import DaysOff
from motcua.kernel.calendar import OFFICE_WEEK, Shift, WorkingCalendar
from motcua.kernel.period import Period
from motcua.kernel.snapshots import Snapshot

EDITION = "structure"
Week = tuple[tuple[int, tuple[Shift, ...]], ...]
OFFICE: Week = tuple(OFFICE_WEEK.items())


@dataclass(frozen=True, slots=True)
class Ruling:
    """One row of competence."""

    procedure_code: str
    authority_id: UUID
    division_id: UUID
    period: Period


@dataclass(frozen=True, slots=True)
class Hours:
    """One row of a unit's calendar."""

    purpose: Purpose
    week: Week
    period: Period


@dataclass(frozen=True, slots=True)
class Structure:
    """Everything about units that changes rarely."""

    by_id: dict[UUID, UnitView]
    by_code: dict[str, tuple[UnitView, ...]]  # oldest first
    children: dict[UUID, tuple[UnitView, ...]]
    committees: dict[str, tuple[UnitView, ...]]  # by ward, oldest first
    rulings: dict[tuple[str, str, str], tuple[Ruling, ...]]  # by key, level, ward
    hours: dict[UUID, tuple[Hours, ...]]
    heirs: dict[UUID, tuple[UUID, date]]  # old unit: who does what is open in it, since when
    predecessors: dict[UUID, tuple[UUID, ...]]  # whose open work has come to a unit
    _calendars: dict[tuple[Week, int], tuple[DaysOff, WorkingCalendar]] = field(
        default_factory=dict
    )

    def ancestry(self, unit_id: UUID) -> tuple[UnitView, ...]:
        """The unit and all units above it, nearest first."""
        found: list[UnitView] = []
        current: UUID | None = unit_id
        while current is not None and current in self.by_id:
            found.append(self.by_id[current])
            current = self.by_id[current].parent_id
        return tuple(found)

    def calendar(self, unit_id: UUID, purpose: Purpose, on: date | None) -> WorkingCalendar:
        """One object per different week, shared by all units that keep it."""
        week = self._week(unit_id, purpose, on)
        days = reference.days_off()
        kept = self._calendars.get((week, id(days)))
        if kept is None:
            name = self.by_id[unit_id].code if unit_id in self.by_id else "city"
            calendar = WorkingCalendar(name, dict(week), days.off, days.made_up)
            kept = (days, calendar)  # keeps the days alive, so that their id stays theirs
            self._calendars[week, id(days)] = kept
        return kept[1]

    def heir(self, unit_id: UUID, on: date) -> UUID:
        """Who does that day what was open in the unit: itself, or the end of its successions."""
        while unit_id in self.heirs and self.heirs[unit_id][1] <= on:
            unit_id = self.heirs[unit_id][0]
        return unit_id

    def _week(self, unit_id: UUID, purpose: Purpose, on: date | None) -> Week:
        for unit in self.ancestry(unit_id):
            for hours in self.hours.get(unit.id, ()):
                fits = hours.period.end is None if on is None else hours.period.contains(on)
                if fits and hours.purpose is purpose:
                    return hours.week
        return OFFICE


def edition(name: str) -> Edition | None:
    return Edition.objects.filter(name=name).first()


def version_of(name: str) -> UUID | None:
    found = edition(name)
    return found.version if found else None


def is_valid(unit: UnitView, on: date) -> bool:
    return Period(unit.valid_from, unit.valid_to).contains(on)


def _load() -> Structure:
    units = [_view(unit) for unit in Unit.objects.order_by("code", "valid_to")]
    by_code, children, committees = defaultdict(list), defaultdict(list), defaultdict(list)
    for unit in units:
        by_code[unit.code].append(unit)
        if unit.kind is UnitKind.COMMUNE_UBND:
            committees[unit.ward_code].append(unit)
        if unit.parent_id is not None:
            children[unit.parent_id].append(unit)
    heirs, before = _heirs(), defaultdict(list)
    for old, (new, _since) in heirs.items():
        before[new].append(old)
    return Structure(
        by_id={unit.id: unit for unit in units},
        by_code={code: tuple(found) for code, found in by_code.items()},
        children={parent: tuple(found) for parent, found in children.items()},
        committees={ward: tuple(found) for ward, found in committees.items()},
        rulings=_rulings(),
        hours=_hours(),
        heirs=heirs,
        predecessors={new: tuple(found) for new, found in before.items()},
    )


def _view(unit: Unit) -> UnitView:
    return UnitView(
        id=unit.id,
        code=unit.code,
        name=unit.name,
        short_name=unit.short_name,
        kind=UnitKind(unit.kind),
        parent_id=unit.parent_id,
        ward_code=unit.ward_code,
        address=unit.address,
        phone=unit.phone,
        invented=unit.invented,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )


def _rulings() -> dict[tuple[str, str, str], tuple[Ruling, ...]]:
    found: defaultdict[tuple[str, str, str], list[Ruling]] = defaultdict(list)
    rows = Competence.objects.order_by("id").values_list(
        "agency_key",
        "level",
        "ward_code",
        "procedure_code",
        "authority_id",
        "division_id",
        "valid_from",
        "valid_to",
    )
    for key, level, ward, procedure, authority, division, start, end in rows:
        ruling = Ruling(procedure, authority, division, Period(start, end))
        found[key, level, ward].append(ruling)
    return {place: tuple(rulings) for place, rulings in found.items()}


def _hours() -> dict[UUID, tuple[Hours, ...]]:
    found: defaultdict[UUID, list[Hours]] = defaultdict(list)
    for row in UnitCalendar.objects.order_by("unit_id", "valid_from"):
        hours = Hours(
            Purpose(row.purpose), _week_of(row.shifts), Period(row.valid_from, row.valid_to)
        )
        found[row.unit_id].append(hours)
    return {unit: tuple(hours) for unit, hours in found.items()}


def _heirs() -> dict[UUID, tuple[UUID, date]]:
    lines = ReorganisationLine.objects.filter(takes_work=True, new__isnull=False)
    rows = lines.order_by("id").values_list("old_id", "new_id", "act__effective_on")
    return {old: (new, on) for old, new, on in rows}


def _week_of(shifts: dict[str, list[list[str]]]) -> Week:
    return tuple(
        (
            int(day),
            tuple(Shift(time.fromisoformat(a), time.fromisoformat(b)) for a, b in shifts[day]),
        )
        for day in sorted(shifts)
    )


snapshot = Snapshot(_load, lambda: version_of(EDITION))
