"""Serve the stand-ins on loopback, one thread per request."""

import socket
import threading
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from motcua.contexts.exchange.adapters.simulators import clamd
from motcua.contexts.exchange.adapters.simulators.city import Simulators

LOOPBACK = "127.0.0.1"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    allow_reuse_address = True


class Quiet(WSGIRequestHandler):
    """Requests carry personal-looking data in their addresses; they are not written to a log."""

    timeout = 30
    server: WSGIServer

    def handle(self) -> None:
        """Programs that speak clamd's language come to the same door as those that speak HTTP."""
        if self.connection.recv(1, socket.MSG_PEEK) == clamd.FIRST:
            self._scan()
        else:
            super().handle()

    def _scan(self) -> None:
        app = self.server.get_app()
        if isinstance(app, Simulators):
            app.clamd.serve(self.rfile, self.wfile)

    def log_message(self, format: str, *args: Any) -> None:
        return


def serve(simulators: Simulators, *, port: int) -> None:
    """Until interrupted. Raises: OSError when the port is taken."""
    server = make_server(LOOPBACK, port, simulators, server_class=_Server, handler_class=Quiet)
    lane = threading.Thread(target=simulators.lane.run, name="bank-callbacks", daemon=True)
    lane.start()
    try:
        server.serve_forever(poll_interval=0.2)
    finally:
        simulators.lane.end()
        server.server_close()
        simulators.store.close()
