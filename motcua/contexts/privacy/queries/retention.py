"""Questions about retention: what would go, what is held back, what has gone."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.documents import public as documents
from motcua.contexts.privacy.contracts import HoldGround, HoldView, RunView
from motcua.contexts.privacy.models import DisposalRun, Hold, Tombstone
from motcua.contexts.privacy.rules.schedule import cut_off, periods
from motcua.kernel.clock import city_date
from motcua.kernel.holdings import disposals

CAP = 500
RUNS = 30


def held_codes(on: date) -> frozenset[str]:
    """Codes that nothing may be disposed of today."""
    return frozenset(_in_force(on).order_by("code").values_list("code", flat=True))


def _in_force(on: date) -> "QuerySet[Hold]":
    return Hold.objects.filter(lifted_at__isnull=True, until__gte=on)


def preview(now: datetime) -> Mapping[str, int]:
    """How many records of each kind tonight's run would dispose of, counted up to CAP."""
    held = held_codes(city_date(now))
    return {
        kind: len(port.due(cut_off(periods()[kind], now), limit=CAP, without=held))
        for kind, port in disposals().items()
    }


def holds(now: datetime) -> tuple[HoldView, ...]:
    rows = _in_force(city_date(now)).order_by("until", "id")
    return tuple(
        HoldView(
            id=row.id,
            code=row.code,
            ground=HoldGround(row.ground),
            reason=row.reason,
            until=row.until,
            placed_at=row.placed_at,
        )
        for row in rows
    )


def runs() -> tuple[RunView, ...]:
    """The newest first."""
    rows = list(DisposalRun.objects.order_by("-started_at")[:RUNS])
    files = documents.files_by_id([row.certificate_id for row in rows if row.certificate_id])
    urls: dict[UUID | None, str] = {file_id: file.url for file_id, file in files.items()}
    return tuple(_run(row, urls.get(row.certificate_id, "")) for row in rows)


def _run(row: DisposalRun, url: str) -> RunView:
    return RunView(
        code=row.code,
        started_at=row.started_at,
        ended_at=row.ended_at,
        records=row.records,
        certificate_url=url,
    )


def gone_in(run_id: UUID) -> tuple[Tombstone, ...]:
    return tuple(Tombstone.objects.filter(run_id=run_id).order_by("kind", "id"))
