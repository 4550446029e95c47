"""Trả kết quả theo thẻ hoặc số: who stands there, what is ready for them, several at once."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.contexts.counters.queries import queue
from motcua.contexts.counters.web.intake_pages import (
    Calling,
    calling_at,
)
from motcua.contexts.counters.web.visitors import ask_who
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.identity import public as identity
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Role
from motcua.kernel.errors import DomainError
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Fact, FieldError, Option

returners = roles(Role.RETURNER)
HERE = "/quay/tra"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingPage:
    person: str
    facts: tuple[Fact, ...]
    ready: tuple[Option, ...]
    chosen: tuple[str, ...]
    unit: str
    officer: str
    day: str
    calling: Calling | None
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(returners)
def who(request: HttpRequest) -> HttpResponseBase:
    """A card, twelve digits, or the number of a ticket that was taken signed in."""
    known = None
    if request.method == "POST":
        number = request.POST.get("number", "")
        known = queue.person_of_label(number, actor_of(request), now=clock.now())
    return ask_who(request, "counters/handing_who.html", f"{HERE}/nguoi", known=known)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(returners)
def handing(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """What is ready, ticked; POST: identity seen, signed, handed out."""
    if request.method != "POST":
        return _show(request, person_id, {})
    actor, codes = actor_of(request), request.POST.getlist("codes")
    try:
        done = dossiers.hand_over_all(
            person_id,
            codes,
            identity_seen=request.POST.get("identity_seen") == "yes",
            signed=request.POST.get("signed") == "yes",
            actor=actor,
            now=clock.now(),
        )
    except DomainError as refusal:
        return _show(request, person_id, {refusal.field or "codes": refusal.message})
    messages.success(request, f"Đã trả {len(done.codes)} kết quả. Người nộp nhận tin.")
    return redirect_after(HERE)


def _show(request: HttpRequest, person_id: UUID, wrong: dict[str, str]) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    person = identity.person(person_id)
    ready = dossiers.ready_for(person_id, actor, now=now)
    owners = identity.names_of({one.owner_id for one in ready})
    desks = queue.desks_of(actor, now=now)
    codes = tuple(one.code for one in ready)
    model = HandingPage(
        person=person.full_name,
        facts=(Fact(label="Số định danh", value=person.personal_number_masked),),
        ready=tuple(
            Option(
                value=one.code,
                label=f"{one.procedure_name}, {one.code}",
                help=f"Nhận thay {owners.get(one.owner_id, '')}" if one.mandate_id else "",
            )
            for one in ready
        ),
        chosen=tuple(request.POST.getlist("codes")) if request.method == "POST" else codes,
        unit=desks[0].name if desks else "",
        officer=actor.name,
        day=dates.city_moment(now),
        calling=calling_at(actor, now=now),
        errors=tuple(FieldError(text=text, field=key) for key, text in wrong.items()),
    )
    return page(request, "counters/handing.html", model, status=422 if wrong else 200)
