"""Record a household on paper, replace its head, take somebody out, act for a child of the head."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.contexts.identity.actions.mandates import end_parenthood, give_on_evidence
from motcua.contexts.identity.contracts import PersonNotFound
from motcua.contexts.identity.contracts.households import (
    NOT_OF_IT,
    RELATION_NAMES,
    AddMember,
    AlreadyInHousehold,
    HeadLeavesLast,
    HeadNotHere,
    HouseholdNotFound,
    MemberMalformed,
    MemberRef,
    NotTheHead,
    Relation,
    ReplaceHead,
)
from motcua.contexts.identity.contracts.mandates import MandateGivenRef, NotYoursToGive
from motcua.contexts.identity.models import Household, HouseholdMember
from motcua.contexts.identity.queries import households, people, serving
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import change, insert, joins_transaction, owns_transaction, record


@owns_transaction
def add_member(told: AddMember, *, actor: Actor, now: datetime) -> MemberRef:
    """Somebody lives in the household of a head at the desk; the first makes the household.

    Raises: WrongRole, NotAtYourDesk, MemberMalformed, NotTheHead, AlreadyInHousehold.
    """
    if not actor.has(Role.RECEIVER):
        raise WrongRole("Việc này dành cho: cán bộ tiếp nhận.")
    serving.require_at_desk(actor, (told.head_id,), now=now)
    head_id, person_id = people.person_row(told.head_id).id, people.person_row(told.person_id).id
    if told.relation is Relation.HEAD or head_id == person_id:
        raise MemberMalformed("Chủ hộ là người ở quầy. Bạn chọn quan hệ khác.", field="relation")
    if not told.evidence_note.strip() or told.evidence_file_id is None:
        raise MemberMalformed("Bạn quét giấy đã xem và ghi tên, số của giấy.", field="evidence")
    if households.standing(person_id) is not None:
        raise AlreadyInHousehold(field="number")
    household_id = _household_of(head_id, told, actor, now)
    member = _member(household_id, person_id, told.relation, told, actor, now)
    record(
        action="identity.add_member",
        subject=str(household_id),
        actor=actor,
        facts={"person": str(person_id), "relation": told.relation},
    )
    return MemberRef(id=member.id, household_id=household_id)


def _household_of(head_id: UUID, told: AddMember, actor: Actor, now: datetime) -> UUID:
    """Raises: NotTheHead."""
    standing = households.standing(head_id)
    if standing is not None:
        if standing.relation != Relation.HEAD:
            raise NotTheHead
        return standing.household_id
    household = Household(recorded_at=now, recorded_by=actor.account_id)
    insert(household)
    _member(household.id, head_id, Relation.HEAD, told, actor, now)
    return household.id


def _member(
    household_id: UUID,
    person_id: UUID,
    relation: Relation,
    told: AddMember | ReplaceHead,
    actor: Actor,
    now: datetime,
) -> HouseholdMember:
    member = HouseholdMember(
        household_id=household_id,
        person_id=person_id,
        relation=relation,
        valid_from=city_date(now),
        evidence_note=told.evidence_note.strip(),
        evidence_file_id=told.evidence_file_id,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    insert(member)
    return member


@owns_transaction
def replace_head(told: ReplaceHead, *, actor: Actor, now: datetime) -> MemberRef:
    """Another member is the head from today; who is who to them begins anew, the past stays.

    Raises: WrongRole, NotAtYourDesk, HouseholdNotFound, MemberMalformed, HeadNotHere.
    """
    if not actor.has(Role.RECEIVER):
        raise WrongRole("Việc này dành cho: cán bộ tiếp nhận.")
    serving.require_at_desk(actor, (told.person_id,), now=now)
    if not told.evidence_note.strip() or told.evidence_file_id is None:
        raise MemberMalformed("Bạn quét giấy đã xem và ghi tên, số của giấy.", field="evidence")
    present = households.standing(told.person_id)
    if present is None:
        raise HouseholdNotFound
    rows = households.standing_for_update(present.household_id)
    relations = dict(told.relations)
    old, new = rows[0], _new_head(rows, relations)
    if present.id not in {old.id, new.id}:
        raise HeadNotHere
    for row in rows:
        row.valid_to = city_date(now)
        change(row, "valid_to", expecting={"valid_to": None})
    begun = {
        row.id: _member(row.household_id, row.person_id, relation, told, actor, now)
        for row in rows
        if (relation := relations[row.id]) is not None
    }
    record(
        action="identity.replace_head",
        subject=str(old.household_id),
        actor=actor,
        facts={"old": str(old.person_id), "new": str(new.person_id), "members": len(begun)},
    )
    return MemberRef(id=begun[new.id].id, household_id=old.household_id)


def _new_head(
    rows: list[HouseholdMember], relations: Mapping[UUID, Relation | None]
) -> HouseholdMember:
    """Raises: MemberMalformed."""
    if relations.keys() != {row.id for row in rows}:
        raise MemberMalformed("Bạn chọn quan hệ với chủ hộ mới cho từng người.", field="relation")
    old, *others = rows
    heads = [row for row in others if relations[row.id] is Relation.HEAD]
    if len(heads) != 1 or relations[old.id] is Relation.HEAD:
        raise MemberMalformed("Bạn chọn đúng một người khác làm chủ hộ mới.", field="relation")
    if any(relations[row.id] is None for row in others):
        raise MemberMalformed("Chỉ chủ hộ cũ ra khỏi hộ cùng lúc được.", field="relation")
    return heads[0]


@owns_transaction
def end_member(member_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Out of the household from today; the head or the member stands at the desk.

    Raises: WrongRole, HouseholdNotFound, NotAtYourDesk, HeadLeavesLast.
    """
    if not actor.has(Role.RECEIVER):
        raise WrongRole("Việc này dành cho: cán bộ tiếp nhận.")
    member = households.member_for_update(member_id)
    head = households.head_of(member.household_id)
    serving.require_at_desk(actor, (member.person_id, head.person_id), now=now)
    _end(member, actor, now)


def _end(member: HouseholdMember, actor: Actor, now: datetime) -> None:
    if member.relation == Relation.HEAD and households.others_stand(member):
        raise HeadLeavesLast
    member.valid_to = city_date(now)
    change(member, "valid_to", expecting={"valid_to": None})
    record(
        action="identity.end_member",
        subject=str(member.household_id),
        actor=actor,
        facts={"person": str(member.person_id)},
    )


@joins_transaction
def correct_relation(value: str, person_id: UUID, *, actor: Actor, now: datetime) -> None:
    """What a case of the right to correct found: another relation, or none.

    Raises: HouseholdNotFound, MemberMalformed, HeadLeavesLast.
    """
    standing = households.standing(person_id)
    if standing is None:
        raise HouseholdNotFound
    said = value.strip().lower()
    if said == NOT_OF_IT:
        _was_no_child(standing, actor, now)
        _end(standing, actor, now)
        return
    names = {name: relation for relation, name in RELATION_NAMES.items()}
    wanted = names.get(said)
    if wanted is None or Relation.HEAD in {wanted, Relation(standing.relation)}:
        known = [name for name, one in names.items() if one is not Relation.HEAD]
        raise MemberMalformed(
            _("Bạn ghi một trong các quan hệ: %(names)s.")
            % {"names": "; ".join([*known, NOT_OF_IT])},
            field="wanted",
        )
    if standing.relation == Relation.CHILD and wanted is not Relation.CHILD:
        _was_no_child(standing, actor, now)
    standing.relation = wanted
    change(standing, "relation")
    record(
        action="identity.correct_relation",
        subject=str(standing.household_id),
        actor=actor,
        facts={"person": str(standing.person_id), "relation": wanted},
    )


def _was_no_child(member: HouseholdMember, actor: Actor, now: datetime) -> None:
    """What a head could do as a parent, on such a paper, ends with the mistake: also a former
    head, who took the child's part before another one was recorded."""
    for head_id, file_id in households.parenthoods(member):
        end_parenthood(member.person_id, head_id, file_id, actor=actor, now=now)


@owns_transaction
def act_for_child_of_household(
    member_id: UUID, *, child_agreed: bool, actor: Actor, now: datetime
) -> MandateGivenRef:
    """The head acts for a child of theirs, on the paper that the desk saw, until it is of age.

    Raises: NotYoursToGive, HouseholdNotFound, AssuranceTooLow, MandateMalformed.
    """
    if actor.person_id is None:
        raise PersonNotFound
    if not actor.is_citizen or actor.mandate is not None:
        raise NotYoursToGive
    own = households.standing(actor.person_id)
    member = households.member_for_update(member_id)
    if own is None or own.household_id != member.household_id:
        raise HouseholdNotFound
    if own.relation != Relation.HEAD or member.relation != Relation.CHILD:
        raise NotYoursToGive(
            _("Bạn chỉ làm thay được cho con của mình. Người khác cần giấy tờ ở bộ phận Một cửa.")
        )
    child = member.person.merged_into or member.person
    return give_on_evidence(
        child,
        note=member.evidence_note,
        file_id=member.evidence_file_id,
        child_agreed=child_agreed,
        actor=actor,
        now=now,
    )
