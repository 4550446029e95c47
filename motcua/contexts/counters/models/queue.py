"""Hàng đợi: numbers of a day, tickets, windows."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.counters.contracts.queue import PriorityKind, TicketChannel, TicketState
from motcua.kernel.db import uuid7


class TicketSerial(models.Model):
    """The last number that a group gave that day; each day begins at one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    group = models.CharField(max_length=1)
    last = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "day", "group"], name="counter_serial_once"),
        ]


class Window(models.Model):
    """Bàn số: open while an officer sits there; open on one day alone, for nobody closes by night.

    current: the ticket at the window, changed by compare-and-set. ahead_in_a_row: how many calls
    of those who go first lie behind it without an ordinary one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    groups = models.JSONField(default=list)
    officer_id = models.UUIDField(null=True)
    day = models.DateField(null=True)
    opened_at = models.DateTimeField(null=True)
    current_id = models.UUIDField(null=True)
    ahead_in_a_row = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "number"], name="counter_window_once"),
            models.UniqueConstraint(
                fields=["officer_id"],
                condition=Q(officer_id__isnull=False),
                name="counter_window_of_officer",
            ),
            models.CheckConstraint(
                condition=Q(officer_id__isnull=True, day__isnull=True, opened_at__isnull=True)
                | Q(officer_id__isnull=False, day__isnull=False, opened_at__isnull=False),
                name="counter_window_open",
            ),
        ]


class Ticket(models.Model):
    """Số thứ tự. queued_at: since when it waits, kept by a transfer.

    turn: counts the tickets of this person or phone that day, from 0. phone_index: blind; the
    number itself is kept nowhere. kind: of tickets that are nobody's alone. only_window: handed
    to that window, while it is open.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    group = models.CharField(max_length=1)
    number = models.PositiveSmallIntegerField()
    first_group = models.CharField(max_length=1)  # whose number it bears after a transfer
    channel = models.CharField(max_length=12, choices=[(c.value, c.value) for c in TicketChannel])
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in TicketState])
    priority = models.BooleanField()
    kind = models.CharField(
        max_length=10, blank=True, choices=[(k.value, k.value) for k in PriorityKind]
    )
    confirmed = models.BooleanField(null=True)
    taken_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    first_called_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    times_back = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    window = models.ForeignKey(Window, null=True, on_delete=models.PROTECT, related_name="+")
    only_window = models.ForeignKey(Window, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    phone_index = models.BinaryField(max_length=16, null=True)
    turn = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "day", "first_group", "number"], name="counter_ticket_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "day", "person", "turn"],
                condition=Q(person__isnull=False) & ~Q(state=TicketState.CANCELLED.value),
                name="counter_ticket_of_person",
            ),
            models.UniqueConstraint(
                fields=["unit", "day", "phone_index", "turn"],
                condition=Q(phone_index__isnull=False) & ~Q(state=TicketState.CANCELLED.value),
                name="counter_ticket_of_phone",
            ),
            models.CheckConstraint(
                condition=Q(kind="") | Q(person__isnull=True, phone_index__isnull=True),
                name="counter_kind_of_nobody",
            ),
            models.CheckConstraint(
                condition=Q(called_at__isnull=True, first_called_at__isnull=True)
                | Q(called_at__isnull=False, first_called_at__isnull=False),
                name="counter_called_since",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "day", "queued_at"],
                condition=Q(state=TicketState.WAITING.value),
                name="counter_ticket_waiting",
            ),
        ]
