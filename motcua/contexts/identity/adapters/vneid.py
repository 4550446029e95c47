"""VNeID as a neighbour: an OpenID Connect provider spoken to through the exchange."""

import base64
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import quote, urlencode, urlsplit

import jwt
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings

from motcua.contexts.exchange import public as exchange
from motcua.contexts.exchange.contracts import NeighbourRefused
from motcua.contexts.identity.contracts import AnswerNotTrusted, CodeRefused
from motcua.kernel.actors import ANONYMOUS

NAME = "vneid"
ALGORITHM = "RS256"
LEEWAY = 10  # seconds two clocks may differ
KEEP = 300.0  # seconds the description and the keys of the provider are kept
ANY_LEVEL = "2 1"
LONGEST_TOKEN = 16_000  # characters
NEEDED = ("exp", "iat", "sub", "iss", "aud")
# What a lying provider can make the library stumble over, beside its own refusals.
UNREADABLE = (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True)
class VNeIDConnector:
    """`exchange.ports.Connector` for the four calls of a sign-in."""

    name: str = NAME
    operations: Mapping[str, exchange.Operation] = field(
        default_factory=lambda: {
            name: exchange.Operation(seconds=3.0)
            for name in ("discovery", "keys", "token", "userinfo")
        }
    )

    def call(
        self, operation: str, payload: Mapping[str, object], *, key: str, seconds: float
    ) -> Mapping[str, object]:
        method, headers, body = "GET", {"Accept": "application/json"}, None
        if operation == "token":
            method, body = "POST", urlencode(_fields(payload)).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Authorization"] = _basic()
        if operation == "userinfo":
            headers["Authorization"] = f"Bearer {payload['access_token']}"
        return exchange.exchange_json(
            NAME, method, str(payload["url"]), headers=headers, body=body, seconds=seconds
        )


def _fields(payload: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in payload.items() if name != "url"}


def _client() -> tuple[str, str]:
    app = get_adapter().get_app(None, provider=NAME)
    return str(app.client_id), str(app.secret)


def client_id() -> str:
    return _client()[0]


def _basic() -> str:
    pair = ":".join(quote(part, safe="") for part in _client())
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def _ask(operation: str, payload: Mapping[str, object]) -> Mapping[str, object]:
    """Raises: NeighbourDown, NeighbourRefused."""
    return exchange.ask(
        NAME, operation, payload, key=f"sign-in/{time.time_ns()}", purpose="SIGN_IN",
        actor=ANONYMOUS,
    )  # fmt: skip


class Provider:
    """What the provider says of itself, kept for five minutes; keys are asked again when new."""

    _kept: ClassVar[dict[str, tuple[float, Mapping[str, object]]]] = {}

    @classmethod
    def forget(cls) -> None:
        cls._kept.clear()

    @classmethod
    def _get(cls, operation: str, url: str, *, fresh: bool = False) -> Mapping[str, object]:
        kept = cls._kept.get(url)
        if kept and not fresh and time.monotonic() - kept[0] < KEEP:
            return kept[1]
        heard = _ask(operation, {"url": url})
        cls._kept[url] = (time.monotonic(), heard)
        return heard

    @classmethod
    def _description(cls) -> str:
        return f"{settings.VNEID_ISSUER}/.well-known/openid-configuration"

    @classmethod
    def ask_again(cls) -> None:
        """Make sure that it answers now. Raises: NeighbourDown."""
        cls._get("discovery", cls._description(), fresh=True)

    @classmethod
    def place(cls, name: str) -> str:
        """One of its addresses, by discovery name. Raises: NeighbourDown, AnswerNotTrusted.

        Only on the issuer's own origin: a description that was tampered with must not make us
        call into our own network, nor send our secret or a person's code to somebody else.
        """
        said = cls._said()
        address = str(said.get(name, ""))
        if _origin(address) != _origin(settings.VNEID_ISSUER):
            raise AnswerNotTrusted(reason="address_elsewhere")
        return address

    @classmethod
    def _said(cls) -> Mapping[str, object]:
        said = cls._get("discovery", cls._description())
        if said.get("issuer") != settings.VNEID_ISSUER:
            raise AnswerNotTrusted(reason="issuer_differs")
        return said

    @classmethod
    def names_itself(cls) -> bool:
        """Whether it promised to say its name on the way back (RFC 9207)."""
        return cls._said().get("authorization_response_iss_parameter_supported") is True

    @classmethod
    def key(cls, kid: str) -> jwt.PyJWK:
        """Asks again once when the key is not among the known ones: keys rotate."""
        for fresh in (False, True):
            said = cls._get("keys", cls.place("jwks_uri"), fresh=fresh)
            keys = said.get("keys")
            for key in keys if isinstance(keys, list) else []:
                if isinstance(key, dict) and key.get("kid") == kid:
                    return jwt.PyJWK(key, ALGORITHM)
        raise AnswerNotTrusted(reason="key_unknown")


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How sure VNeID should be: of which level, and whether the person must prove it anew."""

    level: int = 0
    fresh: bool = False

    def asked(self) -> dict[str, str]:
        """As OpenID Connect asks it: what is asked for comes back signed.

        The best level first; `max_age` obliges the answer to say when the proof was given.
        """
        level = {"acr_values": str(self.level) if self.level else ANY_LEVEL}
        return {**level, **({"prompt": "login", "max_age": "0"} if self.fresh else {})}

    @property
    def is_more(self) -> bool:
        """Whether it goes beyond an ordinary sign-in."""
        return self.fresh or self.level > 0


def authorization_url(*, callback: str, state: str, nonce: str, challenge: str, wish: Wish) -> str:
    """Where to send the browser. Raises: NeighbourDown when VNeID cannot be asked."""
    asked = {
        "response_type": "code",
        "client_id": client_id(),
        "redirect_uri": callback,
        "scope": "openid profile",
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **wish.asked(),
    }
    return f"{Provider.place('authorization_endpoint')}?{urlencode(asked)}"


@dataclass(frozen=True, slots=True)
class Answer:
    """token: what the signed identity token says. person: what VNeID tells of its subject."""

    token: Mapping[str, object]
    person: Mapping[str, object]


def answer_for_code(code: str, *, callback: str, verifier: str, nonce: str) -> Answer:
    """Exchange the code, verify the identity token, fetch the claims.

    Raises: NeighbourDown, CodeRefused, AnswerNotTrusted.
    """
    try:
        tokens = _ask("token", {
            "url": Provider.place("token_endpoint"), "grant_type": "authorization_code",
            "code": code, "redirect_uri": callback, "code_verifier": verifier,
        })  # fmt: skip
    except NeighbourRefused as problem:
        raise CodeRefused(reason=problem.reason) from problem
    access_token = str(tokens.get("access_token", ""))
    verified = _verified(str(tokens.get("id_token", "")), nonce=nonce)
    _check_partner(verified, access_token)
    try:
        said = _ask("userinfo", {
            "url": Provider.place("userinfo_endpoint"), "access_token": access_token,
        })  # fmt: skip
    except NeighbourRefused as problem:
        raise AnswerNotTrusted(reason=problem.reason) from problem
    if said.get("sub") != verified["sub"]:
        raise AnswerNotTrusted(reason="subject_differs")
    return Answer(verified, said)


def _verified(id_token: str, *, nonce: str) -> Mapping[str, object]:
    """Signature, issuer, audience and times hold, and it answers our question."""
    if len(id_token) > LONGEST_TOKEN:
        raise AnswerNotTrusted(reason="token_too_long")
    try:
        header = jwt.get_unverified_header(id_token)
        claims: Mapping[str, object] = jwt.decode(
            id_token,
            Provider.key(str(header.get("kid", ""))),
            algorithms=[ALGORITHM],
            audience=client_id(),
            issuer=settings.VNEID_ISSUER,
            leeway=LEEWAY,
            options={"require": list(NEEDED)},
        )
    except UNREADABLE as problem:
        raise AnswerNotTrusted(reason=type(problem).__name__) from problem
    if claims.get("nonce") != nonce:
        raise AnswerNotTrusted(reason="nonce_differs")
    return claims


def _check_partner(claims: Mapping[str, object], access_token: str) -> None:
    """The token was made for us alone, and goes with this access token, as far as it says so."""
    if claims.get("azp", client_id()) != client_id():
        raise AnswerNotTrusted(reason="authorised_party_differs")
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1:
        raise AnswerNotTrusted(reason="audience_too_wide")
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    expected = base64.urlsafe_b64encode(half).rstrip(b"=").decode()
    if claims.get("at_hash", expected) != expected:
        raise AnswerNotTrusted(reason="access_token_differs")
