"""Gọi số: the next one, again, gone, back, on to another window, done.

Each is compared and set on the ticket and on the window: two windows never have one ticket, and
who presses twice is told what the first press did.
"""

from datetime import datetime
from uuid import UUID

from motcua.contexts.counters.contracts.queue import (
    BackTooOften,
    NobodyWaits,
    TicketCalled,
    TicketMoved,
    TicketState,
    WindowMoved,
    WindowNotFound,
)
from motcua.contexts.counters.models import Ticket, Window
from motcua.contexts.counters.queries import queue
from motcua.contexts.counters.rules.fairness import InLine, in_a_row_after, next_of
from motcua.contexts.counters.rules.queue_data import label_of, rule
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import Stale, owns_transaction

TRIES = 8  # as many windows may choose the same ticket at once before one of them gives up
CALLED: dict[str, object] = {"state": TicketState.CALLED}


def call_next(*, seen: UUID | None, actor: Actor, now: datetime) -> TicketCalled:
    """The next ticket for one's window; the one that was there is finished by it.

    seen: the ticket that the page showed at the window. Raises: WindowNotFound, WindowMoved,
    NobodyWaits, TicketMoved.
    """
    for _try in range(TRIES):
        try:
            return _call_next(seen=seen, actor=actor, now=now)
        except Stale:  # another window was faster with this ticket: look again
            continue
    raise TicketMoved


@owns_transaction
def _call_next(*, seen: UUID | None, actor: Actor, now: datetime) -> TicketCalled:
    window = _window(seen, actor, now)
    chosen = _chosen(window, now=now)
    if chosen is None:
        raise NobodyWaits
    if seen is not None:
        _end(_at_window(window, actor, now), TicketState.FINISHED, now)
    row = Ticket.objects.get(pk=chosen.id)
    row.state, row.window_id = TicketState.CALLED, window.id
    row.called_at, row.calls = now, row.calls + 1
    row.first_called_at = row.first_called_at or now
    db.change(
        row, "state", "window", "called_at", "calls", "first_called_at",
        expecting={"state": TicketState.WAITING},
    )  # fmt: skip
    window.current_id = row.id
    window.ahead_in_a_row = in_a_row_after(chosen, window.ahead_in_a_row)
    db.change(window, "current_id", "ahead_in_a_row", expecting={"current_id": seen})
    label = label_of(row.first_group, row.number)
    _record("call_next", row, window, actor)
    return TicketCalled(ticket_id=row.id, label=label, window=window.number)


def _chosen(window: Window, *, now: datetime) -> InLine | None:
    waiting = queue.lines(window.unit_id, window.groups, now=now, window_id=window.id)
    return next_of(waiting, in_a_row=window.ahead_in_a_row, most=rule().ahead_in_a_row)


@owns_transaction
def call_again(*, seen: UUID, actor: Actor, now: datetime) -> None:
    """Gọi lại. Raises: WindowNotFound, WindowMoved, Stale."""
    window = _window(seen, actor, now)
    row = _at_window(window, actor, now)
    before = row.calls
    row.called_at, row.calls = now, before + 1
    db.change(row, "called_at", "calls", expecting={"calls": before})
    _record("call_again", row, window, actor)


@owns_transaction
def mark_absent(*, seen: UUID, actor: Actor, now: datetime) -> None:
    """Gọi mà vắng; may come back. Raises: WindowNotFound, WindowMoved, Stale."""
    window = _window(seen, actor, now)
    row = _at_window(window, actor, now)
    _end(row, TicketState.ABSENT, now)
    _clear(window)
    _record("mark_absent", row, window, actor)


@owns_transaction
def finish(*, seen: UUID, actor: Actor, now: datetime) -> None:
    """Xong. Raises: WindowNotFound, WindowMoved, Stale."""
    window = _window(seen, actor, now)
    row = _at_window(window, actor, now)
    _end(row, TicketState.FINISHED, now)
    _clear(window)
    _record("finish", row, window, actor)


@owns_transaction
def transfer(
    *, seen: UUID, group: str, window_number: int | None = None, actor: Actor, now: datetime
) -> None:
    """On to another group or window, with the number and the waiting time that one has.

    Raises: WindowNotFound, WindowMoved, GroupUnknown, Stale.
    """
    window = _window(seen, actor, now)
    row = _at_window(window, actor, now)
    unit = queue.desk_by_id(window.unit_id)
    there = _open_window(window, window_number, now) if window_number else None
    chosen = group or (there.groups[0] if there else row.group)
    row.group = queue.group(unit, chosen).letter
    row.state, row.window_id = TicketState.WAITING, None
    row.only_window_id = there.id if there else None
    db.change(row, "group", "state", "window", "only_window", expecting=CALLED)
    _clear(window)
    _record("transfer", row, window, actor)


def _open_window(window: Window, number: int, now: datetime) -> Window:
    """Another one of the same desk. Raises: WindowNotFound."""
    rows = Window.objects.filter(unit_id=window.unit_id, number=number, day=city_date(now))
    found = rows.exclude(pk=window.pk).first()
    if found is None:
        raise WindowNotFound(field="window")
    return found


@owns_transaction
def bring_back(ticket_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Who was absent stands there now: back into the line, with the time they have waited.

    Raises: TicketNotFound, TicketMoved, BackTooOften, Stale.
    """
    row = queue.desk_ticket_row(ticket_id, actor, now=now)
    if row.state != TicketState.ABSENT:
        raise TicketMoved
    if row.times_back >= rule().times_back:
        raise BackTooOften
    row.state, row.window_id, row.times_back = TicketState.WAITING, None, row.times_back + 1
    row.finished_at = None
    db.change(
        row, "state", "window", "times_back", "finished_at",
        expecting={"state": TicketState.ABSENT},
    )  # fmt: skip
    db.record(action="counters.bring_back", subject=str(row.id), actor=actor)


@owns_transaction
def settle_priority(*, seen: UUID, agreed: bool, actor: Actor, now: datetime) -> None:
    """Whether the priority chosen holds; if not, back into the line of all, at its own place.

    Raises: WindowNotFound, WindowMoved, Stale.
    """
    window = _window(seen, actor, now)
    row = _at_window(window, actor, now)
    row.confirmed = agreed
    fields = ["confirmed"]
    if not agreed:
        row.state, row.window_id = TicketState.WAITING, None
        fields += ["state", "window"]
        _clear(window)
    db.change(row, *fields, expecting=CALLED)
    facts: dict[str, object] = {"agreed": agreed}
    db.record(action="counters.settle_priority", subject=str(row.id), actor=actor, facts=facts)


def _window(seen: UUID | None, actor: Actor, now: datetime) -> Window:
    """One's own, as the page showed it. Raises: WindowNotFound, WindowMoved."""
    window = queue.own_window_row(actor, now=now)
    if window.current_id != seen:
        raise WindowMoved
    return window


def _at_window(window: Window, actor: Actor, now: datetime) -> Ticket:
    """Raises: TicketNotFound, TicketMoved."""
    assert window.current_id is not None
    row = queue.desk_ticket_row(window.current_id, actor, now=now)
    if row.state != TicketState.CALLED or row.window_id != window.id:
        raise TicketMoved
    return row


def _end(row: Ticket, state: TicketState, now: datetime) -> None:
    row.state, row.finished_at = state, now
    db.change(row, "state", "finished_at", expecting=CALLED)


def _clear(window: Window) -> None:
    seen, window.current_id = window.current_id, None
    db.change(window, "current_id", expecting={"current_id": seen})


def _record(act: str, row: Ticket, window: Window, actor: Actor) -> None:
    facts: dict[str, object] = {"window": window.number, "group": row.group}
    db.record(action=f"counters.{act}", subject=str(row.id), actor=actor, facts=facts)
