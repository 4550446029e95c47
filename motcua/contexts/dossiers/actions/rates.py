"""Đúng ngay lần đầu: the worker rolls up how often a dossier was never sent back."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from motcua.contexts.dossiers.contracts import Bucket
from motcua.contexts.dossiers.models import Dossier, RightFirstRow
from motcua.contexts.dossiers.queries import buckets
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import CITY_TZ, city_date

COLUMNS = ("done", "first_right", "asked_again")
Key = tuple[UUID | None, str, date]


@db.owns_transaction
def refresh_rates(*, now: datetime, all_months: bool = False) -> int:
    """Count this and the last month again, or every month. Returns how many rows changed."""
    since = None if all_months else buckets.period_start(now, 2)
    counted = _counted(since)
    rows = RightFirstRow.objects.order_by("id")
    if since is not None:
        rows = rows.filter(month__gte=since.date())
    known = {(row.unit_id, row.procedure_code, row.month): row for row in rows}
    changed = list(_changed(known, counted, now))
    RightFirstRow.objects.bulk_create(
        changed,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["unit_id", "procedure_code", "month"],
        update_fields=[*COLUMNS, "as_of"],
    )
    db.record(
        action="dossiers.refresh_rates",
        subject="rates",
        actor=SYSTEM,
        facts={"rows": len(changed), "all_months": all_months},
    )
    return len(changed)


def _counted(since: datetime | None) -> dict[Key, Counter[str]]:
    """One grouped pass over what was decided; each group is part of four rows."""
    found: dict[Key, Counter[str]] = {}
    for row in _decided(since):
        month = buckets.month_of(city_date(row["month"]))
        numbers = {name: row[name] for name in COLUMNS}
        for unit_id in (None, row["case__competent_unit_id"]):
            for code in ("", row["case__subject_code"]):
                found.setdefault((unit_id, code, month), Counter()).update(numbers)
    return found


def _decided(since: datetime | None) -> Iterable[dict[str, Any]]:
    parts = ("month", "case__competent_unit_id", "case__subject_code")
    rows = Dossier.objects.filter(buckets.of_period(Bucket.DONE, since))
    grouped = rows.annotate(month=TruncMonth("case__ended_at", tzinfo=CITY_TZ)).values(*parts)
    found: QuerySet[Dossier, dict[str, Any]] = grouped.order_by(*parts).annotate(
        done=Count("pk"),
        first_right=Count("pk", filter=buckets.SENT_BACK[Bucket.FIRST_RIGHT]),
        asked_again=Count("pk", filter=buckets.SENT_BACK[Bucket.ASKED_AGAIN]),
    )
    return found


def _changed(
    known: dict[Key, RightFirstRow], counted: dict[Key, Counter[str]], now: datetime
) -> Iterator[RightFirstRow]:
    """In one order, so that two workers never lock crosswise; the whole carries the time."""
    for key in sorted({*known, *counted}, key=str):
        unit_id, code, month = key
        values = {name: counted.get(key, Counter())[name] for name in COLUMNS}
        row = known.get(key)
        same = row is not None and all(getattr(row, name) == values[name] for name in COLUMNS)
        if not same or (unit_id, code) == (None, ""):
            yield RightFirstRow(
                unit_id=unit_id, procedure_code=code, month=month, as_of=now, **values
            )
