"""Đang xem: who else has a dossier open; noted with the look of who asks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts.desk import Watcher
from motcua.contexts.dossiers.queries.one import dossier_row
from motcua.kernel.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """The version that stands now, and who else has it open."""

    version: int
    watchers: tuple[Watcher, ...]


def look(
    case_id: UUID,
    actor: Actor,
    *,
    standing: int,
    seen: int,
    deciding: bool,
    since: datetime,
    now: datetime,
) -> tuple[Watcher, ...]:
    """Who else looks at a dossier that the policy showed. seen: the version to note for the
    actor, 0 to note nothing; standing: that of now."""
    if actor.officer_id and seen:
        casework.note_look(
            case_id, officer_id=actor.officer_id, version=seen, deciding=deciding, now=now
        )
    found = casework.watchers_of(case_id, standing=standing, since=since, now=now)
    return tuple(one for one in found if one.officer_id != actor.officer_id)


def looking(
    code: str, actor: Actor, *, seen: int, deciding: bool, since: datetime, now: datetime
) -> Looking:
    """The same for an open page that asks again. Raises: DossierNotFound, ReasonNotKept."""
    row = dossier_row(code, actor, now=now)
    version = casework.case_by_id(row.case_id).version
    watchers = look(
        row.case_id,
        actor,
        standing=version,
        seen=min(seen, version),
        deciding=deciding,
        since=since,
        now=now,
    )
    return Looking(version=version, watchers=watchers)
