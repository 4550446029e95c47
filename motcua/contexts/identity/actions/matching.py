"""Merge two rows of one person, and take it back. Only an officer does, never a rule.

Both rows stay as they were: the merged one points to the survivor, readers resolve. So nothing
has to be put back when it was a mistake.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.contracts.matching import (
    UNDECIDED,
    AlreadyDecided,
    AlreadyMerged,
    CandidateNotFound,
    CandidateState,
    Merged,
    ReasonNeeded,
    Unmerged,
)
from motcua.contexts.identity.events import EvidenceAsked
from motcua.contexts.identity.models import MatchCandidate, Person, PersonMerge
from motcua.contexts.identity.queries import matching, people
from motcua.contexts.identity.rules.matching import roots
from motcua.kernel import ledger
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Actor, Role
from motcua.kernel.db import change, insert, owns_transaction, record
from motcua.kernel.events import publish


@owns_transaction
def merge_people(
    candidate_id: UUID,
    *,
    survivor_id: UUID,
    reason: str,
    evidence: str,
    actor: Actor,
    now: datetime,
) -> Merged:
    """Decide that the two rows are one person, and which row is kept in front.

    Raises: WrongRole, CandidateNotFound, AlreadyDecided, AlreadyMerged, ReasonNeeded.
    """
    pair = _open_pair(candidate_id, actor, now)
    if not reason.strip() or not evidence.strip():
        raise ReasonNeeded(field="reason" if not reason.strip() else "evidence")
    if survivor_id not in {pair.first_id, pair.second_id}:
        raise CandidateNotFound
    merged_id = pair.second_id if survivor_id == pair.first_id else pair.first_id
    rows = matching.group_for_update((merged_id, survivor_id))
    if rows[merged_id].merged_into_id or rows[survivor_id].merged_into_id:
        raise AlreadyMerged
    merge = PersonMerge(
        candidate_id=pair.id,
        merged_id=merged_id,
        survivor_id=survivor_id,
        reason=reason.strip(),
        evidence=evidence.strip(),
        merged_at=now,
        merged_by=actor.account_id,
    )
    insert(merge)
    _settle(rows, matching.standing_merges(rows))
    _decide(pair, CandidateState.MERGED, actor, now)
    record(
        action="identity.merge_people",
        subject=str(merge.id),
        actor=actor,
        facts={"merged": str(merged_id), "survivor": str(survivor_id), "reasons": pair.reasons},
    )
    return Merged(merge_id=merge.id, survivor_id=survivor_id)


@owns_transaction
def unmerge_people(merge_id: UUID, *, reason: str, actor: Actor, now: datetime) -> Unmerged:
    """Take a merge back: both rows stand as before it, the pair waits again.

    What was done in the meantime stays where it was done and is counted in the answer.
    Raises: WrongRole, MergeNotFound, ReasonNeeded.
    """
    _may_match(actor)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    merge = matching.merge_row(merge_id)
    merge.undone_at, merge.undone_by, merge.undone_reason = now, actor.account_id, reason.strip()
    change(merge, "undone_at", "undone_by", "undone_reason", expecting={"undone_at": None})
    rows = matching.group_for_update((merge.merged_id, merge.survivor_id))
    _settle(rows, matching.standing_merges(rows))
    pair = MatchCandidate.objects.get(id=merge.candidate_id)
    pair.state, pair.decided_at, pair.decided_by = CandidateState.OPEN, None, None
    change(pair, "state", "decided_at", "decided_by")
    sides = (merge.merged_id, merge.survivor_id)
    done = ledger.counts_since(
        merge.merged_at,
        subjects=[str(one) for one in sides],
        actors=people.account_ids_of(sides),
    )
    record(
        action="identity.unmerge_people",
        subject=str(merge.id),
        actor=actor,
        facts={"merged": str(merge.merged_id), "survivor": str(merge.survivor_id)},
    )
    return Unmerged(merged_id=merge.merged_id, survivor_id=merge.survivor_id, meanwhile=done)


@owns_transaction
def dismiss_candidate(candidate_id: UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    """They are two people. Raises: WrongRole, CandidateNotFound, AlreadyDecided, ReasonNeeded."""
    pair = _open_pair(candidate_id, actor, now)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    pair.note = reason.strip()
    change(pair, "note")
    _decide(pair, CandidateState.DISMISSED, actor, now)
    record(action="identity.dismiss_candidate", subject=str(pair.id), actor=actor)


@owns_transaction
def ask_evidence(candidate_id: UUID, *, what: str, actor: Actor, now: datetime) -> None:
    """Cannot be told yet: whoever of the two has an account hears what to bring.

    Raises: WrongRole, CandidateNotFound, AlreadyDecided, ReasonNeeded.
    """
    pair = _open_pair(candidate_id, actor, now)
    if not what.strip():
        raise ReasonNeeded("Bạn ghi cần giấy tờ gì.", field="reason")
    state = pair.state
    pair.state, pair.note = CandidateState.WAITING, what.strip()
    change(pair, "state", "note", expecting={"state": state})
    asked = people.people_with_account((pair.first_id, pair.second_id))
    for person_id in sorted(asked):
        publish(EvidenceAsked(occurred_at=now, subject=str(person_id), candidate_id=pair.id))
    record(
        action="identity.ask_evidence",
        subject=str(pair.id),
        actor=actor,
        facts={"people": sorted(map(str, asked))},
    )


def _may_match(actor: Actor) -> None:
    if not actor.has(Role.DATA_PROTECTION):
        raise WrongRole("Việc này dành cho: người bảo vệ dữ liệu.")


def _open_pair(candidate_id: UUID, actor: Actor, now: datetime) -> MatchCandidate:
    _may_match(actor)
    pair = matching.candidate(candidate_id, actor, now=now)
    if pair.state not in UNDECIDED:
        raise AlreadyDecided
    return pair


def _decide(pair: MatchCandidate, state: CandidateState, actor: Actor, now: datetime) -> None:
    """Raises (when the statement leaves): Stale, when somebody decided meanwhile."""
    before = pair.state
    pair.state, pair.decided_at, pair.decided_by = state, now, actor.account_id
    change(pair, "state", "decided_at", "decided_by", expecting={"state": before})


def _settle(rows: Mapping[UUID, Person], merges: Mapping[UUID, UUID]) -> None:
    """Write down which row each of the group resolves to, from the merges that stand."""
    stands_for = roots(rows, merges)
    for person_id, person in rows.items():
        root = stands_for[person_id]
        person.merged_into_id = None if root == person_id else root
        person.also = sorted(
            str(one) for one, its_root in stands_for.items() if its_root == person_id != one
        )
        change(person, "merged_into", "also")
