"""What a connector to a neighbour must be able to do. Service packs may bring their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a neighbour can be asked. ``seconds`` is the longest anybody waits for it."""

    seconds: float = 3.0
    purposes: frozenset[str] = frozenset()


class Connector(Protocol):
    """A neighbour behind one contract, whether reached by HTTP or played in the process."""

    @property
    def name(self) -> str: ...

    @property
    def operations(self) -> Mapping[str, Operation]: ...

    def call(
        self, operation: str, payload: Mapping[str, object], *, key: str, seconds: float
    ) -> Mapping[str, object]:
        """Ask once and wait at most ``seconds`` for the whole answer.

        key: idempotency key; the neighbour does the thing once however often it is asked.
        Raises: NeighbourRefused (it said no), NeighbourDown (anything else).
        """
        ...
