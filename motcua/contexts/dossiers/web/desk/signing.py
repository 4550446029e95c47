"""Chờ tôi ký: what waits for the officer's signature, chosen, looked through and signed at once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import BatchView, ItemState
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions import signing as acts
from motcua.contexts.dossiers.actions.initialling import initials_for
from motcua.contexts.dossiers.contracts import (
    DeskView,
    DossierNotFound,
    InboxFilter,
    ReasonNotKept,
)
from motcua.contexts.dossiers.web.desk import signing_pages as pages
from motcua.contexts.identity import public as identity
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import DomainError
from motcua.kernel.limits import SIGN_INS
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui.exporting import pdf_answer
from motcua.ui.parts import FieldError

SIGNERS = roles(Role.SIGNER)


@never_cache
@require_safe
@route(SIGNERS)
def table(request: HttpRequest) -> HttpResponseBase:
    """Twenty at a time, next due first: as many as one PIN signs."""
    actor, now = actor_of(request), clock.now()
    found = dossiers.inbox(
        actor,
        InboxFilter(role=Role.SIGNER),
        now=now,
        after=request.GET.get("sau", ""),
        limit=acts.LIMIT,
    )
    signable = tuple(line for line in found.lines if line.signs)
    model = pages.table_page(
        signable, documents.open_batches(actor, now=now), older=found.older, now=now
    )
    return page(request, "dossiers/desk/sign_table.html", model)


@require_POST
@route(SIGNERS)
def choose(request: HttpRequest) -> HttpResponseBase:
    """The ticked ones become a batch, to be looked through before anything is signed."""
    codes = request.POST.getlist("case")
    try:
        begun = acts.begin(codes, actor=actor_of(request), now=clock.now())
    except DossierNotFound:
        raise
    except DomainError as refusal:
        messages.warning(request, refusal.message)
        return redirect_after(pages.HERE)
    return redirect_after(pages.batch_url(begun.batch_id))


@never_cache
@require_safe
@route(SIGNERS)
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """What differs from paper to paper, then the PIN; afterwards what became of each.

    Raises: BatchNotFound.
    """
    return _batch(request, documents.batch_for(batch_id, actor_of(request), now=clock.now()))


@never_cache
@sensitive_post_parameters("pin", "code")
@require_POST
@route(SIGNERS, limit=SIGN_INS)
def sign(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Sign what waits. Raises: BatchNotFound."""
    actor, now = actor_of(request), clock.now()
    found = documents.batch_for(batch_id, actor, now=now)
    try:
        if found.count(ItemState.WAITING) and not documents.asks_pin():
            actor = identity.proved_anew(request, now=now)
        done = acts.work(batch_id, request.POST.get("pin", ""), actor=actor, now=now)
    except DomainError as refusal:
        return _batch(request, documents.batch_for(batch_id, actor, now=now), refusal)
    signed = done.count(ItemState.SIGNED)
    if signed and not done.count(ItemState.WAITING):
        messages.success(request, f"Đã ký {signed} văn bản. Văn thư đóng dấu và phát hành.")
    return redirect_after(pages.batch_url(batch_id))


@never_cache
@require_safe
@route(SIGNERS)
def draft(request: HttpRequest, code: str) -> HttpResponseBase:
    """The paper as it will be signed. Raises: DossierNotFound, ResultDataMissing."""
    pdf = acts.draft(code, actor=actor_of(request), now=clock.now())
    return pdf_answer(f"ban-thao-{code}.pdf", pdf, shown=True)


def _batch(
    request: HttpRequest, found: BatchView, refusal: DomainError | None = None
) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    waiting = tuple(i.subject for i in found.items if i.state is ItemState.WAITING)
    by_pin = documents.asks_pin()
    field = "pin" if by_pin else "code"
    model = pages.batch_page(
        found,
        _views(waiting, actor),
        initials_for(waiting, actor, now=now),
        by_pin=by_pin,
        proof=identity.ways_to_prove(request) if waiting and not by_pin else None,
        errors=(FieldError(text=refusal.message, field=field),) if refusal else (),
        now=now,
    )
    status = int(refusal.kind) if refusal else 200
    return page(request, "dossiers/desk/sign_batch.html", model, status=status)


def _views(codes: tuple[str, ...], actor: Actor) -> tuple[DeskView, ...]:
    """Those that the officer still may see; another one does not exist here either."""
    found = []
    for code in codes:
        try:
            found.append(dossiers.desk_view(code, actor, now=clock.now()))
        except (DossierNotFound, ReasonNotKept):
            continue
    return tuple(found)
