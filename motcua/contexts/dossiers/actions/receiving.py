"""Trả kết quả: chosen by the owner, fetched with a code at the desk, or brought by the post."""

from dataclasses import asdict
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ActionKind, CaseView, Phase
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions.desk import take
from motcua.contexts.dossiers.actions.drafts import check_at_counter, check_mandate
from motcua.contexts.dossiers.actions.submission import handover_rows
from motcua.contexts.dossiers.contracts import (
    NationalStatus,
    NotYourDossier,
    ReturnForm,
    StepTaken,
    TakeStep,
)
from motcua.contexts.dossiers.contracts.receiving import (
    CHANGEABLE,
    AddressMissing,
    HandoverState,
    IdentityNotChecked,
    NotByPost,
    NotOnItsWay,
    PickupCodeWrong,
    PostAddress,
    ResultNotReady,
    ReturnSettled,
    TrackingMalformed,
)
from motcua.contexts.dossiers.models import Dossier, Handover
from motcua.contexts.dossiers.rules import receiving
from motcua.contexts.identity import public as identity
from motcua.contexts.notifications import public as notifications
from motcua.contexts.post import public as post
from motcua.contexts.post.contracts import (
    AskPost,
    ConsignmentKind,
    ConsignmentState,
    Destination,
    HolderKind,
)
from motcua.contexts.procedures import public as procedures
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM, Act, Actor
from motcua.kernel.db import joins_transaction, owns_transaction

RESULT = "Kết quả bản giấy"
_AFTER: dict[tuple[HandoverState, ConsignmentState], HandoverState] = {
    (HandoverState.WAITING, ConsignmentState.WITH_POST): HandoverState.POSTED,
    (HandoverState.WAITING, ConsignmentState.DELIVERED): HandoverState.DELIVERED,
    (HandoverState.WAITING, ConsignmentState.LOST): HandoverState.LOST,
    (HandoverState.POSTED, ConsignmentState.DELIVERED): HandoverState.DELIVERED,
    (HandoverState.POSTED, ConsignmentState.CAME_BACK): HandoverState.CAME_BACK,
    (HandoverState.POSTED, ConsignmentState.LOST): HandoverState.LOST,
    (HandoverState.LOST, ConsignmentState.WITH_POST): HandoverState.POSTED,
    (HandoverState.LOST, ConsignmentState.DELIVERED): HandoverState.DELIVERED,
    (HandoverState.LOST, ConsignmentState.CAME_BACK): HandoverState.CAME_BACK,
}
_TOLD: dict[HandoverState, str] = {
    HandoverState.POSTED: "result_posted",
    HandoverState.CAME_BACK: "result_came_back",
    HandoverState.LOST: "result_lost",
}


@owns_transaction
def choose_return(
    code: str,
    form: ReturnForm,
    address: PostAddress | None = None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Electronic, at the desk or by post; changed until the result has gone. Asked again is fine.

    address: None keeps the one that was said before.
    Raises: DossierNotFound, NotYourDossier, AddressMissing, ReturnSettled, MandateRefused.
    """
    dossier = queries.dossier_row(code, actor, now=now)
    if not actor.is_party(dossier.applicant_person_id):
        raise NotYourDossier
    version = procedures.version(dossier.procedure_version_id)
    check_mandate(actor, Act.RECEIVE, version, about=code, now=now)
    row = Handover.objects.select_for_update().filter(pk=dossier.pk).first()
    if casework.case(code).phase is Phase.ENDED or (row and row.state not in CHANGEABLE):
        raise ReturnSettled
    if form is ReturnForm.POST and address is None and not (row and row.address):
        raise AddressMissing(field="post_address")
    dossier.return_form = form
    db.change(dossier, "return_form")
    if row is None:
        db.insert(*handover_rows(dossier, address))
    else:
        row.state = HandoverState.WAITING
        row.address = asdict(address) if address else row.address
        db.change(row, "state", "address")
    db.record(action="dossiers.choose_return", subject=code, actor=actor, facts={"form": form})


@owns_transaction
def hand_over(
    code: str,
    pickup: str,
    *,
    mandate_id: UUID | None = None,
    identity_seen: bool,
    actor: Actor,
    now: datetime,
) -> StepTaken:
    """At the desk, to whoever has the code: the owner, or a representative who may receive.

    Raises: DossierNotFound, PickupCodeWrong, IdentityNotChecked, ResultNotReady, ReturnSettled,
    MandateRefused, MandateNotFound, NotYourStep.
    """
    dossier, row, case = in_hand(code, actor, now)
    if row is None or not compare_digest(row.code, receiving.code_in(pickup)):
        raise PickupCodeWrong
    if not identity_seen:
        raise IdentityNotChecked(field="identity_seen")
    taken_by(row, dossier, mandate_id, actor=actor, now=now)
    facts: dict[str, object] = {"mandate": str(mandate_id) if mandate_id else ""}
    db.record(action="dossiers.hand_over", subject=code, actor=actor, facts=facts)
    return returned(case, actor, now)


@joins_transaction
def taken_by(
    row: Handover, dossier: Dossier, mandate_id: UUID | None, *, actor: Actor, now: datetime
) -> None:
    """Its owner, or a representative who may receive. Raises: ReturnSettled, MandateRefused,
    MandateNotFound.
    """
    if row.state not in CHANGEABLE:
        raise ReturnSettled
    row.taken_by = identity.names_of([dossier.applicant_person_id]).get(
        dossier.applicant_person_id, ""
    )
    if mandate_id:
        version = procedures.version(dossier.procedure_version_id)
        check_at_counter(
            mandate_id,
            Act.RECEIVE,
            dossier.applicant_person_id,
            version,
            about=dossier.code,
            now=now,
        )
        row.taken_by = identity.representative_of(mandate_id, now=now)
        row.mandate_id = mandate_id
    before = row.state
    row.state, row.ended_at, row.ended_by = HandoverState.TAKEN, now, actor.account_id
    db.change(
        row, "state", "ended_at", "ended_by", "taken_by", "mandate", expecting={"state": before}
    )


@owns_transaction
def hand_to_post(code: str, tracking: str, *, actor: Actor, now: datetime) -> None:
    """The post has it, under a number that the owner may follow.

    Raises: DossierNotFound, NotByPost, TrackingMalformed, ResultNotReady, ReturnSettled,
    NotYourStep.
    """
    dossier, row, _case = in_hand(code, actor, now)
    if row is None or row.address is None or dossier.return_form != ReturnForm.POST:
        raise NotByPost
    if row.state != HandoverState.WAITING:
        raise ReturnSettled
    number = receiving.tracking_in(tracking)
    if not number:
        raise TrackingMalformed(field="tracking")
    row.state, row.tracking = HandoverState.POSTED, number
    row.posted_at, row.posted_by = now, actor.account_id
    db.change(
        row, "state", "tracking", "posted_at", "posted_by",
        expecting={"state": HandoverState.WAITING},
    )  # fmt: skip
    db.record(action="dossiers.hand_to_post", subject=code, actor=actor, facts={"number": number})
    _tell(dossier, "result_posted", now, tracking=number)


@owns_transaction
def send_by_post(code: str, *, actor: Actor, now: datetime) -> None:
    """Ask the post for the result; it answers with a number, and goes out on the desk's sheet.

    Raises: DossierNotFound, NotByPost, ResultNotReady, ReturnSettled, NotYourStep,
    ConsignmentMoved.
    """
    dossier, row, case = in_hand(code, actor, now)
    if row is None or row.address is None or dossier.return_form != ReturnForm.POST:
        raise NotByPost
    if row.state not in CHANGEABLE:
        raise ReturnSettled
    row.state, row.tracking = HandoverState.WAITING, ""
    db.change(row, "state", "tracking")
    address = PostAddress(**row.address)
    post.ask(
        AskPost(
            kind=ConsignmentKind.DELIVER,
            subject=code,
            owner_id=dossier.applicant_person_id,
            unit_id=case.receiving_unit_id,
            home=Destination(
                recipient=address.recipient,
                phone=address.phone,
                ward=address.ward,
                street=address.street,
            ),
            papers=(_paper_result(dossier, case, now),),
        ),
        now=now,
    )
    db.record(action="dossiers.send_by_post", subject=code, actor=actor)


def _paper_result(dossier: Dossier, case: CaseView, now: datetime) -> UUID:
    """The result on paper that lies at the desk; after a loss the desk has made another."""
    unit_id = case.receiving_unit_id
    here = (
        one.id
        for one in post.originals_of(dossier.code)
        if one.label == RESULT and one.holder is HolderKind.DESK and one.unit_id == unit_id
    )
    return next(here, None) or post.keep_at_desk(
        subject=dossier.code,
        owner_id=dossier.applicant_person_id,
        label=RESULT,
        unit_id=unit_id,
        now=now,
    )


@owns_transaction
def note_post(code: str, tracking: str, state: ConsignmentState, *, now: datetime) -> None:
    """What the post says of the result, by itself. Told again, or of an earlier parcel: nothing."""
    dossier = Dossier.objects.get(code=code)
    row = Handover.objects.select_for_update().filter(pk=dossier.pk).first()
    db.record(action="dossiers.note_post", subject=code, actor=SYSTEM, facts={"state": state.value})
    if row is None:
        return
    if state is ConsignmentState.BOOKED and row.state == HandoverState.WAITING:
        row.tracking = tracking
        db.change(row, "tracking")
    after = _AFTER.get((HandoverState(row.state), state))
    if after is None or row.tracking != tracking:
        return
    row.state = after
    row.posted_at = now if after is HandoverState.POSTED else row.posted_at
    row.ended_at = now if after is HandoverState.DELIVERED else None
    db.change(row, "state", "posted_at", "ended_at")
    template = _TOLD.get(after)
    if template:
        words = {"tracking": tracking} if after is HandoverState.POSTED else {}
        _tell(dossier, template, now, **words)


@owns_transaction
def note_arrival(code: str, *, arrived: bool, actor: Actor, now: datetime) -> None:
    """What the post says: given to the owner, which ends the dossier; or brought back.

    Raises: DossierNotFound, NotOnItsWay, ResultNotReady, NotYourStep.
    """
    dossier, row, case = in_hand(code, actor, now)
    told = row is not None and row.state == HandoverState.DELIVERED and arrived
    if row is None or (row.state != HandoverState.POSTED and not told):
        raise NotOnItsWay
    before = row.state
    row.state = HandoverState.DELIVERED if arrived else HandoverState.CAME_BACK
    row.ended_at, row.ended_by = (
        (row.ended_at or now, actor.account_id) if arrived else (None, None)
    )
    db.change(row, "state", "ended_at", "ended_by", expecting={"state": before})
    facts: dict[str, object] = {"arrived": arrived}
    db.record(action="dossiers.note_arrival", subject=code, actor=actor, facts=facts)
    if arrived:
        returned(case, actor, now)
    else:
        _tell(dossier, "result_came_back", now)


def in_hand(code: str, actor: Actor, now: datetime) -> tuple[Dossier, Handover | None, CaseView]:
    """Raises: DossierNotFound, ResultNotReady, NotYourStep."""
    dossier = queries.dossier_row(code, actor, now=now)
    case = casework.case(code)
    if case.status != NationalStatus.DONE:
        raise ResultNotReady
    queries.check_holds_step(dossier, actor, now=now)
    return dossier, Handover.objects.select_for_update().filter(pk=dossier.pk).first(), case


def returned(case: CaseView, actor: Actor, now: datetime) -> StepTaken:
    """The step that the approved table names for it. Raises: ResultNotReady."""
    step = casework.process_table(case.process_id).step(case.step)
    action = next((a.key for a in step.actions if a.kind is ActionKind.RETURN_RESULT), None)
    if action is None:
        raise ResultNotReady
    command = TakeStep(code=case.code, action=action, seen_version=case.version)
    return take(command, actor=actor, now=now)


def _tell(dossier: Dossier, template: str, now: datetime, **words: str) -> None:
    notifications.notify(
        person_id=dossier.applicant_person_id,
        template=template,
        subject=dossier.code,
        params=words,
        now=now,
    )
