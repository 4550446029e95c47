"""Ghi vào diễn biến: what happened around a case and moves nothing."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework.actions.writing import load, write_event
from motcua.kernel.actors import Actor
from motcua.kernel.db import joins_transaction


@joins_transaction
def note_event(
    *,
    case_code: str,
    kind: str,
    actor: Actor,
    now: datetime,
    note: str = "",
    unit_id: UUID | None = None,
    facts: Mapping[str, object] | None = None,
) -> int:
    """One more event, which only the officers see. Returns the version of the case with it.

    The caller has checked that the actor may. Raises: CaseNotFound.
    """
    loaded = load(case_code)
    write_event(
        loaded,
        kind=kind,
        actor=actor,
        now=now,
        note=note,
        visible=False,
        unit_id=unit_id,
        facts=dict(facts or {}),
    )
    return loaded.case.version
