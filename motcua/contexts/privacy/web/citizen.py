"""Dữ liệu của tôi: what is held, each right, a request with its clock."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.documents import public as documents
from motcua.contexts.identity import public as identity
from motcua.contexts.privacy.actions import course
from motcua.contexts.privacy.actions import requests as actions
from motcua.contexts.privacy.contracts import AskRight, RequestNotFound, Right
from motcua.contexts.privacy.queries import held, requests
from motcua.contexts.privacy.rules import rights
from motcua.contexts.privacy.web import pages
from motcua.kernel import clock, idempotency
from motcua.kernel.access import citizens, route
from motcua.kernel.actors import Actor
from motcua.kernel.errors import DomainError
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui.parts import FieldError

HERE = "/toi/du-lieu"


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise RequestNotFound
    return actor.person_id


@never_cache
@require_safe
@route(citizens)
def overview(request: HttpRequest) -> HttpResponseBase:
    """What the city holds, in plain words; a button for each right; one's requests."""
    actor, now = actor_of(request), clock.now()
    person_id = _person(actor)
    model = pages.overview_page(
        held.held_about(person_id),
        requests.mine(actor, now=now),
        requests.stopped(person_id),
        now=now,
    )
    return page(request, "privacy/mine.html", model)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(citizens)
def ask(request: HttpRequest, right: str) -> HttpResponseBase:
    """One right on one page; POST opens the request. Raises: RightUnknown."""
    actor, now = actor_of(request), clock.now()
    wanted, person_id = rights.parse(right), _person(actor)
    if request.method != "POST":
        return page(request, "privacy/ask.html", _ask_page(wanted, person_id, request))
    if wanted is Right.DELETE:
        identity.require_recent(actor, now=now)  # before its files are kept a second time
    try:
        command = AskRight(
            right=wanted,
            target=request.POST.get("target", ""),
            wanted=request.POST.get("wanted", ""),
            reason=request.POST.get("reason", ""),
            file_ids=_evidence(request, actor, now),
        )
        asked = actions.ask(command, actor=actor, now=now)
    except DomainError as refusal:
        errors = (FieldError(text=refusal.message, field=refusal.field or ""),)
        model = _ask_page(wanted, person_id, request, errors=errors)
        return page(request, "privacy/ask.html", model, status=int(refusal.kind))
    return redirect_after(f"{HERE}/yeu-cau/{asked.code}")


def _evidence(request: HttpRequest, actor: Actor, now: datetime) -> tuple[UUID, ...]:
    """Keep what came with the form. Raises: as `documents.keep_upload`."""
    upload = request.FILES.get("file")
    if upload is None:
        return identity.parked_files(request, "file")[:1]
    with idempotency.using(""):
        kept = documents.keep_upload(
            upload,
            filename=upload.name or "",
            by=actor,
            now=now,
            owner_person_id=actor.person_id,
        )
    return (kept.id,)


def _ask_page(
    right: Right, person_id: UUID, request: HttpRequest, *, errors: tuple[FieldError, ...] = ()
) -> pages.AskPage:
    return pages.ask_page(
        rights.rule(right),
        fields=held.correctable(person_id) if right is Right.CORRECT else (),
        consents=held.given_by(person_id) if right is Right.WITHDRAW else (),
        typed={name: request.POST.get(name, "") for name in ("target", "wanted", "reason")},
        errors=errors,
    )


@never_cache
@require_safe
@route(citizens)
def follow(request: HttpRequest, request_code: str) -> HttpResponseBase:
    """Where a request stands, when it is due and why, what was decided."""
    return _follow(request, request_code)


def _follow(
    request: HttpRequest, code: str, *, typed: str = "", errors: tuple[FieldError, ...] = ()
) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    row = requests.row(code, actor, now=now)
    model = pages.follow_page(
        requests.view(row, actor, now=now), now=now, typed=typed, errors=errors
    )
    return page(request, "privacy/follow.html", model, status=422 if errors else 200)


@never_cache
@require_POST
@route(citizens)
def write(request: HttpRequest, request_code: str) -> HttpResponseBase:
    """Write to the data protection officer."""
    text = request.POST.get("text", "")
    try:
        actions.write(request_code, text, actor=actor_of(request), now=clock.now())
    except RequestNotFound:
        raise
    except DomainError as refusal:
        errors = (FieldError(text=refusal.message, field="text"),)
        return _follow(request, request_code, typed=text, errors=errors)
    return redirect_after(f"{HERE}/yeu-cau/{request_code}#trao-doi")


@never_cache
@require_POST
@route(citizens)
def withdraw(request: HttpRequest, request_code: str) -> HttpResponseBase:
    """Take the request back. Raises: RequestNotFound, AnsweredBefore."""
    course.withdraw(request_code, actor=actor_of(request), now=clock.now())
    messages.success(request, _("Bạn đã rút yêu cầu."))
    return redirect_after(f"{HERE}/yeu-cau/{request_code}")
