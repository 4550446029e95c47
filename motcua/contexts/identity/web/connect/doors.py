"""Doors for programs: description, keys, tokens, userinfo. Answers and refusals are JSON.

No idempotency key: a code and a refresh token are good for one time by themselves, and taking a
token back twice is the same as once. No CSRF token: nothing here looks at the session.
"""

import functools
import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from oauthlib.oauth2.rfc6749.errors import OAuth2Error

from motcua.contexts.identity.actions.grants import (
    PARTNER,
    note_connection_refusal,
    note_telling,
)
from motcua.contexts.identity.actions.signing_keys import key_that_signs
from motcua.contexts.identity.queries import applications, claims
from motcua.contexts.identity.queries.applications import ACCESS
from motcua.contexts.identity.web.connect import server
from motcua.contexts.identity.web.connect.rules import Rules
from motcua.kernel import clock, idempotency, limits, refused
from motcua.kernel.access import actor_of, open_to_all, route
from motcua.kernel.limits import APPLICATION_CALLS, CALLS_OF_AN_APPLICATION, TooManyCalls
from motcua.kernel.purpose import Purpose

KEYS_KEPT = 300  # seconds; clients ask again when they meet a name they do not know
View = Callable[[HttpRequest], HttpResponseBase]


def for_programs(view: View) -> View:
    """A program that calls too often is told so in words it can read."""

    @functools.wraps(view)
    def answering(request: HttpRequest) -> HttpResponseBase:
        try:
            return view(request)
        except TooManyCalls as many:
            told = f"Too many calls. Try again after {many.retry_after} seconds."
            said = {"error": "temporarily_unavailable", "error_description": told}
            answer = JsonResponse(said, status=int(many.kind))
            answer.headers["Retry-After"] = str(many.retry_after)
            answer.headers["Cache-Control"] = "no-store"
            return answer

    return answering


@require_safe
@route(open_to_all)
def description(request: HttpRequest) -> HttpResponseBase:
    return JsonResponse(server.description())


@require_safe
@route(open_to_all)
def keys(request: HttpRequest) -> HttpResponseBase:
    now = clock.now()
    key_that_signs(now=now)
    answer = JsonResponse({"keys": applications.published_keys(now=now)})
    if not actor_of(request).is_signed_in:
        answer.headers["Cache-Control"] = f"public, max-age={KEYS_KEPT}"
    return answer


@csrf_exempt
@require_POST
@for_programs
@route(open_to_all, keyless=True, limit=APPLICATION_CALLS)
def token(request: HttpRequest) -> HttpResponseBase:
    rules = Rules(clock.now())
    return _answered("token", rules, server.tokens(rules).create_token_response, request)


@csrf_exempt
@require_POST
@for_programs
@route(open_to_all, keyless=True, limit=APPLICATION_CALLS)
def revoke(request: HttpRequest) -> HttpResponseBase:
    rules = Rules(clock.now())
    respond = server.revocation(rules).create_revocation_response
    return _answered("revoke", rules, respond, request)


@csrf_exempt
@require_POST
@for_programs
@route(open_to_all, keyless=True, limit=APPLICATION_CALLS)
def introspect(request: HttpRequest) -> HttpResponseBase:
    rules = Rules(clock.now(), needs_secret=True)
    respond = server.introspection(rules).create_introspect_response
    return _answered("introspect", rules, respond, request)


def _answered(
    door: str, rules: Rules, respond: Callable[..., Any], request: HttpRequest
) -> HttpResponseBase:
    try:
        headers, body, status = respond(*server.posted(request))
    except OAuth2Error as wrong:
        headers, body, status = dict(wrong.headers), wrong.json, wrong.status_code
    if status >= 400 or rules.reason:
        reason = rules.reason or json.loads(body)["error"]
        _note(request, door, reason, client=rules.client_id)
    answer = HttpResponse(body or "", status=status, content_type="application/json")
    answer.headers["Cache-Control"] = "no-store"
    for name, value in headers.items():
        answer.headers[name] = value
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Basic realm="motcua"'
    return answer


def _note(request: HttpRequest, door: str, reason: str, *, client: str) -> None:
    if not refused.may_be_kept(request):
        return
    with idempotency.using(""):  # each try is written down
        note_connection_refusal(door, reason, client=client, actor=PARTNER, now=clock.now())


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@for_programs
@route(open_to_all, keyless=True, purpose=Purpose.SHARE_BY_CONSENT, limit=APPLICATION_CALLS)
def userinfo(request: HttpRequest) -> HttpResponseBase:
    """What the person allowed, as it is now. The token comes in the header only."""
    now = clock.now()
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    row = applications.live_token(text, ACCESS, now=now) if scheme.lower() == "bearer" else None
    if row is None:
        if text:
            _note(request, "userinfo", "token_not_live", client="")
        answer = JsonResponse({"error": "invalid_token"}, status=401)
        answer.headers["WWW-Authenticate"] = 'Bearer realm="motcua", error="invalid_token"'
        return answer
    consent = row.grant.consent
    limits.spend(CALLS_OF_AN_APPLICATION, consent.application.client_id, now=now)
    scopes, whole_number = applications.still_allowed(row.grant)
    request.__dict__["actor"] = PARTNER  # who reads, for the read log
    with idempotency.using(""):
        note_telling(row.grant, scopes, actor=PARTNER, now=now)
    told = claims.claims_of(consent.account, scopes, whole_number=whole_number, now=now)
    kind = consent.account.kind.lower()
    answer = JsonResponse({**told, "sub": consent.subject, "account_type": kind})
    answer.headers["Cache-Control"] = "no-store"
    return answer
