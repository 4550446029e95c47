"""Propose pairs of rows that may be one person. Proposing changes nothing about anybody."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.contracts.matching import CandidateState, MatchReason
from motcua.contexts.identity.models import MatchCandidate, Person
from motcua.contexts.identity.queries import matching
from motcua.kernel.db import insert, joins_transaction

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
