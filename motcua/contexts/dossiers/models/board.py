"""Số liệu điều hành, rolled up by the worker."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.kernel.db import uuid7


class BoardRow(models.Model):
    """Leader's figures, rolled up by the worker: one row per unit or field, now or per month.

    `month` None: how it stands now. `unit_id` None and `field` "": the whole city.
    `of_division`: a part of the unit that decides, which the city's page need not read.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit_id = models.UUIDField(null=True)
    field = models.CharField(max_length=40, blank=True)
    month = models.DateField(null=True)
    of_division = models.BooleanField(default=False)
    waiting_reception = models.PositiveIntegerField(default=0)
    late_reception = models.PositiveIntegerField(default=0)
    in_process = models.PositiveIntegerField(default=0)
    overdue = models.PositiveIntegerField(default=0)
    paused = models.PositiveIntegerField(default=0)
    received = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    rated = models.PositiveIntegerField(default=0)
    stars = models.PositiveIntegerField(default=0)
    reviews = models.PositiveIntegerField(default=0)
    upheld = models.PositiveIntegerField(default=0)
    as_of = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit_id", "field", "month"],
                nulls_distinct=False,
                name="board_row_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["month"],
                condition=Q(of_division=False) & (Q(unit_id=None) | Q(field="")),
                name="board_of_the_city",
            )
        ]
