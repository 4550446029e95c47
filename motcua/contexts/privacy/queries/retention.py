"""Questions about retention: what would go, what is held back, what has gone."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.documents import public as documents
from motcua.contexts.privacy.contracts import HoldGround, HoldView, RunView
from motcua.contexts.privacy.models import DisposalRun, Hold, Tombstone
from motcua.contexts.privacy.rules.activities import activities
from motcua.contexts.privacy.rules.schedule import cut_off, kept_for, periods
from motcua.contexts.privacy.rules.words import GROUNDS
from motcua.kernel.clock import city_date
from motcua.kernel.holdings import Ending, disposals, releases

CAP = 500
RUNS = 30


def held_codes(on: date) -> frozenset[str]:
    """Codes that nothing may be disposed of today."""
    return frozenset(_in_force(on).order_by("code").values_list("code", flat=True))


def _in_force(on: date) -> "QuerySet[Hold]":
    return Hold.objects.filter(lifted_at__isnull=True, until__gte=on)


def due(kind: str, now: datetime, *, limit: int, without: Collection[str]) -> Sequence[Ending]:
    """What of a kind may go now: by the schedule, or where people decide by what they decided."""
    release = releases().get(kind)
    if release is not None:
        return release.due(now, limit=limit, without=without)
    return disposals()[kind].due(cut_off(periods()[kind], now), limit=limit, without=without)


def holds_on(codes: Collection[str], *, on: date) -> dict[str, str]:
    """Those of these codes of which nothing may go today, and why in words."""
    rows = _in_force(on).filter(code__in=set(codes)).order_by("code", "placed_at")
    return {code: GROUNDS[ground] for code, ground in rows.values_list("code", "ground")}


def preview(now: datetime) -> Mapping[str, int]:
    """How many records of each kind tonight's run would dispose of, counted up to CAP."""
    held = held_codes(city_date(now))
    return {kind: len(due(kind, now, limit=CAP, without=held)) for kind in disposals()}


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
        files=row.files,
        certificate_url=url,
    )


def held_back(now: datetime) -> tuple[HoldView, ...]:
    """Holds that keep something whose time is over."""
    codes = held_codes(city_date(now))
    past = {
        ending.code
        for kind in disposals()
        for ending in due(kind, now, limit=CAP, without=())
        if ending.code in codes
    }
    return tuple(hold for hold in holds(now) if hold.code in past)


def disposed(codes: Collection[str], *, kind: str) -> dict[str, str]:
    """Code to the run that disposed of it; "" when a person asked for it."""
    rows = Tombstone.objects.filter(kind=kind, code__in=set(codes)).order_by("erased_at", "pk")
    return {code: run or "" for code, run in rows.values_list("code", "run__code")}


def kept_by_law() -> tuple[tuple[str, str, str], ...]:
    """What a run never touches: name, how long, law. No port ends it, or it is kept for ever."""
    ended = set(disposals())
    kinds = [one for one in periods().values() if one.forever]
    going = {period.activity for kind, period in periods().items() if kind in ended}
    rest = [one for one in activities() if one.kept_by_law and one.key not in going]
    return (
        *((one.name, kept_for(one), one.law) for one in kinds),
        *((one.name, one.period, one.law) for one in rest),
    )


def gone_in(run_id: UUID) -> tuple[Tombstone, ...]:
    return tuple(Tombstone.objects.filter(run_id=run_id).order_by("kind", "id"))
