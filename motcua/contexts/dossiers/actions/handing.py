"""Trả kết quả cho người có mặt: known by their card, everything that is ready, at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.dossiers.actions.receiving import in_hand, returned, taken_by
from motcua.contexts.dossiers.contracts.receiving import (
    IdentityNotChecked,
    NothingChosen,
    NotSigned,
    NotTheirs,
)
from motcua.contexts.dossiers.queries import handing as queries
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    codes: tuple[str, ...]


@owns_transaction
def hand_over_all(
    person_id: UUID,
    codes: Sequence[str],
    *,
    identity_seen: bool,
    signed: bool,
    actor: Actor,
    now: datetime,
) -> HandedOver:
    """To whoever stands there: their own results, and those they may receive for another.

    All that were chosen or none. signed: they signed for them, on the paper of this page.
    Raises: NothingChosen, IdentityNotChecked, NotSigned, NotTheirs, DossierNotFound,
    ResultNotReady, ReturnSettled, MandateRefused, NotYourStep.
    """
    if not codes:
        raise NothingChosen(field="codes")
    if not identity_seen:
        raise IdentityNotChecked(field="identity_seen")
    if not signed:
        raise NotSigned(field="signed")
    ready = {one.code: one for one in queries.ready_for(person_id, actor, now=now)}
    if not set(codes) <= ready.keys():
        raise NotTheirs(field="codes")
    for code in codes:
        dossier, row, case = in_hand(code, actor, now)
        if row is not None:
            taken_by(row, dossier, ready[code].mandate_id, actor=actor, now=now)
        mandate = ready[code].mandate_id
        facts: dict[str, object] = {"mandate": str(mandate) if mandate else "", "by": "card"}
        db.record(action="dossiers.hand_over", subject=code, actor=actor, facts=facts)
        returned(case, actor, now)
    return HandedOver(codes=tuple(codes))
