"""Sổ đọc trên web: every request is a scope of reading; what the log says about somebody."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from motcua.kernel import db, reading
from motcua.kernel.access import actor_of, case_in, purpose_in
from motcua.kernel.actors import ActorKind
from motcua.kernel.models import ReadLine
from motcua.kernel.purpose import Purpose
from motcua.kernel.reading import Scope


class ReadLogMiddleware:
    """Stands around all that reads: lines are written before the answer leaves, or it does not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        scope = Scope(address="")
        with reading.within(scope):
            answer = self.get_response(request)
        _write(request, scope)
        if isinstance(answer, StreamingHttpResponse):
            answer.streaming_content = _logged(request, scope, iter(answer))
        return answer


def _write(request: HttpRequest, scope: Scope) -> None:
    found = request.resolver_match
    scope.address = f"{request.method} /{found.route}" if found else request.method or ""
    code = case_in(request) or (str(found.kwargs.get("code", "")) if found else "")
    reading.write_down(scope, actor=actor_of(request), purpose=purpose_in(request), case_code=code)


def _logged(request: HttpRequest, scope: Scope, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """An export reads while it is sent: each piece is logged before it leaves."""
    while True:
        with reading.within(scope):
            chunk = next(chunks, None)
        _write(request, scope)
        if chunk is None:
            return
        yield chunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One line about somebody, for its owner. fields: model and field, as the log has them."""

    id: UUID
    at: datetime
    subject_id: UUID | None
    account_id: UUID | None
    kind: ActorKind
    unit_id: UUID | None
    role: str
    purpose: Purpose
    case_code: str
    address: str
    fields: tuple[str, ...]


def looks_at(
    person_id: UUID,
    *,
    by_machines: bool,
    before: datetime | None,
    limit: int,
    case_code: str = "",
) -> tuple[Look, ...]:
    """Newest first, keyset by time. by_machines: also what the city does by itself."""
    lines = ReadLine.objects.filter(subject_id=person_id)
    if case_code:
        lines = lines.filter(case_code=case_code)
    if not by_machines:
        lines = lines.exclude(actor_kind=ActorKind.SYSTEM)
    if before is not None:
        lines = lines.filter(at__lt=before)
    return tuple(_look(line) for line in lines.order_by("-at", "-id")[:limit])


def look_at(person_id: UUID, line_id: UUID) -> Look | None:
    """The line, if it is about this person."""
    line = ReadLine.objects.filter(subject_id=person_id, id=line_id).first()
    return _look(line) if line else None


def looks_in_hour(account_id: UUID, hour: datetime, *, limit: int) -> tuple[Look, ...]:
    """What one reader read in the hour that begins then, oldest first."""
    lines = ReadLine.objects.filter(
        account_id=account_id, at__gte=hour, at__lt=hour + timedelta(hours=1)
    )
    return tuple(_look(line) for line in lines.order_by("at", "id")[:limit])


def _look(line: ReadLine) -> Look:
    return Look(
        id=line.id,
        at=line.at,
        subject_id=line.subject_id,
        account_id=line.account_id,
        kind=ActorKind(line.actor_kind),
        unit_id=line.unit_id,
        role=line.role,
        purpose=Purpose(line.purpose),
        case_code=line.case_code,
        address=line.address,
        fields=tuple(line.fields),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HourOfReading:
    """How much one officer read in one hour of city time."""

    account_id: UUID
    hour: datetime
    people: int
    lines: int


_HOURS = """
SELECT account_id, date_trunc('hour', at, 'Asia/Ho_Chi_Minh'), count(DISTINCT subject_id), count(*)
FROM kernel_read_line WHERE at >= $1 AND at < $2 AND actor_kind = 'OFFICER'
GROUP BY 1, 2 HAVING count(DISTINCT subject_id) >= $3 ORDER BY 2, 1
"""


def hours_of_reading(since: datetime, until: datetime, *, people: int) -> tuple[HourOfReading, ...]:
    """Hours in which somebody read about at least so many people."""
    return tuple(
        HourOfReading(account_id=account, hour=hour, people=found, lines=lines)
        for account, hour, found, lines in db.read(_HOURS, since, until, people)
    )
