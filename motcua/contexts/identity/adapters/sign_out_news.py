"""The news that a sign-in has ended, to the server of the application (back-channel logout)."""

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings

from motcua.contexts.identity.adapters import id_tokens
from motcua.contexts.identity.models import Grant, SigningKey
from motcua.contexts.identity.rules.applications import SIGN_OUT_TOKEN_LIFE
from motcua.kernel import outbound

EVENT = "http://schemas.openid.net/event/backchannel-logout"
KIND = "logout+jwt"
TIMEOUT = (2.0, 5.0)  # to connect; for the whole answer
TAKEN = frozenset({200, 204})


class NewsNotTaken(Exception):
    """The application's server answered otherwise than that it heard."""


def tell(grant: Grant, *, where: str, key: SigningKey, now: datetime) -> None:
    """Raises: requests.RequestException, NewsNotTaken."""
    body = urlencode({"logout_token": _token(grant, key, now)}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    with outbound.asked(
        "POST", where, headers=headers, body=body, timeout=TIMEOUT, registered=(where,)
    ) as heard:
        if heard.status_code not in TAKEN:
            raise NewsNotTaken(f"status {heard.status_code}")


def _token(grant: Grant, key: SigningKey, now: datetime) -> str:
    """No nonce and a type of its own, so that nobody takes it for an identity token."""
    told = {
        "iss": settings.PUBLIC_ORIGIN,
        "aud": grant.consent.application.client_id,
        "sub": grant.consent.subject,
        "sid": grant.session_name,
        "iat": int(now.timestamp()),
        "exp": int((now + SIGN_OUT_TOKEN_LIFE).timestamp()),
        "jti": grant.id.hex,
        "events": {EVENT: {}},
    }
    return id_tokens.signed(told, pem=str(key.private_pem), key_id=key.key_id, kind=KIND)
