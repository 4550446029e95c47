"""Sự kiện: past facts told to other contexts, as jobs written in the action's transaction.

An event carries codes and ids only. Each subscriber gets a job of its own: delivered at least
once, in order per subject, retried in its own lane, and shown on the dead-letter page when all
retries failed. Subscribers are idempotent and make one call.
"""

import dataclasses
import functools
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, TypeVar, get_type_hints
from uuid import UUID

from motcua.kernel import db

DELIVER = "motcua.kernel.jobs.deliver"
QUEUE = "events"
URGENT = "urgent"  # a lane with workers of its own: what may not wait behind a backlog
URGENT_PRIORITY = 100


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact that happened. Subclasses set `name` ("dossiers.submitted")."""

    name: ClassVar[str] = ""
    occurred_at: datetime
    subject: str


E = TypeVar("E", bound=Event)
Subscriber = Callable[[Any], None]

_kinds: dict[str, type[Event]] = {}
_subscribers: dict[str, dict[str, Subscriber]] = {}


def subscribe(kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a function of one argument, the event, under its dotted name."""

    def register(function: Callable[[E], None]) -> Callable[[E], None]:
        label = f"{function.__module__}.{function.__name__}"
        _kinds[kind.name] = kind
        _subscribers.setdefault(kind.name, {})[label] = function
        return function

    return register


def subscribers_of(name: str) -> dict[str, Subscriber]:
    return dict(_subscribers.get(name, {}))


def all_kinds() -> dict[str, type[Event]]:
    """Every event somebody listens to, by wire name."""
    return dict(_kinds)


@db.joins_transaction
def publish(event: Event, *, urgent: bool = False) -> None:
    """Write one job per subscriber, in this transaction; nothing happens if it rolls back.

    urgent: lives or a sign-in wait for it, so it goes before everything else.
    """
    names = _subscribers.get(event.name)
    if not names:
        return
    payload = _to_wire(event)
    for label in names:
        body = json.dumps({"event": event.name, "subscriber": label, "payload": payload})
        lane, priority = (URGENT, URGENT_PRIORITY) if urgent else (QUEUE, 0)
        lock = f"{label}:{event.subject}"
        db.current().defer((lane, DELIVER, priority, lock, None, body, None))


def deliver(event: str, subscriber: str, payload: dict[str, Any]) -> None:
    """Call the subscriber. Raises KeyError when either is unknown (an old job, a new release)."""
    kind = _kinds[event]
    _subscribers[event][subscriber](_from_wire(kind, payload))


def _to_wire(event: Event) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for field in dataclasses.fields(event):
        value = getattr(event, field.name)
        if isinstance(value, datetime):
            value = value.isoformat()
        elif isinstance(value, UUID):
            value = str(value)
        out[field.name] = value
    return out


@functools.cache
def _hints(name: str) -> dict[str, Any]:
    return get_type_hints(_kinds[name])


def _from_wire(kind: type[Event], payload: dict[str, Any]) -> Event:
    hints = _hints(kind.name)
    values: dict[str, Any] = {}
    for name, value in payload.items():
        hint = hints.get(name)
        if hint is datetime and value is not None:
            value = datetime.fromisoformat(value)
        elif value is not None and UUID in (hint, *getattr(hint, "__args__", ())):
            value = UUID(value)
        values[name] = value
    return kind(**values)
