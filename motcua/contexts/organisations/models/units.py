"""Cơ quan, đơn vị."""

from django.db import models
from django.db.models import Q

from motcua.kernel.db import uuid7
from motcua.kernel.period import lasts_a_day


class Unit(models.Model):
    """Cơ quan, đơn vị in one period. kind: UnitKind.

    invented: the code is ours, because the official one is not published (Decision 20/2020).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    ward_code = models.CharField(max_length=5, blank=True, db_index=True)
    address = models.CharField(max_length=250, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    invented = models.BooleanField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "organisations_unit"
        constraints = (
            lasts_a_day("unit_lasts"),
            models.UniqueConstraint(
                fields=["code", "valid_from"], nulls_distinct=False, name="unit_once"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to__isnull=True), name="unit_one_now"
            ),
        )


class Edition(models.Model):
    """Which edition of the rows stands in the tables; renewed by every write.

    name: "structure" (units, competence, calendars), "staff" (posts, holders) or "absences".
    """

    name = models.CharField(primary_key=True, max_length=20)
    version = models.UUIDField(default=uuid7)
    digest = models.CharField(max_length=64, blank=True, help_text="of the files loaded last")

    class Meta:
        db_table = "organisations_edition"
