"""A stand-in for clamd, the daemon of ClamAV: PING, VERSION and INSTREAM as its manual says.

It finds the test file of the antivirus makers (EICAR), alone or anywhere inside, and nothing else.
"""

import struct
from collections.abc import Callable
from io import BufferedIOBase

from motcua.contexts.exchange.adapters.simulators.faults import (
    DOWN,
    GARBLED,
    SLOW,
    SLOW_SECONDS,
    SMALL,
)

FIRST = b"z"  # commands of clamd that end with a zero byte; no word of HTTP begins so
# Put together here, so that no scanner takes this file for the thing itself.
EICAR = b"".join(
    (rb"X5O!P%@AP[4\PZX54(P^)7CC)7}", b"$EICAR-STANDARD-", b"ANTIVIRUS-TEST-FILE!$H+H*")
)
FOUND = b"stream: Eicar-Test-Signature FOUND"
TOO_LARGE = b"INSTREAM size limit exceeded. ERROR"
VERSION = b"ClamAV 1.4.3/27800/Mon Nov 23 08:00:00 2026"
LONGEST_COMMAND = 64
STREAM_LIMIT, SMALL_LIMIT = 100 * 1024 * 1024, 1024


class Clamd:
    """Answers one command per connection."""

    def __init__(self, mode: Callable[[], str], sleep: Callable[[float], None]) -> None:
        self._mode, self._sleep = mode, sleep

    def serve(self, heard: BufferedIOBase, said: BufferedIOBase) -> None:
        mode = self._mode()
        if mode == DOWN:
            return
        if mode == SLOW:
            self._sleep(SLOW_SECONDS)
        answer = self._answer(_command(heard), heard, mode)
        said.write(b"\xff\xfe?\0" if mode == GARBLED else answer + b"\0")

    def _answer(self, command: bytes, heard: BufferedIOBase, mode: str) -> bytes:
        if command == b"zPING":
            return b"PONG"
        if command == b"zVERSION":
            return VERSION
        if command == b"zINSTREAM":
            return _verdict(heard, SMALL_LIMIT if mode == SMALL else STREAM_LIMIT)
        return b"UNKNOWN COMMAND"


def _command(heard: BufferedIOBase) -> bytes:
    word = b""
    while len(word) < LONGEST_COMMAND:
        letter = heard.read(1)
        if letter in (b"", b"\0"):
            break
        word += letter
    return word


def _verdict(heard: BufferedIOBase, limit: int) -> bytes:
    """Pieces with their length before them, until one of no length."""
    content = bytearray()
    while size := _length(heard):
        if len(content) <= limit:
            content += heard.read(size)
        else:  # heard to the end, so that the answer is not lost with the line
            heard.read(size)
    if len(content) > limit:
        return TOO_LARGE
    return FOUND if EICAR in content else b"stream: OK"


def _length(heard: BufferedIOBase) -> int:
    four = heard.read(4)
    return int(struct.unpack(">I", four)[0]) if len(four) == 4 else 0
