"""Phân công làm thay: somebody is away, another acts in all their posts meanwhile."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.contexts.organisations.actions.covering import check_absence
from motcua.contexts.organisations.actions.editions import renew_absences
from motcua.contexts.organisations.contracts import (
    AlreadyAbsent,
    NotYourOfficer,
    OfficerNotFound,
    SubstituteIsAbsent,
    SubstituteIsSelf,
    SubstitutionNotFound,
    WrongDates,
)
from motcua.contexts.organisations.events import SubstitutionEnded, SubstitutionGranted
from motcua.contexts.organisations.models import Officer, Substitution
from motcua.contexts.organisations.queries import staff
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import insert, owns_transaction, record, uuid7
from motcua.kernel.events import publish
from motcua.kernel.text import nfc


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """The substitution that now stands."""

    substitution_id: UUID


@owns_transaction
def grant_substitution(
    *,
    absent_id: UUID,
    substitute_id: UUID | None,
    first_on: date,
    back_on: date,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Granted:
    """Let the substitute (or, without one, the head of the unit) act from the first day away.

    back_on: the day the absent officer works again, not a day away any more.
    Raises: WrongDates, SubstituteIsSelf, OfficerNotFound, NotYourOfficer, AlreadyAbsent,
    SubstituteIsAbsent, NobodyTakesOver.
    """
    if back_on <= first_on:
        raise WrongDates(field="back_on")
    if substitute_id == absent_id:
        raise SubstituteIsSelf(field="substitute_id")
    _lock([absent_id] if substitute_id is None else [absent_id, substitute_id])
    _check_may_arrange(actor, absent_id, city_date(now))
    _check_free(absent_id, substitute_id, first_on, back_on)
    check_absence(absent_id, substitute_id, first_on, back_on)

    granted = Substitution(
        id=uuid7(),
        absent_id=absent_id,
        substitute_id=substitute_id,
        reason=nfc(reason),
        valid_from=first_on,
        valid_to=back_on,
    )
    insert(granted)
    renew_absences()
    record(
        action="organisations.grant_substitution",
        subject=str(absent_id),
        actor=actor,
        facts={"substitute": str(substitute_id), "from": str(first_on), "back": str(back_on)},
    )
    publish(
        SubstitutionGranted(
            occurred_at=now,
            subject=str(absent_id),
            absent_id=absent_id,
            substitute_id=substitute_id,
            first_on=first_on.isoformat(),
            back_on=back_on.isoformat(),
        )
    )
    return Granted(substitution_id=granted.id)


@owns_transaction
def end_substitution(substitution_id: UUID, *, back_on: date, actor: Actor, now: datetime) -> None:
    """The absent officer works again from `back_on`; before the first day away it is withdrawn.

    Raises: SubstitutionNotFound, NotYourOfficer, WrongDates.
    """
    row = Substitution.objects.select_for_update().filter(id=substitution_id).first()
    if row is None:
        raise SubstitutionNotFound
    _check_may_arrange(actor, row.absent_id, city_date(now))
    if back_on > row.valid_to:
        raise WrongDates(field="back_on")
    if back_on <= row.valid_from:
        row.delete()
    else:
        row.valid_to = back_on
        row.save(update_fields=["valid_to"])
    renew_absences()
    record(
        action="organisations.end_substitution",
        subject=str(row.absent_id),
        actor=actor,
        facts={"substitution": str(substitution_id), "back": str(back_on)},
    )
    publish(
        SubstitutionEnded(
            occurred_at=now,
            subject=str(row.absent_id),
            absent_id=row.absent_id,
            substitute_id=row.substitute_id,
        )
    )


def _lock(officer_ids: list[UUID]) -> None:
    """Two grants for the same people wait for each other."""
    rows = Officer.objects.select_for_update().filter(id__in=officer_ids).order_by("id")
    if len(rows) != len(officer_ids):
        raise OfficerNotFound


def _check_free(absent_id: UUID, substitute_id: UUID | None, first_on: date, back_on: date) -> None:
    away = set(
        Substitution.objects.filter(
            absent_id__in=[absent_id, substitute_id], valid_from__lt=back_on, valid_to__gt=first_on
        ).values_list("absent_id", flat=True)
    )
    if absent_id in away:
        raise AlreadyAbsent
    if away:
        raise SubstituteIsAbsent(field="substitute_id")


def _check_may_arrange(actor: Actor, absent_id: UUID, on: date) -> None:
    """An administrator, or a head of a unit where the officer works or of one above it."""
    if not staff.arranges(actor, absent_id, on):
        raise NotYourOfficer
