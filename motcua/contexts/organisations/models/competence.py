"""Thẩm quyền, lịch làm việc."""

from django.db import models

from motcua.kernel.db import uuid7
from motcua.kernel.period import lasts_a_day


class Competence(models.Model):
    """Thẩm quyền: who decides and who handles, for a key at a level in an area, in a period.

    agency_key: "" means every key. ward_code: "" means the whole city.
    procedure_code: "" means every procedure of the key; a code makes an exception for one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_key = models.CharField(max_length=30, blank=True)
    level = models.CharField(max_length=10)
    ward_code = models.CharField(max_length=5, blank=True)
    procedure_code = models.CharField(max_length=10, blank=True)
    authority = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "organisations_competence"
        constraints = (
            lasts_a_day("competence_lasts"),
            models.UniqueConstraint(
                fields=["agency_key", "level", "ward_code", "procedure_code", "valid_from"],
                nulls_distinct=False,
                name="competence_once",
            ),
            models.UniqueConstraint(
                fields=["agency_key", "level", "ward_code", "procedure_code"],
                condition=models.Q(valid_to__isnull=True),
                name="competence_one_now",
            ),
        )


class UnitCalendar(models.Model):
    """Lịch làm việc of a unit and of all units below it that have none. purpose: Purpose.

    shifts: {"0": [["07:30", "11:30"], ["13:00", "17:00"]], …}, Monday is "0".
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12)
    shifts = models.JSONField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "organisations_unit_calendar"
        constraints = (
            lasts_a_day("unit_calendar_lasts"),
            models.UniqueConstraint(
                fields=["unit", "purpose", "valid_from"],
                nulls_distinct=False,
                name="unit_calendar_once",
            ),
        )
