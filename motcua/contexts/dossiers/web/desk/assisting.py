"""Nộp giúp: read to the person, answered by them, then filled like any other form."""

import secrets
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions import assisting as acts
from motcua.contexts.dossiers.contracts import Begun, Source
from motcua.contexts.dossiers.contracts.assisting import (
    AGREED,
    Answered,
    AskConsent,
    CodeNotSent,
    Consent,
    ConsentMissing,
    ConsentWayNeeded,
    Identified,
    IdentifiedHowNeeded,
    NoPhoneForCode,
)
from motcua.contexts.dossiers.queries import assisting as helping
from motcua.contexts.dossiers.web.desk.assisting_pages import consent_page
from motcua.contexts.identity.contracts.mandates import MandateView
from motcua.kernel import clock, idempotency
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Actor, Role
from motcua.kernel.purpose import Purpose
from motcua.kernel.web import actor_of, page, redirect_after

receivers = roles(Role.RECEIVER)


def ask(request: HttpRequest, person_id: UUID, mandate: MandateView | None, ward: str) -> str:
    """Begin the question; the page that reads it out."""
    command = AskConsent(
        person_id=person_id,
        applicant_id=mandate.principal_id if mandate else person_id,
        procedure_code=request.POST.get("code", ""),
        ward_code=ward,
        mandate_id=mandate.id if mandate else None,
    )
    asked = acts.ask_consent(command, actor=actor_of(request), now=clock.now())
    return f"/quay/nop-giup/{asked.assistance_id}"


@require_http_methods(["GET", "HEAD", "POST"])
@route(receivers, purpose=Purpose.FILE_FOR_PRESENT)
def consent(request: HttpRequest, assistance_id: UUID) -> HttpResponseBase:
    """What is read to the person; POST: their answer, and on yes the first page of the form."""
    if request.method != "POST":
        return _show(request, assistance_id, {})
    try:
        answered = _answer(request, assistance_id)
    except (IdentifiedHowNeeded, ConsentWayNeeded, CodeNotSent) as refusal:
        return _show(request, assistance_id, {refusal.field or "form": refusal.message})
    if answered.agreed:
        return _begin(request, assistance_id)
    if request.POST.get("consent") == Consent.CODE:
        told = {"code": f"Mã không đúng. Còn {answered.left} lần thử."}
        return _show(request, assistance_id, told)
    messages.success(request, "Đã ghi: người này không đồng ý. Không có gì được nộp hay tra cứu.")
    return redirect_after("/quay")


def _answer(request: HttpRequest, assistance_id: UUID) -> Answered:
    said, identified = request.POST.get("consent", ""), request.POST.get("identified", "")
    if identified not in set(Identified):
        raise IdentifiedHowNeeded(field="identified")
    if said not in set(Consent):
        raise ConsentWayNeeded(field="consent")
    return acts.answer_consent(
        assistance_id,
        Consent(said),
        identified=Identified(identified),
        code=request.POST.get("code", ""),
        actor=actor_of(request),
        now=clock.now(),
    )


def _begin(request: HttpRequest, assistance_id: UUID) -> HttpResponseBase:
    with idempotency.using(""):  # asked again it finds the draft that was begun
        begun = begin_assisted(assistance_id, actor=actor_of(request), now=clock.now())
    return redirect_after(f"/nhap/{begun.draft_id}")


def begin_assisted(assistance_id: UUID, *, actor: Actor, now: datetime) -> Begun:
    """The draft of what a person at the desk agreed to. Raises: as `begin_draft`."""
    agreed = helping.assistance(assistance_id, actor, now=now)
    if agreed.draft_id is not None:
        return Begun(draft_id=agreed.draft_id)
    if agreed.consent not in AGREED:
        raise ConsentMissing
    return dossiers.begin_draft(
        agreed.procedure_code,
        ward_code=agreed.ward_code,
        actor=actor,
        now=now,
        source=Source.ASSISTED,
        applicant_person_id=agreed.applicant_id,
        only=frozenset(agreed.told),
        mandate_id=agreed.mandate_id,
        assistance_id=assistance_id,
    )


@require_POST
@route(receivers, purpose=Purpose.FILE_FOR_PRESENT)
def code(request: HttpRequest, assistance_id: UUID) -> HttpResponseBase:
    """Six digits to the telephone that the city knows of the person."""
    number = f"{secrets.randbelow(10**6):06}"
    try:
        acts.send_code(assistance_id, number, actor=actor_of(request), now=clock.now())
    except NoPhoneForCode as refusal:
        return _show(request, assistance_id, {"consent": refusal.message})
    messages.success(request, "Đã gửi mã. Bạn nhờ người nộp đọc mã trên điện thoại của họ.")
    return redirect_after(f"/quay/nop-giup/{assistance_id}")


def _show(request: HttpRequest, assistance_id: UUID, errors: dict[str, str]) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    asked = helping.assistance(assistance_id, actor, now=now)
    model = consent_page(asked, request.POST, errors, now=now)
    status = 422 if errors else 200
    return page(request, "dossiers/desk/assist.html", model, status=status)
