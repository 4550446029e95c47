"""A browser that an application sent here: the request judged, and the ways back.

From a form of ours the browser goes back by a page with a link, not by a redirect: the content
security policy follows redirects of forms, and ours names no other site.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from oauthlib.common import add_params_to_uri
from oauthlib.oauth2.rfc6749.errors import FatalClientError, OAuth2Error

from motcua.contexts.identity.actions.grants import SignIn, note_connection_refusal, start_grant
from motcua.contexts.identity.contracts.applications import Asked, ConnectionRefused
from motcua.contexts.identity.models import Application, Consent
from motcua.contexts.identity.queries import applications
from motcua.contexts.identity.rules.applications import offered_to
from motcua.contexts.identity.web import session
from motcua.contexts.identity.web.connect import server
from motcua.contexts.identity.web.connect.pages import BackPage
from motcua.contexts.identity.web.connect.rules import Rules
from motcua.kernel import clock, idempotency, refused
from motcua.kernel.access import actor_of
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.web import SAFE, SIGN_IN, page

AGAIN = "sign_in_again"  # session key: (request, since when) somebody was asked to sign in anew
HARMLESS = frozenset({"login_required", "consent_required", "interaction_required"})


@dataclass(frozen=True, slots=True)
class Asking:
    """A request that holds. offered: groups of data to be allowed, required ones among them."""

    application: Application
    scopes: tuple[str, ...]
    offered: tuple[Asked, ...]
    redirect_uri: str


class SentBack(Exception):
    """The request does not hold; the application is told so through the browser."""

    def __init__(self, application: Application | None, location: str) -> None:
        super().__init__(location)
        self.application = application
        self.location = location


class Visit:
    """asked: the query of the authorization request, as the application made it."""

    def __init__(self, request: HttpRequest, asked: QueryDict) -> None:
        self.request, self.asked = request, asked
        self.now, self.actor = clock.now(), actor_of(request)
        self.prompts = frozenset(asked.get("prompt", "").split())
        self.rules = Rules(
            self.now,
            actor=self.actor,
            is_fresh=self.is_fresh(),
            may_be_silent=lambda application, scopes: (
                self.consent_to(self._asking(application, scopes)) is not None
            ),
        )

    @property
    def query(self) -> str:
        return self.asked.urlencode()

    @property
    def address(self) -> str:
        return f"{server.AUTHORIZE}?{self.query}"

    def judged(self) -> Asking:
        """Raises: ConnectionRefused (stay here), SentBack (tell the application)."""
        url = f"{settings.PUBLIC_ORIGIN}{self.address}"
        try:
            scopes, told = server.authorization(self.rules).validate_authorization_request(url)
        except FatalClientError as fatal:
            raise self._refused(self.rules.reason or type(fatal).__name__) from fatal
        except OAuth2Error as wrong:
            raise self.sent_back(wrong) from wrong
        return self._asking(told["request"].client, scopes)

    def _asking(self, application: Application, scopes: list[str]) -> Asking:
        offered = offered_to(
            applications.asked_by(application), scopes, officer=self.actor.is_officer
        )
        return Asking(
            application, tuple(scopes), tuple(offered), self.asked.get("redirect_uri", "")
        )

    def _refused(self, reason: str) -> ConnectionRefused:
        self.note(reason)
        return ConnectionRefused(reason=reason, client=self.rules.client_id)

    def note(self, reason: str) -> None:
        if not refused.may_be_kept(self.request):
            return
        with idempotency.using(""):  # each try is written down
            note_connection_refusal(
                "authorize", reason, client=self.rules.client_id, actor=self.actor, now=self.now
            )

    def sent_back(self, wrong: Any) -> SentBack:
        if wrong.error not in HARMLESS:
            self.note(self.rules.reason or wrong.error)
        location = wrong.in_uri(wrong.redirect_uri or self.asked.get("redirect_uri", ""))
        return SentBack(self.rules.client, with_issuer(location))

    # Signing in

    def is_fresh(self) -> bool:
        """Whether the sign-in is as recent as the application wants."""
        if not self.actor.is_signed_in:
            return False
        at = session.signed_in_at(self.request)
        digest, since = self.request.session.get(AGAIN, ("", 0))
        if digest == self._digest() and at >= since:
            return True
        if self.prompts & {"login", "select_account"}:
            return False
        most = self.asked.get("max_age", "")
        if most.isascii() and most.isdigit():
            return int(self.now.timestamp()) - at <= int(most[:9])
        return True

    def sign_in(self) -> HttpResponseBase:
        """To our own sign-in page and back here."""
        self.request.session[AGAIN] = (self._digest(), int(self.now.timestamp()))
        return HttpResponseRedirect(f"{SIGN_IN}?next={quote(self.address)}")

    def _digest(self) -> str:
        return hashlib.sha256(self.query.encode()).hexdigest()[:32]

    # Consent and code

    def consent_to(self, asking: Asking) -> Consent | None:
        """The consent that makes a question needless, if there is one."""
        if self.actor.account_id is None:
            return None
        found = applications.consent_in_force(asking.application.id, self.actor.account_id)
        return found if found and applications.covers(found, asking.offered) else None

    def with_code(self, asking: Asking, consent_id: UUID) -> HttpResponseBase:
        """Back to the application with a code for what was allowed."""
        code, at = server.new_token(), session.signed_in_at(self.request)
        sign_in = SignIn(
            scopes=asking.scopes,
            redirect_uri=asking.redirect_uri,
            challenge=self.asked.get("code_challenge", ""),
            nonce=self.asked.get("nonce", ""),
            began_in=session.mark_of(self.request),
            assurance=self.actor.assurance,
            methods=session.methods_of(self.request),
            signed_in_at=datetime.fromtimestamp(at, tz=CITY_TZ) if at else None,
        )
        with idempotency.using(""):  # a form sent twice gets two codes, of which one is used
            start_grant(code, sign_in, consent_id=consent_id, actor=self.actor, now=self.now)
        return self._answered(asking, code=code)

    def denied(self, asking: Asking) -> HttpResponseBase:
        return self._answered(asking, error="access_denied")

    def _answered(self, asking: Asking, **told: str) -> HttpResponseBase:
        if "state" in self.asked:
            told["state"] = self.asked.get("state", "")
        location = with_issuer(add_params_to_uri(asking.redirect_uri, list(told.items())))
        return way_back(self.request, asking.application.name, location)


def with_issuer(location: str) -> str:
    """Who answers (RFC 9207), so that a client of several providers cannot be confused."""
    found: str = add_params_to_uri(location, [("iss", settings.PUBLIC_ORIGIN)])
    return found


def way_back(request: HttpRequest, application: str, location: str) -> HttpResponseBase:
    """To a registered address of an application."""
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}) if referer else False
    if request.method in SAFE and not ours:
        return HttpResponseRedirect(location)
    answer = page(request, "identity/back.html", BackPage(application=application, url=location))
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
