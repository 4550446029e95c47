"""Bàn làm việc over the API: the inbox, what may be done, opinions, fees, a new date, words."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from motcua.contexts.dossiers import public
from motcua.contexts.dossiers.api.desk_schemas import (
    DeskOut,
    ExtensionIn,
    FeeIn,
    InboxOut,
    MessageIn,
    OpinionIn,
    ProposalIn,
    ReleaseIn,
)
from motcua.contexts.dossiers.api.schemas import StepOut
from motcua.contexts.dossiers.contracts import (
    AnswerOpinion,
    DeskView,
    FixFee,
    InboxFilter,
    Shortcoming,
    StepTaken,
)
from motcua.contexts.dossiers.contracts.shortcomings import ProposalNotFound, ProposeSupplement
from motcua.kernel import clock
from motcua.kernel.access import officers, route, signed_in
from motcua.kernel.api import actor_of

router = Router()
MOST = 100


class InboxPaging(Schema):
    """after: `next` of the page before. waiting: those that wait for somebody else."""

    after: Annotated[str, Field(max_length=80)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50
    waiting: bool = False
    mine_only: bool = False


@router.get("/inbox", response=InboxOut, operation_id="read_inbox")
@route(officers)
def inbox(request: HttpRequest, paging: Query[InboxPaging]) -> dict[str, object]:
    """Việc cần làm of the caller's posts, next due first."""
    wanted = InboxFilter(waiting=paging.waiting, mine_only=paging.mine_only)
    found = public.inbox(
        actor_of(request), wanted, now=clock.now(), after=paging.after, limit=paging.limit
    )
    return {"items": found.lines, "next": found.older}


@router.get("/dossiers/{code}/desk", response=DeskOut, operation_id="read_desk")
@route(officers)
def desk(request: HttpRequest, code: str) -> DeskView:
    """Hồ sơ trên bàn: the actions offered to the caller now. Refusals: 404 dossier_not_found."""
    return public.desk_view(code, actor_of(request), now=clock.now())


@router.post(
    "/dossiers/{code}/opinions/{opinion_id}", response={204: None}, operation_id="answer_opinion"
)
@route(officers)
def opinion(request: HttpRequest, code: str, opinion_id: UUID, sent: OpinionIn) -> Status[None]:
    """Trả lời ý kiến cho đơn vị mình.

    Refusals: 403 not_your_step; 404 dossier_not_found; 409 already_answered; 422 reason_needed.
    """
    command = AnswerOpinion(code=code, opinion_id=opinion_id, verdict=sent.verdict, text=sent.text)
    public.answer_opinion(command, actor=actor_of(request), now=clock.now())
    return Status(204, None)


@router.post(
    "/dossiers/{code}/supplement-proposals", response=StepOut, operation_id="propose_supplement"
)
@route(officers)
def propose(request: HttpRequest, code: str, sent: ProposalIn) -> StepTaken:
    """Đề nghị bổ sung lần nữa: a further request, for a head to release.

    Refusals: 403 not_your_step; 404 dossier_not_found; 409 case_moved, proposal_not_needed,
    proposal_waits; 422 supplement_items_needed, what an item lacks, why_again_needed.
    """
    command = ProposeSupplement(
        code=code,
        items=tuple(Shortcoming(**item.dict()) for item in sent.items),
        **sent.dict(exclude={"items"}),
    )
    return public.propose_supplement(command, actor=actor_of(request), now=clock.now())


@router.post(
    "/dossiers/{code}/supplement-proposals/{further_id}",
    response=StepOut,
    operation_id="answer_supplement_proposal",
)
@route(officers)
def answer_proposal(
    request: HttpRequest, code: str, further_id: UUID, sent: ReleaseIn
) -> StepTaken:
    """Cho phép bổ sung lần nữa, or say why not.

    Refusals: 403 not_yours_to_release; 404 dossier_not_found, proposal_not_found; 409
    proposal_decided, proposal_overtaken; 422 release_reason_needed.
    """
    actor, now = actor_of(request), clock.now()
    view = public.desk_view(code, actor, now=now)
    if further_id not in {one.id for one in view.proposals}:
        raise ProposalNotFound
    if sent.release:
        return public.release_supplement(further_id, actor=actor, now=now)
    return public.decline_supplement(further_id, sent.reason, actor=actor, now=now)


@router.post("/dossiers/{code}/fees", response={204: None}, operation_id="fix_fee")
@route(officers)
def fee(request: HttpRequest, code: str, sent: FeeIn) -> Status[None]:
    """Nhập mức thu of one of `open_fees`; the applicant is asked to pay.

    Refusals: 403 cannot_fix_fee; 404 dossier_not_found; 409 fee_not_open, case_ended; 422.
    """
    command = FixFee(code=code, label=sent.label, amount_dong=sent.amount_dong)
    public.fix_fee(command, actor=actor_of(request), now=clock.now())
    return Status(204, None)


@router.post("/dossiers/{code}/extension", response=StepOut, operation_id="extend_dossier")
@route(officers)
def extension(request: HttpRequest, code: str, sent: ExtensionIn) -> StepTaken:
    """Xin lỗi và hẹn lại, once (Form 04).

    Refusals: 403 not_your_step; 404 dossier_not_found; 409 extension_refused, case_ended; 422.
    """
    return public.extend(code, sent.new_due, sent.reason, actor=actor_of(request), now=clock.now())


@router.post("/dossiers/{code}/messages", response={204: None}, operation_id="send_message")
@route(signed_in)
def message(request: HttpRequest, code: str, sent: MessageIn) -> Status[None]:
    """Nhắn trong hồ sơ, as the applicant or as an officer. Refusals: 404; 422 empty_message."""
    public.send_message(code, sent.text, sent.file_ids, actor=actor_of(request), now=clock.now())
    return Status(204, None)
