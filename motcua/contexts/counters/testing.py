"""Builders of counters for tests of any context."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.counters.actions.taking import take_ticket
from motcua.contexts.counters.actions.tills import open_shift
from motcua.contexts.counters.actions.windows import open_window
from motcua.contexts.counters.contracts.queue import PriorityKind, TakeTicket, TicketChannel
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import ANONYMOUS, Actor

BEN_THANH = "26743"


def the_desk(ward: str = BEN_THANH) -> UUID:
    return organisations.one_stop_desk(ward).id


def a_ticket(
    group: str = "A",
    *,
    now: datetime,
    kind: PriorityKind | None = None,
    ward: str = BEN_THANH,
) -> UUID:
    """Taken at the kiosk of the desk."""
    command = TakeTicket(
        unit_id=the_desk(ward), group=group, channel=TicketChannel.KIOSK, kind=kind
    )
    return take_ticket(command, actor=ANONYMOUS, now=now).ticket_id


def an_open_window(
    actor: Actor,
    *groups: str,
    number: int = 1,
    ward: str = BEN_THANH,
    now: datetime,
) -> UUID:
    """The officer sits there and calls these groups (A unless named)."""
    made = open_window(the_desk(ward), number=number, groups=groups or ("A",), actor=actor, now=now)
    return made.window_id


def an_open_till(
    actor: Actor, *, float_dong: int = 0, ward: str = BEN_THANH, now: datetime
) -> UUID:
    """The cashier's shift of today, so that cash may be taken."""
    made = open_shift(the_desk(ward), float_dong=float_dong, actor=actor, now=now)
    return made.shift_id
