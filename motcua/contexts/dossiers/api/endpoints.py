"""Hồ sơ over the API, version 1: submit, follow, act."""

import json
from typing import Annotated

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Field, Header, Query, Router, Schema, Status

from motcua.contexts.dossiers import public
from motcua.contexts.dossiers.api import business, desk, parcels
from motcua.contexts.dossiers.api.schemas import (
    DossierIn,
    DossierOut,
    LinesOut,
    PaperIn,
    PostAddressIn,
    ProofOut,
    RatingIn,
    ReceiptOut,
    StepIn,
    StepOut,
    SupplyIn,
    TrackOut,
    WithdrawIn,
)
from motcua.contexts.dossiers.contracts import (
    AnswersIncomplete,
    DossierView,
    GivenPaper,
    PublicStatus,
    Receipt,
    Shortcoming,
    Source,
    StepTaken,
    SubmitDossier,
    Supply,
    TakeStep,
)
from motcua.contexts.dossiers.contracts.receiving import AddressMissing, PostAddress
from motcua.contexts.dossiers.rules import receiving
from motcua.contexts.reference import public as reference
from motcua.kernel import clock
from motcua.kernel.access import citizens, officers, open_to_all, route, signed_in
from motcua.kernel.api import actor_of, problem_response
from motcua.kernel.clock import city_date

router = Router(tags=["dossiers"])
router.add_router("", desk.router)
router.add_router("", parcels.router)
router.add_router("", business.router)
MOST = 100


class Paging(Schema):
    """before: `next` of the page before."""

    before: Annotated[str, Field(max_length=80)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = 20


def _papers(papers: list[PaperIn]) -> tuple[GivenPaper, ...]:
    return tuple(GivenPaper(component_key=p.component_key, file_id=p.file_id) for p in papers)


def _post_address(given: PostAddressIn | None) -> PostAddress | None:
    """Raises: AddressMissing, with what is wrong."""
    if given is None:
        return None
    place = {"ward": given.ward, "street": given.street}
    wards = {one.code for one in reference.communes(city_date(clock.now()))}
    raw = {"recipient": given.recipient, "phone": given.phone, "place": place}
    address, errors = receiving.read_address(raw, wards)
    if address is None:
        raise AddressMissing(errors[0].message, field=f"post_address.{errors[0].path}")
    return address


def _incomplete(request: HttpRequest, refusal: AnswersIncomplete) -> HttpResponse:
    """The problem with every field and its sentence under `errors`."""
    body = json.loads(problem_response(request, refusal).content)
    body.pop("facts", None)
    named = refusal.facts.get("errors")
    body["errors"] = [
        {"field": error.path, "code": error.code, "message": error.message}
        for error in (named if isinstance(named, tuple) else ())
    ]
    return JsonResponse(body, status=int(refusal.kind), content_type="application/problem+json")


@router.post("/dossiers", response={201: ReceiptOut}, operation_id="submit_dossier")
@route(citizens)
def submit(request: HttpRequest, sent: DossierIn) -> Status[Receipt] | HttpResponse:
    """Nộp hồ sơ cho chính mình; files first by POST /files.

    Refusals: 403 file_not_yours, not_your_dossier; 404 procedure_not_found; 409
    procedure_not_open, procedure_not_runnable; 422 answers_incomplete (each field under `errors`),
    papers_missing, malformed_code, address_missing (by post without a good `post_address`).
    """
    actor = actor_of(request)
    assert actor.party_id is not None
    command = SubmitDossier(
        procedure_code=sent.procedure_code,
        ward_code=sent.ward_code,
        applicant_person_id=actor.party_id,
        answers=sent.answers,
        papers=_papers(sent.papers),
        source=Source.API,
        return_form=sent.return_form,
        post_address=_post_address(sent.post_address),
    )
    try:
        return Status(201, public.submit(command, actor=actor, now=clock.now()))
    except AnswersIncomplete as refusal:
        return _incomplete(request, refusal)


@router.get("/dossiers", response=LinesOut, operation_id="list_my_dossiers")
@route(signed_in)
def mine(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """Hồ sơ của tôi, newest first."""
    found = public.mine(
        actor_of(request), now=clock.now(), before=paging.before, limit=paging.limit
    )
    return {"items": found.lines, "next": found.older}


@router.get("/dossiers/{code}", response=DossierOut, operation_id="read_dossier")
@route(signed_in)
def read(request: HttpRequest, code: str) -> DossierView:
    """Một hồ sơ. A foreign one does not exist: 404 dossier_not_found."""
    return public.dossier(code, actor_of(request), now=clock.now())


@router.get("/dossiers/{code}/proof", response=ProofOut, operation_id="read_proof")
@route(signed_in)
def proof(request: HttpRequest, code: str) -> dict[str, object]:
    """Bằng chứng đã nộp: leaf, paths, signed heads, countersignatures of witnesses once there.

    Refusals: 404 dossier_not_found, without_leaf; 409 proof_not_yet.
    """
    return public.submission_proof(code, actor_of(request), now=clock.now())


@router.post("/dossiers/{code}/steps", response=StepOut, operation_id="take_step")
@route(officers)
def step(request: HttpRequest, code: str, sent: StepIn) -> StepTaken:
    """Xử lý một bước.

    Refusals: 403 not_your_step, second_supplement_needs_head; 404 dossier_not_found; 409
    case_moved, case_ended, case_paused, action_not_offered, opinions_outstanding,
    status_not_allowed; 422 reason_needed, supplement_items_needed, items_needed, what an item
    lacks (`item_subject_needed`, `item_subject_unknown`, `item_twice`, `item_reason_unknown`,
    `item_rule_needed`, `item_remedy_needed`, `item_citation_needed`, `item_citation_unknown`,
    `item_too_long`; the field names the item), obligation_amount_needed.
    """
    items = tuple(Shortcoming(**item.dict()) for item in sent.items)
    asked = tuple(sent.asked_unit_ids)
    said = sent.dict(exclude={"items", "asked_unit_ids"})
    command = TakeStep(code=code, items=items, asked_unit_ids=asked, **said)
    return public.take_step(command, actor=actor_of(request), now=clock.now())


@router.post("/dossiers/{code}/supply", response=StepOut, operation_id="supply_papers")
@route(signed_in)
def supply(request: HttpRequest, code: str, sent: SupplyIn) -> StepTaken | HttpResponse:
    """Gửi thêm giấy tờ được yêu cầu.

    Refusals: 403 not_your_dossier; 404 dossier_not_found; 409 nothing_asked; 422
    presence_not_marked, nothing_supplied, answers_incomplete.
    """
    command = Supply(
        code=code,
        papers=_papers(sent.papers),
        answers=sent.answers,
        note=sent.note,
        person_present=sent.person_present,
    )
    try:
        return public.supply(command, actor=actor_of(request), now=clock.now())
    except AnswersIncomplete as refusal:
        return _incomplete(request, refusal)


@router.post("/dossiers/{code}/withdraw", response=StepOut, operation_id="withdraw_dossier")
@route(signed_in)
def withdraw(request: HttpRequest, code: str, sent: WithdrawIn) -> StepTaken:
    """Rút hồ sơ.

    Refusals: 403 not_your_dossier; 404; 409 status_not_allowed; 422 presence_not_marked.
    """
    return public.withdraw(
        code,
        sent.reason,
        person_present=sent.person_present,
        actor=actor_of(request),
        now=clock.now(),
    )


@router.post("/dossiers/{code}/rating", response={204: None}, operation_id="rate_dossier")
@route(signed_in)
def rate(request: HttpRequest, code: str, sent: RatingIn) -> Status[None]:
    """Chấm điểm, once the result is there. Refusals: 403; 404; 409 rating_not_yet."""
    public.rate(code, sent.stars, sent.comment, actor=actor_of(request), now=clock.now())
    return Status(204, None)


@router.get("/track", response=TrackOut, operation_id="track_dossier")
@route(open_to_all)
def track(
    request: HttpRequest,
    code: Query[Annotated[str, Field(max_length=40)]],
    secret: Annotated[str, Header(alias="X-Dossier-Secret", max_length=12)],
) -> PublicStatus:
    """Tra cứu bằng mã hồ sơ và mã tra cứu, open to everybody.

    The secret travels in a header, so that it stays out of addresses and logs.
    Refusals: 404 dossier_not_found; 429 too_many_tries.
    """
    client = request.META.get("REMOTE_ADDR", "")
    return public.track(code, secret, now=clock.now(), client=client)
