"""Stand-ins for tests: the simulators on a free port, and connectors played in the process."""

import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import ThreadingMixIn
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIServer, make_server

from django.conf import settings

from motcua.contexts.exchange import tasks
from motcua.contexts.exchange.adapters import registry
from motcua.contexts.exchange.adapters.http_connector import HttpConnector
from motcua.contexts.exchange.adapters.push_connector import PushConnector, sealed
from motcua.contexts.exchange.adapters.simulators import bank_refunds, clamd, people, post
from motcua.contexts.exchange.adapters.simulators.city import Setup, Simulators
from motcua.contexts.exchange.adapters.simulators.entitlements import Entitlements
from motcua.contexts.exchange.adapters.simulators.faults import DOWN, GARBLED, FaultBoard
from motcua.contexts.exchange.adapters.simulators.http import Request, dispatch
from motcua.contexts.exchange.adapters.simulators.messages import Messages
from motcua.contexts.exchange.adapters.simulators.offered import answer_of
from motcua.contexts.exchange.adapters.simulators.population import PopulationRegister
from motcua.contexts.exchange.adapters.simulators.post import PostOffice
from motcua.contexts.exchange.adapters.simulators.push import MESSAGES, PushService
from motcua.contexts.exchange.adapters.simulators.server import LOOPBACK, Quiet
from motcua.contexts.exchange.adapters.simulators.store import Document, Store
from motcua.contexts.exchange.adapters.simulators.vneid import Client
from motcua.contexts.exchange.adapters.simulators.vneid_accounts import EidAccount, accounts
from motcua.contexts.exchange.adapters.simulators.witness import Witness
from motcua.contexts.exchange.adapters.timestamp_connector import TimestampConnector
from motcua.contexts.exchange.adapters.wiring import ears, tokens
from motcua.contexts.exchange.contracts import PUSH, TIMESTAMPING, VNPOST, WITNESSES, NeighbourDown
from motcua.contexts.exchange.models import ExchangeMessage
from motcua.contexts.exchange.ports import Connector, Operation
from motcua.kernel import clock

PLATFORM = "http://testserver"
TRIED = registry.TRIED
BANK_REFUSES, BANK_WAITS, BANK_SILENT = (
    bank_refunds.REFUSES,
    bank_refunds.WAITS,
    bank_refunds.SILENT,
)
POST_REFUSES, POST_SILENT, POST_FREE = post.REFUSES, post.SILENT, post.FREE
CLIENT_SECRET = "a secret for tests"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    block_on_close = False


@dataclass(frozen=True, slots=True)
class Running:
    """Simulators that answer over HTTP on loopback."""

    simulators: Simulators
    origin: str

    @property
    def issuer(self) -> str:
        return f"{self.origin}/vneid"

    def connector(self, name: str) -> Connector:
        """The HTTP connector to one of the stand-ins."""
        if name == PUSH:
            return push_connector_to(self.origin)
        operations = registry.OPERATIONS.get(name, {"make": Operation()})
        url = f"{self.origin}/{name}"
        if name == TIMESTAMPING:
            return TimestampConnector(name=name, url=url, operations=operations)
        token = registry.bearer_token(name)
        return HttpConnector(name=name, url=url, token=token, operations=operations)

    def play(self, name: str, mode: str) -> None:
        """What this stand-in does from now on."""
        self.simulators.faults.set(name, mode)


@contextmanager
def running_simulators(folder: Path, *, client_id: str = "motcua") -> Iterator[Running]:
    """Serve a fresh set of stand-ins; slow ones do not really wait."""
    server = make_server(LOOPBACK, 0, _nothing, server_class=_Server, handler_class=Quiet)
    origin = f"http://{LOOPBACK}:{server.server_port}"
    simulators = Simulators(_setup(folder, origin, client_id), now=clock.now)
    server.set_app(simulators)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield Running(simulators, origin)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        simulators.store.close()


def _nothing(environ: object, start_response: object) -> list[bytes]:
    return []


def _setup(folder: Path, origin: str, client_id: str) -> Setup:
    return Setup(
        folder=folder,
        origin=origin,
        platform=PLATFORM,
        issuer=f"{origin}/vneid",
        client=Client(
            id=client_id,
            secret=CLIENT_SECRET,
            redirect_uris=frozenset({f"{PLATFORM}/dang-nhap/vneid/tra-ve"}),
            logout_uris=frozenset({f"{PLATFORM}/"}),
        ),
        ears=ears(PLATFORM),
        tokens=tokens(),
        authenticator_key=registry.shared_secret("authenticator"),
    )


@dataclass(frozen=True, slots=True)
class InProcess:
    """The stand-ins' own logic behind the connector contract, without a wire.

    Passes the same contract tests as the HTTP connector; `down` plays a dead neighbour.
    """

    name: str
    folder: Path
    down: bool = False
    operations: Mapping[str, Operation] = field(default_factory=dict)

    def call(
        self, operation: str, payload: Mapping[str, object], *, key: str, seconds: float
    ) -> Mapping[str, object]:
        if self.down:
            raise NeighbourDown(reason="unreachable", connector=self.name)
        if self.name == "population":
            return PopulationRegister(people.population(), now=clock.now).lookup(payload)
        if self.name == "entitlement":
            return Entitlements(people.population(), now=clock.now).of(payload)
        store = Store(self.folder)
        try:
            if self.name in {PUSH, TRIED}:
                return self._pushed(payload, store)
            if self.name == "bank":
                refunds = bank_refunds.BankRefunds(
                    store=store, now=clock.now, mode=lambda: FaultBoard(store).mode("bank")
                )
                if operation == "refund":
                    return refunds.order(payload, key=key)
                return refunds.state(payload)
            if self.name == VNPOST:
                return self._posted(operation, payload, key, store)
            if self.name == TIMESTAMPING:
                return self._stamped(payload, FaultBoard(store).mode(TIMESTAMPING))
            if self.name in WITNESSES:
                witness = Witness(self.name, store=store, now=clock.now)
                answers = {"state": witness.state, "anchor": witness.anchor}
                return answers[operation](payload)
            mode = FaultBoard(store).mode(self.name)
            sender = Messages(self.name, store=store, now=clock.now, mode=lambda: mode)
            return sender.send(payload, key=key)
        finally:
            store.close()

    def play(self, mode: str) -> None:
        """What this stand-in does from now on."""
        store = Store(self.folder)
        try:
            FaultBoard(store).set(self.name, mode)
        finally:
            store.close()

    def _pushed(self, payload: Mapping[str, object], store: Store) -> Mapping[str, object]:
        service = PushService(
            origin=settings.SIMULATORS_ORIGIN,
            store=store,
            now=clock.now,
            mode=lambda: FaultBoard(store).mode(PUSH),
        )
        if self.name == TRIED:
            return service.make(payload)
        here = push_connector_to(settings.SIMULATORS_ORIGIN)
        endpoint = str(payload["endpoint"])
        asked = Request(
            method="POST",
            path=urlsplit(endpoint).path,
            headers={n.lower(): v for n, v in here.headers_for(endpoint, payload).items()},
            body=sealed(payload),
        )
        answer = dispatch(service.routes(), asked)
        return here.heard(answer.status, dict(answer.headers))

    def _posted(
        self, operation: str, payload: Mapping[str, object], key: str, store: Store
    ) -> Mapping[str, object]:
        mode = FaultBoard(store).mode(VNPOST)
        office = PostOffice(store=store, now=clock.now, mode=lambda: mode)
        if operation == "track":
            return office.track(payload)
        return {"book": office.book, "claim": office.claim}[operation](payload, key=key)

    def _stamped(self, payload: Mapping[str, object], mode: str) -> Mapping[str, object]:
        if mode == DOWN:
            raise NeighbourDown(reason="http_503", connector=self.name)
        query = b64decode(str(payload["query"]))
        reply = answer_of(self.name, query, mode=mode, now=clock.now())
        return {"reply": b64encode(b"<<<" if mode == GARBLED else reply).decode()}


def in_process(name: str, folder: Path, *, down: bool = False) -> InProcess:
    """One of population, mail, providers of SMS, push, witnesses of the ledger, time stamps."""
    operations = registry.OPERATIONS.get(name, registry.TO_PUSH)
    return InProcess(name=name, folder=folder, down=down, operations=operations)


def happened_to_parcel(folder: Path, order: str, kind: str) -> dict[str, object]:
    """Something happens to a parcel at the stand-in of the post; what it would tell of it."""
    store = Store(folder)
    try:
        return PostOffice(store=store, now=clock.now).happen(order, kind)
    finally:
        store.close()


def played(folder: Path, kind: str) -> list[Document]:
    """What the stand-ins in the process keep of a kind, the oldest first."""
    store = Store(folder)
    try:
        return store.all(kind)
    finally:
        store.close()


def push_connector_to(origin: str) -> PushConnector:
    """The connector to the stand-in of the push services that answers there."""
    return PushConnector(
        name=PUSH,
        operations=registry.TO_PUSH,
        key=registry.vapid_key(),
        contact=PLATFORM,
        prefix=f"{origin}/push/e/",
    )


def opened_pushes(folder: Path) -> list[dict[str, object]]:
    """What came to the stand-in's browsers, the oldest first, opened."""
    store = Store(folder)
    try:
        return store.all(MESSAGES)
    finally:
        store.close()


def mode_of(folder: Path, name: str, mode: str) -> None:
    """What the stand-in over this folder plays from now on."""
    store = Store(folder)
    try:
        FaultBoard(store).set(name, mode)
    finally:
        store.close()


def who_may_sign_in() -> list[EidAccount]:
    """Everybody whom the stand-in for VNeID knows; another provider can be told the same."""
    return list(accounts(people.population(), clock.now().date()).values())


def logged_operations() -> list[str]:
    """The operations of the log, in the order they were called."""
    return list(ExchangeMessage.objects.order_by("at").values_list("operation", flat=True))


registered = registry.registered
EICAR = clamd.EICAR


def shown_to_witnesses() -> None:
    """One turn of the job that anchors the ledger."""
    tasks.anchor_ledger(clock.now())
