"""Sắp xếp tổ chức: a merger, split, renaming, transfer or dissolution as a recorded act.

Signatures stay as signed, since old units keep their rows; open work follows competence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from motcua.contexts.organisations.actions.editions import renew_all
from motcua.contexts.organisations.contracts import ActKind, UnitChangedAlready, UnitNotFound
from motcua.contexts.organisations.events import UnitsReorganised
from motcua.contexts.organisations.models import (
    Competence,
    Reorganisation,
    ReorganisationLine,
    Unit,
)
from motcua.contexts.organisations.rules.succession import (
    Effect,
    HeldRuling,
    Passing,
    effect_of,
)
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.period import Period
from motcua.kernel.text import nfc


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorganise:
    """The act as decided. passings: each old unit with the unit that takes over."""

    kind: ActKind
    title: str
    document: str
    effective_on: date
    passings: tuple[Passing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorganised:
    """The act on record and what it changed; orphaned competence needs rulings of its own."""

    act_id: UUID
    ended: int
    moved: int
    orphaned: int


def foresee(act: Reorganise) -> Effect:
    """Dry run: the difference the act would make, nothing written."""
    return effect_of(act.passings, _rulings(act), act.effective_on)


@owns_transaction
def reorganise(act: Reorganise, *, actor: Actor, now: datetime) -> Reorganised:
    """Record the act: old units end on its day, their competence passes to their heirs.

    Raises: UnitNotFound, UnitChangedAlready.
    """
    _check_units(act)
    effect = effect_of(act.passings, _rulings(act), act.effective_on)
    saved = Reorganisation.objects.create(
        kind=act.kind.value,
        title=nfc(act.title),
        document=nfc(act.document),
        effective_on=act.effective_on,
        verified=bool(act.document),
    )
    ReorganisationLine.objects.bulk_create(
        ReorganisationLine(act=saved, old_id=p.old_id, new_id=p.new_id, partial=p.partial)
        for p in act.passings
    )
    Unit.objects.filter(id__in=effect.ending).update(valid_to=act.effective_on)
    _pass_competence(effect, act.effective_on)
    renew_all()
    record(
        action="organisations.reorganise",
        subject=str(saved.id),
        actor=actor,
        facts={"effective_on": str(act.effective_on), "moved": len(effect.moved)},
    )
    publish(
        UnitsReorganised(
            occurred_at=now,
            subject=str(saved.id),
            act_id=saved.id,
            effective_on=act.effective_on.isoformat(),
        )
    )
    return Reorganised(
        act_id=saved.id,
        ended=len(effect.ending),
        moved=len(effect.moved),
        orphaned=len(effect.orphaned),
    )


def _check_units(act: Reorganise) -> None:
    old = {passing.old_id for passing in act.passings}
    named = old | {passing.new_id for passing in act.passings if passing.new_id}
    rows = {row.id: row for row in Unit.objects.select_for_update().filter(id__in=named)}
    if rows.keys() != named:
        raise UnitNotFound
    for row in rows.values():
        if not Period(row.valid_from, row.valid_to).contains(act.effective_on):
            raise UnitChangedAlready(unit=row.code)
    for unit_id in old:
        row = rows[unit_id]
        if row.valid_to is not None or row.valid_from == act.effective_on:
            raise UnitChangedAlready(unit=row.code)


def _rulings(act: Reorganise) -> Sequence[HeldRuling]:
    old = [passing.old_id for passing in act.passings]
    rows = Competence.objects.filter(Q(authority__in=old) | Q(division__in=old)).order_by("id")
    return [
        HeldRuling(row.id, row.authority_id, row.division_id, Period(row.valid_from, row.valid_to))
        for row in rows
    ]


def _pass_competence(effect: Effect, on: date) -> None:
    """Rulings that already ran close on the day; later ones simply change hands."""
    rows = Competence.objects.in_bulk([*(m.ruling_id for m in effect.moved), *effect.orphaned])
    begun = [row for row in rows.values() if row.valid_from is None or row.valid_from < on]
    ends = {row.id: row.valid_to for row in begun}
    Competence.objects.filter(id__in=ends).update(valid_to=on)
    Competence.objects.filter(id__in=set(effect.orphaned) - ends.keys()).delete()
    opened = []
    for moved in effect.moved:
        row = rows[moved.ruling_id]
        if row.id in ends:
            opened.append(
                Competence(
                    agency_key=row.agency_key,
                    level=row.level,
                    ward_code=row.ward_code,
                    procedure_code=row.procedure_code,
                    authority_id=moved.authority_id,
                    division_id=moved.division_id,
                    valid_from=on,
                    valid_to=ends[row.id],
                )
            )
        else:
            Competence.objects.filter(id=row.id).update(
                authority=moved.authority_id, division=moved.division_id
            )
    Competence.objects.bulk_create(opened)
