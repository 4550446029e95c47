"""Ký nháy: whoever prepares or checks a draft stands for it before its signer does.

Decree 30/2020, Art. 12: the head of the drafting unit answers for the content, whoever checks the
form answers for the form. An initial is no digital signature: it is kept with the digest of what
the draft said, and holds only while it says the same.
"""

from collections.abc import Sequence
from datetime import datetime

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseView, TaskView
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions.results import digest_of, draft_of, initials_on
from motcua.contexts.dossiers.contracts.initials import (
    DraftMoved,
    Initialled,
    InitialView,
    NothingToInitial,
)
from motcua.contexts.dossiers.models import Dossier, DraftInitial
from motcua.contexts.dossiers.queries.initials import may_initial
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import ROLE_NAMES, Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import insert, owns_transaction, record


def draft_to_initial(code: str, *, actor: Actor, now: datetime) -> tuple[str, bytes]:
    """What would be initialled: its digest, and the paper as it stands, without a signer.

    Raises: DossierNotFound, NotYourStep, NothingToInitial, ResultDataMissing.
    """
    dossier, case, _task = _in_hand(code, actor, now)
    return digest_of(dossier, case, now=now), draft_of(dossier, case, None, now=now)


def initials_for(
    codes: Sequence[str], actor: Actor, *, now: datetime
) -> dict[str, tuple[InitialView, ...]]:
    """Who stands for each draft. Raises: DossierNotFound, ReasonNotKept."""
    found = {}
    for code in codes:
        row = queries.dossier_row(code, actor, now=now)
        found[code] = initials_on(row, casework.case_by_id(row.case_id), now=now)
    return found


@owns_transaction
def initial_draft(code: str, seen_digest: str, *, actor: Actor, now: datetime) -> Initialled:
    """Put one's initial to the draft that one has looked at; said again, it stays one.

    Raises: DossierNotFound, NotYourStep, NothingToInitial, DraftMoved.
    """
    dossier, case, task = _in_hand(code, actor, now)
    digest = digest_of(dossier, case, now=now)
    if digest != seen_digest:
        raise DraftMoved
    assert actor.officer_id is not None
    own = DraftInitial.objects.filter(dossier=dossier, officer_id=actor.officer_id, digest=digest)
    if not own.exists():
        full_name, position = _named(task, actor, now)
        insert(
            DraftInitial(
                dossier=dossier,
                officer_id=actor.officer_id,
                full_name=full_name,
                position=position,
                digest=digest,
                at=now,
            )
        )
    record(
        action="dossiers.initial_draft", subject=dossier.code, actor=actor, facts={"sha256": digest}
    )
    return Initialled(code=dossier.code, digest=digest)


def _in_hand(code: str, actor: Actor, now: datetime) -> tuple[Dossier, CaseView, TaskView]:
    """Raises: DossierNotFound, NotYourStep, NothingToInitial."""
    dossier = queries.dossier_row(code, actor, now=now)
    case = casework.case_by_id(dossier.case_id)
    task = queries.check_holds_step(dossier, actor, now=now)
    if not may_initial(case, dossier):
        raise NothingToInitial
    return dossier, case, task


def _named(task: TaskView, actor: Actor, now: datetime) -> tuple[str, str]:
    """Name and post, as they stand today."""
    assert actor.officer_id is not None
    holders = organisations.holders_of(task.unit_id, task.role, city_date(now))
    own = next((one for one in holders if one.id == actor.officer_id), None)
    if own is None:
        own = organisations.officers_by_id([actor.officer_id])[actor.officer_id]
    return own.full_name, own.title or ROLE_NAMES[task.role]
