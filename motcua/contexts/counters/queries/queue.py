"""Reads of the queue: a desk and its groups, who waits, what the hall sees."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.counters.contracts.queue import (
    BoardView,
    Called,
    DeskNotFound,
    GroupUnknown,
    Place,
    PriorityKind,
    TicketChannel,
    TicketNotFound,
    TicketState,
    TicketView,
    WindowNotFound,
    WindowView,
)
from motcua.contexts.counters.models import Ticket, Window
from motcua.contexts.counters.policies import SERVING, TicketPolicy, WindowPolicy
from motcua.contexts.counters.rules.estimating import wait_minutes
from motcua.contexts.counters.rules.fairness import InLine, in_a_row_after, next_of
from motcua.contexts.counters.rules.queue_data import ServiceGroup, groups_of, label_of, rule
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitNotFound, UnitView
from motcua.kernel import access
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date

SHOWN = 8  # calls on the board of a hall
SAMPLE = 30  # finished tickets that an estimate looks at


# The desk


def desk(code: str, *, now: datetime) -> UnitView:
    """Raises: DeskNotFound."""
    try:
        found = organisations.unit(code, city_date(now))
    except UnitNotFound:
        raise DeskNotFound from None
    if not groups_of(found.kind):
        raise DeskNotFound
    return found


def desk_by_id(unit_id: UUID) -> UnitView:
    """Raises: DeskNotFound."""
    found = organisations.units_by_id([unit_id]).get(unit_id)
    if found is None or not groups_of(found.kind):
        raise DeskNotFound
    return found


def desks_of(actor: Actor, *, now: datetime) -> tuple[UnitView, ...]:
    """Where the actor serves people, by code."""
    found = organisations.units_by_id(actor.unit_ids(*SERVING)).values()
    return tuple(sorted((u for u in found if groups_of(u.kind)), key=lambda unit: unit.code))


def group(unit: UnitView, letter: str) -> ServiceGroup:
    """Raises: GroupUnknown."""
    found = next((one for one in groups_of(unit.kind) if one.letter == letter), None)
    if found is None:
        raise GroupUnknown(field="group")
    return found


def is_open(unit_id: UUID, *, now: datetime) -> bool:
    """Within the opening hours, or somebody sits at a window anyway."""
    if organisations.opening_of(unit_id, city_date(now)).is_open(now):
        return True
    return Window.objects.filter(unit_id=unit_id, day=city_date(now)).exists()


# Windows


def windows(unit_id: UUID, *, day: date) -> tuple[WindowView, ...]:
    """Those that are open that day, by number."""
    rows = Window.objects.filter(unit_id=unit_id, day=day).order_by("number")
    return tuple(window_view(row) for row in rows)


def visible_windows(actor: Actor, *, now: datetime) -> "QuerySet[Window]":
    rows = Window.objects.filter(day=city_date(now))
    return access.visible(rows, actor, WindowPolicy, now=now)


def own_window(actor: Actor, *, now: datetime) -> WindowView | None:
    """Where the actor sits today."""
    if actor.officer_id is None:
        return None
    row = visible_windows(actor, now=now).filter(officer_id=actor.officer_id).first()
    return window_view(row) if row else None


def own_window_row(actor: Actor, *, now: datetime) -> Window:
    """Raises: WindowNotFound."""
    rows = visible_windows(actor, now=now).filter(officer_id=actor.officer_id)
    found = rows.first() if actor.officer_id else None
    if found is None:
        raise WindowNotFound
    return found


def window_view(row: Window) -> WindowView:
    return WindowView(
        id=row.id,
        unit_id=row.unit_id,
        number=row.number,
        groups=tuple(row.groups),
        officer_id=row.officer_id,
        current_id=row.current_id,
    )


# Tickets


def ticket(ticket_id: UUID) -> TicketView:
    """For whoever holds its address: a number and its state. Raises: TicketNotFound."""
    found = Ticket.objects.select_related("window").filter(pk=ticket_id).first()
    if found is None:
        raise TicketNotFound
    return view(found)


def visible_tickets(actor: Actor, *, now: datetime) -> "QuerySet[Ticket]":
    rows = Ticket.objects.filter(day=city_date(now)).select_related("window")
    return access.visible(rows, actor, TicketPolicy, now=now)


def desk_ticket_row(ticket_id: UUID, actor: Actor, *, now: datetime) -> Ticket:
    """A ticket of today at a desk where the actor serves. Raises: TicketNotFound."""
    rows = visible_tickets(actor, now=now).filter(unit_id__in=actor.unit_ids(*SERVING))
    found = rows.filter(pk=ticket_id).first()
    if found is None:
        raise TicketNotFound
    return found


def person_of_label(text: str, actor: Actor, *, now: datetime) -> UUID | None:
    """Whose ticket of today this is («K012») at a desk where the actor serves; None for nobody's.

    A ticket of a kiosk or of a telephone number is nobody's.
    """
    label = "".join(text.upper().split())
    if len(label) < 2 or not label[1:].isdecimal() or len(label) > 5:
        return None
    rows = visible_tickets(actor, now=now).filter(
        unit_id__in=actor.unit_ids(*SERVING), first_group=label[0], number=int(label[1:])
    )
    return rows.values_list("person_id", flat=True).first()


def own_tickets(actor: Actor, *, now: datetime) -> tuple[TicketView, ...]:
    """The party's own of today that still count."""
    if not actor.party_ids:
        return ()
    rows = visible_tickets(actor, now=now).filter(person_id__in=actor.party_ids)
    return tuple(view(row) for row in rows.exclude(state=TicketState.CANCELLED).order_by("id"))


def waiting_at(
    unit_id: UUID, groups: Iterable[str], actor: Actor, *, now: datetime
) -> tuple[TicketView, ...]:
    """Who waits for these groups, the longest first."""
    rows = visible_tickets(actor, now=now).filter(
        unit_id=unit_id, group__in=list(groups), state=TicketState.WAITING
    )
    return tuple(view(row) for row in rows.order_by("queued_at", "id"))


def absent_at(unit_id: UUID, actor: Actor, *, now: datetime) -> tuple[TicketView, ...]:
    """Who was called and did not come, the last first."""
    rows = visible_tickets(actor, now=now).filter(unit_id=unit_id, state=TicketState.ABSENT)
    return tuple(view(row) for row in rows.order_by("-called_at", "id"))


def view(row: Ticket) -> TicketView:
    return TicketView(
        id=row.id,
        unit_id=row.unit_id,
        day=row.day,
        group=row.group,
        label=label_of(row.first_group, row.number),
        state=TicketState(row.state),
        channel=TicketChannel(row.channel),
        priority=row.priority,
        kind=PriorityKind(row.kind) if row.kind else None,
        confirmed=row.confirmed,
        taken_at=row.taken_at,
        queued_at=row.queued_at,
        called_at=row.called_at,
        finished_at=row.finished_at,
        window=row.window.number if row.window else None,
        times_back=row.times_back,
    )


# Who is next


def lines(
    unit_id: UUID, groups: Iterable[str], *, now: datetime, window_id: UUID | None = None
) -> list[InLine]:
    """Who may be called for these groups now; by this window, where one is named.

    Who was handed to another window waits for that one, while it is open.
    """
    day = city_date(now)
    rows = Ticket.objects.filter(
        unit_id=unit_id, day=day, group__in=list(groups), state=TicketState.WAITING
    )
    open_now = set(Window.objects.filter(unit_id=unit_id, day=day).values_list("id", flat=True))
    held = open_now - {window_id} if window_id else set()
    return [
        InLine(id=row.id, since=row.queued_at, number=row.number, ahead=goes_ahead(row, now=now))
        for row in rows
        if row.only_window_id not in held
    ]


def goes_ahead(row: Ticket, *, now: datetime) -> bool:
    """By priority that nobody denied, or by an appointment whose time has come."""
    if row.priority and row.confirmed is not False:
        return True
    return row.channel == TicketChannel.APPOINTMENT and row.queued_at <= now


def place(found: TicketView, *, now: datetime) -> Place:
    """How many are called before this one, and how long that takes by the figures of the day."""
    day = city_date(now)
    line = lines(found.unit_id, [found.group], now=now)
    before, in_a_row = 0, 0
    while line:
        chosen = next_of(line, in_a_row=in_a_row, most=rule().ahead_in_a_row)
        if chosen is None or chosen.id == found.id:
            break
        in_a_row = in_a_row_after(chosen, in_a_row)
        line.remove(chosen)
        before += 1
    serving = [one for one in windows(found.unit_id, day=day) if found.group in one.groups]
    minutes = wait_minutes(_served(found.unit_id, day), before=before + 1, windows=len(serving))
    return Place(before=before, minutes=minutes, windows=len(serving))


def _served(unit_id: UUID, day: date) -> list[float]:
    """Minutes at the window of the last ones of the day."""
    rows = Ticket.objects.filter(unit_id=unit_id, day=day, state=TicketState.FINISHED)
    last = rows.order_by("-finished_at").values_list("called_at", "finished_at")[:SAMPLE]
    return [(end - start).total_seconds() / 60 for start, end in last if start and end]


# What the hall sees


def board(unit_id: UUID, *, now: datetime) -> BoardView:
    """Numbers and windows, nobody's name: the newest call first."""
    day = city_date(now)
    rows = Ticket.objects.filter(
        unit_id=unit_id, day=day, state__in=[TicketState.CALLED, TicketState.ABSENT]
    )
    called = rows.select_related("window").order_by("-called_at", "id")[:SHOWN]
    waiting = Ticket.objects.filter(unit_id=unit_id, day=day, state=TicketState.WAITING)
    counts: dict[str, int] = {}
    for letter in waiting.values_list("group", flat=True):
        counts[letter] = counts.get(letter, 0) + 1
    return BoardView(
        calls=tuple(
            Called(
                label=label_of(row.first_group, row.number),
                window=row.window.number,
                called_at=row.called_at,
                calls=row.calls,
                here=row.state == TicketState.CALLED,
            )
            for row in called
            if row.window and row.called_at
        ),
        waiting=counts,
        unserved=_unserved(counts, windows(unit_id, day=day)),
    )


def _unserved(waiting: Iterable[str], opened: Iterable[WindowView]) -> tuple[str, ...]:
    """Groups for which somebody waits and no window calls."""
    served = {letter for one in opened for letter in one.groups}
    return tuple(sorted(set(waiting) - served))
