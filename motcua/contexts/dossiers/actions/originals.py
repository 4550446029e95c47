"""Bản gốc: fetched by the post or given at a desk, handed on, and given back to their owner.

Custody itself is kept by post; here is decided who may hand on what, for which dossier.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions.drafts import check_mandate
from motcua.contexts.dossiers.contracts import NotYourDossier
from motcua.contexts.dossiers.contracts.originals import (
    CollectOriginals,
    NotTheHolder,
    NoWayThere,
    OriginalNotFound,
    OriginalsNotChosen,
    OriginalsSettled,
    OriginalUnnamed,
)
from motcua.contexts.dossiers.contracts.receiving import (
    AddressMissing,
    IdentityNotChecked,
    PostAddress,
)
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.queries import originals
from motcua.contexts.identity import public as identity
from motcua.contexts.notifications import public as notifications
from motcua.contexts.post import public as post
from motcua.contexts.post.contracts import (
    AskPost,
    ConsignmentKind,
    ConsignmentState,
    Destination,
    HeldOriginal,
    HolderKind,
    OriginalElsewhere,
)
from motcua.contexts.procedures import public as procedures
from motcua.kernel.actors import Act, Actor
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.text import nfc

LONGEST = 200
S, K = ConsignmentState, ConsignmentKind
# What the owner is told of papers on their way; a result has its own words (`receiving`).
TOLD: dict[tuple[ConsignmentKind, ConsignmentState], str] = {
    (K.COLLECT, S.BOOKED): "originals_to_fetch",
    (K.COLLECT, S.REFUSED): "originals_not_fetched",
    (K.COLLECT, S.DELIVERED): "originals_arrived",
    (K.COLLECT, S.LOST): "originals_lost",
    (K.RETURN, S.WITH_POST): "originals_on_way",
    (K.RETURN, S.CAME_BACK): "originals_came_back",
    (K.RETURN, S.LOST): "originals_lost",
}


@owns_transaction
def collect(command: CollectOriginals, *, actor: Actor, now: datetime) -> None:
    """The owner asks the post to fetch papers for the receiving desk.

    Raises: DossierNotFound, NotYourDossier, MandateRefused, OriginalsSettled, OriginalsNotChosen,
    ConsignmentMoved.
    """
    dossier = queries.dossier_row(command.code, actor, now=now)
    if not actor.is_party(dossier.applicant_person_id):
        raise NotYourDossier
    version = procedures.version(dossier.procedure_version_id)
    check_mandate(actor, Act.SUBMIT, version, about=command.code, now=now)
    case = casework.case(command.code)
    if originals.is_settled(case):
        raise OriginalsSettled
    held = post.originals_of(command.code)
    names = originals.collectable(dossier, case, held)
    wanted = [names[key] for key in dict.fromkeys(command.papers) if key in names]
    if not wanted:
        raise OriginalsNotChosen(field="paper")
    _ask(
        dossier,
        K.COLLECT,
        case.receiving_unit_id,
        command.home,
        [_with_owner(dossier, label, held, now) for label in wanted],
        now,
    )
    facts: dict[str, object] = {"papers": len(wanted)}
    record(action="dossiers.collect_originals", subject=command.code, actor=actor, facts=facts)


@owns_transaction
def take_original(code: str, label: str, gave: str, *, actor: Actor, now: datetime) -> None:
    """At the receiving desk, from the hand of its owner or of whoever brings it.

    Raises: DossierNotFound, NotTheHolder, OriginalUnnamed, OriginalElsewhere, NamesNeeded.
    """
    dossier = queries.dossier_row(code, actor, now=now)
    desk = casework.case(code).receiving_unit_id
    if not actor.holds(desk, originals.DESK):
        raise NotTheHolder("Chỉ quầy tiếp nhận hồ sơ này nhận được bản gốc.")
    named = nfc(label)[:LONGEST]
    if not named:
        raise OriginalUnnamed(field="label")
    paper = _with_owner(dossier, named, post.originals_of(code), now)
    giver = nfc(gave) or identity.names_of([dossier.applicant_person_id]).get(
        dossier.applicant_person_id, ""
    )
    post.receive_original(paper, unit_id=desk, gave=giver, took=actor.name, actor=actor, now=now)
    record(action="dossiers.take_original", subject=code, actor=actor, facts={"id": str(paper)})


@owns_transaction
def hand_on_original(
    code: str, original_id: UUID, to_unit_id: UUID | None, took: str, *, actor: Actor, now: datetime
) -> None:
    """From the actor's unit to another one of this dossier, also back to the desk.

    Raises: DossierNotFound, OriginalNotFound, NotTheHolder, NoWayThere, NamesNeeded,
    OriginalElsewhere.
    """
    queries.dossier_row(code, actor, now=now)
    here = _held_by(code, original_id, actor)
    if to_unit_id is None or to_unit_id not in originals.units_of(casework.case(code)):
        raise NoWayThere(field="to")
    post.forward_original(
        original_id,
        from_unit_id=here,
        to_unit_id=to_unit_id,
        gave=actor.name,
        took=took,
        actor=actor,
        now=now,
    )
    facts: dict[str, object] = {"id": str(original_id), "to": str(to_unit_id)}
    record(action="dossiers.hand_on_original", subject=code, actor=actor, facts=facts)


@owns_transaction
def give_back_original(
    code: str, original_id: UUID, took: str, *, identity_seen: bool, actor: Actor, now: datetime
) -> None:
    """Into the hand of its owner, or of whoever they sent.

    Raises: DossierNotFound, OriginalNotFound, NotTheHolder, IdentityNotChecked, NamesNeeded,
    OriginalElsewhere.
    """
    queries.dossier_row(code, actor, now=now)
    here = _held_by(code, original_id, actor)
    if not identity_seen:
        raise IdentityNotChecked(field="identity_seen")
    post.hand_back(original_id, unit_id=here, gave=actor.name, took=took, actor=actor, now=now)
    facts: dict[str, object] = {"id": str(original_id)}
    record(action="dossiers.give_back_original", subject=code, actor=actor, facts=facts)


@owns_transaction
def post_originals(
    code: str,
    original_ids: Sequence[UUID],
    home: PostAddress | None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """The desk has the post bring papers back to their owner.

    Raises: DossierNotFound, OriginalsNotChosen, OriginalNotFound, NotTheHolder, AddressMissing,
    ConsignmentMoved.
    """
    dossier = queries.dossier_row(code, actor, now=now)
    wanted = list(dict.fromkeys(original_ids))
    if not wanted:
        raise OriginalsNotChosen(field="paper")
    desks = {_held_by(code, one, actor) for one in wanted}
    if len(desks) != 1 or not actor.holds(next(iter(desks)), originals.DESK):
        raise NotTheHolder("Bản gốc phải ở quầy thì mới gửi bưu chính được.")
    if home is None:
        raise AddressMissing(field="place")
    _ask(dossier, K.RETURN, desks.pop(), home, wanted, now)
    facts: dict[str, object] = {"papers": len(wanted)}
    record(action="dossiers.post_originals", subject=code, actor=actor, facts=facts)


def note_post(
    code: str,
    kind: ConsignmentKind,
    state: ConsignmentState,
    *,
    tracking: str,
    now: datetime,
) -> None:
    """Tell the owner where their papers are; `now` is the moment of the news, told once."""
    template = TOLD.get((kind, state))
    if template is None:
        return
    dossier = Dossier.objects.get(code=code)
    notifications.notify(
        person_id=dossier.applicant_person_id,
        template=template,
        subject=code,
        params={"tracking": tracking} if tracking else {},
        now=now,
    )


def _ask(
    dossier: Dossier,
    kind: ConsignmentKind,
    unit_id: UUID,
    home: PostAddress,
    papers: Sequence[UUID],
    now: datetime,
) -> None:
    place = Destination(
        recipient=home.recipient, phone=home.phone, ward=home.ward, street=home.street
    )
    command = AskPost(
        kind=kind,
        subject=dossier.code,
        owner_id=dossier.applicant_person_id,
        unit_id=unit_id,
        home=place,
        papers=tuple(papers),
    )
    post.ask(command, now=now)


def _with_owner(dossier: Dossier, label: str, held: Sequence[HeldOriginal], now: datetime) -> UUID:
    """The paper of this name that its owner has, known or not yet. Raises: OriginalElsewhere."""
    known = [one for one in held if one.label == label]
    if not known:
        return post.expect_original(
            subject=dossier.code, owner_id=dossier.applicant_person_id, label=label, now=now
        )
    home = next((one.id for one in known if one.holder is HolderKind.OWNER), None)
    if home is None:
        raise OriginalElsewhere(field="label")
    return home


def _held_by(code: str, original_id: UUID, actor: Actor) -> UUID:
    """The unit of the actor that holds it. Raises: OriginalNotFound, NotTheHolder."""
    found: HeldOriginal | None = next(
        (one for one in post.originals_of(code) if one.id == original_id), None
    )
    if found is None:
        raise OriginalNotFound
    if found.unit_id is None or found.unit_id not in actor.unit_ids():
        raise NotTheHolder
    return found.unit_id
