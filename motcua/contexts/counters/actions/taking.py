"""Lấy số: at a kiosk, on a phone, by an officer; and giving it up."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError

from motcua.contexts.counters.contracts.queue import (
    DeskClosed,
    NumbersUsedUp,
    PhoneNeeded,
    TakeTicket,
    TicketChannel,
    TicketHeldAlready,
    TicketNotFound,
    TicketOver,
    TicketState,
    TicketTaken,
)
from motcua.contexts.counters.models import Ticket
from motcua.contexts.counters.queries import queue
from motcua.contexts.counters.rules.queue_data import label_of, rule
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.crypto import blind_index
from motcua.kernel.db import owns_transaction
from motcua.kernel.forms.cleaning import Refused, clean_phone
from motcua.kernel.forms.schema import FieldType, Question

PHONE = "counters.phone"
PHONE_NUMBER = Question(key="phone", label="Số điện thoại", type=FieldType.PHONE)
NEXT_NUMBER = """
INSERT INTO counters_ticketserial AS known (id, unit_id, day, "group", last)
VALUES ($1, $2, $3, $4, 1)
ON CONFLICT (unit_id, day, "group") DO UPDATE SET last = known.last + 1
RETURNING last
"""


def take_ticket(command: TakeTicket, *, actor: Actor, now: datetime) -> TicketTaken:
    """A number of this day. Raises: DeskNotFound, DeskClosed, GroupUnknown, TicketHeldAlready,

    PhoneNeeded, NumbersUsedUp.
    """
    try:
        return _take(command, actor=actor, now=now)
    except IntegrityError:  # the same person twice at once: one of them has the turn
        raise TicketHeldAlready from None


@owns_transaction
def _take(command: TakeTicket, *, actor: Actor, now: datetime) -> TicketTaken:
    unit = queue.desk_by_id(command.unit_id)
    queue.group(unit, command.group)
    if not queue.is_open(unit.id, now=now):
        raise DeskClosed
    row = _ticket(command, now=now)
    if command.channel is TicketChannel.PHONE:
        _make_own(row, command, actor)
    db.insert(row)
    facts: dict[str, object] = {"group": row.group, "channel": row.channel}
    db.record(action="counters.take_ticket", subject=str(row.id), actor=actor, facts=facts)
    return TicketTaken(ticket_id=row.id, label=label_of(row.group, row.number))


def _ticket(command: TakeTicket, *, now: datetime) -> Ticket:
    day = city_date(now)
    return Ticket(
        unit_id=command.unit_id,
        day=day,
        group=command.group,
        first_group=command.group,
        number=next_number(command.unit_id, command.group, day),
        channel=command.channel,
        state=TicketState.WAITING,
        priority=command.kind is not None,
        kind=command.kind or "",
        taken_at=now,
        queued_at=now,
    )


def next_number(unit_id: UUID, group: str, day: date) -> int:
    """Unique and gapless, whoever asks at once; a ticket that is refused gives it back.

    Raises: NumbersUsedUp.
    """
    [(number,)] = db.read(NEXT_NUMBER, db.uuid7(), unit_id, day, group)
    if number > rule().most_a_group:
        raise NumbersUsedUp
    return int(number)


def _make_own(row: Ticket, command: TakeTicket, actor: Actor) -> None:
    """Of the person or the phone; what kind of priority it is stays between them and the window."""
    row.kind = ""
    if actor.party_id is not None:
        row.person_id = actor.party_id
        held = Ticket.objects.filter(person_id__in=actor.party_ids)
    else:
        row.phone_index = phone_index(command.phone)
        held = Ticket.objects.filter(phone_index=row.phone_index)
    today = held.filter(unit_id=row.unit_id, day=row.day).exclude(state=TicketState.CANCELLED)
    row.turn = today.count()
    if row.turn >= rule().tickets_a_day:
        raise TicketHeldAlready


def phone_index(phone: str) -> bytes:
    """Raises: PhoneNeeded."""
    try:
        return blind_index(clean_phone(PHONE_NUMBER, phone), scope=PHONE)
    except Refused:
        raise PhoneNeeded(field="phone") from None


@owns_transaction
def cancel_ticket(ticket_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Bỏ số, by whoever holds its address. Raises: TicketNotFound, TicketOver, Stale."""
    row = Ticket.objects.filter(pk=ticket_id).first()
    if row is None:
        raise TicketNotFound
    if row.day != city_date(now) or row.state not in {TicketState.WAITING, TicketState.ABSENT}:
        raise TicketOver
    before, row.state, row.finished_at = row.state, TicketState.CANCELLED, now
    db.change(row, "state", "finished_at", expecting={"state": before})
    db.record(action="counters.cancel_ticket", subject=str(row.id), actor=actor)
