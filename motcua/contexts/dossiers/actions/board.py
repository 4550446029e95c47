"""Bảng số liệu: the worker rolls up how it stands, and how the months went."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from motcua.contexts.casework.contracts import OPEN_PHASES
from motcua.contexts.dossiers.contracts import Bucket
from motcua.contexts.dossiers.contracts.reviews import ReviewFinding
from motcua.contexts.dossiers.models import BoardRow, Dossier, ReviewRequest
from motcua.contexts.dossiers.queries import buckets
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitKind
from motcua.contexts.procedures import public as procedures
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import CITY_TZ, city_date

COLUMNS = (
    "waiting_reception", "late_reception", "in_process", "overdue", "paused",
    "received", "on_time", "late", "rated", "stars", "reviews", "upheld",
)  # fmt: skip
ALWAYS_SHOWN = frozenset({
    UnitKind.CITY_UBND, UnitKind.DEPARTMENT, UnitKind.ZONE_BOARD, UnitKind.COMMUNE_UBND,
    UnitKind.VERTICAL,
})  # fmt: skip
FOR_CITIZEN = (ReviewFinding.UPHELD, ReviewFinding.PARTLY)
_REVIEWS = ReviewRequest.objects.filter(dossier=OuterRef("pk"))
Key = tuple[UUID | None, str, date | None]
PARTS = ("case__competent_unit_id", "case__handling_unit_id", "case__field")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """How many rows of the board changed."""

    changed: int


@db.owns_transaction
def refresh_board(*, now: datetime, all_months: bool = False) -> Refreshed:
    """Count again how it stands now and how this and the last month went, or every month.

    Only rows that changed are written, and the present of each unit, which carries the time.
    """
    this = buckets.month_of(city_date(now))
    since = None if all_months else buckets.period_start(now, 2)
    counted = _counted(now, since, this)
    rows = BoardRow.objects.order_by("id")
    if since is not None:
        rows = rows.filter(Q(month=None) | Q(month__gte=since.date()))
    known = {(row.unit_id, row.field, row.month): row for row in rows}
    changed = list(_changed(known, counted, now))
    BoardRow.objects.bulk_create(
        changed,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["unit_id", "field", "month"],
        update_fields=[*COLUMNS, "of_division", "as_of"],
    )
    db.record(
        action="dossiers.refresh_board",
        subject="board",
        actor=SYSTEM,
        facts={"rows": len(changed), "all_months": all_months},
    )
    return Refreshed(changed=len(changed))


def _counted(now: datetime, since: datetime | None, this: date) -> dict[Key, Counter[str]]:
    """Every row of the board with its counts; an agency and a field have one even when idle."""
    found: dict[Key, Counter[str]] = {}
    for month in (None, this):
        for unit_id in (None, *_agencies(now)):
            found[unit_id, "", month] = Counter()
        for field in _fields(now):
            found[None, field, month] = Counter()
    for part in (_standing(now), _received(since), _decided(since)):
        for row in part:
            at = row.get("month")
            month = buckets.month_of(city_date(at)) if at else None
            for unit_id, field in _counts_for(row):
                found.setdefault((unit_id, field, month), Counter()).update(_numbers(row))
    return found


def _numbers(row: Mapping[str, Any]) -> dict[str, int]:
    counts = {name: row[name] for name in COLUMNS if name in row}
    return counts | {"stars": row.get("sum_of_stars") or 0}


def _agencies(now: datetime) -> Iterator[UUID]:
    units = organisations.all_units(city_date(now))
    return (unit.id for unit in units if unit.kind in ALWAYS_SHOWN)


def _fields(now: datetime) -> set[str]:
    """Of what can be filed here: the city's board is as long on its first day as ever after."""
    current = procedures.all_current(city_date(now))
    return {hit.field_code or buckets.OTHER_FIELD for hit in current if hit.is_runnable}


def _counts_for(row: Mapping[str, Any]) -> Iterator[tuple[UUID | None, str]]:
    """The rows of the board that one group is part of: city, who decides, the division."""
    competent, handling, field = (row[name] for name in PARTS)
    units = [None, competent]
    if _is_division(handling):
        units.append(handling)
    return ((unit_id, part) for unit_id in units for part in ("", field or buckets.OTHER_FIELD))


def _is_division(unit_id: UUID | None) -> bool:
    return unit_id is not None and organisations.unit_by_id(unit_id).kind is UnitKind.DIVISION


def _standing(now: datetime) -> Iterable[dict[str, Any]]:
    """One grouped pass over what is open."""

    def count(bucket: Bucket) -> Count:
        return Count("pk", filter=buckets.predicate(bucket, now=now, since=None))

    found: QuerySet[Dossier, dict[str, Any]] = (
        Dossier.objects.filter(case__phase__in=OPEN_PHASES)
        .values(*PARTS)
        .annotate(
            waiting_reception=count(Bucket.WAITING_RECEPTION),
            late_reception=count(Bucket.LATE_RECEPTION),
            in_process=count(Bucket.IN_PROCESS),
            overdue=count(Bucket.OVERDUE),
            paused=count(Bucket.PAUSED),
        )
        .order_by(*PARTS)
    )
    return found


def _received(since: datetime | None) -> Iterable[dict[str, Any]]:
    return _by_month("case__started_at", Bucket.RECEIVED, since).annotate(received=Count("pk"))


def _decided(since: datetime | None) -> Iterable[dict[str, Any]]:
    return _by_month("case__ended_at", Bucket.DONE, since).annotate(
        on_time=Count("pk", filter=Q(is_late=False)),
        late=Count("pk", filter=Q(is_late=True)),
        rated=Count("stars"),
        sum_of_stars=Sum("stars"),
        reviews=Count("pk", filter=Q(Exists(_REVIEWS))),
        upheld=Count("pk", filter=Q(Exists(_REVIEWS.filter(finding__in=FOR_CITIZEN)))),
    )


def _by_month(
    column: str, bucket: Bucket, since: datetime | None
) -> "QuerySet[Dossier, dict[str, Any]]":
    rows = Dossier.objects.annotate(is_late=buckets.IS_LATE)
    wanted = buckets.of_period(bucket, since)
    grouped = rows.filter(wanted).annotate(month=TruncMonth(column, tzinfo=CITY_TZ))
    by_part: QuerySet[Dossier, dict[str, Any]]
    by_part = grouped.values("month", *PARTS).order_by("month", *PARTS)
    return by_part


def _changed(
    known: Mapping[Key, BoardRow], counted: Mapping[Key, Counter[str]], now: datetime
) -> Iterator[BoardRow]:
    """Rows that are new or different, in one order, so that two workers never lock crosswise."""
    for key in sorted({*known, *counted}, key=str):
        unit_id, field, month = key
        counts = counted.get(key, Counter())
        values = {name: counts[name] for name in COLUMNS}
        values["of_division"] = _is_division(unit_id)
        row = known.get(key)
        same = row is not None and all(getattr(row, n) == v for n, v in values.items())
        if not same or (field, month) == ("", None):
            yield BoardRow(unit_id=unit_id, field=field, month=month, as_of=now, **values)
