"""The authorization endpoint and its pages: sign in, sign in anew, allow or not."""

from datetime import datetime

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from motcua.contexts.identity.actions.consents import decline_consent, give_consent
from motcua.contexts.identity.actions.sign_in import note_sign_out
from motcua.contexts.identity.contracts.applications import SCOPE_NAMES, Asked, DataScope
from motcua.contexts.identity.models import Account, Application
from motcua.contexts.identity.queries import accounts
from motcua.contexts.identity.queries.claims import shown_value
from motcua.contexts.identity.web import session
from motcua.contexts.identity.web.connect import server
from motcua.contexts.identity.web.connect.pages import AgainPage, ConsentPage, DatumRow
from motcua.contexts.identity.web.connect.visits import Asking, SentBack, Visit, way_back
from motcua.contexts.identity.web.middleware import recent
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.access import actor_of, open_to_all, route, signed_in
from motcua.kernel.limits import APPLICATION_VISITS
from motcua.kernel.web import page, redirect_after

LONGEST_QUERY = 6000


@never_cache
@csrf_exempt  # an application may send the browser by a form; it is only sent on, without effect
@require_http_methods(["GET", "HEAD", "POST"])
@route(open_to_all, keyless=True, limit=APPLICATION_VISITS)
def authorize(request: HttpRequest) -> HttpResponseBase:
    if request.method == "POST":
        return redirect_after(f"{server.AUTHORIZE}?{request.POST.urlencode()}")
    visit = Visit(request, request.GET)
    try:
        asking = visit.judged()
    except SentBack as back:
        return _sent_back(request, back)
    if (way := _sign_in_first(visit, asking)) is not None:
        return way
    consent = None if "consent" in visit.prompts else visit.consent_to(asking)
    if consent is not None:
        return visit.with_code(asking, consent.id)
    return page(request, "identity/consent.html", _consent_page(visit, asking))


def _sent_back(request: HttpRequest, back: SentBack) -> HttpResponseBase:
    name = back.application.name if back.application else ""
    return way_back(request, name, back.location)


def _sign_in_first(visit: Visit, asking: Asking) -> HttpResponseBase | None:
    if not visit.actor.is_signed_in:
        return visit.sign_in()
    if visit.is_fresh():
        return None
    model = AgainPage(
        application=asking.application.name,
        unit=_unit_of(asking),
        account=visit.actor.name,
        asked=visit.query,
    )
    return page(visit.request, "identity/sign_in_again.html", model)


def _unit_of(asking: Asking) -> str:
    return organisations.unit_by_id(asking.application.unit_id).name


def _consent_page(visit: Visit, asking: Asking) -> ConsentPage:
    account = accounts.account_of_actor(visit.actor, now=visit.now)
    rows = [
        (one.required, _datum(account, one, asking.application, now=visit.now))
        for one in asking.offered
    ]
    return ConsentPage(
        application=asking.application.name,
        unit=_unit_of(asking),
        account=visit.actor.name,
        required=tuple(row for required, row in rows if required),
        optional=tuple(row for required, row in rows if not required),
        asked=visit.query,
    )


def _datum(account: Account, one: Asked, to: Application, *, now: datetime) -> DatumRow:
    note = ""
    if one.scope is DataScope.PERSONAL_NUMBER:
        whole = to.whole_number
        note = _("Ứng dụng nhận cả 12 số.") if whole else _("Ứng dụng chỉ nhận ba số cuối.")
    return DatumRow(
        scope=one.scope.value,
        label=_(SCOPE_NAMES[one.scope]),
        value=shown_value(account, one.scope, now=now) or _("Chưa có"),
        purpose=one.purpose,
        note=note,
    )


def _visit_again(request: HttpRequest) -> Visit:
    return Visit(request, QueryDict(request.POST.get("asked", "")[:LONGEST_QUERY]))


@never_cache
@require_POST
@route(signed_in)
def answer_consent(request: HttpRequest) -> HttpResponseBase:
    """«Đồng ý» or «Không». The request is judged anew: nothing of the page is believed."""
    visit = _visit_again(request)
    try:
        asking = visit.judged()
    except SentBack as back:
        return _sent_back(request, back)
    if not visit.is_fresh():
        return redirect_after(visit.address)
    client_id = asking.application.client_id
    if request.POST.get("answer") != "yes":
        decline_consent(client_id, actor=visit.actor, now=visit.now)
        return visit.denied(asking)
    ticked = request.POST.getlist("scope")
    given = give_consent(client_id, asking.offered, ticked, actor=visit.actor, now=visit.now)
    return visit.with_code(asking, given.id)


@never_cache
@require_POST
@route(open_to_all, keyless=True)
def sign_in_again(request: HttpRequest) -> HttpResponseBase:
    """Out of this session and in by a new one: the application wants to be sure who sits there."""
    actor = actor_of(request)
    visit = _visit_again(request)
    if actor.account_id is not None:
        note_sign_out(actor.account_id, mark=session.mark_of(request), now=clock.now())
    recent.forget()
    logout(request)
    way = visit.sign_in()
    return redirect_after(way["Location"])
