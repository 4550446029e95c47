"""Who did what with a message, when."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.alerts.contracts import Ended, Step
from motcua.contexts.alerts.models import Alert
from motcua.contexts.alerts.queries import alerts
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import Actor

ENDS = {
    Ended.EXPIRED: "Hết hiệu lực",
    Ended.REPLACED: "Thay bằng tin mới",
    Ended.CANCELLED: "Bị hủy",
}


def of(code: str, actor: Actor, *, now: datetime) -> tuple[Step, ...]:
    """Of this message and of those before it, oldest first. Raises: AlertNotFound."""
    row = alerts.row(code, actor, now=now)
    chain = [*alerts.before(row), row]
    people = {officer for one in chain for officer in (*one.written_by, one.released_by)}
    known = organisations.officers_by_id([one for one in people if one is not None])
    names = {officer_id: officer.full_name for officer_id, officer in known.items()}
    return tuple(step for one in chain for step in _steps(one, names))


def _steps(row: Alert, names: dict[UUID, str]) -> list[Step]:
    writers = ", ".join(names.get(one, "") for one in row.written_by)
    found = [Step(what=f"{row.code} soạn", who=writers, at=row.drafted_at)]
    if row.released_at is not None:
        who = names.get(row.released_by, "") if row.released_by else ""
        found.append(Step(what=f"{row.code} phát", who=who, at=row.released_at))
    if row.ended_at is not None:
        found.append(Step(what=row.code, who=ENDS[Ended(row.ended_as)], at=row.ended_at))
    return found


def wrote(code: str, actor: Actor, *, now: datetime) -> bool:
    """Whether the actor is one of its writers. Raises: AlertNotFound."""
    return actor.officer_id in alerts.row(code, actor, now=now).written_by
