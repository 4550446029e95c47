"""Gieo quá khứ: COPY one line per dossier into a staging table, let the server make the rows.

Two connections work side by side, each with chunks of its own; a chunk is one transaction, so a
killed run leaves whole chunks. History is imported, so it has no ledger leaves of its own: the
import is one leaf.
"""

import dataclasses
import functools
import itertools
import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connections

from motcua.config.scale import past, sql
from motcua.config.scale.people import applicants
from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ClockSpec
from motcua.contexts.dossiers.models import Dossier, ShortcomingRow
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitNotCompetent, UnitNotFound
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import TimeUnit, VersionView
from motcua.contexts.reference import public as reference
from motcua.kernel import partitions
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.clock import city_date
from motcua.kernel.console import progress
from motcua.kernel.db import uuid7
from motcua.kernel.fields import Sealed

CHUNK = 10_000
AGENCY = "H29.99"
_HOURS = {
    TimeUnit.HOUR: 1.0,
    TimeUnit.WORKING_DAY: 8.0,
    TimeUnit.CALENDAR_DAY: 5.5,
    TimeUnit.MONTH: 170.0,
    TimeUnit.SAME_DAY_15H: 8.0,
    TimeUnit.RULE_TEXT: 40.0,
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One procedure as history needs it."""

    version: VersionView
    hours: float
    late_share: float
    weight: float
    clock: ClockSpec
    first_step: str


@dataclass(frozen=True, slots=True)
class Place:
    desk: UUID
    authority: UUID
    division: UUID
    calendar: WorkingCalendar


Places = Mapping[tuple[str, str], Place]  # by agency key and ward


class Past:
    """Everything that does not change from dossier to dossier."""

    def __init__(
        self,
        now: datetime,
        *,
        seed: int = 2026,
        people: Sequence[UUID] | None = None,
        places: Callable[[set[str]], Places] | None = None,
        years: float = past.YEARS,
    ) -> None:
        """places: of these agency keys; those of today's communes unless told otherwise."""
        self.now, self.seed = now, seed
        self.today = city_date(now)
        self.kinds = self._kinds()
        keys = {kind.version.agency_key for kind in self.kinds}
        self.places = places(keys) if places else self._places(keys)
        self.calendar = next(iter(self.places.values())).calendar
        self.people = people or applicants(now)
        self.days = past.day_weights(self.today, self.calendar, years=years)
        self.sealed = _sealed_samples()

    def _kinds(self) -> list[Kind]:
        found = []
        for hit in procedures.all_current(self.today):
            if hit.generic or not hit.is_runnable:
                continue
            version = procedures.version(hit.version_id)
            if version.process_id and "COMMUNE" in version.levels:
                found.append(_kind(version, self.today))
        if not found:
            raise LookupError("no runnable procedure: seed the city first")
        return found

    def _places(self, keys: set[str]) -> Places:
        """(agency key, ward) -> the units of a case; busy wards come first."""
        found = {}
        for commune in reference.communes(self.today):
            for key in keys:
                try:
                    desk = organisations.one_stop_desk(commune.code).id
                    competent = organisations.competent_unit(
                        subject="", level="COMMUNE", field=key, ward=commune.code, on=self.today
                    )
                except (UnitNotCompetent, UnitNotFound):  # a small city has not every commune
                    continue
                found[key, commune.code] = Place(
                    desk,
                    competent.authority.id,
                    competent.division.id,
                    organisations.calendar_of(competent.authority.id),
                )
        return found

    def promise(self, kind: Kind, place: Place) -> past.Promise:
        """What the clock of such a case says. It asks nothing: the connection is busy copying."""
        return functools.partial(casework.first_due, kind.clock, place.calendar)

    @property
    def wards(self) -> list[str]:
        return sorted({ward for _key, ward in self.places})


def _kind(version: VersionView, today: date) -> Kind:
    duration = version.durations[0]
    hours = max(_HOURS[duration.unit] * max(duration.value, 1), 4.0)
    late = past.LATE_SHARE.get(version.field_code, past.USUAL_LATE_SHARE)
    assert version.process_id is not None
    clock = sql.clock_of(duration)
    weight = 6.0 if version.field_code in {"ho_tich", "chung_thuc"} else 1.5
    return Kind(version, hours, late, weight, clock, sql.first_step(version.process_id))


def _sealed_samples() -> tuple[bytes, bytes, bytes]:
    """One sealed sheet, secret and shortcoming, the same for all: nobody of history is real."""
    sheet, secret = Dossier._meta.get_field("sheet"), Dossier._meta.get_field("secret")
    words = ShortcomingRow._meta.get_field("words")
    assert isinstance(sheet, Sealed) and isinstance(secret, Sealed) and isinstance(words, Sealed)
    said = {"what": "Tờ khai", "why": "Chưa rõ.", "how": "Bạn gửi lại."}
    return sheet.sealed({}), secret.sealed("LICHSU"), words.sealed(said)


def seed(dossiers: int, *, now: datetime, seed_number: int = 2026) -> int:
    """Write that many dossiers of the past, with a bar. Returns how many were written."""
    return write(Past(now, seed=seed_number), dossiers)


def write(the_past: Past, dossiers: int) -> int:
    now = the_past.now
    partitions.ensure("casework_caseevent", the_past.days[0][0], (now + timedelta(days=40)).date())
    start = sql.reserve_serials(dossiers)
    chunks = [(at, min(CHUNK, dossiers - at), start + at) for at in range(0, dossiers, CHUNK)]
    lock = threading.Lock()

    def write_one(chunk: tuple[int, int, int]) -> int:
        offset, size, serial = chunk
        try:
            write_chunk(the_past, offset, size, serial)
        finally:
            connections["default"].close()
        with lock:
            bar.update(size)
        return size

    with (
        progress(total=dossiers, label="Hồ sơ quá khứ") as bar,
        ThreadPoolExecutor(max_workers=2) as pool,
    ):
        written = sum(pool.map(write_one, chunks))
    sql.analyse()
    return written


def write_chunk(the_past: Past, offset: int, size: int, serial: int) -> None:
    """So many dossiers in one transaction; the same offset gives the same past."""
    dice = past.Dice(seed=the_past.seed + offset, days=the_past.days, now=the_past.now)
    sql.copy_and_expand(_lines(the_past, dice, size, serial), the_past.sealed)


def _lines(the_past: Past, dice: past.Dice, size: int, serial: int) -> Iterator[tuple[object, ...]]:
    """One staging line per dossier, in the order of `sql.STAGING`."""
    roll, wards = dice.random, the_past.wards
    weights = list(itertools.accumulate(kind.weight for kind in the_past.kinds))
    ward_weights = list(itertools.accumulate(1.0 + (n * 7919 % 13) / 3 for n in range(len(wards))))
    kinds = roll.choices(the_past.kinds, cum_weights=weights, k=size)
    at_wards = roll.choices(wards, cum_weights=ward_weights, k=size)
    people = roll.choices(the_past.people, k=size)
    clocks = {k.version.id: json.dumps(dataclasses.asdict(k.clock)) for k in the_past.kinds}
    for number, (kind, ward, person) in enumerate(zip(kinds, at_wards, people, strict=True)):
        place = the_past.places.get((kind.version.agency_key, ward))
        if place is None:
            continue
        submitted = dice.submitted_at()
        fate = dice.fate(
            submitted,
            hours=kind.hours,
            late_share=kind.late_share,
            calendar=the_past.calendar,
            promise=the_past.promise(kind, place),
        )
        online = roll.random() < 0.78
        yield (
            uuid7(),
            f"{AGENCY}-{submitted:%Y%m%d}-{(serial + number) % 10_000_000:07d}",
            person,
            kind.version.procedure_code,
            kind.version.field_code,
            "CITY_APP" if online else "COUNTER",
            2 if online else 1,
            kind.version.id,
            kind.version.process_id,
            clocks[kind.version.id],
            place.desk,
            place.authority,
            place.division,
            ward,
            kind.first_step,
            fate.status,
            fate.submitted_at,
            the_past.calendar.add_hours(submitted, 8),
            fate.received_at,
            fate.due_at,
            fate.decided_at,
            fate.returned_at,
            fate.ended_at,
            roll.choices((None, 5, 4, 3, 2), weights=(70, 20, 7, 2, 1))[0]
            if fate.status in {9, 10}
            else None,
        )
