"""Bảng danh mục: administrative units with dates, succession, days off."""

from django.db import models
from django.db.models import Q

from motcua.contexts.reference.contracts import AreaLevel
from motcua.kernel.db import uuid7
from motcua.kernel.period import lasts_a_day


class AdminUnit(models.Model):
    """Đơn vị hành chính in one period: the same code may stand for an old and a new unit.

    level: AreaLevel; kind: AreaKind.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=5)
    level = models.CharField(max_length=10)
    kind = models.CharField(max_length=14)
    name = models.CharField(max_length=100)
    full_name = models.CharField(max_length=120)
    province_code = models.CharField(max_length=2)
    district_code = models.CharField(max_length=3, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "reference_admin_unit"
        constraints = (
            lasts_a_day("admin_unit_lasts"),
            models.UniqueConstraint(
                fields=["code", "valid_from"], nulls_distinct=False, name="admin_unit_once"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to__isnull=True), name="admin_unit_one_now"
            ),
            models.CheckConstraint(
                condition=~Q(level=AreaLevel.COMMUNE.value) | Q(code__regex=r"^\d{5}$"),
                name="admin_unit_commune_code",
            ),
        )


class Succession(models.Model):
    """Kế thừa: an old unit passed into a new one, whole or in part.

    principal: of several, the one for what names no more than the old unit.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    old = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="+")
    new = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="+")
    partial = models.BooleanField()
    principal = models.BooleanField(default=True)
    on = models.DateField()

    class Meta:
        db_table = "reference_succession"
        constraints = (
            models.UniqueConstraint(fields=["old", "new", "on"], name="succession_once"),
        )


class Street(models.Model):
    """Đường trong một quận, huyện cũ, as the operator's file names it.

    district_code: of the district that stood in June 2025; said: the district as people say it,
    which may be older («Quận 2»).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    district_code = models.CharField(max_length=3)
    said = models.CharField(max_length=60)

    class Meta:
        db_table = "reference_street"
        constraints = (
            models.UniqueConstraint(fields=["district_code", "said", "name"], name="street_once"),
        )


class Day(models.Model):
    """Ngày nghỉ, ngày làm bù: a day that differs from its weekday. kind: DayKind."""

    on = models.DateField(primary_key=True)
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    confirmed = models.BooleanField()
    source = models.CharField(max_length=200)

    class Meta:
        db_table = "reference_day"


class Edition(models.Model):
    """Which edition of the rows stands in the tables; renewed by every write."""

    name = models.CharField(primary_key=True, max_length=20)
    version = models.UUIDField(default=uuid7)
    digest = models.CharField(max_length=64, blank=True, help_text="of the files loaded last")

    class Meta:
        db_table = "reference_edition"
