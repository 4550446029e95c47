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
    same_number,
    who_questions,
)
from motcua.contexts.counters.web.visitors import VisitorUnknown, found_visitor
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts import PersonView
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Role
from motcua.kernel.errors import DomainError
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Fact, FieldError, Option, QuestionView

returners = roles(Role.RETURNER)
HERE = "/quay/tra"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoPage:
    questions: tuple[QuestionView, ...]
    people: tuple[Option, ...]
    calling: Calling | None
    errors: tuple[FieldError, ...] = ()


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
    if request.method != "POST":
        return _who(request, {})
    actor, now = actor_of(request), clock.now()
    person_id = queue.person_of_label(request.POST.get("number", ""), actor, now=now)
    try:
        person_id = person_id or found_visitor(request)
    except VisitorUnknown as unknown:
        wrong = {} if unknown.people else {"full_name": unknown.message}
        return _who(request, wrong, people=unknown.people)
    except DomainError as refusal:
        return _who(request, {refusal.field or "number": refusal.message})
    return redirect_after(f"{HERE}/nguoi/{person_id}")


def _who(
    request: HttpRequest, wrong: dict[str, str], *, people: tuple[PersonView, ...] = ()
) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    model = WhoPage(
        questions=who_questions(request.POST, wrong, people),
        people=tuple(same_number(one) for one in people),
        calling=calling_at(actor, now=now),
        errors=tuple(FieldError(text=text, field=key) for key, text in wrong.items()),
    )
    status = 422 if request.method == "POST" else 200
    return page(request, "counters/handing_who.html", model, status=status)


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
