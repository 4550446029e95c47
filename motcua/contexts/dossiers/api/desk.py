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
)
from motcua.contexts.dossiers.api.schemas import StepOut
from motcua.contexts.dossiers.contracts import (
    AnswerOpinion,
    DeskView,
    FixFee,
    InboxFilter,
    StepTaken,
)
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
