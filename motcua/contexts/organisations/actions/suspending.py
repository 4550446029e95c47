"""Đình chỉ: whose account is closed acts in no post; the posts go on by others."""

from datetime import date
from uuid import UUID

from motcua.contexts.organisations.actions.covering import check_suspension
from motcua.contexts.organisations.actions.editions import renew_absences
from motcua.contexts.organisations.models import Suspension
from motcua.kernel.db import joins_transaction, uuid7


@joins_transaction
def suspend_officer(officer_id: UUID, *, on: date) -> None:
    """From this day the officer acts nowhere; said again, nothing happens.

    Raises: NobodyTakesOver.
    """
    if Suspension.objects.filter(officer_id=officer_id, valid_to__isnull=True).exists():
        return
    check_suspension(officer_id, on)
    Suspension(id=uuid7(), officer_id=officer_id, valid_from=on).save(force_insert=True)
    renew_absences()


@joins_transaction
def restore_officer(officer_id: UUID, *, on: date) -> None:
    """The officer acts again from this day."""
    rows = Suspension.objects.filter(officer_id=officer_id, valid_to__isnull=True)
    ended = rows.filter(valid_from__lt=on).update(valid_to=on)
    same_day, _ = rows.filter(valid_from__gte=on).delete()
    if ended or same_day:
        renew_absences()
