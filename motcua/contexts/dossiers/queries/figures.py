"""Số liệu điều hành: the board from the roll-up, and the dossiers behind each number."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from motcua.contexts.dossiers.contracts import Board, Bucket, Figures, LinePage
from motcua.contexts.dossiers.models import BoardRow, Dossier
from motcua.contexts.dossiers.queries import buckets
from motcua.contexts.dossiers.queries.lines import lines
from motcua.contexts.dossiers.queries.lists import masked, visible_rows
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitKind, UnitView
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import CITY_TZ, city_date

TREND_MONTHS = 24
WHOLE_CITY = "Toàn thành phố"
NOW = ("waiting_reception", "late_reception", "in_process", "overdue", "paused")
PERIOD = ("received", "on_time", "late", "rated", "stars", "reviews", "upheld")
COLUMN_OF = tuple(
    (bucket, bucket.value.lower()) for bucket in Bucket if bucket not in buckets.SENT_BACK
)  # those have a table and a page of their own
HEADS = (Role.DIVISION_HEAD, Role.SIGNER)
Counts = dict[tuple[UUID | None, str], dict[str, int]]


def own_units(actor: Actor) -> tuple[UUID, ...]:
    """The units whose figures this actor answers for."""
    return tuple(dict.fromkeys(p.unit_id for p in actor.posts if p.role in HEADS))


def check_sees_figures(actor: Actor, unit_id: UUID | None) -> None:
    """Raises: WrongRole unless a leader of the city, or the head or signer of this unit."""
    if not actor.has(Role.LEADER) and unit_id not in own_units(actor):
        raise WrongRole("Số liệu này dành cho lãnh đạo thành phố và người đứng đầu đơn vị.")


def board(
    actor: Actor,
    *,
    now: datetime,
    months: int = 1,
    unit_id: UUID | None = None,
    as_was: bool = False,
) -> Board:
    """The leader's page, from the roll-up alone: three queries, however much there is.

    months: whole calendar months, the last of them the present one. unit_id None: the city with
    its units and fields; else that unit with its fields. as_was: what units decided that are no
    more stands under their own names; else under who took over. The sums are the same.
    Raises: WrongRole, UnitNotFound.
    """
    check_sees_figures(actor, unit_id)
    since = buckets.period_start(now, months)
    rows = _rows_of(unit_id, as_was=as_was)
    counts: Counts = {}
    as_of = None
    standing = rows.filter(month=None).order_by("id").values_list("unit_id", "field", "as_of", *NOW)
    for at, field, counted_at, *numbers in standing:
        _add(counts, _stands_for(at, now, as_was), field, dict(zip(NOW, numbers, strict=True)))
        if field == "" and at == unit_id:
            as_of = counted_at
    for (at, field), found in _summed(rows, since.date()).items():
        _add(counts, _stands_for(at, now, as_was), field, found)
    whole = counts.get((unit_id, ""), {})
    rated = whole.get("rated", 0)
    return Board(
        as_of=(as_of or now).astimezone(CITY_TZ),
        period_from=since,
        whole=_figures(unit_id, "", whole),
        by_unit=_by_unit(counts) if unit_id is None else (),
        by_field=_by_field(counts, unit_id),
        months=_trend(unit_id, now, as_was=as_was),
        stars=whole["stars"] / rated if rated else None,
        rated=rated,
        reviews=whole.get("reviews", 0),
        upheld=whole.get("upheld", 0),
    )


def _add(counts: Counts, at: UUID | None, field: str, found: Mapping[str, int]) -> None:
    kept = counts.setdefault((at, field), {})
    for name, number in found.items():
        kept[name] = kept.get(name, 0) + number


def _stands_for(unit_id: UUID | None, now: datetime, as_was: bool) -> UUID | None:
    if unit_id is None or as_was:
        return unit_id
    return organisations.heir_of(unit_id, city_date(now))


def _rows_of(unit_id: UUID | None, *, as_was: bool) -> "QuerySet[BoardRow]":
    if unit_id is not None:
        return BoardRow.objects.filter(unit_id__in=buckets.units_of(unit_id, as_was=as_was))
    return BoardRow.objects.filter(Q(unit_id=None) | Q(field=""), of_division=False)


def _summed(rows: "QuerySet[BoardRow]", since: date) -> Counts:
    summed = rows.filter(month__gte=since).order_by("unit_id", "field")
    found = summed.values_list("unit_id", "field").annotate(*(Sum(name) for name in PERIOD))
    return {
        (unit_id, field): dict(zip(PERIOD, sums, strict=True)) for unit_id, field, *sums in found
    }


def _by_unit(counts: Counts) -> tuple[Figures, ...]:
    """Who decides; divisions have rows too, and are parts of these."""
    units = organisations.units_by_id({unit_id for unit_id, _field in counts if unit_id})
    deciding = [u for u in units.values() if u.kind is not UnitKind.DIVISION]
    return tuple(
        _figures(unit.id, "", counts[unit.id, ""]) for unit in sorted(deciding, key=_by_code)
    )


def _by_code(unit: UnitView) -> str:
    return unit.code


def _by_field(counts: Counts, unit_id: UUID | None) -> tuple[Figures, ...]:
    keys = sorted(field for at, field in counts if at == unit_id and field)
    return tuple(_figures(unit_id, field, counts[unit_id, field]) for field in keys)


def _figures(unit_id: UUID | None, field: str, counts: Mapping[str, int]) -> Figures:
    on_time, late = counts.get("on_time", 0), counts.get("late", 0)
    found = {bucket: counts.get(column, 0) for bucket, column in COLUMN_OF}
    found[Bucket.DONE] = on_time + late
    name = organisations.unit_by_id(unit_id).name if unit_id else WHOLE_CITY
    return Figures(unit_id=unit_id, unit_name=name, field=field, counts=found)


def _trend(
    unit_id: UUID | None, now: datetime, *, as_was: bool
) -> tuple[tuple[str, int, int], ...]:
    """The last two years by month, oldest first; months without a row are zero."""
    this = buckets.month_of(city_date(now))
    first = buckets.months_before(this, TREND_MONTHS - 1)
    whole = Q(unit_id=None) if unit_id is None else Q()
    rows = _rows_of(unit_id, as_was=as_was).filter(whole, field="", month__gte=first)
    summed = rows.values("month").annotate(Sum("on_time"), Sum("late")).order_by("month")
    found = {month: (on_time, late) for month, on_time, late in summed.values_list(
        "month", "on_time__sum", "late__sum")}  # fmt: skip
    wanted = [buckets.months_before(this, back) for back in range(TREND_MONTHS - 1, -1, -1)]
    return tuple((f"{month:%Y-%m}", *found.get(month, (0, 0))) for month in wanted)


def lines_of(
    bucket: Bucket,
    actor: Actor,
    *,
    now: datetime,
    months: int = 1,
    unit_id: UUID | None = None,
    field: str = "",
    procedure: str = "",
    after: str = "",
    limit: int = 50,
    named: bool = False,
    as_was: bool = False,
) -> LinePage:
    """The dossiers that a number counts: the same predicate, a keyset page.

    named: give the applicants' names in full; without it only initials leave this function.
    Raises: WrongRole, UnitNotFound.
    """
    check_sees_figures(actor, unit_id)
    order = buckets.ORDERS[bucket]
    since = buckets.period_start(now, months)
    rows = visible_rows(actor, now).annotate(is_late=buckets.IS_LATE)
    rows = rows.filter(buckets.predicate(bucket, now=now, since=since))
    if unit_id is not None:
        rows = rows.filter(buckets.of_unit(unit_id, as_was=as_was))
    if field:
        rows = rows.filter(buckets.of_field(field))
    if procedure:
        rows = rows.filter(buckets.of_procedure(procedure))
    found = list(_behind(rows, order, after)[: limit + 1])
    shown = lines(found[:limit], now=now)
    return LinePage(
        lines=shown if named else tuple(map(masked, shown)),
        older=_key(found[limit - 1], order) if len(found) > limit else "",
    )


def _behind(rows: "QuerySet[Dossier]", order: buckets.Order, after: str) -> "QuerySet[Dossier]":
    """The rows after the key, in the order of the bucket."""
    sign, beyond = ("-", "lt") if order.newest_first else ("", "gt")
    rows = rows.order_by(f"{sign}{order.column}", f"{sign}pk")
    key = _parsed(after)
    if key is None:
        return rows
    at, last = key
    past = rows.filter(**{f"{order.column}__{beyond}e": at})
    return past.exclude(Q(**{order.column: at}) & ~Q(**{f"pk__{beyond}": last}))


def _key(row: Dossier, order: buckets.Order) -> str:
    at: datetime = getattr(row.case, order.column.removeprefix("case__"))
    return f"{at.timestamp():.6f}_{row.case_id}"


def _parsed(after: str) -> tuple[datetime, UUID] | None:
    """A broken key starts the list again, never an error page."""
    at, _, last = after.partition("_")
    try:
        return datetime.fromtimestamp(float(at), tz=CITY_TZ), UUID(last)
    except (ValueError, OverflowError, OSError):
        return None
