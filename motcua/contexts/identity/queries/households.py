"""Reads of households: one's own, and that of who stands at a desk."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from motcua.contexts.identity.contracts.households import (
    HouseholdNotFound,
    HouseholdView,
    MemberView,
    Relation,
)
from motcua.contexts.identity.models import HouseholdMember
from motcua.contexts.identity.queries import people
from motcua.contexts.identity.queries.policies import HouseholdPolicy
from motcua.contexts.identity.rules import mandates as rules
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date


def standing(person_id: UUID) -> HouseholdMember | None:
    """Where somebody lives now."""
    rows = HouseholdMember.objects.filter(person_id__in=people.group_of([person_id]))
    return rows.filter(valid_to__isnull=True).first()


def member_for_update(member_id: UUID) -> HouseholdMember:
    """Raises: HouseholdNotFound."""
    rows = HouseholdMember.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.filter(id=member_id, valid_to__isnull=True).first()
    if row is None:
        raise HouseholdNotFound
    return row


def standing_for_update(household_id: UUID) -> list[HouseholdMember]:
    """Everybody who lives there now; the head comes first."""
    rows = HouseholdMember.objects.select_for_update().order_by("recorded_at", "id")
    found = list(rows.filter(household_id=household_id, valid_to__isnull=True))
    return sorted(found, key=lambda row: row.relation != Relation.HEAD)


def head_of(household_id: UUID) -> HouseholdMember:
    """Raises: HouseholdNotFound."""
    rows = HouseholdMember.objects.filter(household_id=household_id, valid_to__isnull=True)
    row = rows.filter(relation=Relation.HEAD).first()
    if row is None:
        raise HouseholdNotFound
    return row


def parenthoods(member: HouseholdMember) -> list[tuple[UUID, UUID | None]]:
    """Every head the household has had, with every paper on which this person was a child in it."""
    rows = HouseholdMember.objects.filter(household_id=member.household_id)
    heads = rows.filter(relation=Relation.HEAD).values_list("person_id", flat=True)
    papers = rows.filter(person_id=member.person_id, relation=Relation.CHILD)
    found = set(papers.values_list("evidence_file_id", flat=True)) | {member.evidence_file_id}
    return [(head, file_id) for head in sorted(set(heads)) for file_id in sorted(found, key=str)]


def others_stand(member: HouseholdMember) -> bool:
    rows = HouseholdMember.objects.filter(household_id=member.household_id)
    return rows.filter(valid_to__isnull=True).exclude(id=member.id).exists()


def own(actor: Actor, *, now: datetime) -> HouseholdView | None:
    """Where the actor lives; None when nobody has recorded it."""
    rows = visible(HouseholdMember.objects.all(), actor, HouseholdPolicy, now=now)
    mine = rows.filter(person_id__in=actor.own_ids, valid_to__isnull=True).first()
    return _view(mine.household_id, city_date(now)) if mine else None


def of_person(person_id: UUID, *, now: datetime) -> HouseholdView | None:
    """For the desk at which they stand; the caller has checked that."""
    member = standing(person_id)
    return _view(member.household_id, city_date(now)) if member else None


def _view(household_id: UUID, today: date) -> HouseholdView:
    rows = HouseholdMember.objects.filter(household_id=household_id, valid_to__isnull=True)
    found = list(rows.select_related("person__merged_into").order_by("recorded_at", "id"))
    found.sort(key=lambda row: row.relation != Relation.HEAD)
    head = found[0]
    return HouseholdView(
        id=household_id,
        head_id=head.person_id,
        members=tuple(_member(row, today) for row in found),
    )


def _member(row: HouseholdMember, today: date) -> MemberView:
    person = row.person.merged_into or row.person
    born_on = person.born_on
    is_minor = born_on is not None and today <= rules.last_day_as_child(born_on)
    return MemberView(
        id=row.id,
        person_id=person.id,
        full_name=person.full_name,
        relation=Relation(row.relation),
        since=row.valid_from,
        evidence_note=row.evidence_note,
        is_child=row.relation == Relation.CHILD and is_minor,
    )


def evidence_used(account_id: UUID | None = None) -> Q:
    """Over the table of files: scans that some membership names."""
    rows = HouseholdMember.objects.exclude(evidence_file_id=None)
    if account_id is not None:
        rows = rows.filter(recorded_by=account_id)
    return Q(pk__in=rows.order_by().values("evidence_file_id"))
