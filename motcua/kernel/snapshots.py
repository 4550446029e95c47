"""Bản chụp trong bộ nhớ: rows that change rarely, kept in each process as one immutable value.

Other processes notice a change within `seconds`: the version row is asked again no more often.
Inside the transaction that wrote, a snapshot of its own is used, which is forgotten with it: a
rolled back change never stays in memory.
"""

import time
from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary, WeakSet

from django.db import connection, transaction

T = TypeVar("T")
_all: "WeakSet[Snapshot[Any]]" = WeakSet()


def look_again() -> None:
    """Every snapshot of this process asks for its version at the next question."""
    for snapshot in list(_all):
        snapshot.look_again()


class Snapshot(Generic[T]):
    """One value loaded from the database as a whole.

    load: makes the value. version: reads the id that every write of these rows renews.
    """

    def __init__(
        self, load: Callable[[], T], version: Callable[[], UUID | None], *, seconds: float = 5.0
    ) -> None:
        self._load = load
        self._version = version
        self._seconds = seconds
        self._shared: tuple[UUID | None, T] | None = None
        self._asked_at = 0.0
        self._own: WeakKeyDictionary[object, list[T]] = WeakKeyDictionary()
        self._lock = Lock()
        _all.add(self)

    def current(self) -> T:
        """The value as this transaction sees it, or as of at most `seconds` ago."""
        own = self._own_values()
        if own is None:
            return self._shared_value()
        if not own:
            own.append(self._load())
        return own[0]

    def changed(self) -> None:
        """Say that this transaction wrote such rows; call it after the write."""
        if not connection.in_atomic_block:
            self._forget()
            return
        with self._lock:
            self._own[connection.atomic_blocks[0]] = []
        transaction.on_commit(self._forget)

    def ask_again(self) -> None:
        """The next question asks for the version, however recent the last look."""
        self._asked_at = 0.0

    def look_again(self) -> None:
        """Trust no memory: neither what this transaction kept nor the time of the last look."""
        self.ask_again()
        if connection.in_atomic_block:
            with self._lock:
                self._own.pop(connection.atomic_blocks[0], None)

    def _own_values(self) -> list[T] | None:
        if not connection.in_atomic_block or not self._own:
            return None
        with self._lock:
            return self._own.get(connection.atomic_blocks[0])

    def _shared_value(self) -> T:
        kept = self._shared
        if kept is not None and time.monotonic() - self._asked_at < self._seconds:
            return kept[1]
        version = self._version()
        if kept is None or kept[0] != version:
            kept = (version, self._load())
            self._shared = kept
        self._asked_at = time.monotonic()
        return kept[1]

    def _forget(self) -> None:
        self._shared = None
