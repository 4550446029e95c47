"""Give a mandate, take it back, choose for whom one works, and act under it.

Nothing of a mandate is ever rewritten, so what was done under it keeps its ground.
"""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.contexts.identity.actions.people import find_or_add
from motcua.contexts.identity.contracts import NewPerson
from motcua.contexts.identity.contracts.mandates import (
    GiveMandate,
    MandateEnded,
    MandateGivenRef,
    MandateMalformed,
    MandateNotFound,
    NotYoursToGive,
    Proof,
    Terms,
)
from motcua.contexts.identity.events import MandateRecorded, MandateRevoked, MandateUsed
from motcua.contexts.identity.models import Mandate, Person
from motcua.contexts.identity.queries import mandates, people, serving
from motcua.contexts.identity.rules import mandates as rules
from motcua.contexts.identity.rules import require_assurance, require_recent
from motcua.kernel.actors import SYSTEM, Act, Actor, MandateKind, PrincipalKind, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import change, insert, joins_transaction, owns_transaction, record
from motcua.kernel.events import publish

GIVING_LEVEL = 2


@owns_transaction
def give_mandate(gift: GiveMandate, *, actor: Actor, now: datetime) -> MandateGivenRef:
    """Let somebody act: given by the principal on a page, or recorded from paper at a desk.

    Raises: NotYoursToGive, NotAtYourDesk, StepUpNeeded, MandateMalformed, MandateTooWide,
    PersonNotFound.
    """
    own = _right_to_give(gift, actor, now)
    principal = people.person_row(gift.principal_id)
    gift = replace(
        gift,
        principal_id=principal.id,
        representative_id=people.person_row(gift.representative_id).id,
    )
    kind = mandates.principal_kind(principal)
    today = city_date(now)
    rules.check_gift(gift, principal=kind, own=own, today=today)
    if gift.kind is MandateKind.PARENT:
        gift = _for_a_child(gift, principal.born_on, today)
    return MandateGivenRef(id=_give(gift, actor=actor, now=now))


def _right_to_give(gift: GiveMandate, actor: Actor, now: datetime) -> Terms | None:
    """The giver's own limits; None for the principal, and for an officer who saw the paper.

    Raises: NotYoursToGive, NotAtYourDesk, StepUpNeeded.
    """
    if gift.proof is Proof.PAPER and actor.has(Role.RECEIVER):
        serving.require_at_desk(actor, (gift.principal_id, gift.representative_id), now=now)
        return None
    if gift.proof is not Proof.SELF_DECLARED or not actor.is_citizen:
        raise NotYoursToGive
    require_assurance(actor, GIVING_LEVEL)
    require_recent(actor, now=now)
    if not actor.is_party(gift.principal_id):
        raise NotYoursToGive
    if actor.mandate is None:
        return None
    if actor.mandate.kind is not MandateKind.LEGAL_REPRESENTATIVE:
        raise NotYoursToGive(_("Người được ủy quyền không ủy quyền lại cho người khác được."))
    return mandates.held_for_write(actor.mandate.id).terms


@owns_transaction
def give_for_child(
    child: NewPerson, *, child_agreed: bool, actor: Actor, now: datetime
) -> MandateGivenRef:
    """A parent acts for a child whom the population register names as theirs.

    The caller has asked the register; it ends when the child is of age.
    Raises: NotYoursToGive, StepUpNeeded, MandateMalformed.
    """
    if not actor.is_citizen or actor.person_id is None or actor.mandate is not None:
        raise NotYoursToGive
    require_assurance(actor, GIVING_LEVEL)
    require_recent(actor, now=now)
    gift = _of_a_parent(
        find_or_add(child, actor=actor, now=now).id,
        actor.person_id,
        proof=Proof.REGISTER,
        child_agreed=child_agreed,
        now=now,
    )
    return _give_once(gift, child.born_on, actor=actor, now=now)


@joins_transaction
def give_on_evidence(
    child: Person,
    *,
    note: str,
    file_id: UUID | None,
    child_agreed: bool,
    actor: Actor,
    now: datetime,
) -> MandateGivenRef:
    """The same for a child whom a paper names as the actor's, seen at a desk before.

    Raises: NotYoursToGive, StepUpNeeded, MandateMalformed.
    """
    if actor.person_id is None:
        raise NotYoursToGive
    require_assurance(actor, GIVING_LEVEL)
    require_recent(actor, now=now)
    gift = _of_a_parent(
        child.id, actor.person_id, proof=Proof.PAPER, child_agreed=child_agreed, now=now
    )
    gift = replace(gift, evidence_note=note, evidence_file_id=file_id)
    return _give_once(gift, child.born_on, actor=actor, now=now)


def _of_a_parent(
    child_id: UUID, parent_id: UUID, *, proof: Proof, child_agreed: bool, now: datetime
) -> GiveMandate:
    return GiveMandate(
        principal_id=child_id,
        representative_id=parent_id,
        kind=MandateKind.PARENT,
        scope=rules.EVERYTHING,
        valid_from=city_date(now),
        valid_to=None,
        proof=proof,
        child_agreed=child_agreed,
    )


def _give_once(
    gift: GiveMandate, born_on: date | None, *, actor: Actor, now: datetime
) -> MandateGivenRef:
    """Not again where the parent may act already. Raises: MandateMalformed."""
    today = city_date(now)
    rules.check_gift(gift, principal=PrincipalKind.PERSON, own=None, today=today)
    rows = mandates.standing_for(gift.principal_id, gift.representative_id, MandateKind.PARENT)
    standing = rows.first()
    if standing is not None and rules.is_in_force(standing.terms, today):
        record(action="identity.give_mandate", subject=str(standing.id), actor=actor)
        return MandateGivenRef(id=standing.id)
    return MandateGivenRef(id=_give(_for_a_child(gift, born_on, today), actor=actor, now=now))


def _for_a_child(gift: GiveMandate, born_on: date | None, today: date) -> GiveMandate:
    """Ends with childhood; a child of an age to be asked has agreed. Raises: MandateMalformed."""
    if born_on is None:
        raise MandateMalformed(_("Chưa biết ngày sinh của con."), field="principal")
    last = rules.last_day_as_child(born_on)
    if last < today:
        raise MandateMalformed(
            _("Con bạn đã đủ 18 tuổi. Con tự ủy quyền trên tài khoản của mình."), field="principal"
        )
    if rules.must_agree(born_on, today) and not gift.child_agreed:
        raise MandateMalformed(
            _("Con từ đủ 7 tuổi: bạn hỏi và ghi nhận con đồng ý."), field="agreed"
        )
    return replace(gift, valid_to=min(last, gift.valid_to or last))


@joins_transaction
def represent(organisation_id: UUID, person_id: UUID, *, now: datetime) -> UUID:
    """The mandate of a legal representative for the whole of what the body may do."""
    kind = MandateKind.LEGAL_REPRESENTATIVE
    standing = mandates.standing_for(organisation_id, person_id, kind).first()
    if standing is not None:
        return standing.id
    gift = GiveMandate(
        principal_id=organisation_id,
        representative_id=person_id,
        kind=kind,
        scope=rules.EVERYTHING,
        valid_from=city_date(now),
        valid_to=None,
        proof=Proof.ORGANISATION_ACCOUNT,
    )
    return _give(gift, actor=SYSTEM, now=now)


def _give(gift: GiveMandate, *, actor: Actor, now: datetime) -> UUID:
    row = Mandate(
        kind=gift.kind,
        principal_id=gift.principal_id,
        representative_id=gift.representative_id,
        acts=sorted(gift.scope.acts),
        procedures=sorted(gift.scope.procedures),
        fields=sorted(gift.scope.fields),
        valid_from=gift.valid_from,
        valid_to=gift.valid_to,
        proof=gift.proof,
        evidence_file_id=gift.evidence_file_id,
        evidence_note=gift.evidence_note.strip() or None,
        child_agreed=gift.child_agreed,
        given_by_id=actor.person_id,
        recorded_by=actor.account_id,
        created_at=now,
    )
    insert(row)
    publish(MandateRecorded(occurred_at=now, subject=str(row.id)))
    record(
        action="identity.give_mandate",
        subject=str(row.id),
        actor=actor,
        facts={"kind": row.kind, "proof": row.proof, "acts": row.acts},
    )
    return row.id


@owns_transaction
def revoke_mandate(
    mandate_id: UUID, *, person_present: bool = False, actor: Actor, now: datetime
) -> None:
    """Take it back, or give it up; the next request of the representative finds it gone.

    person_present: a receiver does it for one of both sides, who stands at their desk and asks.
    Raises: MandateNotFound, NotAtYourDesk, SignInTooOld.
    """
    if actor.has(Role.RECEIVER) and person_present:
        row = mandates.held_for_write(mandate_id)
        serving.require_at_desk(actor, mandates.sides_of(row, on=city_date(now)), now=now)
    else:
        mandates.visible_mandate(mandate_id, actor, now=now)
        require_recent(actor, now=now)
        row = mandates.held_for_write(mandate_id)
    if row.revoked_at is not None:
        raise MandateNotFound(_("Ủy quyền này đã được thu hồi."))
    _revoke(row, actor=actor, now=now)


def _revoke(row: Mandate, *, actor: Actor, now: datetime) -> None:
    row.revoked_at, row.revoked_by = now, actor.account_id
    change(row, "revoked_at", "revoked_by", expecting={"revoked_at": None})
    publish(MandateRevoked(occurred_at=now, subject=str(row.id)))
    record(action="identity.revoke_mandate", subject=str(row.id), actor=actor)


@joins_transaction
def end_mandates(organisation_id: UUID, person_id: UUID, *, now: datetime) -> None:
    """A former legal representative stands for the body no more."""
    kind = MandateKind.LEGAL_REPRESENTATIVE
    for row in mandates.standing_for(organisation_id, person_id, kind):
        _revoke(row, actor=SYSTEM, now=now)


@joins_transaction
def end_parenthood(
    child_id: UUID, parent_id: UUID, evidence_file_id: UUID | None, *, actor: Actor, now: datetime
) -> None:
    """The paper does not say what it was taken to say: what rested on it ends."""
    rows = mandates.standing_for(child_id, parent_id, MandateKind.PARENT)
    for row in rows.filter(proof=Proof.PAPER, evidence_file_id=evidence_file_id):
        _revoke(row, actor=actor, now=now)


@owns_transaction
def choose_principal(mandate_id: UUID | None, *, actor: Actor, now: datetime) -> None:
    """Work in somebody's name from now on, or in one's own again.

    Raises: MandateNotFound, also for a mandate that is not in force.
    """
    if mandate_id is not None and mandates.in_force(mandate_id, actor, now=now) is None:
        raise MandateNotFound
    record(
        action="identity.choose_principal",
        subject=str(mandate_id or actor.person_id),
        actor=actor,
    )


@joins_transaction
def act_under(
    actor: Actor,
    act: Act,
    *,
    about: str = "",
    procedure: str = "",
    field: str = "",
    now: datetime,
) -> None:
    """Check an act against the mandate as it stands in the database, and keep it from being taken
    back until the act is written. Who acts in their own name passes.

    about: then the principal is told what was done in their name.
    Raises: MandateEnded, MandateRefused.
    """
    if actor.mandate is None:
        return
    row = mandates.held_for_write(actor.mandate.id)
    if row.representative_id not in actor.own_ids:
        raise MandateEnded(reason="other")
    rules.check_act(row.terms, act, today=city_date(now), procedure=procedure, field=field)
    if about:
        publish(MandateUsed(occurred_at=now, subject=str(row.id), act=act, about=about))


@joins_transaction
def act_at_counter(
    mandate_id: UUID,
    act: Act,
    *,
    principal_id: UUID,
    about: str = "",
    procedure: str = "",
    field: str = "",
    now: datetime,
) -> None:
    """`act_under` for a representative at a desk, for whom a receiver types.

    Raises: MandateEnded, MandateRefused, MandateNotFound.
    """
    row = mandates.held_for_write(mandate_id)
    if principal_id not in people.group_of([row.principal_id]):
        raise MandateNotFound
    if not rules.is_in_force(row.terms, city_date(now)):
        raise MandateEnded(
            _(
                "Ủy quyền của người ở quầy không còn hiệu lực, nên hồ sơ chưa được gửi. "
                "Bản nháp vẫn còn. Người đó cần ủy quyền mới, hoặc người ủy quyền tự đến."
            )
        )
    rules.check_act(row.terms, act, today=city_date(now), procedure=procedure, field=field)
    if about:
        publish(MandateUsed(occurred_at=now, subject=str(row.id), act=act, about=about))
