"""Giữ lại lần nhập: what an import did, and every row it could not read."""

from collections.abc import Sequence
from datetime import datetime

from motcua.contexts.procedures.contracts import ImportOutcome, RowRemark
from motcua.contexts.procedures.models import ImportRemark, ImportRun
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction, record

ROWS = 500  # a statement


@owns_transaction
def keep_import(
    file: str,
    outcome: ImportOutcome,
    remarks: Sequence[RowRemark],
    *,
    read: int,
    started_at: datetime,
    by: Actor,
    now: datetime,
) -> None:
    """Keep one run with its remarks, for the administrator who asks what is missing and why."""
    unreadable = sum(remark.unreadable for remark in remarks)
    run = ImportRun.objects.create(
        file=_storable(file)[:200],
        started_at=started_at,
        ended_at=now,
        read=read,
        created=outcome.created,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        reference_only=outcome.reference_only,
        unreadable=unreadable,
    )
    rows = [
        ImportRemark(
            run=run,
            row=remark.row,
            code=_storable(remark.code)[:40],
            why=_storable(remark.why),
            unreadable=remark.unreadable,
        )
        for remark in remarks
    ]
    ImportRemark.objects.bulk_create(rows, batch_size=ROWS)
    facts: dict[str, object] = {"read": read, "unreadable": unreadable}
    record(action="procedures.keep_import", subject=str(run.id), actor=by, facts=facts)


def _storable(text: str) -> str:
    """Foreign text without the one sign that a database does not take."""
    return text.replace("\x00", "")
