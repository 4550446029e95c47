"""Stand-ins for tests: the simulators on a free port, and connectors played in the process."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

from motcua.contexts.exchange import tasks
from motcua.contexts.exchange.adapters import registry
from motcua.contexts.exchange.adapters.http_connector import HttpConnector
from motcua.contexts.exchange.adapters.simulators import clamd, people
from motcua.contexts.exchange.adapters.simulators.city import Setup, Simulators
from motcua.contexts.exchange.adapters.simulators.messages import Messages
from motcua.contexts.exchange.adapters.simulators.population import PopulationRegister
from motcua.contexts.exchange.adapters.simulators.server import LOOPBACK, Quiet
from motcua.contexts.exchange.adapters.simulators.store import Store
from motcua.contexts.exchange.adapters.simulators.vneid import Client
from motcua.contexts.exchange.adapters.simulators.vneid_accounts import EidAccount, accounts
from motcua.contexts.exchange.adapters.simulators.witness import Witness
from motcua.contexts.exchange.contracts import WITNESSES, NeighbourDown
from motcua.contexts.exchange.models import ExchangeMessage
from motcua.contexts.exchange.ports import Connector, Operation
from motcua.kernel import clock

PLATFORM = "http://testserver"
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
        return HttpConnector(
            name=name,
            url=f"{self.origin}/{name}",
            token=registry.bearer_token(name),
            operations=registry.OPERATIONS[name],
        )


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
        callback_url=f"{PLATFORM}/api/v1/payments/bank-callback",
        callback_secret=registry.shared_secret("bank"),
        tokens={name: registry.bearer_token(name) for name in registry.OPERATIONS},
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
        store = Store(self.folder)
        try:
            if self.name in WITNESSES:
                witness = Witness(self.name, store=store, now=clock.now)
                answers = {"state": witness.state, "anchor": witness.anchor}
                return answers[operation](payload)
            return Messages(self.name, store=store, now=clock.now).send(payload, key=key)
        finally:
            store.close()


def in_process(name: str, folder: Path, *, down: bool = False) -> InProcess:
    """One of population, mail, sms, and the witnesses of the ledger."""
    return InProcess(name=name, folder=folder, down=down, operations=registry.OPERATIONS[name])


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
