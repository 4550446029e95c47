"""Facts of the exchange. `subject` is the idempotency key the sender chose."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingAsked(Event):
    """Something waits to be said; the exchange's own subscriber tries at once."""

    name: ClassVar[str] = "exchange.sending_asked"
    sending_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingDelivered(Event):
    """The neighbour has it."""

    name: ClassVar[str] = "exchange.sending_delivered"
    connector: str
    operation: str
    provider: str = ""  # which of several took it


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingGivenUp(Event):
    """Refused, or unreachable for too long; it is on the dead-letter list."""

    name: ClassVar[str] = "exchange.sending_given_up"
    connector: str
    operation: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRecorded(Event):
    """A provider says what became of a message that it took. `subject` is the sender's key."""

    name: ClassVar[str] = "exchange.receipt_recorded"
    provider: str
    delivered: bool
    reason: str
