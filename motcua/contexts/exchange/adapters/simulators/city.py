"""All stand-ins as one WSGI application."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import compare_digest
from typing import TYPE_CHECKING

from motcua.contexts.exchange.adapters.simulators import http, people
from motcua.contexts.exchange.adapters.simulators.authenticator import Authenticator
from motcua.contexts.exchange.adapters.simulators.bank import Bank
from motcua.contexts.exchange.adapters.simulators.bank_refunds import BankRefunds
from motcua.contexts.exchange.adapters.simulators.callbacks import CallbackLane, Ear
from motcua.contexts.exchange.adapters.simulators.clamd import Clamd
from motcua.contexts.exchange.adapters.simulators.entitlements import Entitlements
from motcua.contexts.exchange.adapters.simulators.faults import (
    DOWN,
    GARBLED,
    MODES,
    SLOW,
    SLOW_SECONDS,
    SYSTEM_NAMES,
    FaultBoard,
)
from motcua.contexts.exchange.adapters.simulators.messages import Messages
from motcua.contexts.exchange.adapters.simulators.offered import answer_of
from motcua.contexts.exchange.adapters.simulators.population import PopulationRegister
from motcua.contexts.exchange.adapters.simulators.post import PostOffice
from motcua.contexts.exchange.adapters.simulators.push import PushService
from motcua.contexts.exchange.adapters.simulators.store import Store
from motcua.contexts.exchange.adapters.simulators.vneid import Client, VNeID
from motcua.contexts.exchange.adapters.simulators.vneid_accounts import accounts
from motcua.contexts.exchange.adapters.simulators.witness import Witness
from motcua.contexts.exchange.adapters.timestamp_connector import QUERY, REPLY
from motcua.contexts.exchange.contracts import (
    PUSH,
    SMS_PROVIDERS,
    TIMESTAMPING,
    VNPOST,
    WITNESSES,
    NeighbourDown,
    NeighbourRefused,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ASSETS = Path(__file__).parent / "assets"
Answer = Callable[[Mapping[str, object], str], dict[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How this set of stand-ins is wired to its platform."""

    folder: Path
    origin: str  # where the stand-ins answer
    platform: str  # where the platform answers
    client: Client
    issuer: str
    ears: Mapping[str, Ear]  # where the platform listens to each that tells it something
    tokens: Mapping[str, str]  # bearer token per connector
    authenticator_key: bytes  # what secrets of sample officers follow from


def _keyless(operation: Callable[[Mapping[str, object]], dict[str, object]]) -> Answer:
    """For what may be asked twice without harm, whatever the key."""
    return lambda asked, key: operation(asked)


def _keyed(operation: "Callable[..., dict[str, object]]") -> Answer:
    """For what happens once for each key."""
    return lambda asked, key: operation(asked, key=key)


class Simulators:
    """The application; `lane` is run by the server in a thread of its own."""

    def __init__(
        self,
        setup: Setup,
        *,
        now: Callable[[], datetime],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._setup = setup
        self._sleep, self._now = sleep, now
        self.store = Store(setup.folder)
        self.faults = FaultBoard(self.store)
        known = people.population()
        self.vneid = VNeID(
            issuer=setup.issuer, client=setup.client, store=self.store, faults=self.faults,
            accounts=accounts(known, now().date()), now=now,
        )  # fmt: skip
        self.bank = Bank(store=self.store, platform=setup.platform, now=now)
        self.lane = CallbackLane(store=self.store, ears=setup.ears, now=now)
        mail = Messages("mail", store=self.store, now=now)
        sms = [self._sms(name, now) for name in SMS_PROVIDERS]
        self.push = PushService(
            origin=setup.origin, store=self.store, now=now, mode=lambda: self.faults.mode(PUSH)
        )
        self.clamd = Clamd(lambda: self.faults.mode("clamd"), sleep)
        authenticator = Authenticator(key=setup.authenticator_key, now=now)
        self._operations: dict[str, Answer] = {
            "population/lookup": _keyless(PopulationRegister(known, now=now).lookup),
            "entitlement/of": _keyless(Entitlements(known, now=now).of),
            **self._banking(now),
            **self._posting(now),
            "mail/send": _keyed(mail.send),
            "push_device/make": _keyless(self.push.make),
        }
        for name, one_sms in zip(SMS_PROVIDERS, sms, strict=True):
            self._operations[f"{name}/send"] = _keyed(one_sms.send)
        witnesses = [self._witness(name, now) for name in WITNESSES]
        for one in witnesses:
            self._operations[f"{one.name}/state"] = _keyless(one.state)
            self._operations[f"{one.name}/anchor"] = _keyless(one.anchor)
        self._routes = [
            http.route("GET", "/", self._home),
            http.route("GET", "/healthz", lambda request, parts: http.answer({"status": "ok"})),
            http.route("GET", "/sim.css", self._style),
            http.route("GET", "/favicon.ico", lambda request, parts: http.Response(b"", 204)),
            http.route("GET", "/mailbox", self._mailbox),
            http.route("GET", "/control", self._control),
            http.route("POST", "/control", self._change),
            http.route("POST", "/control/khoa", self._rotate),
            *self.vneid.routes(),
            *self.bank.routes(),
            *self.post.routes(),
            *mail.routes(),
            *sms[0].routes(),
            *self.push.routes(),
            *[page for one in witnesses for page in one.routes()],
            *authenticator.routes(),
            http.route("POST", f"/{TIMESTAMPING}", self._stamp),
            *[http.route("POST", f"/{name}", self._operate) for name in self._operations],
        ]

    def _banking(self, now: Callable[[], datetime]) -> dict[str, Answer]:
        asked_of = self.bank.operations()
        refunds = BankRefunds(store=self.store, now=now, mode=lambda: self.faults.mode("bank"))
        return {
            "bank/reconcile": _keyless(asked_of["reconcile"]),
            "bank/transactions_of": _keyless(asked_of["transactions_of"]),
            "bank/refund": _keyed(refunds.order),
            "bank/refund_state": _keyless(refunds.state),
        }

    def _posting(self, now: Callable[[], datetime]) -> dict[str, Answer]:
        self.post = PostOffice(store=self.store, now=now, mode=lambda: self.faults.mode(VNPOST))
        return {
            f"{VNPOST}/book": _keyed(self.post.book),
            f"{VNPOST}/track": _keyless(self.post.track),
            f"{VNPOST}/claim": _keyed(self.post.claim),
        }

    def _sms(self, name: str, now: Callable[[], datetime]) -> Messages:
        return Messages(name, store=self.store, now=now, mode=lambda: self.faults.mode(name))

    def _witness(self, name: str, now: Callable[[], datetime]) -> Witness:
        return Witness(name, store=self.store, now=now, mode=lambda: self.faults.mode(name))

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        try:
            response = self._respond(http.Request.read(environ))
        except http.BadRequest as problem:
            response = http.refusal("bad_request", str(problem))
        return http.send(response, start_response)

    def _respond(self, request: http.Request) -> http.Response:
        system = request.path.strip("/").split("/")[0]
        # A person reads mail and the bank's pages also while machines are turned away.
        if system in MODES and (system == "vneid" or request.method == "POST"):
            broken = self._broken(self.faults.mode(system))
            if broken:
                return broken
        return http.dispatch(self._routes, request)

    def _broken(self, mode: str) -> http.Response | None:
        if mode == SLOW:
            self._sleep(SLOW_SECONDS)
        if mode == DOWN:
            return http.page("down.html", {}, status=503)
        if mode == GARBLED:
            return http.Response(b"<<<", 200, (("Content-Type", "application/json"),))
        return None

    def _operate(self, request: http.Request, parts: Mapping[str, str]) -> http.Response:
        name = request.path.strip("/")
        token = self._setup.tokens[name.split("/")[0]]
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not compare_digest(given.encode(), token.encode()):
            return http.refusal("unauthorised", "unknown caller", status=401)
        key = request.headers.get("idempotency-key", "")
        if not key:
            return http.refusal("key_missing", "Idempotency-Key is missing")
        try:
            return http.answer(self._operations[name](request.json(), key))
        except NeighbourRefused as problem:
            return http.refusal(problem.reason, "not accepted", status=422)
        except NeighbourDown:
            return http.page("down.html", {}, status=503)

    def _stamp(self, request: http.Request, parts: Mapping[str, str]) -> http.Response:
        """Anybody may ask for a time stamp; only as RFC 3161 says."""
        if request.headers.get("content-type") != QUERY:
            return http.refusal("media_type", f"send {QUERY}", status=415)
        mode = self.faults.mode(TIMESTAMPING)
        reply = answer_of(TIMESTAMPING, request.body, mode=mode, now=self._now())
        return http.Response(reply, 200, (("Content-Type", REPLY),))

    def _home(self, request: http.Request, parts: Mapping[str, str]) -> http.Response:
        return http.page("home.html", {"platform": self._setup.platform})

    def _mailbox(self, request: http.Request, parts: Mapping[str, str]) -> http.Response:
        kinds = {"mail": "Thư điện tử", "sms": "Tin nhắn SMS"}
        boxes = [
            {"kind": kind, "title": title, "messages": self.store.newest(kind, limit=20)}
            for kind, title in kinds.items()
        ]
        return http.page("mailbox.html", {"boxes": boxes})

    def _style(self, request: http.Request, parts: Mapping[str, str]) -> http.Response:
        content = (("Content-Type", "text/css; charset=utf-8"),)
        return http.Response((ASSETS / "sim.css").read_bytes(), 200, content)

    def _control(self, request: http.Request, parts: Mapping[str, str]) -> http.Response:
        systems = [
            {"key": key, "name": SYSTEM_NAMES[key], "modes": modes.items(),
             "current": self.faults.mode(key)}
            for key, modes in MODES.items()
        ]  # fmt: skip
        return http.page("control.html", {"systems": systems})

    def _change(self, request: http.Request, parts: Mapping[str, str]) -> http.Response:
        given = request.form
        try:
            self.faults.set(given.get("system", ""), given.get("mode", ""))
        except KeyError as problem:
            raise http.BadRequest("unknown system or mode") from problem
        return http.redirect("/control")

    def _rotate(self, request: http.Request, parts: Mapping[str, str]) -> http.Response:
        self.vneid.keys.rotate()
        return http.redirect("/control")
