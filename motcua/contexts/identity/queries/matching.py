"""Reads of pairs and merges."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.contexts.identity.contracts.matching import (
    CandidateNotFound,
    CandidateState,
    CandidateView,
    MatchReason,
    MergeNotFound,
    Side,
)
from motcua.contexts.identity.models import MatchCandidate, Person, PersonIdentifier, PersonMerge
from motcua.contexts.identity.queries import people
from motcua.contexts.identity.queries.policies import CandidatePolicy
from motcua.contexts.identity.rules.matching import differences
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.text import fold

PAGE = 30


def sharing_number(person: Person) -> list[UUID]:
    """Others who bear or bore the number of this row."""
    if not person.personal_number:
        return []
    rows = PersonIdentifier.objects.filter(
        value_index__in=people.indexes_of(person.personal_number)
    )
    others = rows.exclude(person_id=person.id).order_by("recorded_at", "id")
    return list(others.values_list("person_id", flat=True))


def sharing_name_and_birth(person: Person) -> list[UUID]:
    if not person.match_key:
        return []
    same = people.match_indexes(person.match_key)
    rows = Person.objects.filter(match_index__in=same).exclude(id=person.id)
    return list(rows.order_by("created_at", "id").values_list("id", flat=True)[:PAGE])


def paired_with(person_id: UUID) -> frozenset[UUID]:
    rows = MatchCandidate.objects.filter(Q(first_id=person_id) | Q(second_id=person_id))
    pairs = rows.values_list("first_id", "second_id")
    return frozenset(one for pair in pairs for one in pair) - {person_id}


def pair_of(one: UUID, other: UUID) -> MatchCandidate | None:
    """The pair of two rows, whichever was known first; locked."""
    either = Q(first_id=one, second_id=other) | Q(first_id=other, second_id=one)
    return MatchCandidate.objects.select_for_update().filter(either).first()


def not_indexed(limit: int) -> list[Person]:
    """Rows from before names were indexed."""
    rows = Person.objects.filter(match_key__isnull=True, born_on_text__isnull=False)
    return list(rows.order_by("id")[:limit])


def _visible(actor: Actor, now: datetime) -> "QuerySet[MatchCandidate]":
    return visible(MatchCandidate.objects.all(), actor, CandidatePolicy, now=now)


def candidate(candidate_id: UUID, actor: Actor, *, now: datetime) -> MatchCandidate:
    """Raises: CandidateNotFound."""
    row = _visible(actor, now).filter(id=candidate_id).first()
    if row is None:
        raise CandidateNotFound
    return row


def merge_row(merge_id: UUID) -> PersonMerge:
    """One that is not undone, locked. Raises: MergeNotFound."""
    rows = PersonMerge.objects.select_for_update().filter(id=merge_id, undone_at__isnull=True)
    row = rows.first()
    if row is None:
        raise MergeNotFound
    return row


def group_for_update(person_ids: tuple[UUID, ...]) -> dict[UUID, Person]:
    """All rows of these people, locked in one order."""
    wanted = people.group_of(person_ids)
    rows = Person.objects.select_for_update().filter(id__in=wanted).order_by("id")
    return {row.id: row for row in rows}


def standing_merges(person_ids: Mapping[UUID, object]) -> dict[UUID, UUID]:
    """Merged -> survivor, of these rows, as decided and not undone."""
    rows = PersonMerge.objects.filter(merged_id__in=list(person_ids), undone_at__isnull=True)
    return dict(rows.values_list("merged_id", "survivor_id"))


def candidates(
    actor: Actor, state: CandidateState, *, now: datetime, before: UUID | None = None
) -> tuple[CandidateView, ...]:
    """Newest first, a page and one more; a fixed number of queries."""
    rows = _visible(actor, now).filter(state=state)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return views_of(list(rows.order_by("-id")[: PAGE + 1]))


def candidate_view(candidate_id: UUID, actor: Actor, *, now: datetime) -> CandidateView:
    """Raises: CandidateNotFound."""
    return views_of([candidate(candidate_id, actor, now=now)])[0]


def evidence_asked(candidate_id: UUID) -> str:
    """What whoever is asked should bring; "" when nothing is asked any more."""
    rows = MatchCandidate.objects.filter(id=candidate_id, state=CandidateState.WAITING)
    row = rows.first()
    return (row.note or "") if row else ""


def views_of(rows: list[MatchCandidate]) -> tuple[CandidateView, ...]:
    ids = {one for row in rows for one in (row.first_id, row.second_id)}
    known = {person.id: person for person in Person.objects.filter(id__in=ids)}
    signed_in = people.people_with_account(ids)
    merges = PersonMerge.objects.filter(candidate__in=rows, undone_at__isnull=True)
    merged = dict(merges.values_list("candidate_id", "id"))
    return tuple(
        CandidateView(
            id=row.id,
            reasons=tuple(MatchReason(reason) for reason in row.reasons),
            state=CandidateState(row.state),
            sides=(
                _side(known[row.first_id], signed_in),
                _side(known[row.second_id], signed_in),
            ),
            differs=differences(_compared(known[row.first_id]), _compared(known[row.second_id])),
            found_at=row.found_at,
            merge_id=merged.get(row.id),
            note=row.note or "",
            decided_at=row.decided_at,
            decided_by=row.decided_by,
        )
        for row in rows
    )


def _side(person: Person, signed_in: frozenset[UUID]) -> Side:
    address = person.address or {}
    return Side(
        person_id=person.id,
        full_name=person.full_name,
        personal_number_masked=people.masked(person.personal_number),
        born_on=person.born_on,
        sex=person.sex or "",
        address_text=address.get("text", ""),
        source=person.source,
        known_since=person.created_at,
        has_account=person.id in signed_in,
    )


def _compared(person: Person) -> dict[str, object]:
    address = person.address or {}
    return {
        "full_name": " ".join(fold(person.full_name).split()),
        "personal_number": person.personal_number,
        "born_on": person.born_on,
        "sex": person.sex,
        "address": fold(address.get("text", "")),
    }
