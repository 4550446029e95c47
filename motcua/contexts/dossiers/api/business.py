"""Dành cho phần mềm của doanh nghiệp: many applications at once, their states, what is due.

A live key works on dossiers of the city, a key for trying out on the sandbox: same addresses, same
rules, same refusals.
"""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from motcua.contexts.dossiers import public
from motcua.contexts.dossiers.actions import bulk, bulk_sending, sandbox
from motcua.contexts.dossiers.api.business_schemas import (
    DeskIn,
    FiledIn,
    FiledOut,
    FiledPageOut,
    FilingLinesOut,
    FilingOut,
    ObligationsOut,
    PaperNamedIn,
    SendIn,
    obligation_out,
    of_filed,
    of_line,
    of_tried,
)
from motcua.contexts.dossiers.contracts import BulkView, NationalStatus
from motcua.contexts.dossiers.queries import bulk as reading
from motcua.contexts.dossiers.queries import bulk_sending as sendings
from motcua.contexts.dossiers.queries import lists, obligations
from motcua.contexts.dossiers.queries import sandbox as tried
from motcua.kernel import clock
from motcua.kernel.access import citizens, route
from motcua.kernel.api import actor_of
from motcua.kernel.workbooks import MOST_BYTES, NotReadable

router = Router(tags=["business"])
MOST = 200


class FilingPaging(Schema):
    """before: `next` of the page before."""

    before: Annotated[str, Field(max_length=80)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50


class LinePaging(Schema):
    """after: `next` of the page before."""

    after: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=MOST)] = 100


class SheetIn(Schema):
    procedure_code: Annotated[str, Field(max_length=16)]
    ward_code: Annotated[str, Field(max_length=5)]


def _filing(bulk_id: UUID, request: HttpRequest) -> dict[str, object]:
    """How far it is, with how far its sending is."""
    actor, now = actor_of(request), clock.now()
    view: BulkView = reading.bulk_view(bulk_id, actor, now=now)
    sending = sendings.latest_sending(bulk_id, actor, now=now)
    return {
        "id": view.id,
        "sandbox": actor.sandbox,
        "procedure_code": view.version.procedure_code,
        "state": view.state,
        "lines": view.lines,
        "checked": view.checked,
        "good": view.good,
        "wrong": view.wrong,
        "repeated": view.again,
        "drafts": view.made,
        "notices": list(view.notices),
        "sending": sending,
    }


@router.post("/business/filings", response={201: FilingOut}, operation_id="file_rows")
@route(citizens)
def file_rows(request: HttpRequest, sent: FiledIn) -> Status[dict[str, object]]:
    """Nhiều hồ sơ của một thủ tục: `rows` by key of question, as the form's JSON Schema says.

    Lines are checked by a job: read the filing until `state` is CHECKED, then its lines.
    Refusals: 403 assurance_too_low, mandate_refused; 404 procedure_not_found; 409
    procedure_not_open, procedure_not_runnable, idempotency_mismatch; 422 not_readable (a question
    that every line needs is in none).
    """
    made = bulk.bring_rows(
        sent.procedure_code,
        sent.rows,
        ward_code=sent.ward_code,
        actor=actor_of(request),
        now=clock.now(),
    )
    return Status(201, _filing(made.bulk_id, request))


@router.post("/business/filings/sheet", response={201: FilingOut}, operation_id="file_sheet")
@route(citizens)
def file_sheet(
    request: HttpRequest, sent: Form[SheetIn], file: File[UploadedFile]
) -> Status[dict[str, object]]:
    """The same from a spreadsheet (.xlsx, .csv) by the template at /nop-nhieu.

    Refusals: as `file_rows`; 422 not_readable says what to do with the file.
    """
    if (file.size or 0) > MOST_BYTES:
        raise NotReadable("Tệp lớn hơn 20 MB. Bạn chia thành nhiều tệp.")
    made = bulk.bring_table(
        sent.procedure_code,
        file.read(),
        ward_code=sent.ward_code,
        actor=actor_of(request),
        now=clock.now(),
    )
    return Status(201, _filing(made.bulk_id, request))


@router.get("/business/filings/{bulk_id}", response=FilingOut, operation_id="read_filing")
@route(citizens)
def read_filing(request: HttpRequest, bulk_id: UUID) -> dict[str, object]:
    """How far it is. Refusals: 404 bulk_not_found."""
    return _filing(bulk_id, request)


@router.get("/business/filings/{bulk_id}/lines", response=FilingLinesOut, operation_id="read_lines")
@route(citizens)
def read_lines(request: HttpRequest, bulk_id: UUID, paging: Query[LinePaging]) -> dict[str, object]:
    """Each line with its errors, its draft, its dossier. Refusals: 404 bulk_not_found."""
    found = reading.bulk_lines(
        bulk_id, actor_of(request), now=clock.now(), after=paging.after, limit=paging.limit
    )
    more = found[-1].line if len(found) == paging.limit else None
    return {"items": [of_line(line) for line in found], "next": more}


@router.post("/business/filings/{bulk_id}/drafts", response=FilingOut, operation_id="make_drafts")
@route(citizens)
def make_drafts(request: HttpRequest, bulk_id: UUID) -> dict[str, object]:
    """Let the good lines become drafts, by a job; wrong ones stay behind.

    Refusals: 403 mandate_refused; 404 bulk_not_found; 409 bulk_not_checked.
    """
    bulk.ask_drafts(bulk_id, actor=actor_of(request), now=clock.now())
    return _filing(bulk_id, request)


@router.post("/business/drafts/{draft_id}/papers", response={204: None}, operation_id="give_paper")
@route(citizens)
def give_paper(request: HttpRequest, draft_id: UUID, sent: PaperNamedIn) -> Status[None]:
    """A paper of a draft: the file by POST /files; in the sandbox its component is enough.

    Refusals: 403 file_not_yours; 404 draft_not_found, tried_not_found; 422 file_needed.
    """
    actor, now = actor_of(request), clock.now()
    if actor.sandbox:
        sandbox.name_paper(draft_id, sent.component_key, actor=actor, now=now)
    else:
        file_id = sent.needed_file()
        public.attach_paper(draft_id, sent.component_key, file_id, actor=actor, now=now)
    return Status(204, None)


@router.post("/business/filings/{bulk_id}/send", response=FilingOut, operation_id="send_drafts")
@route(citizens)
def send(request: HttpRequest, bulk_id: UUID, sent: SendIn) -> dict[str, object]:
    """Send every draft of the filing, by a job; `trial` looks and sends nothing.

    Refusals: 403 mandate_refused; 404 bulk_not_found; 409 bulk_not_made.
    """
    bulk_sending.ask_sending(bulk_id, trial=sent.trial, actor=actor_of(request), now=clock.now())
    return _filing(bulk_id, request)


@router.get("/business/dossiers", response=FiledPageOut, operation_id="list_filed")
@route(citizens)
def filed(request: HttpRequest, paging: Query[FilingPaging]) -> dict[str, object]:
    """Dossiers of the business, newest first: code and state, no personal value."""
    actor, now = actor_of(request), clock.now()
    if actor.sandbox:
        tries = tried.tried_page(actor, now=now, before=paging.before, limit=paging.limit)
        return {"items": [of_tried(one) for one in tries.items], "next": tries.older}
    found = lists.mine(actor, now=now, before=paging.before, limit=paging.limit)
    return {"items": [of_filed(line) for line in found.lines], "next": found.older}


@router.get("/business/dossiers/{filed_code}", response=FiledOut, operation_id="read_filed")
@route(citizens)
def filed_one(request: HttpRequest, filed_code: str) -> dict[str, object]:
    """One of them. Refusals: 404 dossier_not_found, tried_not_found."""
    actor, now = actor_of(request), clock.now()
    if actor.sandbox:
        return of_tried(tried.tried_view(filed_code, actor, now=now))
    return of_filed(lists.one_line(filed_code, actor, now=now))


@router.post("/business/dossiers/{filed_code}/desk", response=FiledOut, operation_id="play_desk")
@route(citizens)
def play_desk(request: HttpRequest, filed_code: str, sent: DeskIn) -> dict[str, object]:
    """In the sandbox, be the officer: move a dossier to a state that it may go to.

    Refusals: 403 only_in_sandbox; 404 tried_not_found; 409 status_not_allowed.
    """
    actor, now = actor_of(request), clock.now()
    sandbox.play_desk(filed_code, NationalStatus(sent.status), actor=actor, now=now)
    return of_tried(tried.tried_view(filed_code, actor, now=now))


@router.get("/business/obligations", response=ObligationsOut, operation_id="list_obligations")
@route(citizens)
def due(request: HttpRequest) -> dict[str, object]:
    """What is due for the business; the sandbox has nothing due."""
    found = obligations.open_obligations(actor_of(request), now=clock.now())
    return {"items": [obligation_out(one) for one in found]}
