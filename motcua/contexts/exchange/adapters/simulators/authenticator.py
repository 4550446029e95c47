"""Stand-in for the app of codes on an officer's telephone: shows what it would show now.

A sample officer's secret follows from the installation's own key and the staff number, so that
the seed and this page agree without telling each other. In production neither is there.
"""

import hmac
from base64 import b32decode, b32encode
from collections.abc import Callable, Mapping
from datetime import datetime

from motcua.contexts.exchange.adapters.simulators.http import Request, Response, Route, page, route

PERIOD = 30
SECRET_BYTES = 20
CAST = (
    *("khue", "ngan", "bao", "nghia", "van", "ha", "phat", "linh", "thanh", "quynh", "duyen"),
    *("han", "duy"),
)


def secret_of(username: str, *, key: bytes) -> str:
    """The secret of one sample officer, in base32."""
    name = username.strip().lower().encode()
    return b32encode(hmac.digest(key, name, "sha256")[:SECRET_BYTES]).decode()


class Authenticator:
    """key: of this installation, from which the secrets of sample officers follow."""

    def __init__(self, *, key: bytes, now: Callable[[], datetime]) -> None:
        self._key = key
        self._now = now

    def routes(self) -> list[Route]:
        return [route("GET", "/authenticator", self._show)]

    def _show(self, request: Request, parts: Mapping[str, str]) -> Response:
        asked = request.query.get("ten", "").strip().lower()[:40]
        seconds = int(self._now().timestamp())
        names = (asked,) if asked else CAST
        codes = [
            {"name": name, "now": self._code(name, seconds), "next": self._code(name, seconds + 30)}
            for name in names
        ]
        left = PERIOD - seconds % PERIOD
        return page("authenticator.html", {"asked": asked, "codes": codes, "left": left})

    def _code(self, username: str, seconds: int) -> str:
        """As every app does it: RFC 4226 over the step of time of RFC 6238."""
        key = b32decode(secret_of(username, key=self._key))
        digest = hmac.digest(key, (seconds // PERIOD).to_bytes(8, "big"), "sha1")
        start = digest[-1] & 0x0F
        number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"
