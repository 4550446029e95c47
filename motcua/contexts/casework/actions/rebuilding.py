"""Dựng lại hình chiếu: columns of cases written again from their events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import queries
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """Codes of the cases whose columns did not say what their events say."""

    mended: tuple[str, ...]


@owns_transaction
def rebuild_cases(case_ids: Sequence[UUID], *, actor: Actor, now: datetime) -> Rebuilt:
    """Write what the events say. A case that moves meanwhile refuses the batch: run it again.

    Raises: Stale.
    """
    mended = []
    for case, wrong in queries.deviating(case_ids):
        before = case.version
        for name, value in wrong.items():
            setattr(case, name, value)
        db.change(case, *wrong, expecting={"version": before})
        mended.append(case.code)
    db.record(
        action="casework.rebuild_cases",
        subject=f"{len(case_ids)} cases",
        actor=actor,
        facts={"mended": mended},
    )
    return Rebuilt(mended=tuple(mended))
