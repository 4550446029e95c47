"""Đúng ngay lần đầu, rolled up for the leaders' pages."""

from typing import ClassVar

from django.db import models

from motcua.kernel.db import uuid7


class RightFirstRow(models.Model):
    """Đúng ngay lần đầu, rolled up: one row per procedure, unit that decides, and month.

    unit_id None: the whole city. procedure_code "": all procedures of the unit.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit_id = models.UUIDField(null=True)
    procedure_code = models.CharField(max_length=40, blank=True)
    month = models.DateField()
    done = models.PositiveIntegerField()
    first_right = models.PositiveIntegerField()
    asked_again = models.PositiveIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit_id", "procedure_code", "month"],
                nulls_distinct=False,
                name="right_first_row_once",
            )
        ]
