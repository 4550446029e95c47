"""Diễn lại 01/07/2025: three provinces become one city of 168 communes, with work under way.

On 30 June 2025 old committees hold open and closed dossiers; the act is foreseen, carried out, open
work follows. Then everything is counted: who was forgotten, which date moved, which sum differs.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from datetime import time as hour
from typing import Any, TypeVar
from uuid import UUID

from django.core.management import call_command
from django.db import connection

from motcua.config.scale import history
from motcua.config.scale.people import applicants
from motcua.contexts.casework import public as casework
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.actions.founding import found_eve_of_july_2025, july_2025
from motcua.contexts.organisations.actions.reorganisation import Reorganise, foresee, reorganise
from motcua.contexts.organisations.contracts import ActKind, UnitKind
from motcua.contexts.reference import public as reference
from motcua.contexts.reference.contracts import TWO_LEVELS_ON
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.period import Period

EVE = datetime(2025, 6, 30, 17, tzinfo=CITY_TZ)
A_SEASON = 0.25  # a short past, so that much of it is under way on the eve
MORNING = datetime.combine(TWO_LEVELS_ON, hour(0, 5), CITY_TZ)
DATES = """
SELECT id::text, receive_due_at::text, due_original::text, due_at::text, extended_to::text
FROM casework_case WHERE phase <> 'ENDED'
"""
TASK_DATES = "SELECT id::text, due_at::text FROM casework_task WHERE state IN ('OPEN', 'WAITING')"
ENDED = """
SELECT count(*), md5(string_agg(id::text || version || competent_unit_id || handling_unit_id
    || receiving_unit_id, ',' ORDER BY id)) FROM casework_case WHERE phase = 'ENDED'
"""
UNITS = """
SELECT unnest(ARRAY[receiving_unit_id, competent_unit_id, handling_unit_id]), count(*)
FROM casework_case WHERE phase <> 'ENDED' GROUP BY 1
"""
SEATS = """
SELECT unit_id, role, count(*) FROM casework_task WHERE state IN ('OPEN', 'WAITING') GROUP BY 1, 2
"""
WARDS = "SELECT ward_code, count(*) FROM dossiers_dossier GROUP BY 1"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Counts, and seconds of each part. Everything named `*_wrong` must be 0."""

    dossiers: int
    open_dossiers: int
    old_units: int
    divided_units: int
    new_units: int
    foreseen_open_tasks: int
    moved_dossiers: int
    moved_tasks: int
    cases_orphaned_wrong: int
    tasks_orphaned_wrong: int
    tasks_without_person_wrong: int
    dates_moved_wrong: int
    projections_wrong: int
    ended_changed_wrong: int
    sum_as_was: int
    sum_as_now: int
    places_as_was: int
    places_as_now: int
    seconds: dict[str, float]

    @property
    def wrong(self) -> dict[str, int]:
        found = {name: int(n) for name, n in asdict(self).items() if name.endswith("_wrong") and n}
        if not self.sum_as_was == self.sum_as_now == self.dossiers:
            found["sums"] = abs(self.sum_as_was - self.sum_as_now) or 1
        return found


class Reenactment:
    """One run, in a database of its own that nothing was seeded into."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def run(self, dossiers: int) -> Report:
        self._timed("prepare", self._prepare)
        self._timed("past", lambda: self._past(dossiers))
        opens, passings = july_2025()
        act = Reorganise(
            kind=ActKind.MERGER,
            title="Diễn lại: sắp xếp đơn vị hành chính từ 01/07/2025",
            document="",
            effective_on=TWO_LEVELS_ON,
            passings=passings,
            opens=opens,
        )
        before = self._told()
        foreseen = self._timed("foresee", lambda: foresee(act, now=EVE))
        self._timed("act", lambda: reorganise(act, actor=SYSTEM, now=EVE))
        cases, tasks = self._timed("follow", _follow)
        after = self._told()
        divided = {passing.old_id for passing in passings if passing.partial}
        was, now = self._geography()
        return Report(
            dossiers=sum(count for _ward, count in _rows(WARDS)),
            open_dossiers=len(before.dates),
            old_units=len({passing.old_id for passing in passings}),
            divided_units=len(divided),
            new_units=len(opens.units),
            foreseen_open_tasks=sum(count for _old, _new, count in foreseen.heirs),
            moved_dossiers=cases,
            moved_tasks=tasks,
            cases_orphaned_wrong=sum(n for unit, n in _rows(UNITS) if not _stands(unit)),
            tasks_orphaned_wrong=sum(n for unit, _r, n in _rows(SEATS) if not _stands(unit)),
            tasks_without_person_wrong=sum(
                n for unit, role, n in _rows(SEATS)
                if not organisations.holders_of(unit, Role(role), TWO_LEVELS_ON)
            ),
            dates_moved_wrong=len(before.dates.items() ^ after.dates.items())
            + len(before.task_dates.items() ^ after.task_dates.items()),
            projections_wrong=self._timed("projections", _deviating),
            ended_changed_wrong=int(before.ended != after.ended),
            sum_as_was=sum(was.values()),
            sum_as_now=sum(now.values()),
            places_as_was=len(was),
            places_as_now=len(now),
            seconds=self.seconds,
        )  # fmt: skip

    def _geography(self) -> tuple[Counter[str], Counter[str]]:
        """Dossiers by the commune they were filed for, and by the commune that it is now."""
        was = Counter(dict(_rows(WARDS)))
        now: Counter[str] = Counter()
        for ward, count in was.items():
            [heir] = [way.new_code for way in reference.successors(ward) if way.principal]
            now[heir] += count
        return was, now

    def _prepare(self) -> None:
        call_command("migrate", verbosity=0)
        call_command("seed_reference")
        found_eve_of_july_2025(actor=SYSTEM, now=EVE)
        call_command("seed_procedures")

    def _past(self, dossiers: int) -> None:
        people = applicants(EVE)
        history.write(
            history.Past(EVE, people=people, places=_old_places, years=A_SEASON), dossiers
        )

    def _told(self) -> "Told":
        return Told(
            dates={row[0]: row[1:] for row in _rows(DATES)},
            task_dates=dict(_rows(TASK_DATES)),
            ended=next(_rows(ENDED)),
        )

    def _timed(self, name: str, work: Callable[[], T]) -> T:
        began = time.perf_counter()
        done = work()
        self.seconds[name] = round(time.perf_counter() - began, 2)
        return done


@dataclass(frozen=True, slots=True)
class Told:
    """What must be the same before and after."""

    dates: dict[str, tuple[Any, ...]]
    task_dates: dict[str, str]
    ended: tuple[Any, ...]


def _rows(sql: str) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        yield from cursor.fetchall()


def _old_places(keys: set[str]) -> history.Places:
    """The committee of an old commune received, handled and decided everything there."""
    found = {}
    for unit in organisations.all_units(EVE.date()):
        if unit.kind is UnitKind.COMMUNE_UBND and unit.ward_code:
            calendar = organisations.calendar_of(unit.id)
            for key in keys:
                found[key, unit.ward_code] = history.Place(unit.id, unit.id, unit.id, calendar)
    return found


def _follow() -> tuple[int, int]:
    cases = tasks = 0
    part = casework.follow_acts(now=MORNING)
    while part.last:
        cases, tasks = cases + part.cases, tasks + part.tasks
        part = casework.follow_acts(after=part.last, now=MORNING)
    return cases, tasks


def _stands(unit_id: UUID) -> bool:
    unit = organisations.unit_by_id(unit_id)
    return Period(unit.valid_from, unit.valid_to).contains(TWO_LEVELS_ON)


def _deviating() -> int:
    """Cases whose columns do not say what their events say, over all of them."""
    return sum(len(casework.deviating_codes(batch)) for batch in casework.case_batches(2000))
