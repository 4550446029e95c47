"""Phần của số liệu: one predicate per bucket, for the counts and for the lists behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, Case, Q, Value, When
from django.db.models.functions import TruncDate
from django.db.models.lookups import GreaterThan

from motcua.contexts.casework.contracts import Phase
from motcua.contexts.dossiers.contracts import Bucket, NationalStatus
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitKind
from motcua.kernel.clock import CITY_TZ, city_date, months_later, start_of_day

DECIDED = (NationalStatus.DONE, NationalStatus.RETURNED)
_FIRST = datetime(2000, 1, 1, tzinfo=CITY_TZ)
OTHER_FIELD = "khac"  # stands for dossiers of no field, since "" is the sum of all fields
_ENDED = TruncDate("case__ended_at", tzinfo=CITY_TZ)
_DUE = TruncDate("case__due_at", tzinfo=CITY_TZ)

# On time is compared at date precision; more than one supplement request counts as late
# (Decision 766, facts 2.4).
IS_LATE = Case(
    When(Q(supplements__gt=1) | Q(GreaterThan(_ENDED, _DUE)), then=Value(True)),
    default=Value(False),
    output_field=BooleanField(),
)


@dataclass(frozen=True, slots=True)
class Order:
    """How the list of a bucket is ordered: what has waited longest first, or the newest."""

    column: str
    newest_first: bool = False


ORDERS: Mapping[Bucket, Order] = {
    Bucket.WAITING_RECEPTION: Order("case__receive_due_at"),
    Bucket.LATE_RECEPTION: Order("case__receive_due_at"),
    Bucket.IN_PROCESS: Order("case__opened_at"),
    Bucket.PAUSED: Order("case__opened_at"),
    Bucket.OVERDUE: Order("case__due_at"),
    Bucket.RECEIVED: Order("case__started_at", newest_first=True),
    Bucket.DONE: Order("case__ended_at", newest_first=True),
    Bucket.ON_TIME: Order("case__ended_at", newest_first=True),
    Bucket.LATE: Order("case__ended_at", newest_first=True),
    Bucket.FIRST_RIGHT: Order("case__ended_at", newest_first=True),
    Bucket.ASKED_AGAIN: Order("case__ended_at", newest_first=True),
}
SENT_BACK: Mapping[Bucket, Q] = {
    Bucket.FIRST_RIGHT: Q(asked=0),
    Bucket.ASKED_AGAIN: Q(asked__gte=2),
}  # in either phase; a return from one officer to another is no matter of the applicant
IN_PERIOD = frozenset({Bucket.RECEIVED, Bucket.DONE, Bucket.ON_TIME, Bucket.LATE, *SENT_BACK})


def predicate(bucket: Bucket, *, now: datetime, since: datetime | None) -> Q:
    """Rows annotated with `is_late=IS_LATE`. since: start of the period, for buckets of one."""
    if bucket in IN_PERIOD:
        return of_period(bucket, since)
    return {
        Bucket.WAITING_RECEPTION: Q(case__phase=Phase.INTAKE),
        Bucket.LATE_RECEPTION: Q(case__phase=Phase.INTAKE, case__receive_due_at__lt=now),
        Bucket.IN_PROCESS: Q(case__phase__in=(Phase.RUNNING, Phase.PAUSED)),
        Bucket.PAUSED: Q(case__phase=Phase.PAUSED),
        Bucket.OVERDUE: Q(case__phase=Phase.RUNNING, case__due_at__lt=now),
    }[bucket]


def of_period(bucket: Bucket, since: datetime | None) -> Q:
    """since None: from the first day on."""
    since = since or _FIRST
    if bucket is Bucket.RECEIVED:
        return Q(case__started_at__gte=since)
    done = Q(case__status__in=DECIDED, case__ended_at__gte=since)
    if bucket in SENT_BACK:
        return done & SENT_BACK[bucket]
    return done if bucket is Bucket.DONE else done & Q(is_late=bucket is Bucket.LATE)


def of_unit(unit_id: UUID, *, as_was: bool = False) -> Q:
    """A division answers for what it handles, everybody else for what they decide.

    as_was: without what came from units that passed into it.
    """
    units = units_of(unit_id, as_was=as_was)
    if organisations.unit_by_id(unit_id).kind is UnitKind.DIVISION:
        return Q(case__handling_unit_id__in=units)
    return Q(case__competent_unit_id__in=units)


def units_of(unit_id: UUID, *, as_was: bool) -> frozenset[UUID]:
    """The unit, and in the geography of today all whose work has come to it."""
    return frozenset({unit_id}) if as_was else organisations.with_predecessors([unit_id])


def of_procedure(code: str) -> Q:
    return Q(case__subject_code=code)


def of_field(field: str) -> Q:
    return Q(case__field="" if field == OTHER_FIELD else field)


def month_of(on: date) -> date:
    return on.replace(day=1)


def months_before(month: date, count: int) -> date:
    """The first day of the month that many months earlier."""
    return months_later(month, -count)


def period_start(now: datetime, months: int) -> datetime:
    """The first moment of a period of whole months that ends with the present one."""
    first = months_before(month_of(city_date(now)), months - 1)
    return start_of_day(first)
