"""Nhận hồ sơ ở quầy: one page, no mouse; every key that sends keeps what was typed."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.counters.actions import intake as acts
from motcua.contexts.counters.contracts.intake import Came, IntakeMoved, Item, State
from motcua.contexts.counters.queries import intake as queries
from motcua.contexts.counters.web import intake_pages as pages
from motcua.contexts.counters.web.registering import with_told
from motcua.contexts.counters.web.visitors import VisitorUnknown, found_visitor
from motcua.contexts.dossiers.contracts import AnswersIncomplete, ReturnForm
from motcua.contexts.dossiers.contracts.counter import Outcome
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts import PersonView
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Role
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.errors import DomainError, NotFound
from motcua.kernel.text import whole
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates

receivers = roles(Role.RECEIVER)
HERE, DONE = "/quay/nhan", "/quay/nhan/xong"


@require_http_methods(["GET", "HEAD", "POST"])
@route(receivers)
def intake(request: HttpRequest) -> HttpResponseBase:
    """Who, which procedures, which papers; POST: one step further, or all of it received."""
    if request.method != "POST":
        return _show(request, {})
    state, seen = _here(request)
    if request.POST.get("visit", "") != state.visit:
        return _elsewhere(request, state)
    state = _typed(state, request.POST)
    try:
        return _step(request, state, seen)
    except IntakeMoved as moved:
        return _show(request, {"form": moved.message}, status=409)
    except AnswersIncomplete as refusal:
        _keep(request, state, seen)
        return _show(request, _wrong_answers(request, state, refusal), status=422)
    except DomainError as refusal:
        _keep(request, state, seen)
        return _show(request, {refusal.field or "form": refusal.message}, status=422)


def _elsewhere(request: HttpRequest, state: State) -> HttpResponseBase:
    """A page of another visit; of the one that was received a moment ago, pressed twice."""
    row = queries.row_of(actor_of(request))
    if row is not None and row.done and not state.visit:
        return redirect_after(DONE)
    return _show(request, {"form": IntakeMoved.sentence}, status=409)


def _here(request: HttpRequest) -> tuple[State, int]:
    """What was typed so far, with its version."""
    actor = actor_of(request)
    state, seen = queries.state_of(actor)
    today = city_date(clock.now())
    return queries.still_open(state, on=today, ward=pages.ward_of(actor)), seen


def _step(request: HttpRequest, state: State, seen: int) -> HttpResponseBase:
    act, _, said = request.POST.get("act", "").partition(":")
    if act == "who":
        return _who(request, state, seen)
    if act == "other":
        return _go_on(request, State(), seen)
    if act == "drop":
        return _go_on(request, state.without_item(whole(said) or 0), seen)
    if act == "add":
        return _go_on(request, _added(request, state, said), seen)
    if act == "save":
        return _found(request, state, seen)
    outcome = Outcome(act) if act in set(Outcome) else Outcome.RECEIVE
    return _take_in(request, state, seen, outcome)


def _who(request: HttpRequest, state: State, seen: int) -> HttpResponseBase:
    try:
        person_id = found_visitor(request)
    except VisitorUnknown as unknown:
        wrong = {} if unknown.people else {"full_name": unknown.message}
        return _show(request, wrong, people=unknown.people, status=422)
    phone = identity.contact_of(person_id).phone
    return _go_on(request, replace(state, person_id=person_id, phone=phone or ""), seen)


def _found(request: HttpRequest, state: State, seen: int) -> HttpResponseBase:
    """Letters of a procedure and Enter: the first of those offered is taken."""
    text = request.POST.get("q", "").strip()
    if not text:
        return _go_on(request, state, seen)
    actor = actor_of(request)
    hits = queries.offered(text, actor, on=city_date(clock.now()))
    if not hits:
        _keep(request, state, seen)
        wrong = {"q": f"Không có thủ tục nào nhận ở quầy khớp với «{text[:40]}»."}
        return _show(request, wrong, status=422)
    return _go_on(request, _added(request, state, hits[0].code), seen)


def _added(request: HttpRequest, state: State, code: str) -> State:
    actor = actor_of(request)
    return with_told(state, code, actor, ward=pages.ward_of(actor), now=clock.now())


def _take_in(request: HttpRequest, state: State, seen: int, outcome: Outcome) -> HttpResponseBase:
    acts.take_in(state, outcome=outcome, seen=seen, actor=actor_of(request), now=clock.now())
    messages.success(request, pages.TAKEN[outcome])
    return redirect_after(DONE)


def _go_on(request: HttpRequest, state: State, seen: int) -> HttpResponseBase:
    acts.save(state, seen=seen, actor=actor_of(request), now=clock.now())
    return redirect_after(HERE)


def _keep(request: HttpRequest, state: State, seen: int) -> None:
    """What is refused stays as typed."""
    acts.save(state, seen=seen, actor=actor_of(request), now=clock.now())


def _seal(request: HttpRequest) -> str:
    """The key of what a tab keeps until the city has it: the same after signing in again."""
    whose = str(actor_of(request).account_id)
    key = salted_hmac("motcua.counters.kept", whose, algorithm="sha256").digest()
    return b64encode(key).decode()


@require_POST
@route(receivers)
def keep(request: HttpRequest) -> JsonResponse:
    """What is typed is saved while it is typed. Raises: NotFound for a page of another visit."""
    actor, now = actor_of(request), clock.now()
    state, seen = _here(request)
    if request.POST.get("visit", "") != state.visit:
        raise NotFound(IntakeMoved.sentence)
    state = _typed(state, request.POST)
    acts.save(state, seen=seen, actor=actor, now=now)
    spoken = pages.promises(state, actor, now=now)
    return JsonResponse({"saved": dates.hour(city_time(now)), "spoken": spoken})


def _typed(state: State, post: QueryDict) -> State:
    """The state with what the page sends of it."""
    said = post.get("return_form", "")
    return replace(
        state,
        phone=post.get("phone", state.phone).strip()[:20],
        return_form=ReturnForm(said) if said in set(ReturnForm) else state.return_form,
        reason=post.get("reason", state.reason).strip()[:1000],
        citation=post.get("citation", state.citation).strip()[:200],
        items=tuple(_item(one, n, post) for n, one in enumerate(state.items)),
    )


def _item(item: Item, number: int, post: QueryDict) -> Item:
    answers, papers = f"a{number}.", f"p{number}."
    if f"there{number}" not in post:
        return item  # a form that does not show it
    return replace(
        item,
        answers={
            name.removeprefix(answers): [str(v)[:300] for v in values]
            for name, values in post.lists()
            if name.startswith(answers)
        },
        papers={
            name.removeprefix(papers): value
            for name, value in post.items()
            if name.startswith(papers) and value in set(Came)
        },
    )


def _wrong_answers(
    request: HttpRequest, state: State, refusal: AnswersIncomplete
) -> Mapping[str, str]:
    """Beside the question that each belongs to, in whichever procedure asks it."""
    today, errors = city_date(clock.now()), refusal.facts.get("errors", ())
    found, ward = {"form": refusal.message}, pages.ward_of(actor_of(request))
    for number, item in enumerate(state.items):
        version = queries.version_of(item.code, on=today, ward=ward)
        keys = {q.key for q in acts.asked(version)}
        for error in errors if isinstance(errors, tuple) else ():
            if error.path.split(".")[0] in keys:
                found[f"a{number}.{error.path}"] = error.message
    return found


def _show(
    request: HttpRequest,
    wrong: Mapping[str, str],
    *,
    people: tuple[PersonView, ...] = (),
    status: int = 200,
) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    state, _version = _here(request)
    offered = queries.offered("", actor, on=city_date(now)) if state.person_id else ()
    model = pages.intake_page(
        state, actor, wrong=wrong, typed=request.POST, people=people, offered=offered,
        seal=_seal(request), now=now,
    )  # fmt: skip
    return page(request, "counters/intake.html", model, status=status)


@require_safe
@route(receivers)
def done(request: HttpRequest) -> HttpResponseBase:
    """The receipts of the visit, to print on A5; F2 goes on to the next person."""
    actor, now = actor_of(request), clock.now()
    row = queries.row_of(actor)
    if row is None or not row.done:
        return redirect_after(HERE)
    return page(request, "counters/taken.html", pages.taken_page(row.done, actor, now=now))


@require_safe
@route(receivers)
def display(request: HttpRequest) -> HttpResponseBase:
    """The second screen, for the person at the window: name masked, code, due date."""
    actor, now = actor_of(request), clock.now()
    row = queries.row_of(actor)
    model = pages.display_page(row.done if row else (), actor, now=now)
    return page(request, "counters/display.html", model)
