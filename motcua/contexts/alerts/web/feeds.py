"""Nguồn tin: RSS, Atom and CAP documents, kept by whoever fetches them until they change."""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from motcua.contexts.alerts.contracts import LANGUAGES
from motcua.contexts.alerts.queries import alerts
from motcua.contexts.alerts.rules import feeds
from motcua.kernel import clock
from motcua.kernel.access import open_to_all, route
from motcua.kernel.actors import ANONYMOUS

SECONDS = 30  # a cache between us and a reader may be so old
NEVER_CHANGES = 3600


@require_safe
@route(open_to_all)
def rss(request: HttpRequest) -> HttpResponseBase:
    """RSS 2.0; `?lang=en` in English."""
    found = alerts.for_feed(ANONYMOUS, now=clock.now())
    text = feeds.rss(found, origin=settings.PUBLIC_ORIGIN, language=_language(request))
    return _answer(request, text, "application/rss+xml", SECONDS)


@require_safe
@route(open_to_all)
def atom(request: HttpRequest) -> HttpResponseBase:
    """The index of CAP documents."""
    found = alerts.for_feed(ANONYMOUS, now=clock.now())
    text = feeds.atom(found, origin=settings.PUBLIC_ORIGIN, language=_language(request))
    return _answer(request, text, "application/atom+xml", SECONDS)


@require_safe
@route(open_to_all)
def cap(request: HttpRequest, alert_code: str) -> HttpResponseBase:
    """`<code>.xml`: the document as it was released, which never changes. Raises: AlertNotFound."""
    text = alerts.document(alert_code.removesuffix(".xml"), ANONYMOUS, now=clock.now())
    return _answer(request, text, feeds.CAP_TYPE, NEVER_CHANGES)


def _language(request: HttpRequest) -> str:
    said = request.GET.get("lang", "")
    return said if said in LANGUAGES else LANGUAGES[0]


def _answer(request: HttpRequest, text: str, kind: str, seconds: int) -> HttpResponseBase:
    body = text.encode()
    answer = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    answer["ETag"] = etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer["Cache-Control"] = f"public, max-age={seconds}"
    return get_conditional_response(request, etag=etag, response=answer) or answer
