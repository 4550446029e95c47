"""Bàn làm việc: one officer's step on a dossier, with what the step brings about."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import (
    NEEDS_REASON,
    Act,
    ActionKind,
    AskedUnit,
    CaseMoved,
    CaseView,
    ClockSpec,
    OpinionState,
    PauseReason,
    Phase,
    StepAction,
)
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions import asking, results
from motcua.contexts.dossiers.contracts import (
    STATUS_NAMES,
    AnswerOpinion,
    ChangeOpinion,
    DeclarationOnPaper,
    NationalStatus,
    ObligationAmountNeeded,
    OpinionChange,
    PaperVerdict,
    Source,
    StepTaken,
    TakeStep,
)
from motcua.contexts.dossiers.events import DossierMoved
from motcua.contexts.dossiers.models import Dossier, DossierPaper, DossierPast
from motcua.contexts.dossiers.queries import assisting
from motcua.contexts.dossiers.queries.shortcomings import WITH_ITEMS
from motcua.contexts.dossiers.rules import limits
from motcua.contexts.dossiers.rules.shortcomings import LONGEST, summary
from motcua.contexts.dossiers.rules.statuses import status_after
from motcua.contexts.payments import public as payments
from motcua.contexts.payments.contracts import FeeItem, FeeKind, FeeWhen, RefundGround
from motcua.contexts.procedures import public as procedures
from motcua.kernel import db, events
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import joins_transaction, owns_transaction
from motcua.kernel.money import Money
from motcua.kernel.text import nfc


@owns_transaction
def take_step(command: TakeStep, *, actor: Actor, now: datetime) -> StepTaken:
    """Do an action of the present step. The table of steps says what it leads to.

    Raises: DossierNotFound, CaseMoved, CaseEnded, CasePaused, NotYourStep, ActionNotOffered,
    OpinionsOutstanding, ReasonNeeded, SupplementItemsNeeded, ItemsNeeded, what is wrong with an
    item (`rules.shortcomings.settled`), SecondSupplementNeedsHead, ObligationAmountNeeded,
    StatusNotAllowed, HelperMayNotDecide.
    """
    return take(replace(command, release=None), actor=actor, now=now)


@joins_transaction
def take(
    command: TakeStep, *, actor: Actor, now: datetime, key: documents.SigningKey | None = None
) -> StepTaken:
    """`take_step` within another action. key: the officer's, open, for a step that signs."""
    went = moved_on(command, actor=actor, now=now)
    command, dossier, case, offered, moved = went.as_asked, went.dossier, went.was, went.by, went.to
    issued = _bring_about(offered.kind, command, dossier, case, actor, now, key)
    tell(
        dossier,
        action=command.action,
        kind=offered.kind,
        status=moved.status,
        step=moved.step,
        now=now,
        issued=issued,
    )
    db.record(
        action="dossiers.take_step",
        subject=dossier.code,
        actor=actor,
        facts={
            "action": command.action,
            "from": case.step,
            "to": moved.step,
            "status": moved.status,
            "version": moved.version,
        },
    )
    return StepTaken(
        code=dossier.code,
        status=moved.status,
        phase=moved.phase,
        step=moved.step,
        sentence=f"Đã ghi: {offered.label}. Hồ sơ {dossier.code} nay là "
        f"«{STATUS_NAMES[NationalStatus(moved.status)]}».",
        issued_code=issued,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedOn:
    """A dossier that went on. as_asked: the command with whole items. was: the case before."""

    as_asked: TakeStep
    dossier: Dossier
    was: CaseView
    by: StepAction
    to: casework.Moved


@joins_transaction
def moved_on(command: TakeStep, *, actor: Actor, now: datetime) -> MovedOn:
    """The step itself, without what it brings about. Raises: as `take_step`."""
    dossier = queries.dossier_row(command.code, actor, now=now)
    in_hand = casework.take_up(dossier.code)
    case = in_hand.view
    if case.version != command.seen_version:
        raise queries.moved_meanwhile(case)
    step = casework.process_table(case.process_id).step(case.step)
    offered = step.action(command.action)
    assisting.check_four_eyes(dossier, step, offered.kind, actor)
    after = status_after(NationalStatus(case.status), offered.status)
    if offered.kind in WITH_ITEMS:
        cited = offered.kind is not ActionKind.RETURN
        command = replace(command, items=asking.whole_items(command, dossier, cited=cited))
    if offered.kind in {ActionKind.SIGN, ActionKind.ISSUE}:
        _check_declaration(dossier)
    before = _BEFORE.get(offered.kind)
    if before:
        before(command, dossier, case, actor, now)
    act = _act(command, after)
    if case.phase is Phase.INTAKE and offered.kind is ActionKind.MOVE:
        act = replace(act, clock=_law_of_the_day(dossier, now))
    moved = casework.act(act, actor=actor, now=now, in_hand=in_hand)
    if offered.kind is ActionKind.RETURN:
        asking.write_items(dossier, command.items, return_serial=moved.version)
    return MovedOn(as_asked=command, dossier=dossier, was=case, by=offered, to=moved)


def _check_declaration(dossier: Dossier) -> None:
    """Nobody signs what still stands on the paper form alone. Raises: DeclarationOnPaper."""
    if queries.not_typed_yet(dossier):
        raise DeclarationOnPaper


def _bring_about(
    kind: ActionKind,
    command: TakeStep,
    dossier: Dossier,
    case: CaseView,
    actor: Actor,
    now: datetime,
    key: documents.SigningKey | None,
) -> str:
    """What follows at once: signature, result, bill. Returns the code of the issued result."""
    if kind is ActionKind.SIGN:
        dossier.signed_by, dossier.signed_at = actor.officer_id, now
        db.change(dossier, "signed_by", "signed_at")
        results.sign_result(dossier, case, key, actor=actor, now=now)
    elif kind is ActionKind.ISSUE:
        return results.issue_result(dossier, case, actor=actor, now=now).verify_code
    elif dossier.signed_by is not None and kind in NEEDS_REASON:
        documents.drop_signed(dossier.code, now=now)
    if kind in {ActionKind.DECLINE, ActionKind.STOP}:
        payments.cancel_invoice(
            subject=dossier.code,
            reason=command.reason or summary(command.items),
            ground=RefundGround.NOT_ACCEPTED,
            now=now,
        )
    return ""


def _law_of_the_day(dossier: Dossier, now: datetime) -> ClockSpec:
    """The time limit in force on the day of acceptance; sent earlier, it may have changed."""
    version = procedures.version(dossier.procedure_version_id)
    return limits.clock_spec(version, Source(dossier.source), dossier.case_name, city_date(now))


def _act(command: TakeStep, after: NationalStatus) -> Act:
    return Act(
        case_code=command.code,
        action=command.action,
        seen_version=command.seen_version,
        status=after,
        reason=command.reason or summary(command.items),
        note=command.note or (summary(command.items) if command.reason else ""),
        citation=command.citation or next((i.law for i in command.items), ""),
        assignee_id=command.assignee_id,
        asked=tuple(
            AskedUnit(unit_id=u, question=command.question) for u in command.asked_unit_ids
        ),
        answer_hours=command.answer_hours,
        released_for=command.release.officer_id if command.release else None,
        recorded_at=command.recorded_at,
    )


def tell(
    dossier: Dossier,
    *,
    action: str,
    kind: str,
    status: int,
    step: str,
    now: datetime,
    issued: str = "",
) -> None:
    """Publish that the dossier moved."""
    events.publish(
        DossierMoved(
            occurred_at=now,
            subject=dossier.code,
            action=action,
            kind=kind,
            status=status,
            step=step,
            applicant_person_id=dossier.applicant_person_id,
            issued_code=issued,
        )
    )


def _before_obligation(
    command: TakeStep, dossier: Dossier, case: CaseView, actor: Actor, now: datetime
) -> None:
    """An amount somebody fixed, with its name; never a default."""
    if not command.obligation_dong or command.obligation_dong <= 0 or not command.obligation_label:
        raise ObligationAmountNeeded(field="obligation_dong")
    item = FeeItem(
        kind=FeeKind.LAND_DUTY if case.field == "dat_dai" else FeeKind.OTHER,
        label=command.obligation_label,
        amount=Money(command.obligation_dong),
        when=FeeWhen.SUPPLEMENT,
    )
    payments.add_items(
        subject=dossier.code, payer_person_id=dossier.applicant_person_id, items=(item,), now=now
    )


_Before = Callable[[TakeStep, Dossier, CaseView, Actor, datetime], None]
_BEFORE: dict[ActionKind, _Before] = {
    ActionKind.SUPPLEMENT: asking.ask_for_more,
    ActionKind.DECLINE: asking.end_for,
    ActionKind.STOP: asking.end_for,
    ActionKind.RETURN: asking.give_back_for,
    ActionKind.OBLIGATION: _before_obligation,
}


@owns_transaction
def judge_paper(
    paper_id: UUID,
    verdict: PaperVerdict,
    note: str = "",
    *,
    reason: str = "",
    seen: PaperVerdict | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Đạt or Chưa, for one paper; why it does not do, by a reason of the list or in words.

    The supplement request writes itself from these. seen: what it must say until now.
    Raises: DossierNotFound, NotYourStep, ItemReasonUnknown, CaseMoved.
    """
    paper = DossierPaper.objects.filter(pk=paper_id).first()
    if paper is None:
        raise queries.not_found()
    dossier = queries.dossier_row_by_id(paper.dossier_id, actor, now=now)
    queries.check_holds_step(dossier, actor, now=now)
    if seen is not None and paper.verdict != seen:
        raise CaseMoved("Giấy này vừa có người ghi khác, nên không hoàn tác được nữa.")
    failed = verdict is PaperVerdict.FAILED
    if failed and reason:
        asking.check_reason(dossier, paper.component_key, reason)
    past = DossierPast(dossier_id=paper.dossier_id, paper_id=paper.id, until=now)
    past.by, past.verdict, past.verdict_note = actor.account_id, paper.verdict, paper.verdict_note
    past.verdict_reason = paper.verdict_reason
    db.insert(past)
    paper.verdict, paper.verdict_reason = verdict, reason if failed else ""
    paper.verdict_note = nfc(note)[:LONGEST] or None
    db.change(paper, "verdict", "verdict_reason", "verdict_note")
    db.record(
        action="dossiers.judge_paper",
        subject=dossier.code,
        actor=actor,
        facts={"paper": str(paper_id), "verdict": verdict, "reason": reason},
    )


@owns_transaction
def answer_opinion(command: AnswerOpinion, *, actor: Actor, now: datetime) -> None:
    """Answer for the asked unit. Raises: DossierNotFound, AlreadyAnswered, NotYourStep."""
    dossier = queries.dossier_row(command.code, actor, now=now)
    known = {one.id: one for one in casework.opinions_of(dossier.case_id)}
    opinion = known.get(command.opinion_id)
    late = opinion is not None and opinion.state is OpinionState.SILENT
    answer = casework.answer_late if late else casework.answer_opinion
    answer(
        case_code=command.code,
        opinion_id=command.opinion_id,
        verdict=command.verdict,
        text=command.text,
        actor=actor,
        now=now,
    )
    db.record(
        action="dossiers.answer_opinion",
        subject=dossier.code,
        actor=actor,
        facts={"verdict": command.verdict, "late": late},
    )


@owns_transaction
def change_opinion(command: ChangeOpinion, *, actor: Actor, now: datetime) -> None:
    """Take a question back, ask for more time, give it or not.

    Raises: DossierNotFound, and as the function of casework that is done.
    """
    dossier = queries.dossier_row(command.code, actor, now=now)
    code, asked = command.code, command.opinion_id
    match command.change:
        case OpinionChange.WITHDRAW:
            casework.withdraw_opinion(
                case_code=code, opinion_id=asked, reason=command.reason, actor=actor, now=now
            )
        case OpinionChange.LONGER:
            casework.ask_longer(
                case_code=code,
                opinion_id=asked,
                wanted=command.hours,
                reason=command.reason,
                actor=actor,
                now=now,
            )
        case OpinionChange.GRANT | OpinionChange.DECLINE:
            grants = command.change is OpinionChange.GRANT
            casework.answer_longer(
                case_code=code, opinion_id=asked, grants=grants, actor=actor, now=now
            )
    facts: dict[str, object] = {"opinion": str(command.opinion_id), "change": command.change}
    db.record(action="dossiers.change_opinion", subject=dossier.code, actor=actor, facts=facts)


@owns_transaction
def extend(code: str, new_due: datetime, reason: str, *, actor: Actor, now: datetime) -> StepTaken:
    """Hẹn lại once, with the apology of Form 04. The head of the agency signs it.

    Raises: DossierNotFound, NotYourStep, CaseEnded, ReasonNeeded, ExtensionRefused.
    """
    dossier = queries.dossier_row(code, actor, now=now)
    case = casework.case_by_id(dossier.case_id)
    queries.check_may_extend(case, actor)
    assisting.check_decides(dossier, actor)
    casework.extend(case_code=code, new_due=new_due, reason=reason, actor=actor, now=now)
    issued = results.issue_apology(
        dossier, case, new_due=new_due, reason=reason, actor=actor, now=now
    )
    tell(
        dossier,
        action="extend",
        kind="EXTEND",
        status=case.status,
        step=case.step,
        now=now,
        issued=issued.verify_code,
    )
    db.record(
        action="dossiers.extend", subject=code, actor=actor, facts={"new_due": new_due.isoformat()}
    )
    return StepTaken(
        code=code,
        status=case.status,
        phase=case.phase,
        step=case.step,
        sentence=f"Đã hẹn lại {casework.moment_words(new_due)} và gửi thư xin lỗi.",
        issued_code=issued.verify_code,
    )


@owns_transaction
def obligation_paid(code: str, *, now: datetime) -> None:
    """The bank (or the desk) says it is paid: the clock goes on. Nothing if it does not wait.

    Called at least once per payment. Raises: DossierNotFound.
    """
    case = casework.case(code)
    db.record(action="dossiers.obligation_paid", subject=code, actor=SYSTEM)
    if case.status != NationalStatus.OBLIGATION_ASKED:
        return
    invoice = payments.invoice_of(code)
    if invoice is None or invoice.outstanding > 0:
        return
    casework.resume(
        case_code=code,
        reason=PauseReason.FINANCIAL,
        status=NationalStatus.IN_PROCESS,
        note="",
        actor=SYSTEM,
        now=now,
    )
    dossier = Dossier.objects.get(code=code)
    tell(
        dossier,
        action="paid",
        kind="PAID",
        status=NationalStatus.IN_PROCESS,
        step=case.step,
        now=now,
    )
