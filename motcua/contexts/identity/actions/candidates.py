"""Propose pairs of rows that may be one person. Proposing changes nothing about anybody."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.contracts.matching import CandidateState, MatchProposed, MatchReason
from motcua.contexts.identity.models import MatchCandidate, Person
from motcua.contexts.identity.queries import matching
from motcua.kernel.actors import Actor
from motcua.kernel.db import change, insert, joins_transaction, owns_transaction, record

MOST = 10  # of one row; a number that many bear was typed carelessly, and no list would help


@joins_transaction
def note_candidates(person: Person, *, now: datetime) -> int:
    """Pairs of this row with those that share a number (ever) or name and birth date."""
    reasons: dict[UUID, list[MatchReason]] = {}
    for reason, found in (
        (MatchReason.SAME_NUMBER, matching.sharing_number(person)),
        (MatchReason.SAME_NAME_AND_BIRTH, matching.sharing_name_and_birth(person)),
    ):
        for other in found:
            reasons.setdefault(other, []).append(reason)
    known = matching.paired_with(person.id) if reasons else frozenset()
    fresh = [other for other in reasons if other not in known][:MOST]
    for other in fresh:
        insert(
            MatchCandidate(
                first_id=other,
                second_id=person.id,
                reasons=[str(reason) for reason in reasons[other]],
                state=CandidateState.OPEN,
                found_at=now,
            )
        )
    return len(fresh)


@joins_transaction
def add_match(
    first_id: UUID,
    second_id: UUID,
    *,
    reasons: Iterable[MatchReason],
    actor: Actor,
    now: datetime,
) -> UUID:
    """The pair of these rows with these reasons, found or new.

    A pair that was judged to be two people is opened again by a reason it did not have.
    """
    wanted = {str(reason) for reason in reasons}
    row = matching.pair_of(first_id, second_id)
    if row is None:
        row = MatchCandidate(
            first_id=first_id,
            second_id=second_id,
            reasons=sorted(wanted),
            state=CandidateState.OPEN,
            found_at=now,
        )
        insert(row)
    elif fresh := wanted - set(row.reasons):
        row.reasons = sorted({*row.reasons, *fresh})
        if row.state == CandidateState.DISMISSED:
            row.state, row.decided_at, row.decided_by = CandidateState.OPEN, None, None
        change(row, "reasons", "state", "decided_at", "decided_by")
    record(
        action="identity.propose_match",
        subject=str(row.id),
        actor=actor,
        facts={"reasons": row.reasons},
    )
    return row.id


@owns_transaction
def propose_match(
    first_id: UUID,
    second_id: UUID,
    *,
    reasons: Iterable[MatchReason],
    actor: Actor,
    now: datetime,
) -> MatchProposed:
    """`add_match` for callers outside an action."""
    return MatchProposed(id=add_match(first_id, second_id, reasons=reasons, actor=actor, now=now))
