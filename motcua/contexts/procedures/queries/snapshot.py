"""Bản chụp danh mục: what is published, kept in the memory of this process.

Published versions never change, so only *which* versions exist can. A token in the database
changes with every publication; a process looks at it again after `RECHECK_SECONDS`, so that all
processes notice a publication within seconds and a submission costs no query for the catalogue.
"""

import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.procedures.contracts import (
    Hit,
    NotFiled,
    Online,
    Routing,
    Source,
    VersionNotFound,
    VersionState,
    VersionView,
)
from motcua.contexts.procedures.models import (
    NOT_GENERAL,
    CatalogueEdition,
    ClosedForm,
    NationalRecord,
    ProcedureVersion,
    Trial,
)
from motcua.contexts.procedures.rules.national.reading import OTHER_PROVINCE
from motcua.contexts.procedures.rules.versions import view_of
from motcua.kernel.codes import ProcedureCode
from motcua.kernel.text import sort_key

RECHECK_SECONDS = 2.0
VERSIONS_IN_MEMORY = 512
DAYS_IN_MEMORY = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One published version as lists need it."""

    hit: Hit
    number: int
    valid_from: date | None
    valid_to: date | None
    keywords: tuple[str, ...]
    source: Source
    elsewhere: bool  # issued by another province for itself
    official: str = ""  # the name in the national catalogue, when ours is another
    not_filed: NotFiled | None = None
    closed: str = ""  # why its generic form is not taken for now
    results: tuple[str, ...] = ()

    def holds_on(self, on: date) -> bool:
        started = self.valid_from is None or self.valid_from <= on
        return started and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialLine:
    """A version that some communes use for a while."""

    code: str
    version_id: UUID
    wards: frozenset[str]
    starts_on: date
    ends_on: date

    def holds(self, on: date, ward: str) -> bool:
        return ward in self.wards and self.starts_on <= on < self.ends_on


class Snapshot:
    """All published versions of one edition of the catalogue, and what runs on trial."""

    def __init__(
        self, token: UUID | None, lines: tuple[Line, ...], trials: tuple[TrialLine, ...] = ()
    ) -> None:
        self.token = token
        self.lines = lines
        self.trials = {trial.code: trial for trial in trials}
        self.by_code: Mapping[str, tuple[Line, ...]] = _grouped(lines)
        self._in_force: dict[date, tuple[Line, ...]] = {}

    def in_force(self, code: str, on: date) -> Line | None:
        return next((line for line in self.by_code.get(code, ()) if line.holds_on(on)), None)

    def on_trial(self, code: str, on: date, ward: str) -> UUID | None:
        """The version that this commune tries out on that day."""
        trial = self.trials.get(code)
        return trial.version_id if trial and trial.holds(on, ward) else None

    def current(self, on: date) -> tuple[Line, ...]:
        """In force on the day: forms of their own first, then the generic one, then by name.

        Sorting all costs tens of milliseconds, so the last few days asked are kept.
        """
        if on not in self._in_force:
            lines = sorted((line for line in self.lines if line.holds_on(on)), key=_order)
            if len(self._in_force) > DAYS_IN_MEMORY:
                self._in_force.clear()
            self._in_force[on] = tuple(lines)
        return self._in_force[on]


def _order(line: Line) -> tuple[bool, bool, bytes, str]:
    hit = line.hit
    return (not hit.is_runnable, hit.generic, sort_key(hit.name), hit.code)


def _grouped(lines: tuple[Line, ...]) -> dict[str, tuple[Line, ...]]:
    grouped: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        grouped[line.hit.code].append(line)
    return {code: tuple(group) for code, group in grouped.items()}


_lock = threading.Lock()
_snapshot: Snapshot | None = None
_checked_at = 0.0
_versions: OrderedDict[UUID, VersionView] = OrderedDict()


def snapshot() -> Snapshot:
    """What is published, at most `RECHECK_SECONDS` old."""
    global _snapshot, _checked_at
    known = _snapshot
    if known is not None and time.monotonic() - _checked_at < RECHECK_SECONDS:
        return known
    with _lock:
        token = CatalogueEdition.objects.values_list("token", flat=True).filter(id=1).first()
        if _snapshot is None or _snapshot.token != token:
            _snapshot = Snapshot(token, _lines(), _trials())
        _checked_at = time.monotonic()
        return _snapshot


def forget() -> None:
    """Look again at the next question; called after every publication in this process."""
    global _snapshot, _checked_at
    with _lock:
        _snapshot, _checked_at = None, 0.0


def version(version_id: UUID) -> VersionView:
    """The view of one published version, from memory when it was asked before.

    Raises: VersionNotFound.
    """
    view = _versions.get(version_id)
    if view is None:
        view = _read(version_id)
        _keep({version_id: view})
    return view


def versions(version_ids: Iterable[UUID]) -> tuple[VersionView, ...]:
    """The views in that order, those not in memory read together. Raises: VersionNotFound."""
    wanted = tuple(version_ids)
    missing = [one for one in wanted if one not in _versions]
    rows = _published().filter(id__in=missing) if missing else ()
    read = {row.id: _view(row) for row in rows}
    _keep(read)
    known = {one: read.get(one) or version(one) for one in wanted}
    return tuple(known[one] for one in wanted)


def _keep(views: Mapping[UUID, VersionView]) -> None:
    with _lock:
        _versions.update(views)
        while len(_versions) > VERSIONS_IN_MEMORY:
            _versions.popitem(last=False)


def _read(version_id: UUID) -> VersionView:
    row = _published().filter(id=version_id).first()
    if row is None:
        raise VersionNotFound(version=str(version_id))
    return _view(row)


def _published() -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.exclude(state=VersionState.DRAFT.value).only(
        "id", "number", "valid_from", "process_id", "content"
    )


def _view(row: ProcedureVersion) -> VersionView:
    return view_of(
        row.content,
        version_id=row.id,
        number=row.number,
        valid_from=row.valid_from,
        process_id=row.process_id,
    )


def _trials() -> tuple[TrialLine, ...]:
    rows = Trial.objects.filter(ended_at__isnull=True).order_by("id").select_related("procedure")
    return tuple(
        TrialLine(
            code=row.procedure.code,
            version_id=row.version_id,
            wards=frozenset(row.wards),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in rows
    )


def _official_names(codes: Iterable[str]) -> dict[str, str]:
    rows = NationalRecord.objects.filter(code__in=list(codes))
    return dict(rows.values_list("code", "content__name"))


def _lines() -> tuple[Line, ...]:
    rows = list(
        ProcedureVersion.objects.exclude(state__in=NOT_GENERAL)
        .order_by("procedure__code", "number")
        .values_list(
            *("id", "procedure__code", "name", "name_en", "field", "field_code", "levels"),
            *("online", "routing", "is_runnable", "life_events", "number"),
            *("valid_from", "valid_to", "keywords", "source", "agency_key"),
            *("generic", "not_filed", "content__results"),
        )
    )
    ours = {row[1] for row in rows if row[15] != Source.NATIONAL.value}
    official = _official_names(ours)
    closed = dict(ClosedForm.objects.values_list("code", "why"))
    return tuple(
        Line(
            official=official.get(row[1], ""),
            hit=Hit(
                version_id=row[0],
                code=ProcedureCode(row[1]),
                name=row[2],
                name_en=row[3],
                field=row[4],
                field_code=row[5],
                levels=tuple(row[6]),
                online=Online(row[7]),
                routing=Routing(row[8]),
                is_runnable=row[9] and not (row[17] and row[1] in closed),
                generic=row[17],
                life_events=tuple(row[10]),
            ),
            number=row[11],
            valid_from=row[12],
            valid_to=row[13],
            keywords=tuple(row[14]),
            source=Source(row[15]),
            elsewhere=row[16] == OTHER_PROVINCE,
            not_filed=NotFiled(row[18]) if row[18] else None,
            closed=closed.get(row[1], "") if row[17] else "",
            results=tuple(row[19] or ()),
        )
        for row in rows
    )
