"""Stand-in for VNeID: an OpenID Connect provider whose people are invented.

Code flow with PKCE (S256) and nonce, both demanded. What it tells of whom: `vneid_accounts`.
"""

import base64
import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote, urlencode

from motcua.contexts.exchange.adapters.simulators.faults import FaultBoard
from motcua.contexts.exchange.adapters.simulators.http import (
    Request,
    Response,
    Route,
    answer,
    page,
    redirect,
    refusal,
    route,
)
from motcua.contexts.exchange.adapters.simulators.store import Store
from motcua.contexts.exchange.adapters.simulators.vneid_accounts import EidAccount
from motcua.contexts.exchange.adapters.simulators.vneid_faults import (
    HEADERS,
    in_answer,
    in_discovery,
    in_keys,
    in_token,
    in_userinfo,
    on_the_way_back,
    signed,
)
from motcua.contexts.exchange.adapters.simulators.vneid_keys import ALGORITHM, SigningKeys

CODE_LIFE = timedelta(seconds=60)
TOKEN_LIFE = timedelta(minutes=5)
ASKED = ("response_type", "client_id", "redirect_uri", "scope", "state", "nonce",
         "code_challenge", "code_challenge_method", "acr_values", "prompt",
         "max_age")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """The relying party: our own platform."""

    id: str
    secret: str
    redirect_uris: frozenset[str]
    logout_uris: frozenset[str]


class VNeID:
    """The provider under one issuer."""

    def __init__(
        self,
        *,
        issuer: str,
        client: Client,
        store: Store,
        faults: FaultBoard,
        accounts: Mapping[str, EidAccount],
        now: Callable[[], datetime],
    ) -> None:
        self._issuer = issuer
        self._client = client
        self._store = store
        self._faults = faults
        self._accounts = accounts
        self._now = now
        self.keys = SigningKeys(store)

    def accounts(self) -> Iterable[EidAccount]:
        """Who may sign in here."""
        return self._accounts.values()

    def routes(self) -> list[Route]:
        return [
            route("GET", "/vneid", self._who),
            route("GET", "/vneid/.well-known/openid-configuration", self._discovery),
            route("GET", "/vneid/jwks", self._keys),
            route("GET", "/vneid/authorize", self._authorize),
            route("GET", "/vneid/authorize/chon", self._choose),
            route("POST", "/vneid/token", self._token),
            route("GET", "/vneid/userinfo", self._userinfo),
            route("GET", "/vneid/logout", self._logout),
        ]

    def _who(self, request: Request, parts: Mapping[str, str]) -> Response:
        return page("vneid_people.html", {"people": self._accounts.values()})

    def _discovery(self, request: Request, parts: Mapping[str, str]) -> Response:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token",
                  "userinfo_endpoint": "userinfo", "jwks_uri": "jwks",
                  "end_session_endpoint": "logout"}  # fmt: skip
        return answer(in_discovery(self._mode, {
            "issuer": self._issuer,
            **{name: f"{self._issuer}/{place}" for name, place in places.items()},
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "scopes_supported": ["openid", "profile"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "acr_values_supported": ["1", "2"],
            "authorization_response_iss_parameter_supported": True,
        }))  # fmt: skip

    def _keys(self, request: Request, parts: Mapping[str, str]) -> Response:
        return answer(in_keys(self._mode, self.keys.published()))

    @property
    def _mode(self) -> str:
        return self._faults.mode("vneid")

    def _problem(self, asked: Mapping[str, str]) -> str:
        if asked.get("client_id") != self._client.id:
            return "Ứng dụng này chưa đăng ký với VNeID."
        if asked.get("redirect_uri") not in self._client.redirect_uris:
            return "Địa chỉ quay về chưa đăng ký với VNeID."
        if asked.get("response_type") != "code" or "openid" not in asked.get("scope", "").split():
            return "Yêu cầu đăng nhập không đúng chuẩn OpenID Connect."
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            return "Yêu cầu đăng nhập thiếu mã bảo vệ PKCE."
        if not asked.get("nonce"):
            return "Yêu cầu đăng nhập thiếu mã dùng một lần."
        return ""

    def _authorize(self, request: Request, parts: Mapping[str, str]) -> Response:
        asked = {name: request.query[name] for name in ASKED if name in request.query}
        problem = self._problem(asked)
        if problem:
            return page("vneid_problem.html", {"problem": problem}, status=400)
        people = [
            {"account": one, "href": f"/vneid/authorize/chon?{urlencode({**asked, 'who': key})}"}
            for key, one in self._accounts.items()
        ]
        refuse = f"/vneid/authorize/chon?{urlencode(asked)}"
        return page("vneid_authorize.html", {"people": people, "refuse": refuse})

    def _choose(self, request: Request, parts: Mapping[str, str]) -> Response:
        asked = {name: request.query[name] for name in ASKED if name in request.query}
        problem = self._problem(asked)
        if problem:
            return page("vneid_problem.html", {"problem": problem}, status=400)
        back = {"state": asked.get("state", ""), "iss": self._issuer}
        chosen = self._accounts.get(request.query.get("who", ""))
        if chosen is None:
            back["error"] = "access_denied"
        else:
            back["code"] = self._issue_code(asked, chosen)
        told = urlencode(on_the_way_back(self._mode, back))
        return redirect(f"{asked['redirect_uri']}?{told}")

    def _issue_code(self, asked: Mapping[str, str], chosen: EidAccount) -> str:
        code = secrets.token_urlsafe(24)
        life = timedelta(0) if self._mode == "expired_code" else CODE_LIFE
        body = {**asked, "who": chosen.key, "until": (self._now() + life).isoformat()}
        self._store.put("code", code, body)
        return code

    def _client_proves_itself(self, request: Request) -> bool:
        given = request.form
        client_id, secret = given.get("client_id", ""), given.get("client_secret", "")
        scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            pair = base64.b64decode(encoded, validate=False).decode("utf-8", "replace")
            client_id, secret = (unquote(part) for part in (pair + ":").split(":")[:2])
        right = secrets.compare_digest(secret.encode(), self._client.secret.encode())
        return right and client_id == self._client.id

    def _token(self, request: Request, parts: Mapping[str, str]) -> Response:
        if (other := in_answer(self._mode)) is not None:
            return other
        if not self._client_proves_itself(request):
            return refusal("invalid_client", "unknown client or wrong secret", status=401)
        given = request.form
        code = given.get("code", "")
        granted = self._store.take("code", code)
        if granted is None:
            self._store.put("replayed", code, {"code": code})
            return refusal("invalid_grant", "code unknown or used before")
        if datetime.fromisoformat(str(granted["until"])) <= self._now():
            return refusal("invalid_grant", "code expired")
        if given.get("redirect_uri") != granted["redirect_uri"]:
            return refusal("invalid_grant", "redirect_uri differs")
        if _challenge(given.get("code_verifier", "")) != granted["code_challenge"]:
            return refusal("invalid_grant", "PKCE verifier does not fit")
        return self._tokens(granted, code)

    def _tokens(self, granted: Mapping[str, object], code: str) -> Response:
        chosen = self._accounts[str(granted["who"])]
        token = secrets.token_urlsafe(24)
        until = (self._now() + TOKEN_LIFE).isoformat()
        self._store.put("token", token, {"who": granted["who"], "until": until, "code": code})
        issued, life = int(self._now().timestamp()), int(TOKEN_LIFE.total_seconds())
        claims = {
            "iss": self._issuer,
            "aud": self._client.id,
            "sub": self._subject(chosen),
            "iat": issued,
            "exp": issued + life,
            "auth_time": issued,  # it remembers nobody: whoever comes signs in anew
            "jti": secrets.token_urlsafe(12),
            "nonce": granted["nonce"],
            "acr": str(chosen.level),
        }
        told = {"access_token": token, "token_type": "Bearer", "expires_in": life,
                "id_token": self._signed(claims), "scope": "openid profile"}  # fmt: skip
        return answer(
            {k: v for k, v in told.items() if self._mode != "no_token" or k != "id_token"}
        )

    def _signed(self, claims: dict[str, object]) -> str:
        mode, told = self._mode, in_token(self._mode, claims)
        if mode in ("no_algorithm", "shared_algorithm"):
            published = self.keys.in_use()
            return signed(mode, told, published=published)
        header = HEADERS.get(mode, {})
        return self.keys.sign(told, forged=mode == "wrong_signature", header=header)

    def _subject(self, chosen: EidAccount) -> str:
        """Pairwise: another client would see another subject for the same person."""
        seed = f"{self._client.id}|{chosen.key}"
        return hashlib.sha256(seed.encode()).hexdigest()[:32]

    def _userinfo(self, request: Request, parts: Mapping[str, str]) -> Response:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        held = self._store.get("token", token)
        if held is None or datetime.fromisoformat(str(held["until"])) <= self._now():
            return refusal("invalid_token", "token unknown or expired", status=401)
        if self._store.get("replayed", str(held["code"])):
            return refusal("invalid_token", "token revoked: its code was used twice", status=401)
        chosen = self._accounts[str(held["who"])]
        subject = self._subject(chosen)
        told = {"sub": subject, "TechID": subject[:12], **chosen.claims}
        return answer(in_userinfo(self._mode, told))

    def _logout(self, request: Request, parts: Mapping[str, str]) -> Response:
        back = request.query.get("post_logout_redirect_uri", "")
        if back in self._client.logout_uris:
            return redirect(back)
        return page("vneid_logout.html", {})


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
