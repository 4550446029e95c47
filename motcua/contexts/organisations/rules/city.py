"""Bộ máy thành phố mẫu: lays out units, posts, people and competence from tables and places."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b

from motcua.contexts.organisations.contracts import AgencyKey, Level, UnitKind
from motcua.contexts.organisations.rules.plan import (
    CityPlan,
    OldPlace,
    Place,
    PlannedHolding,
    PlannedHours,
    PlannedOfficer,
    PlannedPassage,
    PlannedPost,
    PlannedRuling,
    PlannedUnit,
)
from motcua.contexts.organisations.rules.tables import Names, PostRow, Tables, UnitRow
from motcua.contexts.reference.contracts import TWO_LEVELS_ON
from motcua.kernel.actors import Role

OLD_BRANCHES = {"79": "H29.99", "74": "H09.99", "77": "H06.99"}  # invented below the province
Seat = tuple[str, Role, int]  # unit code, role, number
MARKS = {  # short role names inside staff numbers
    Role.RECEIVER: "tn",
    Role.RETURNER: "tr",
    Role.CASE_OFFICER: "cv",
    Role.DIVISION_HEAD: "tp",
    Role.SIGNER: "ld",
    Role.CLERK: "vt",
    Role.FEE_COLLECTOR: "ph",
    Role.CONSULTED: "yk",
    Role.LEADER: "dh",
    Role.ADMINISTRATOR: "qt",
    Role.AUDITOR: "kt",
    Role.DATA_PROTECTION: "bv",
    Role.ARCHIVIST: "lt",
    Role.CATALOGUE_EDITOR: "sd",
    Role.CATALOGUE_APPROVER: "dd",
}


def plan_city(tables: Tables, places: Sequence[Place]) -> CityPlan:
    """The whole city, or the city with a few communes for a small scene."""
    layout = _Layout(tables)
    for row in tables.city:
        layout.add_agency(row)
    for code, members in _areas(places).items():
        layout.add_area(code, members)
    for place in places:
        layout.add_commune(place)
        layout.add_predecessors(place)
    layout.add_people()
    return layout.plan


def around_july_2025(plan: CityPlan) -> tuple[CityPlan, CityPlan]:
    """The plan as it stood on the eve of 1 July 2025, and what that day opened.

    On the eve nothing knows yet that it will end.
    """
    eve = CityPlan(
        units=[replace(unit, valid_to=None) for unit in plan.units if unit.valid_from is None],
        rulings=[replace(row, valid_to=None) for row in plan.rulings if row.valid_from is None],
    )
    stood = {unit.uid for unit in eve.units}
    eve.hours = [row for row in plan.hours if row.unit in stood]
    day = CityPlan(
        units=[unit for unit in plan.units if unit.uid not in stood],
        posts=plan.posts,
        officers=plan.officers,
        holdings=plan.holdings,
        rulings=[row for row in plan.rulings if row.valid_from is not None],
        hours=[row for row in plan.hours if row.unit not in stood],
        passages=plan.passages,
    )
    return eve, day


class _Layout:
    """Collects the plan. Units are found again by code; old communes stand apart."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.plan = CityPlan()
        self._uids: dict[str, str] = {}
        self._old: set[str] = set()

    def add_agency(self, row: UnitRow) -> None:
        """A city agency with its divisions, competent for the whole city."""
        agency = self._add_unit(row)
        self._rule(row.keys, row.levels, "", agency, agency)
        for number, division_row in enumerate(row.divisions, start=1):
            division = self._add_unit(
                division_row, code=f"{row.code}.{number}", parent=row.code, n=str(number)
            )
            self._rule(division_row.keys, row.levels, "", agency, division)

    def add_area(self, code: str, members: list[Place]) -> None:
        """Branches that serve the communes of one former district."""
        for row in self.tables.areas:
            branch = self._add_unit(row, n=code, area=members[0].area_name)
            for place in members:
                self._rule(row.keys, row.levels, place.code, branch, branch)

    def add_commune(self, place: Place) -> None:
        """A People's Committee with its desk, divisions, police and military command."""
        committee = ""
        for row in self.tables.communes:
            if row.kinds and place.kind not in row.kinds:
                continue
            unit = self._add_unit(row, place=place, full=place.full_name, ward=place.ward)
            committee = committee or unit
            self._rule(row.handles, (Level.COMMUNE,), place.code, committee, unit)
            self._rule(row.decides, (Level.COMMUNE,), place.code, unit, unit)

    def add_predecessors(self, place: Place) -> None:
        """The committees of before 1 July 2025, which decided everything of their commune."""
        for old in place.predecessors:
            unit = _old_committee(old)
            if unit.uid not in self._old:
                self._old.add(unit.uid)
                self.plan.units.append(unit)
                self.plan.rulings.append(_old_ruling(old, unit.uid))
            new = self._uids[f"H29.99.{place.code}"]
            self.plan.passages.append(PlannedPassage(unit.uid, new, old.partial, old.principal))

    def add_people(self) -> None:
        """The cast in its seats, an invented person in every other."""
        names: dict[Seat, tuple[str, str]] = {}
        for member in self.tables.cast:
            for seat in member.seats:
                names[seat] = (member.staff_no, member.full_name)
        known: set[str] = set()
        for post in self.plan.posts:
            seat = (post.unit_code, post.held_with or post.role, post.number)
            staff_no, full_name = names.get(seat) or _invented_person(seat, self.tables.names)
            if staff_no not in known:
                known.add(staff_no)
                self.plan.officers.append(PlannedOfficer(staff_no, full_name))
            self.plan.holdings.append(PlannedHolding(post.uid, staff_no, post.since))

    def _add_unit(
        self,
        row: UnitRow,
        *,
        code: str = "",
        parent: str = "",
        place: Place | None = None,
        **words: str,
    ) -> str:
        words["code"] = place.code if place else ""
        unit_code = code or row.code.format(**words)
        parent_code = parent or row.parent.format(**words)
        unit = PlannedUnit(
            code=unit_code,
            name=row.name.format(**words),
            short_name=(row.short_name or row.name).format(**words),
            kind=row.kind,
            parent=self._uids[parent_code] if parent_code else None,
            ward_code=place.code if place else "",
            address=row.address or _address(place),
            phone=_phone(unit_code),
            invented=row.invented,
            valid_from=row.since,
        )
        self._uids[unit_code] = unit.uid
        self.plan.units.append(unit)
        self._add_posts(unit, row)
        self._add_hours(unit, row)
        return unit.uid

    def _add_posts(self, unit: PlannedUnit, row: UnitRow) -> None:
        counts: dict[Role, int] = {}
        for post_row in self.tables.staff[row.staff]:
            for _ in range(post_row.count):
                number = counts.get(post_row.role, 0)
                counts[post_row.role] = number + 1
                self.plan.posts.append(_post(unit, row, post_row, number))

    def _add_hours(self, unit: PlannedUnit, row: UnitRow) -> None:
        for hours in self.tables.hours:
            if unit.code == hours.unit or row.staff == hours.staff:
                self.plan.hours.append(PlannedHours(unit.uid, hours.purpose, hours.shifts))

    def _rule(
        self,
        keys: Iterable[AgencyKey],
        levels: Sequence[str],
        ward_code: str,
        authority: str,
        division: str,
    ) -> None:
        for key in keys:
            for level in levels:
                self.plan.rulings.append(
                    PlannedRuling(
                        key=key.value,
                        level=str(level),
                        ward_code=ward_code,
                        authority=authority,
                        division=division,
                        valid_from=TWO_LEVELS_ON,
                    )
                )


def _areas(places: Sequence[Place]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(place.area_code, []).append(place)
    return dict(sorted(found.items()))


def _post(unit: PlannedUnit, row: UnitRow, post_row: PostRow, number: int) -> PlannedPost:
    is_case_officer = post_row.role is Role.CASE_OFFICER
    return PlannedPost(
        unit=unit.uid,
        unit_code=unit.code,
        role=post_row.role,
        number=number,
        title=row.case_title if is_case_officer and row.case_title else post_row.title,
        since=row.since or TWO_LEVELS_ON,
        capacity=post_row.capacity,
        lines=post_row.lines,
        held_with=post_row.held_with,
    )


def _old_committee(old: OldPlace) -> PlannedUnit:
    name = old.full_name[0].lower() + old.full_name[1:]
    return PlannedUnit(
        code=f"{OLD_BRANCHES[old.province_code]}.{old.code}",
        name=f"Ủy ban nhân dân {name}",
        short_name=f"UBND {name}",
        kind=UnitKind.COMMUNE_UBND,
        ward_code=old.code if len(old.code) == 5 else "",
        valid_from=None,
        valid_to=TWO_LEVELS_ON,
    )


def _old_ruling(old: OldPlace, unit: str) -> PlannedRuling:
    return PlannedRuling(
        key="",
        level=Level.COMMUNE.value,
        ward_code=old.code,
        authority=unit,
        division=unit,
        valid_from=None,
        valid_to=TWO_LEVELS_ON,
    )


def _invented_person(seat: Seat, names: Names) -> tuple[str, str]:
    """A staff number that tells the seat, and a name drawn from it: the same in every city."""
    unit_code, role, number = seat
    staff_no = f"{unit_code.removeprefix('H29.99.').lower()}-{MARKS[role]}{number + 1}"
    draw = int.from_bytes(blake2b(staff_no.encode(), digest_size=8).digest(), "big")
    draw, side = divmod(draw, len(names.given))
    middles, givens = names.given[side]
    words = []
    for choices in (names.family, middles, givens):
        draw, pick = divmod(draw, len(choices))
        words.append(choices[pick])
    return staff_no, " ".join(words)


def _phone(code: str) -> str:
    """A number of the block kept for invented people and offices."""
    number = int.from_bytes(blake2b(code.encode(), digest_size=4).digest(), "big") % 1000
    return f"0900 000 {number:03d}"


def _address(place: Place | None) -> str:
    return f"{place.full_name}, Thành phố Hồ Chí Minh" if place else "Thành phố Hồ Chí Minh"
