"""Builders of webhooks for tests: a program on this machine that hears, and may be out of order."""

import base64
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from uuid import UUID

from django.test import override_settings

from motcua.contexts.webhooks import queries
from motcua.contexts.webhooks.actions import subscribing, telling
from motcua.contexts.webhooks.contracts import NewsKind
from motcua.contexts.webhooks.rules import new_secret
from motcua.kernel.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One letter as it arrived."""

    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    def is_signed_with(self, secret: str) -> bool:
        """As a stranger checks it, from the words of the guide alone."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        stamp, letter = self.headers["webhook-timestamp"], self.headers["webhook-id"]
        good = hmac.new(key, f"{letter}.{stamp}.".encode() + self.body, "sha256").digest()
        wanted = f"v1,{base64.b64encode(good).decode()}"
        return wanted in self.headers["webhook-signature"].split()


@dataclass(slots=True)
class Program:
    """answers: the statuses to give, one after another; then 204 for ever."""

    url: str
    heard: list[Heard] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)


@contextmanager
def a_program() -> Iterator[Program]:
    """A receiving server on the loopback."""

    class Hearing(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            headers = {name.lower(): value for name, value in self.headers.items()}
            there.heard.append(Heard(headers=headers, body=self.rfile.read(size)))
            self.send_response(there.answers.pop(0) if there.answers else 204)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            """Tests are quiet."""

    server = HTTPServer(("127.0.0.1", 0), Hearing)
    there = Program(url=f"http://127.0.0.1:{server.server_port}/tin")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()


def a_letter(endpoint_id: UUID, actor: Actor, *, now: datetime) -> UUID:
    """A test letter that waits for that address."""
    telling.ping(endpoint_id, actor=actor, now=now)
    found, _older = queries.letters(endpoint_id, actor, now=now)
    return found[0].id


def an_endpoint(
    url: str, actor: Actor, *, sandbox: bool = False, now: datetime
) -> tuple[UUID, str]:
    """An address that hears everything, and its secret."""
    secret = new_secret()
    with override_settings(SIMULATORS=True):  # a program on this machine counts as a stand-in
        made = subscribing.make_endpoint(
            url, secret=secret, kinds=NewsKind, sandbox=sandbox, actor=actor, now=now
        )
    return made.endpoint_id, secret
