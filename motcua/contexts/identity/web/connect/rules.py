"""What oauthlib asks while it walks through the protocol, answered from our rows.

One object per request; it is `oauthlib.openid.RequestValidator` by shape. oauthlib knows the order
of the checks and the words of the answers; what is true, and what is kept, is ours.
"""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from django.conf import settings
from oauthlib.oauth2.rfc6749 import errors

from motcua.contexts.identity.actions.grants import (
    PARTNER,
    end_grant,
    end_token,
    redeem_code,
    renew_tokens,
)
from motcua.contexts.identity.actions.signing_keys import key_that_signs
from motcua.contexts.identity.adapters import id_tokens
from motcua.contexts.identity.contracts.applications import DataScope, Ended
from motcua.contexts.identity.models import Application, Grant, IssuedToken
from motcua.contexts.identity.queries import applications, sessions
from motcua.contexts.identity.queries.applications import ACCESS, REFRESH
from motcua.contexts.identity.rules.applications import ID_TOKEN_LIFE
from motcua.kernel import idempotency, limits
from motcua.kernel.actors import ANONYMOUS, Actor
from motcua.kernel.db import Stale
from motcua.kernel.limits import CALLS_OF_AN_APPLICATION

CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")  # a SHA-256 in base64url
LONGEST = 500
GRANT_TYPES = ("authorization_code", "refresh_token")


def is_plain(text: object) -> bool:
    """Nothing that a database or a log would choke on."""
    return isinstance(text, str) and text.isascii() and text.isprintable() and len(text) <= LONGEST


def level_name(assurance: int) -> str:
    """`acr`: the level of the sign-in, an address of ours as the standard advises."""
    return f"{settings.PUBLIC_ORIGIN}/oidc/level/{assurance}"


@dataclass(slots=True)
class Rules:
    """actor: who sits at the browser, when a browser asks. is_fresh: signed in lately enough.

    reason: why something was turned away, in more detail than the caller is told. needs_secret:
    an application that has no secret is not heard.
    """

    now: datetime
    actor: Actor = ANONYMOUS
    is_fresh: bool = True
    needs_secret: bool = False
    may_be_silent: Callable[[Application, list[str]], bool] = lambda _application, _scopes: False
    reason: str = ""
    client: Application | None = None
    grant: Grant | None = None
    used: IssuedToken | None = field(default=None)

    @property
    def client_id(self) -> str:
        return self.client.client_id if self.client else ""

    # The authorization request

    def validate_client_id(self, client_id: str, request: Any, *_: Any, **__: Any) -> bool:
        self.client = applications.open_application(client_id) if is_plain(client_id) else None
        request.client = self.client
        return self.client is not None

    def validate_redirect_uri(self, _id: str, uri: str, request: Any, *_: Any, **__: Any) -> bool:
        return uri in request.client.redirect_uris

    def get_default_redirect_uri(self, *_: Any, **__: Any) -> None:
        return None

    def check_request(self, request: Any) -> dict[str, object]:
        """Beyond what oauthlib asks: no request objects, an answer in the query, S256, no less."""
        for name in ("request", "request_uri"):
            if request.uri_query_params and name in dict(request.uri_query_params):
                error = f"{name}_not_supported"
                raise errors.CustomOAuth2Error(error=error, request=request)
        if request.response_mode not in (None, "query"):
            request.response_mode = None  # the refusal itself goes in the query
            self._refuse("response_mode_unsupported", request)
        if request.nonce is not None and not is_plain(request.nonce):
            self._refuse("nonce_unreadable", request)
        if request.response_type == "code":
            self._check_challenge(request)
        return {}

    def _check_challenge(self, request: Any) -> None:
        if request.code_challenge is None:
            self._refuse("pkce_missing", request)
        if request.code_challenge_method != "S256":
            self._refuse("pkce_downgraded", request)
        if not CHALLENGE.fullmatch(request.code_challenge):
            self._refuse("pkce_unreadable", request)

    def _refuse(self, reason: str, request: Any) -> None:
        self.reason = reason
        raise errors.InvalidRequestError(description=reason, request=request)

    def is_pkce_required(self, *_: Any) -> bool:
        return True

    def validate_response_type(self, _id: str, wanted: str, *_: Any, **__: Any) -> bool:
        return wanted == "code"

    def validate_scopes(
        self, _id: str, scopes: list[str], client: Any, request: Any, *_: Any, **__: Any
    ) -> bool:
        """What nobody knows is passed over, as the standard says; what is not registered is not."""
        known = [scope for scope in scopes if scope in frozenset(DataScope)]
        allowed = {DataScope.OPENID, *(one.scope for one in applications.asked_by(client))}
        request.scopes = known
        return DataScope.OPENID in known and allowed.issuperset(known)

    def get_default_scopes(self, *_: Any, **__: Any) -> list[str]:
        return []

    def validate_silent_login(self, _request: Any) -> bool:
        return self.actor.is_signed_in and self.is_fresh

    def validate_silent_authorization(self, request: Any) -> bool:
        return self.may_be_silent(request.client, request.scopes)

    def validate_user_match(self, hint: str | None, _s: Any, _c: Any, request: Any) -> bool:
        """A hint names somebody: nobody else may answer in their place."""
        if not hint:
            return True
        told = id_tokens.read_hint(hint, issuer=settings.PUBLIC_ORIGIN, key_of=key_by_name)
        if told is None or told["aud"] != request.client.client_id:
            self.reason = "hint_untrusted"
            return False
        if self.actor.account_id is None:
            return True
        own = applications.subject_for(request.client.sector, self.actor.account_id)
        return bool(told["sub"] == own)

    # The client's server

    def client_authentication_required(self, request: Any, *_: Any, **__: Any) -> bool:
        """Not of an application without a secret; of any that shows one, and where one is wanted.

        needs_secret: at this door who has none is nobody.
        """
        client_id, secret = _credentials(request)
        known = applications.open_application(client_id) if is_plain(client_id) else None
        return self.needs_secret or bool(secret) or known is None or not known.is_public

    def authenticate_client_id(self, client_id: str, request: Any, *_: Any, **__: Any) -> bool:
        """A public application only says who it is; PKCE ties the code to who asked for it."""
        known = applications.open_application(client_id)
        if known is None or not known.is_public:
            return False
        self.client = known
        request.client, request.client_id = known, known.client_id
        return True

    def authenticate_client(self, request: Any, *_: Any, **__: Any) -> bool:
        client_id, secret = _credentials(request)
        known = applications.open_application(client_id) if is_plain(client_id) else None
        if known is None:
            self.reason = "client_unknown"
            return False
        self.client = known
        if not secret or not applications.has_secret(known, secret):
            self.reason = "secret_wrong"
            return False
        # Counted only now: nobody else uses up what an application may.
        limits.spend(CALLS_OF_AN_APPLICATION, known.client_id, now=self.now)
        request.client, request.client_id = known, known.client_id
        return True

    def validate_grant_type(self, _id: str, wanted: str, *_: Any, **__: Any) -> bool:
        return wanted in GRANT_TYPES

    # Codes

    def validate_code(self, _id: str, code: str, client: Any, request: Any, *_: Any) -> bool:
        grant = applications.grant_by_code(code)
        if grant is None:
            return self._no("code_unknown")
        if grant.consent.application_id != client.id:
            return self._no("code_foreign")
        if grant.code_used_at is not None:
            return self._replayed(grant, "code_replayed")
        if grant.code_expires_at <= self.now:
            return self._no("code_expired")
        if not applications.is_live(grant):
            return self._no("grant_ended")
        if not sessions.is_there(grant.began_in):
            return self._no("session_ended")
        self.grant, request.scopes = grant, list(grant.scopes)
        return True

    def _no(self, reason: str) -> bool:
        self.reason = reason
        return False

    def _replayed(self, grant: Grant, reason: str) -> bool:
        """Two hold it, and one of them should not: nothing that came of it is good any more."""
        end_grant(grant, why=Ended.REPLAYED, actor=PARTNER, now=self.now)
        return self._no(reason)

    def get_code_challenge(self, _code: str, _request: Any) -> str:
        return self._granted().challenge

    def get_code_challenge_method(self, _code: str, _request: Any) -> str:
        return "S256"

    def confirm_redirect_uri(self, _id: str, _code: str, uri: str, *_: Any, **__: Any) -> bool:
        return uri == self._granted().redirect_uri

    def get_authorization_code_nonce(self, *_: Any) -> str | None:
        return self._granted().nonce or None

    def invalidate_authorization_code(self, *_: Any, **__: Any) -> None:
        """Done by `save_token`, in the same transaction as the tokens."""

    # Refresh tokens

    def validate_refresh_token(self, text: str, client: Any, _r: Any, *_: Any, **__: Any) -> bool:
        row = applications.token_row(text)
        if row is None or row.kind != REFRESH:
            return self._no("refresh_unknown")
        if row.grant.consent.application_id != client.id:
            return self._no("refresh_foreign")
        if row.used_at is not None:
            return self._replayed(row.grant, "refresh_replayed")
        if row.expires_at <= self.now or row.ended_at is not None:
            return self._no("refresh_expired")
        if not applications.is_live(row.grant):
            return self._no("grant_ended")
        self.used, self.grant = row, row.grant
        return True

    def get_original_scopes(self, *_: Any, **__: Any) -> list[str]:
        return list(self._granted().scopes)

    def is_within_original_scope(self, *_: Any, **__: Any) -> bool:
        return False

    def rotate_refresh_token(self, _request: Any) -> bool:
        return True

    def refresh_id_token(self, _request: Any) -> bool:
        return True

    # Tokens

    def save_token(self, token: dict[str, Any], _request: Any, *_: Any, **__: Any) -> None:
        grant = self._granted()
        texts = {"access": token["access_token"], "refresh": token["refresh_token"]}
        try:
            with idempotency.using(""):  # the code itself is what cannot be used twice
                if self.used is not None:
                    renew_tokens(self.used, **texts, actor=PARTNER, now=self.now)
                else:
                    redeem_code(grant, **texts, actor=PARTNER, now=self.now)
        except Stale as faster:
            self._replayed(grant, "used_at_once")
            raise errors.InvalidGrantError from faster

    def get_id_token(self, *_: Any) -> None:
        return None

    def finalize_id_token(self, claims: dict[str, Any], *_: Any) -> str:
        """Who, when, how and how sure; nothing about the person: tokens end up in logs."""
        grant, issued_at = self._granted(), int(self.now.timestamp())
        told = {
            **claims,
            "iss": settings.PUBLIC_ORIGIN,
            "sub": grant.consent.subject,
            "iat": issued_at,
            "exp": issued_at + int(ID_TOKEN_LIFE.total_seconds()),
            "sid": grant.session_name,
            "acr": level_name(grant.assurance),
            "amr": grant.methods,
            "account_type": grant.consent.account.kind.lower(),
        }
        if grant.signed_in_at:
            told["auth_time"] = int(grant.signed_in_at.timestamp())
        key = key_that_signs(now=self.now)
        return id_tokens.signed(told, pem=str(key.private_pem), key_id=key.key_id)

    def _granted(self) -> Grant:
        if self.grant is None:
            raise errors.InvalidGrantError
        return self.grant

    def introspect_token(
        self, text: str, _hint: str, request: Any, *_: Any, **__: Any
    ) -> dict[str, object] | None:
        row = applications.token_row(text)
        if row is None or row.grant.consent.application_id != request.client.id:
            self.reason = "token_foreign" if row else "token_unknown"
            return None
        if applications.live_token(text, row.kind, now=self.now) is None:
            return None
        grant = row.grant
        return {
            "iss": settings.PUBLIC_ORIGIN,
            "sub": grant.consent.subject,
            "client_id": self.client_id,
            "scope": " ".join(grant.scopes),
            "iat": int(row.issued_at.timestamp()),
            "exp": int(row.expires_at.timestamp()),
            "token_type": "Bearer" if row.kind == ACCESS else "refresh_token",
            "acr": level_name(grant.assurance),
        }

    def revoke_token(self, text: str, _hint: str, request: Any, *_: Any, **__: Any) -> None:
        """A refresh token takes the whole sign-in with it, an access token only itself."""
        row = applications.token_row(text)
        if row is None:
            return
        if row.grant.consent.application_id != request.client.id:
            self.reason = "token_foreign"
            raise errors.InvalidGrantError(request=request)
        with idempotency.using(""):
            if row.kind == REFRESH:
                end_grant(row.grant, why=Ended.REVOKED, actor=PARTNER, now=self.now)
            elif row.ended_at is None:
                end_token(row, actor=PARTNER, now=self.now)


def key_by_name(name: str) -> dict[str, str] | None:
    return applications.verifying_key(name) if is_plain(name) else None


def _credentials(request: Any) -> tuple[str, str]:
    """By the Authorization header or in the body, never both at once."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return request.client_id or "", request.client_secret or ""
    try:
        user, _, password = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    if request.client_secret or request.client_id not in (None, "", unquote_plus(user)):
        return "", ""
    return unquote_plus(user), unquote_plus(password)
