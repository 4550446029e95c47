"""Biên nhận: what a provider of SMS says became of a message, taken once."""

from dataclasses import dataclass
from datetime import datetime

from motcua.contexts.exchange.contracts import SMS, MessageUnknown
from motcua.contexts.exchange.events import ReceiptRecorded
from motcua.contexts.exchange.models import Receipt
from motcua.contexts.exchange.queries import sendings
from motcua.kernel.actors import Actor
from motcua.kernel.db import insert, owns_transaction, record
from motcua.kernel.events import publish


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One receipt as the provider wrote it. key: ours, by which the message was sent."""

    provider: str
    key: str
    delivered: bool
    reason: str
    at: datetime
    parts: int
    cost_dong: int


@owns_transaction
def take_receipt(told: Told, *, actor: Actor, now: datetime) -> None:
    """Told again, nothing changes. Raises: MessageUnknown."""
    sending = sendings.sent_for_update(SMS, told.key)
    if sending is None:
        raise MessageUnknown
    repeated = sendings.has_receipt(sending.id, told.provider, delivered=told.delivered)
    if not repeated:
        insert(
            Receipt(
                provider=told.provider,
                sending=sending,
                delivered=told.delivered,
                reason=told.reason[:64],
                at=told.at,
                heard_at=now,
                parts=told.parts,
                cost_dong=told.cost_dong,
            )
        )
        publish(
            ReceiptRecorded(
                occurred_at=now,
                subject=told.key,
                provider=told.provider,
                delivered=told.delivered,
                reason=told.reason[:64],
            )
        )
    record(
        action="exchange.take_receipt",
        subject=told.key[:80],
        actor=actor,
        facts={
            "provider": told.provider,
            "delivered": told.delivered,
            "cost": told.cost_dong,
            "repeated": repeated,
        },
    )
