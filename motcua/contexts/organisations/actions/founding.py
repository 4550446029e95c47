"""Lập bộ máy: writes a laid-out city in bulk; the same rows however often it runs.

Units, posts, people and competence follow the tables. Who holds a post, and substitutions, are
only added when missing, so that what administrators changed since stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid5

from django.db.models import Model

from motcua.contexts.organisations import adapters
from motcua.contexts.organisations.actions.editions import renew_all
from motcua.contexts.organisations.contracts import ActKind
from motcua.contexts.organisations.models import (
    Competence,
    Officer,
    Post,
    PostHolding,
    Reorganisation,
    ReorganisationLine,
    SigningAuthority,
    Unit,
    UnitCalendar,
)
from motcua.contexts.organisations.rules.city import around_july_2025, plan_city
from motcua.contexts.organisations.rules.plan import CityPlan, uid
from motcua.contexts.organisations.rules.succession import Passing
from motcua.contexts.reference.contracts import TWO_LEVELS_ON
from motcua.kernel.actors import Actor
from motcua.kernel.console import Progress
from motcua.kernel.db import owns_transaction, record

NAMESPACE = UUID("0d9a4bb8-5a55-5d6c-8c7e-2f3f0c8f1e11")  # ids stay the same in every city database
JULY_2025 = "Sắp xếp đơn vị hành chính cấp xã, chính quyền địa phương hai cấp từ 01/07/2025"
BATCH = 1000
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    """How many rows the city was laid out with."""

    units: int
    posts: int
    officers: int
    rulings: int


@owns_transaction
def found_city(
    *, actor: Actor, now: datetime, wards: tuple[str, ...] = (), bar: Progress | None = None
) -> Founded:
    """Write the city with all communes, or with the named ones only.

    bar: told how many rows there are and how many were just written. Needs reference loaded.
    """
    plan = plan_city(adapters.tables(), adapters.places(wards))
    if bar:
        bar.total = plan.size
    writer = _Writer(plan, bar)
    writer.write()
    writer.record_july_2025()
    renew_all(digest="" if wards else adapters.digest())
    founded = Founded(
        units=len(plan.units),
        posts=len(plan.posts),
        officers=len(plan.officers),
        rulings=len(plan.rulings),
    )
    record(
        action="organisations.found_city",
        subject="H29",
        actor=actor,
        facts={"units": founded.units, "posts": founded.posts, "officers": founded.officers},
    )
    return founded


@owns_transaction
def found_eve_of_july_2025(*, actor: Actor, now: datetime) -> Founded:
    """The three provinces on 30 June 2025, for a re-enactment of the next day.

    Into an empty city only. Needs reference loaded.
    """
    eve, _day = around_july_2025(plan_city(adapters.tables(), adapters.places(())))
    write_plan(eve)
    renew_all()
    record(
        action="organisations.found_eve_of_july_2025",
        subject="H29",
        actor=actor,
        facts={"units": len(eve.units)},
    )
    return Founded(units=len(eve.units), posts=0, officers=0, rulings=len(eve.rulings))


def july_2025() -> tuple[CityPlan, tuple[Passing, ...]]:
    """What 1 July 2025 opened, and which old committee passed into which new one."""
    _eve, day = around_july_2025(plan_city(adapters.tables(), adapters.places(())))
    passings = tuple(
        Passing(unit_id(row.old), unit_id(row.new), row.partial, row.takes_work)
        for row in day.passages
    )
    return day, passings


def write_plan(plan: CityPlan, bar: Progress | None = None) -> None:
    """Units, posts, people, competence and hours of a plan; whoever calls renews and records."""
    _Writer(plan, bar).write()


def standing_units() -> dict[str, UUID]:
    """By the uid that a plan would name them with."""
    rows = Unit.objects.order_by("id").values_list("code", "valid_from", "id")
    return {uid(code, since): found for code, since, found in rows}


def unit_id(named: str) -> UUID:
    """named: the uid of a planned unit."""
    return _id("unit", named)


def officer_id(staff_no: str) -> UUID:
    """Sample officers have the same id in every city database."""
    return _id("officer", staff_no)


class _Writer:
    """Turns the plan into rows, parents before children."""

    def __init__(self, plan: CityPlan, bar: Progress | None) -> None:
        self.plan = plan
        self.bar = bar
        self.standing = standing_units()

    def write(self) -> None:
        """Everything but acts."""
        self._units()
        self._posts()
        self._people()
        self._competence()

    def _unit(self, named: str) -> UUID:
        """Of a unit that stands, however it came to be, or of one that the plan makes."""
        return self.standing.get(named) or unit_id(named)

    def _units(self) -> None:
        rows = [
            Unit(
                id=self._unit(unit.uid),
                code=unit.code,
                name=unit.name,
                short_name=unit.short_name,
                kind=unit.kind.value,
                parent_id=self._unit(unit.parent) if unit.parent else None,
                ward_code=unit.ward_code,
                address=unit.address,
                phone=unit.phone,
                invented=unit.invented,
                valid_from=unit.valid_from,
                valid_to=unit.valid_to,
            )
            for unit in self.plan.units
        ]
        names = ("name", "short_name", "kind", "parent", "address", "phone", "invented")
        self._save(rows, names)
        hours = [
            UnitCalendar(
                id=_id("hours", f"{row.unit} {row.purpose}"),
                unit_id=self._unit(row.unit),
                purpose=row.purpose.value,
                shifts=row.shifts,
            )
            for row in self.plan.hours
        ]
        self._save(hours, ("shifts",))

    def _posts(self) -> None:
        posts = [
            Post(
                id=_id("post", post.uid),
                unit_id=self._unit(post.unit),
                role=post.role.value,
                title=post.title,
                rank=post.number,
                valid_from=post.since,
            )
            for post in self.plan.posts
        ]
        self._save(posts, ("title", "rank"))
        signing = [
            SigningAuthority(
                id=_id("signing", post.uid),
                post_id=_id("post", post.uid),
                capacity=post.capacity.value,
                lines=post.lines,
                valid_from=post.since,
            )
            for post in self.plan.posts
            if post.capacity
        ]
        self._save(signing, ())

    def _people(self) -> None:
        officers = [
            Officer(
                id=officer_id(officer.staff_no),
                staff_no=officer.staff_no,
                full_name=officer.full_name,
                email=officer.email,
            )
            for officer in self.plan.officers
        ]
        self._save(officers, ("full_name",))
        holdings = [
            PostHolding(
                id=_id("holding", holding.post),
                post_id=_id("post", holding.post),
                officer_id=officer_id(holding.staff_no),
                valid_from=holding.since,
            )
            for holding in self.plan.holdings
        ]
        self._save(holdings, ())

    def _competence(self) -> None:
        rows = [
            Competence(
                id=_id("ruling", ruling.uid),
                agency_key=ruling.key,
                level=ruling.level,
                ward_code=ruling.ward_code,
                procedure_code=ruling.procedure_code,
                authority_id=self._unit(ruling.authority),
                division_id=self._unit(ruling.division),
                valid_from=ruling.valid_from,
                valid_to=ruling.valid_to,
            )
            for ruling in self.plan.rulings
        ]
        self._save(rows, ("authority", "division"))

    def record_july_2025(self) -> None:
        act = Reorganisation(
            id=_id("act", "2025-07-01"),
            kind=ActKind.MERGER.value,
            title=JULY_2025,
            effective_on=TWO_LEVELS_ON,
            verified=False,
        )
        self._save([act], ())
        lines = [
            ReorganisationLine(
                id=_id("line", f"{passage.old} > {passage.new}"),
                act_id=act.id,
                old_id=self._unit(passage.old),
                new_id=self._unit(passage.new),
                partial=passage.partial,
                takes_work=passage.takes_work,
            )
            for passage in self.plan.passages
        ]
        self._save(lines, ("partial", "takes_work"))

    def _save(self, rows: Sequence[M], update_fields: Sequence[str]) -> None:
        """Insert or refresh by id; with nothing to refresh, what stands stays."""
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            manager = type(batch[0])._default_manager
            if update_fields:
                manager.bulk_create(
                    batch, update_conflicts=True, unique_fields=["id"], update_fields=update_fields
                )
            else:
                manager.bulk_create(batch, ignore_conflicts=True)
            if self.bar:
                self.bar.update(len(batch))


def _id(kind: str, name: str) -> UUID:
    return uuid5(NAMESPACE, f"{kind} {name}")
