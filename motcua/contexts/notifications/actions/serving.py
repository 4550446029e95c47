"""Giao bằng giấy: a notice of the law that reached nobody is brought by the desk."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.notifications import ports, queries
from motcua.contexts.notifications.contracts import (
    PaperAlreadyDone,
    PaperWay,
    PostNumberMissing,
    ServiceNotFound,
)
from motcua.contexts.notifications.models import PaperService
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.db import change, insert, owns_transaction, record


@owns_transaction
def ask_for_paper(*, now: datetime) -> None:
    """Once for each notice, however often the hour strikes."""
    asked = 0
    for notification in queries.unreached_for_update(now):
        unit_id = ports.desk_of(notification.subject)
        if unit_id is None:
            continue
        insert(PaperService(notification=notification, unit_id=unit_id, asked_at=now))
        record(
            action="notifications.ask_for_paper",
            subject=str(notification.id),
            actor=SYSTEM,
            facts={"unit": str(unit_id)},
        )
        asked += 1
    record(
        action="notifications.look_for_unreached", subject="", actor=SYSTEM, facts={"asked": asked}
    )


@owns_transaction
def note_paper(
    paper_id: UUID, *, way: PaperWay, reference: str, actor: Actor, now: datetime
) -> None:
    """Raises: ServiceNotFound, PaperAlreadyDone, PostNumberMissing."""
    row = queries.papers(actor, now=now).filter(id=paper_id).first()
    if row is None:
        raise ServiceNotFound
    if row.done_at is not None:
        raise PaperAlreadyDone
    if way is PaperWay.POST and not reference.strip():
        raise PostNumberMissing
    row.done_at, row.done_by_id = now, actor.account_id
    row.way, row.reference = way, reference.strip()[:40] if way is PaperWay.POST else ""
    change(row, "done_at", "done_by", "way", "reference", expecting={"done_at": None})
    record(
        action="notifications.note_paper",
        subject=str(row.notification_id),
        actor=actor,
        facts={"way": way.value, "reference": row.reference},
    )
