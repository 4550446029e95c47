"""Hẹn giờ: a seat at a time."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.contexts.counters.contracts.appointments import AppointmentState
from motcua.kernel.db import uuid7

HELD = ~Q(state=AppointmentState.CANCELLED.value)


class Appointment(models.Model):
    """Lịch hẹn. seat: of so many that the slot has; turn: as with tickets."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=1)
    day = models.DateField()
    starts_at = models.DateTimeField()
    seat = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=6)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in AppointmentState])
    booked_at = models.DateTimeField()
    moves = models.PositiveSmallIntegerField(default=0)
    ticket_id = models.UUIDField(null=True)
    person = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    phone_index = models.BinaryField(max_length=16, null=True)
    turn = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "starts_at", "seat"], condition=HELD, name="counter_seat_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "day", "code"], name="counter_appointment_code"
            ),
            models.UniqueConstraint(
                fields=["unit", "day", "person", "turn"],
                condition=HELD & Q(person__isnull=False),
                name="counter_appointment_of_person",
            ),
            models.UniqueConstraint(
                fields=["unit", "day", "phone_index", "turn"],
                condition=HELD & Q(phone_index__isnull=False),
                name="counter_appointment_of_phone",
            ),
        ]
