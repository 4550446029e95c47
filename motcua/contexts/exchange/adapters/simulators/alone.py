"""A witness by itself, as another party runs it: no database, no other stand-in beside it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from secrets import compare_digest
from typing import TYPE_CHECKING

from motcua.contexts.exchange.adapters.simulators import http
from motcua.contexts.exchange.adapters.simulators.store import Store
from motcua.contexts.exchange.adapters.simulators.witness import Witness
from motcua.contexts.exchange.contracts import NeighbourRefused

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class WitnessAlone:
    """The application: two operations for the ledger's bearer, the list for everybody."""

    def __init__(self, name: str, *, folder: Path, token: str, now: Callable[[], datetime]) -> None:
        self.store = Store(folder)
        self._token = token
        witness = Witness(name, store=self.store, now=now)
        self._operations = {f"/{name}/state": witness.state, f"/{name}/anchor": witness.anchor}
        self._routes = witness.routes()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        try:
            response = self._respond(http.Request.read(environ))
        except http.BadRequest as problem:
            response = http.refusal("bad_request", str(problem))
        return http.send(response, start_response)

    def _respond(self, request: http.Request) -> http.Response:
        operation = self._operations.get(request.path)
        if operation is None or request.method != "POST":
            return http.dispatch(self._routes, request)
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not compare_digest(given.encode(), self._token.encode()):
            return http.refusal("unauthorised", "unknown caller", status=401)
        try:
            return http.answer(operation(request.json()))
        except NeighbourRefused as problem:
            return http.refusal(problem.reason, "not accepted", status=422)
