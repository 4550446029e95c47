"""Dành cho lập trình viên: keys, addresses that hear and their log, how to begin."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.webhooks import queries
from motcua.contexts.webhooks.actions import subscribing, telling
from motcua.contexts.webhooks.contracts import AddressMalformed, NewsKind
from motcua.contexts.webhooks.rules import new_secret
from motcua.contexts.webhooks.web import pages, sample
from motcua.kernel import clock
from motcua.kernel.access import citizens, open_to_all, route
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui.parts import FieldError
from motcua.ui.words import language

ROOT = "/toi/lap-trinh"


@require_safe
@route(open_to_all)
def guide(request: HttpRequest) -> HttpResponseBase:
    """How a program begins: a trial key, five calls, a letter that proves itself."""
    template = "webhooks/guide_en.html" if language() == "en" else "webhooks/guide.html"
    return page(
        request, template, pages.GuidePage(origin=settings.PUBLIC_ORIGIN, filing=sample.as_json())
    )


@never_cache
@route(citizens)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Everything for programs; a new address shows its secret once."""
    if request.method != "POST":
        return _listed(request)
    kinds = [NewsKind(one) for one in request.POST.getlist("kind") if one in set(NewsKind)]
    url, secret = request.POST.get("url", "").strip(), new_secret()
    if not kinds:
        error = FieldError(text=_("Bạn chọn ít nhất một loại tin."), field="kind")
        return _listed(request, typed=url, errors=(error,))
    try:
        made = subscribing.make_endpoint(
            url,
            secret=secret,
            kinds=kinds,
            sandbox=bool(request.POST.get("sandbox")),
            actor=actor_of(request),
            now=clock.now(),
        )
    except AddressMalformed as refusal:
        return _listed(request, typed=url, errors=(FieldError(text=refusal.message, field="url"),))
    return _shown(request, made.endpoint_id, secret=secret)


def _listed(
    request: HttpRequest, *, typed: str = "", errors: tuple[FieldError, ...] = ()
) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    model = pages.endpoints_page(
        queries.endpoints(actor, now=now),
        for_whom=actor.mandate.principal_name if actor.mandate else "",
        typed=typed,
        errors=errors,
    )
    status = 422 if errors else 200
    return page(request, "webhooks/endpoints.html", model, status=status)


@never_cache
@require_safe
@route(citizens)
def show(request: HttpRequest, endpoint_id: UUID) -> HttpResponseBase:
    """One address, its letters and how each went."""
    return _shown(request, endpoint_id)


def _shown(request: HttpRequest, endpoint_id: UUID, *, secret: str = "") -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    before = request.GET.get("truoc", "")
    found, older = queries.letters(endpoint_id, actor, now=now, before=before)
    view = queries.endpoint(endpoint_id, actor, now=now)
    model = pages.endpoint_page(view, found, older, secret=secret)
    return page(request, "webhooks/endpoint.html", model)


@require_POST
@route(citizens)
def ping(request: HttpRequest, endpoint_id: UUID) -> HttpResponseBase:
    telling.ping(endpoint_id, actor=actor_of(request), now=clock.now())
    return redirect_after(f"{ROOT}/{endpoint_id}")


@never_cache
@require_POST
@route(citizens)
def change(request: HttpRequest, endpoint_id: UUID) -> HttpResponseBase:
    """A new secret, shown once; the one before signs for a day more."""
    secret = new_secret()
    subscribing.change_secret(endpoint_id, secret, actor=actor_of(request), now=clock.now())
    return _shown(request, endpoint_id, secret=secret)


@require_POST
@route(citizens)
def wake(request: HttpRequest, endpoint_id: UUID) -> HttpResponseBase:
    subscribing.wake_endpoint(endpoint_id, actor=actor_of(request), now=clock.now())
    return redirect_after(f"{ROOT}/{endpoint_id}")


@require_POST
@route(citizens)
def end(request: HttpRequest, endpoint_id: UUID) -> HttpResponseBase:
    subscribing.end_endpoint(endpoint_id, actor=actor_of(request), now=clock.now())
    return redirect_after(ROOT)


@require_POST
@route(citizens)
def again(request: HttpRequest, endpoint_id: UUID, letter_id: UUID) -> HttpResponseBase:
    telling.send_again(letter_id, endpoint_id, actor=actor_of(request), now=clock.now())
    return redirect_after(f"{ROOT}/{endpoint_id}")
