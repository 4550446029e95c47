"""Bàn giao giấy tờ: make a list, give, take line by line, see where one's originals are."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.counters.actions import bundling
from motcua.contexts.counters.contracts.bundles import (
    Arrival,
    Carrier,
    LineState,
    WrongDestination,
)
from motcua.contexts.counters.queries import bundles
from motcua.contexts.counters.web import bundle_pages
from motcua.contexts.dossiers import public as dossiers
from motcua.kernel import clock
from motcua.kernel.access import officers, route, signed_in
from motcua.kernel.errors import Invalid
from motcua.kernel.web import actor_of, page, redirect_after, uuid_of
from motcua.ui.parts import FieldError

URL = "/quay/ban-giao"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def listed(request: HttpRequest) -> HttpResponseBase:
    """What waits at one's desk, by where it goes; lists of one's units."""
    if request.method != "POST":
        return _listed(request)
    try:
        made = _made(request)
    except Invalid as refusal:
        return _listed(request, refusal.message)
    return redirect_after(f"{URL}/{made}")


def _made(request: HttpRequest) -> UUID:
    """Raises: WrongDestination, what `make_bundle` refuses."""
    to_unit_id = uuid_of(request.POST.get("to", ""))
    if to_unit_id is None:
        raise WrongDestination
    said = request.POST.get("carrier", "")
    ticked = [value.partition("|") for value in request.POST.getlist("items")]
    made = bundling.make_bundle(
        [(code, item) for code, _, item in ticked],
        to_unit_id=to_unit_id,
        carrier=Carrier(said) if said in set(Carrier) else Carrier.HAND,
        reference=request.POST.get("reference", ""),
        actor=actor_of(request),
        now=clock.now(),
    )
    return made.bundle_id


def _listed(request: HttpRequest, error: str = "") -> HttpResponseBase:
    model = bundle_pages.bundles_page(actor_of(request), now=clock.now(), error=error)
    return page(request, "counters/bundles.html", model, status=422 if error else 200)


@never_cache
@require_safe
@route(officers)
def show(request: HttpRequest, bundle_id: UUID) -> HttpResponseBase:
    return _shown(request, bundle_id)


def _shown(request: HttpRequest, bundle_id: UUID, error: str = "") -> HttpResponseBase:
    actor = actor_of(request)
    found = bundles.bundle(bundle_id, actor, now=clock.now())
    errors = (FieldError(text=error, field="lines"),) if error else ()
    model = bundle_pages.bundle_page(found, actor, errors=errors)
    return page(request, "counters/bundle.html", model, status=422 if error else 200)


@require_POST
@route(officers)
def give(request: HttpRequest, bundle_id: UUID) -> HttpResponseBase:
    bundling.give_bundle(bundle_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã ký giao. Nơi nhận xác nhận từng giấy tờ.")
    return redirect_after(f"{URL}/{bundle_id}")


@require_POST
@route(officers)
def drop(request: HttpRequest, bundle_id: UUID) -> HttpResponseBase:
    bundling.drop_bundle(bundle_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã bỏ danh sách. Giấy tờ chờ bàn giao lại.")
    return redirect_after(URL)


@require_POST
@route(officers)
def take(request: HttpRequest, bundle_id: UUID) -> HttpResponseBase:
    """Each line as it arrived."""

    def act() -> None:
        bundling.take_bundle(
            bundle_id, _arrivals(request.POST), actor=actor_of(request), now=clock.now()
        )

    return _told(request, bundle_id, act, "Đã ký nhận.")


@require_POST
@route(officers)
def find(request: HttpRequest, bundle_id: UUID) -> HttpResponseBase:
    """A missing paper has turned up."""

    def act() -> None:
        for arrival in _arrivals(request.POST):
            bundling.find_paper(bundle_id, arrival, actor=actor_of(request), now=clock.now())

    return _told(request, bundle_id, act, "Đã ghi giấy tờ tìm thấy.")


def _told(
    request: HttpRequest, bundle_id: UUID, act: Callable[[], None], words: str
) -> HttpResponseBase:
    try:
        act()
    except Invalid as refusal:
        return _shown(request, bundle_id, refusal.message)
    messages.success(request, words)
    return redirect_after(f"{URL}/{bundle_id}")


def _arrivals(typed: QueryDict) -> list[Arrival]:
    """`line.<id>` says how it came, `note.<id>` what is wrong."""
    found = []
    for name, said in typed.items():
        line_id = uuid_of(name.removeprefix("line.")) if name.startswith("line.") else None
        if line_id is not None and said in set(LineState):
            note = typed.get(f"note.{line_id}", "")
            found.append(Arrival(line_id=line_id, state=LineState(str(said)), note=note))
    return found


@never_cache
@require_safe
@route(signed_in)
def originals(request: HttpRequest, code: str) -> HttpResponseBase:
    """Where the papers are, for whoever may see the dossier. Raises: DossierNotFound."""
    actor, now = actor_of(request), clock.now()
    found = dossiers.dossier(code, actor, now=now)
    model = bundle_pages.originals_page(found.code, bundles.holders(found.code))
    return page(request, "counters/originals.html", model)
