"""Quét mã độc by ClamAV: its daemon clamd is asked over TCP, the bytes go in pieces (INSTREAM).

The daemon is the operator's own, on this machine or the inner network (`kernel.outbound`). What it
says is read strictly: only its word «OK» makes a file clean.
"""

import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from django.conf import settings

from motcua.contexts.documents.adapters.staging import CHUNK
from motcua.contexts.documents.contracts.files import ScanVerdict
from motcua.contexts.documents.ports import Scan, Scanner, ScannerSilent
from motcua.kernel import outbound

SECONDS = (3.0, 120.0)  # to connect; for one file, unpacked by the scanner
LONGEST_ANSWER = 4096
CLEAN, FOUND, TOO_LARGE = "stream: OK", " FOUND", "INSTREAM size limit exceeded. ERROR"


class Clamd:
    """The protocol as clamd(8) tells it; one connection for each question."""

    def __init__(self, url: str) -> None:
        self.url = url

    def scan(self, content: IO[bytes]) -> Scan:
        version = self._asked(b"zVERSION\0", iter(()))
        if not version.startswith("ClamAV "):
            raise ScannerSilent("version_unreadable")
        answer = self._asked(b"zINSTREAM\0", _pieces(content))
        return Scan(_verdict(answer), "/".join(version.split("/")[:2])[:64])

    def _asked(self, command: bytes, body: Iterator[bytes]) -> str:
        try:
            with outbound.inner_line(self.url, timeout=SECONDS) as line:
                line.sendall(command)
                # Of a stream that is too long clamd says so and hangs up in the middle.
                with suppress(ConnectionError):
                    for piece in body:
                        line.sendall(piece)
                return _answer(line.makefile("rb"))
        except OSError as failure:
            raise ScannerSilent(type(failure).__name__) from failure


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    while chunk := content.read(CHUNK):
        yield struct.pack(">I", len(chunk)) + chunk
    yield struct.pack(">I", 0)


def _answer(heard: IO[bytes]) -> str:
    """Up to the zero byte that ends it; an answer cut short is none."""
    said = b""
    while not said.endswith(b"\0"):
        letter = heard.read(1)
        if not letter or len(said) > LONGEST_ANSWER:
            raise ScannerSilent("answer_cut_short")
        said += letter
    return said[:-1].decode("utf-8", "replace")


def _verdict(answer: str) -> ScanVerdict:
    if answer == CLEAN:
        return ScanVerdict.CLEAN
    if answer.endswith(FOUND):
        return ScanVerdict.INFECTED
    if answer == TOO_LARGE:
        return ScanVerdict.TOO_LARGE
    raise ScannerSilent("answer_unknown")


def scanner() -> Scanner | None:
    """None: this installation has no scanner, and each file says so."""
    return Clamd(settings.SCANNER_URL) if settings.SCANNER_URL else None
