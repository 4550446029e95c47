"""Quầy: the receiver registers who stands at the desk and fills the form for them."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import SearchPurpose, Source
from motcua.contexts.dossiers.web.desk import assisting, counter_pages
from motcua.contexts.dossiers.web.desk.reading import command_of
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts.mandates import MandateNotFound, MandateView
from motcua.contexts.procedures import public as procedures
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.codes import PersonalNumber
from motcua.kernel.errors import DomainError
from motcua.kernel.forms.dates import day_of_parts
from motcua.kernel.web import actor_of, page, redirect_after

receivers = roles(Role.RECEIVER)
AT_COUNTER = frozenset(Source(option.value) for option in counter_pages.AT_COUNTER)


@dataclass(frozen=True, slots=True)
class Told:
    """Who stands at the desk, as typed; errors by field."""

    born_on: date | None
    errors: dict[str, str] = field(default_factory=dict)


@require_http_methods(["GET", "HEAD", "POST"])
@route(receivers)
def counter(request: HttpRequest) -> HttpResponseBase:
    """Who stands at the desk: found by number, name and birth date, or registered."""
    if request.method != "POST":
        return page(request, "dossiers/desk/counter.html", counter_pages.who_page(QueryDict()))
    told = _told(request.POST)
    errors = dict(told.errors)
    if not errors:
        try:
            note_search(request)
            person_id = identity.find_or_register(
                request.POST.get("personal_number", "").replace(" ", ""),
                request.POST.get("full_name", "").strip(),
                told.born_on,
                actor=actor_of(request),
                now=clock.now(),
                phone=request.POST.get("phone", "").strip(),
            )
            return redirect_after(f"/quay/nguoi/{person_id}")
        except DomainError as refusal:
            errors = {refusal.field or "personal_number": refusal.message}
    model = counter_pages.who_page(request.POST, errors)
    return page(request, "dossiers/desk/counter.html", model, status=422)


def note_search(request: HttpRequest) -> None:
    """Who stands at the desk is the reason: nobody asks for another."""
    number, actor = request.POST.get("personal_number", ""), actor_of(request)
    if PersonalNumber.parses(number):
        dossiers.note_search(number, SearchPurpose.COUNTER, actor=actor, now=clock.now())


def _told(typed: QueryDict) -> Told:
    errors: dict[str, str] = {}
    if not typed.get("personal_number", "").strip():
        errors["personal_number"] = "Bạn nhập 12 chữ số trên thẻ căn cước."
    if not typed.get("full_name", "").strip():
        errors["full_name"] = "Bạn nhập họ tên như trên thẻ căn cước."
    born_on = day_of_parts(typed, "born_on")
    if born_on is None:
        errors["born_on"] = "Bạn nhập ngày, tháng, năm sinh như trên thẻ căn cước."
    return Told(born_on, errors)


@require_safe
@route(receivers)
def person(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """The person, and the procedure they come for."""
    asked = request.GET.get("q", "").strip()
    hits = procedures.search(asked, 12, on=city_date(clock.now())) if asked else ()
    model = counter_pages.person_page(
        identity.person(person_id), asked, hits, actor_of(request), now=clock.now()
    )
    return page(request, "dossiers/desk/person.html", model)


@require_POST
@route(receivers)
def begin(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Begin the dossier and go on in the same form pages as on the phone."""
    actor, now = actor_of(request), clock.now()
    said, mandate = request.POST.get("source", ""), _mandate(request, person_id, actor)
    if said == Source.ASSISTED:
        return redirect_after(assisting.ask(request, person_id, mandate, _ward(person_id, actor)))
    begun = dossiers.begin_draft(
        request.POST.get("code", ""),
        ward_code=_ward(person_id, actor),
        actor=actor,
        now=now,
        source=Source(said) if said in AT_COUNTER else Source.COUNTER,
        applicant_person_id=mandate.principal_id if mandate else person_id,
        mandate_id=mandate.id if mandate else None,
    )
    return redirect_after(f"/nhap/{begun.draft_id}")


def _mandate(request: HttpRequest, person_id: UUID, actor: Actor) -> MandateView | None:
    """Under which the person at the desk acts; None for their own matter.

    Raises: MandateNotFound, NotAtYourDesk.
    """
    said = request.POST.get("mandate", "")
    if not said:
        return None
    held, _given = identity.mandates_of_visitor(person_id, actor=actor, now=clock.now())
    found = next((one for one in held if str(one.id) == said), None)
    if found is None:
        raise MandateNotFound
    return found


def _ward(person_id: UUID, actor: Actor) -> str:
    """Where the person lives, else where the desk stands; the form lets it be changed."""
    return identity.person(person_id).ward_code or counter_pages.ward_of_desk(actor)


@require_safe
@route(receivers)
def sent(request: HttpRequest, code: str) -> HttpResponseBase:
    """The slip to print; receiving it here, at once, when it came to this desk."""
    actor, now = actor_of(request), clock.now()
    view = dossiers.desk_view(code, actor, now=now)
    model = counter_pages.sent_page(view, dossiers.receipt(code, actor, now=now))
    return page(request, "dossiers/desk/sent.html", model)


@require_POST
@route(receivers)
def receive(request: HttpRequest, code: str) -> HttpResponseBase:
    """Tiếp nhận from the slip: the same action as on the desk, then back to print it."""
    actor, now = actor_of(request), clock.now()
    view = dossiers.desk_view(code, actor, now=now)
    taken = dossiers.take_step(command_of(view, "receive", request.POST), actor=actor, now=now)
    messages.success(request, taken.sentence)
    return redirect_after(f"/quay/ho-so/{code}")
