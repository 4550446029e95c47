"""Bổ sung lần nữa: an officer proposes a further request, their head lets it go or declines."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ActionKind, CaseView, Phase
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions import asking, desk
from motcua.contexts.dossiers.contracts import StepTaken, SupplementItemsNeeded, TakeStep
from motcua.contexts.dossiers.contracts.shortcomings import (
    NotYoursToRelease,
    ProposalDecided,
    ProposalNotFound,
    ProposalNotNeeded,
    ProposalOvertaken,
    ProposalState,
    ProposalWaits,
    ProposeSupplement,
    Release,
    ReleaseReasonNeeded,
    WhyAgainNeeded,
)
from motcua.contexts.dossiers.events import SupplementProposalAnswered, SupplementProposed
from motcua.contexts.dossiers.models import Dossier, ShortcomingRow, SupplementProposal
from motcua.contexts.dossiers.queries.shortcomings import is_further, item_of, may_release
from motcua.kernel import db, events
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction
from motcua.kernel.text import nfc

LONGEST = 2000


@owns_transaction
def propose_supplement(command: ProposeSupplement, *, actor: Actor, now: datetime) -> StepTaken:
    """Write a further request and ask the head to let it go. The clock runs on meanwhile.

    Raises: DossierNotFound, CaseMoved, NotYourStep, ProposalNotNeeded, ProposalWaits,
    SupplementItemsNeeded, what is wrong with an item, WhyAgainNeeded.
    """
    dossier = queries.dossier_row(command.code, actor, now=now)
    task = queries.check_holds_step(dossier, actor, now=now)
    case = casework.case_by_id(dossier.case_id)
    if case.version != command.seen_version:
        raise queries.moved_meanwhile(case)
    offered = casework.process_table(case.process_id).step(case.step).action(command.action)
    if offered.kind is not ActionKind.SUPPLEMENT or not is_further(dossier, case):
        raise ProposalNotNeeded
    if not command.items:
        raise SupplementItemsNeeded(field="items")
    step = TakeStep(
        code=command.code, action=command.action, seen_version=case.version, items=command.items
    )
    items = asking.whole_items(step, dossier)
    why_again = nfc(command.why_again)[:LONGEST]
    if not why_again:
        raise WhyAgainNeeded(field="why_again")
    number = _make_room(dossier, case, actor, now)
    proposal = SupplementProposal(
        dossier_id=dossier.case_id,
        number=number,
        state=ProposalState.PROPOSED,
        step=case.step,
        action=command.action,
        unit_id=task.unit_id,
        authority_id=case.competent_unit_id,
        why_again=why_again,
        answer_by=command.answer_by,
        proposed_by=actor.account_id,
        officer_id=actor.officer_id,
        proposed_at=now,
    )
    db.insert(proposal)
    asking.write_items(dossier, items, proposal=proposal)
    version = casework.note_event(
        case_code=dossier.code,
        kind="proposed",
        actor=actor,
        now=now,
        note=why_again,
        unit_id=task.unit_id,
        facts={"proposal": number, "items": len(items)},
    )
    events.publish(
        SupplementProposed(occurred_at=now, subject=dossier.code, proposal_id=proposal.id)
    )
    _record("propose_supplement", dossier, proposal, actor, version)
    return _taken(dossier, case, "Đã gửi đề nghị. Trưởng phòng cho phép thì người nộp mới nhận.")


def _make_room(dossier: Dossier, case: CaseView, actor: Actor, now: datetime) -> int:
    """The number of the next proposal; one of a step left behind is closed.

    Raises: ProposalWaits.
    """
    before = SupplementProposal.objects.filter(dossier_id=dossier.case_id).order_by("number")
    known = list(before)
    for old in known:
        if old.state != ProposalState.PROPOSED:
            continue
        if old.step == case.step:
            raise ProposalWaits
        _decide(old, ProposalState.OVERTAKEN, actor, now)
    return len(known) + 1


@owns_transaction
def release_supplement(proposal_id: UUID, *, actor: Actor, now: datetime) -> StepTaken:
    """The head lets it go: the applicant is asked at once, in the words of the officer.

    Raises: ProposalNotFound, ProposalDecided, NotYoursToRelease, ProposalOvertaken, and as
    `take_step`.
    """
    proposal, dossier, case = _open(proposal_id, actor, now)
    if case.step != proposal.step or case.phase is not Phase.RUNNING:
        raise ProposalOvertaken
    assert proposal.officer_id is not None
    rows = ShortcomingRow.objects.filter(proposal=proposal).order_by("number")
    command = TakeStep(
        code=dossier.code,
        action=proposal.action,
        seen_version=case.version,
        items=tuple(map(item_of, rows)),
        answer_by=proposal.answer_by,
        release=Release(officer_id=proposal.officer_id, account_id=proposal.proposed_by),
    )
    _decide(proposal, ProposalState.RELEASED, actor, now)
    taken = desk.take(command, actor=actor, now=now)
    _answered(proposal, dossier, now)
    _record("release_supplement", dossier, proposal, actor, case.version + 1)
    return taken


@owns_transaction
def decline_supplement(proposal_id: UUID, reason: str, *, actor: Actor, now: datetime) -> StepTaken:
    """The head does not let it go, and says why. The officer's words stay.

    Raises: ProposalNotFound, ProposalDecided, NotYoursToRelease, ReleaseReasonNeeded.
    """
    proposal, dossier, case = _open(proposal_id, actor, now)
    said = nfc(reason)[:LONGEST]
    if not said:
        raise ReleaseReasonNeeded(field="answer")
    proposal.answer = said
    _decide(proposal, ProposalState.DECLINED, actor, now, "answer")
    version = casework.note_event(
        case_code=dossier.code,
        kind="proposal_declined",
        actor=actor,
        now=now,
        note=said,
        unit_id=proposal.unit_id,
        facts={"proposal": proposal.number},
    )
    _answered(proposal, dossier, now)
    _record("decline_supplement", dossier, proposal, actor, version)
    return _taken(dossier, case, "Đã trả lời cán bộ. Người nộp không bị hỏi thêm.")


def _open(
    proposal_id: UUID, actor: Actor, now: datetime
) -> tuple[SupplementProposal, Dossier, CaseView]:
    """Raises: ProposalNotFound, NotYoursToRelease, ProposalDecided."""
    proposal = SupplementProposal.objects.filter(pk=proposal_id).first()
    if proposal is None:
        raise ProposalNotFound
    dossier = queries.dossier_row_by_id(proposal.dossier_id, actor, now=now)
    case = casework.case_by_id(dossier.case_id)
    if not may_release(case, actor):
        raise NotYoursToRelease
    if proposal.state != ProposalState.PROPOSED:
        raise ProposalDecided
    return proposal, dossier, case


def _decide(
    proposal: SupplementProposal, state: ProposalState, actor: Actor, now: datetime, *more: str
) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, actor.account_id, now
    fields = ("state", "decided_by", "decided_at", *more)
    db.change(proposal, *fields, expecting={"state": ProposalState.PROPOSED})


def _answered(proposal: SupplementProposal, dossier: Dossier, now: datetime) -> None:
    events.publish(
        SupplementProposalAnswered(
            occurred_at=now, subject=dossier.code, proposal_id=proposal.id, state=proposal.state
        )
    )


def _record(
    action: str, dossier: Dossier, proposal: SupplementProposal, actor: Actor, version: int
) -> None:
    facts = {"proposal": str(proposal.id), "number": proposal.number, "version": version}
    db.record(action=f"dossiers.{action}", subject=dossier.code, actor=actor, facts=facts)


def _taken(dossier: Dossier, case: CaseView, sentence: str) -> StepTaken:
    return StepTaken(
        code=dossier.code,
        status=case.status,
        phase=case.phase,
        step=case.step,
        sentence=sentence,
    )
