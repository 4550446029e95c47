"""An application by hand: what its server and the browser do, with every part open to tampering."""

import base64
import hashlib
import html
import itertools
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, parse_qsl, urlsplit

VERIFIER = "correct-horse-battery-staple-0123456789-abcdefg"
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
)
KEYS = itertools.count()
BACK = "https://thu-vien.example.vn/ve"


@dataclass
class RelyingParty:
    """browser: somebody's; server: the application's own, without a session of ours."""

    registered: object
    browser: object
    server: object

    def asked(self, **other) -> dict[str, str]:
        """An authorization request; a value of None leaves the parameter out."""
        said = {
            "response_type": "code", "client_id": self.registered.client_id, "redirect_uri": BACK,
            "scope": "openid profile birthdate", "state": "s1", "nonce": "n1",
            "code_challenge": CHALLENGE, "code_challenge_method": "S256",
        }  # fmt: skip
        return {name: value for name, value in (said | other).items() if value is not None}

    def visit(self, **other):
        return self.browser.get("/oidc/authorize", self.asked(**other))

    def answer(self, page, *, answer="yes", scopes=("birthdate",)):
        """What somebody does on the consent page."""
        asked = re.search(r'name="asked" value="([^"]+)"', page.content.decode()).group(1)
        return self.browser.post(
            "/oidc/dong-y",
            {"asked": html.unescape(asked), "answer": answer, "scope": list(scopes),
             "idempotency_key": f"rp-{next(KEYS)}"},
        )  # fmt: skip

    def code(self, *, scopes=("birthdate",), **other) -> str:
        """A code, the consent page answered where it is shown."""
        answer = self.visit(**other)
        if answer.status_code == 200:
            answer = self.answer(answer, scopes=scopes)
        return told(answer)["code"]

    def redeem(self, code, **other):
        said = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": BACK,
            "code_verifier": VERIFIER,
        }  # fmt: skip
        return self.post("/oidc/token", **(said | other))

    def refresh(self, token, **other):
        return self.post("/oidc/token", grant_type="refresh_token", refresh_token=token, **other)

    def post(self, path, *, secret=None, client_id=None, **said):
        name = client_id or self.registered.client_id
        if not self.registered.secret and secret is None:
            return self.server.post(path, {"client_id": name, **_sent(said)})
        pair = f"{name}:{secret or self.registered.secret}".encode()
        basic = f"Basic {base64.b64encode(pair).decode()}"
        return self.server.post(path, _sent(said), headers={"authorization": basic})

    def tokens(self, **other) -> dict[str, object]:
        answer = self.redeem(self.code(**other))
        assert answer.status_code == 200, answer.content
        return answer.json()

    def userinfo(self, token):
        return self.server.get("/oidc/userinfo", headers={"authorization": f"Bearer {token}"})


def _sent(said) -> dict[str, str]:
    return {name: value for name, value in said.items() if value is not None}


def told(answer) -> dict[str, str]:
    """What the browser carries back, by redirect or by the page with the link."""
    if answer.status_code == 302:
        address = answer["Location"]
    else:
        address = html.unescape(re.search(r'id="back" href="([^"]+)"', answer.content.decode())[1])
    assert address.startswith(BACK + "?"), address
    found = parse_qs(urlsplit(address).query, strict_parsing=True)
    assert all(len(values) == 1 for values in found.values())
    return dict(parse_qsl(urlsplit(address).query))
