"""The web server itself: where a message ends is never in doubt, and it tells little of itself."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.config.tests.cities import a_free_port

ECHO = """
import sys
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

def application(environ, start):
    size = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(size)
    said = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {body!r}"
    start("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [said.encode()]

if __name__ == "__main__":
    Granian("echo:application", address="127.0.0.1", port=int(sys.argv[1]),
            interface=Interfaces.WSGI, websockets=False, log_level=LogLevels.warning).serve()
"""
SMUGGLED = b"0\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n"
BOTH = b"Content-Length: 50\r\nTransfer-Encoding: chunked\r\n\r\n"
AMBIGUOUS = {
    "two lengths": b"Content-Length: 3\r\nContent-Length: 6\r\n\r\nabcdef",
    "negative": b"Content-Length: -1\r\n\r\n",
    "plus": b"Content-Length: +3\r\n\r\nabc",
    "unknown coding": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "blank before colon": b"Content-Length : 3\r\n\r\nabc",
    "folded": b"X: a\r\n Content-Length: 3\r\n\r\nabc",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[int]:
    folder: Path = tmp_path_factory.mktemp("serving")
    (folder / "echo.py").write_text(ECHO)
    port = a_free_port()
    process = subprocess.Popen([sys.executable, "echo.py", str(port)], cwd=folder)
    try:
        while process.poll() is None and not _listens(port):
            time.sleep(0.02)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def told(port: int, message: bytes) -> bytes:
    """Everything that is answered until the server closes or has nothing more to say."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(message)
        pieces = []
        while piece := line.recv(65536):
            pieces.append(piece)
    return b"".join(pieces)


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_a_message_of_two_lengths_is_refused(server, name):
    answer = told(server, b"POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + AMBIGUOUS[name])

    assert not answer.startswith(b"HTTP/1.1 200")


def test_a_smuggled_request_is_not_answered(server):
    """Of two lengths the chunks count, and the line is closed behind them."""
    answer = told(server, b"POST /a HTTP/1.1\r\nHost: x\r\n" + BOTH + SMUGGLED)

    assert answer.count(b"HTTP/1.1") == 1
    assert b"GET /b" not in answer


def test_an_answer_is_as_long_as_it_says(server):
    answer = told(
        server, b"POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc"
    )
    said, _, body = answer.partition(b"\r\n\r\n")
    lengths = [line for line in said.lower().split(b"\r\n") if line.startswith(b"content-length")]

    assert body == b"POST /a b'abc'"
    assert lengths == [b"content-length: %d" % len(body)]


def test_an_answer_tells_no_version(server):
    head = told(server, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").partition(
        b"\r\n\r\n"
    )[0]

    assert not any(part.isdigit() for part in head.decode().partition("erver:")[2].split("\r\n")[0])
