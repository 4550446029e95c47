"""Bảng kê: what the desk gives the post today, on one paper with two names."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from motcua.contexts.post.actions.custody import POST, desk, pass_all
from motcua.contexts.post.actions.tracking import check_desk, settle
from motcua.contexts.post.contracts import (
    ConsignmentKind,
    ConsignmentMoved,
    ConsignmentState,
    NothingToSend,
    SheetMade,
    TrackingKind,
)
from motcua.contexts.post.models import HandoverSheet, TrackingEvent
from motcua.contexts.post.queries import parcels
from motcua.contexts.post.rules.custody import Passing, names_of
from motcua.kernel.actors import Actor
from motcua.kernel.db import change, insert, owns_transaction, record


@owns_transaction
def make_sheet(unit_id: UUID, ids: Sequence[UUID], *, actor: Actor, now: datetime) -> SheetMade:
    """Lay what goes out on one sheet. Raises: DesksOnly, NothingToSend, ConsignmentMoved."""
    check_desk(unit_id, actor)
    if not ids:
        raise NothingToSend
    sheet = HandoverSheet(unit_id=unit_id, made_at=now, made_by_id=actor.account_id)
    insert(sheet)
    for one in sorted(set(ids)):
        row = parcels.for_update(one)
        fits = row.unit_id == unit_id and row.kind != ConsignmentKind.COLLECT
        if not fits or row.state != ConsignmentState.BOOKED or row.sheet_id:
            raise ConsignmentMoved
        row.sheet = sheet
        change(row, "sheet", expecting={"sheet": None})
    record(
        action="post.make_sheet",
        subject=str(sheet.id),
        actor=actor,
        facts={"consignments": len(set(ids))},
    )
    return SheetMade(id=sheet.id)


@owns_transaction
def close_sheet(sheet_id: UUID, *, gave: str, took: str, actor: Actor, now: datetime) -> None:
    """The postman took what is on it. Raises: SheetNotFound, DesksOnly, ConsignmentMoved,
    NamesNeeded.
    """
    sheet = parcels.sheet_for_update(sheet_id)
    check_desk(sheet.unit_id, actor)
    if sheet.closed_at is not None:
        raise ConsignmentMoved
    sheet.gave_name, sheet.took_name = names_of(gave, took)
    sheet.closed_at = now
    change(sheet, "gave_name", "took_name", "closed_at", expecting={"closed_at": None})
    step = Passing(giver=desk(sheet.unit_id), taker=POST, gave=gave, took=took)
    for row in parcels.on_sheet_for_update(sheet_id):
        number = f"sheet:{sheet_id}"
        insert(
            TrackingEvent(
                consignment=row,
                number=number,
                kind=TrackingKind.TAKEN,
                happened_at=now,
                heard_at=now,
            )
        )
        pass_all(row, step, at=now, actor=actor, now=now)
        settle(row, now=now)
    record(action="post.close_sheet", subject=str(sheet_id), actor=actor)
