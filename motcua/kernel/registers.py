"""Sổ đăng ký (abstract): authoritative records with validity in time and a source per value.

Bitemporal: `valid_from`/`valid_to` say when it was so in the world, `recorded_at`/`superseded_at`
when the city knew it. A row is never changed: a change closes the recorded time of the old row
and adds new ones. No row without a case: `case_code` names the outcome it came from.
"""

from datetime import date, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from motcua.kernel.db import insert, uuid7
from motcua.kernel.errors import Conflict, Invalid


class RecordChanged(Conflict):
    """Somebody recorded a change of this entry in between."""

    sentence = "Bản ghi này vừa được cập nhật. Bạn mở lại để xem giá trị mới."


class OutsideValidity(Invalid):
    """The day lies in the time of another version of the entry."""

    sentence = "Ngày bắt đầu thay đổi không nằm trong thời gian hiệu lực của bản ghi này."


class RegisterRecord(models.Model):
    """One version of one entry. `entry_id` stays the same over all versions of an entry."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entry_id = models.UUIDField(db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    case_code = models.CharField(max_length=40)
    source = models.JSONField(default=dict)  # field name -> where its value comes from

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="%(class)s_valid_period",
            ),
            models.CheckConstraint(condition=~Q(case_code=""), name="%(class)s_has_case"),
            models.UniqueConstraint(
                fields=["entry_id", "valid_from"],
                condition=Q(superseded_at__isnull=True),
                name="%(class)s_one_truth",
            ),
        ]

    @classmethod
    def as_known(cls, *, on: date, at: datetime | None = None) -> "models.QuerySet[Self]":
        """What was so on the day `on`, as the city knew it at `at` (None: as known now)."""
        rows = cls._default_manager.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on
        )
        if at is None:
            return rows.filter(superseded_at__isnull=True)
        return rows.filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=at), recorded_at__lte=at
        )

    def amend(self, *, valid_from: date, case_code: str, now: datetime, **changes: Any) -> Self:
        """Record that from `valid_from` on the entry is different. Runs inside an action.

        Raises: RecordChanged when this version is no longer the one in force; OutsideValidity when
        it does not hold on that day.
        """
        if valid_from < self.valid_from or (self.valid_to and valid_from >= self.valid_to):
            raise OutsideValidity(field="valid_from")
        closed = type(self)._default_manager.filter(pk=self.pk, superseded_at__isnull=True)
        if not closed.update(superseded_at=now):
            raise RecordChanged
        if valid_from > self.valid_from:
            insert(self._copy(valid_to=valid_from, recorded_at=now))
        successor = self._copy(
            valid_from=valid_from, recorded_at=now, case_code=case_code, **changes
        )
        insert(successor)
        return successor

    def _copy(self, **changes: Any) -> Self:
        kept: dict[str, Any] = {
            f.attname: getattr(self, f.attname)
            for f in self._meta.concrete_fields
            if f.attname not in {"id", "superseded_at"}
        }
        return type(self)(**(kept | changes))


def new_entry_id() -> UUID:
    return uuid7()
