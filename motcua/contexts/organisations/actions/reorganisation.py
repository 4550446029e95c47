"""Sắp xếp tổ chức: a merger, split, renaming, transfer or dissolution as a recorded act.

Signatures stay as signed, since old units keep their rows; open work follows competence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from motcua.contexts.organisations import ports
from motcua.contexts.organisations.actions import carrying
from motcua.contexts.organisations.actions.editions import renew_all
from motcua.contexts.organisations.actions.founding import unit_id, write_plan
from motcua.contexts.organisations.contracts import (
    ActKind,
    Difference,
    OpenWork,
    UnitChangedAlready,
    UnitNotFound,
    WorkNeedsHeir,
)
from motcua.contexts.organisations.events import UnitsReorganised
from motcua.contexts.organisations.models import (
    Reorganisation,
    ReorganisationLine,
    Unit,
)
from motcua.contexts.organisations.rules.plan import CityPlan
from motcua.contexts.organisations.rules.succession import (
    Passing,
    work_heirs,
)
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.db import joins_transaction, owns_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.period import Period
from motcua.kernel.snapshots import look_again
from motcua.kernel.text import nfc


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorganise:
    """The act as decided. passings: each old unit with the unit that takes over.

    opens: units, posts, people and competence that begin with the act.
    """

    kind: ActKind
    title: str
    document: str
    effective_on: date
    passings: tuple[Passing, ...]
    opens: CityPlan = field(default_factory=CityPlan)
    open_work: OpenWork = OpenWork.STAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorganised:
    """The act on record and what it changed; orphaned competence needs rulings of its own."""

    act_id: UUID
    ended: int
    moved: int
    orphaned: int


class _Rehearsed(Exception):
    """The end of a dry run: everything is taken back, the difference is kept."""

    def __init__(self, difference: Difference) -> None:
        super().__init__()
        self.difference = difference


def foresee(act: Reorganise, *, now: datetime) -> Difference:
    """Dry run: the act is carried out and taken back, so that it says and refuses the same.

    Raises: UnitNotFound, UnitChangedAlready, WorkNeedsHeir.
    """
    try:
        _rehearse(act, now=now)
    except _Rehearsed as end:
        look_again()  # within another transaction too nothing of the rehearsed city stays
        return end.difference
    raise AssertionError("a dry run does not end well")


@owns_transaction
def _rehearse(act: Reorganise, *, now: datetime) -> None:
    _saved, difference = _carry_out(act)
    raise _Rehearsed(difference)


@owns_transaction
def reorganise(act: Reorganise, *, actor: Actor, now: datetime) -> Reorganised:
    """Record the act: old units end on its day, their competence passes to their heirs.

    Raises: UnitNotFound, UnitChangedAlready, WorkNeedsHeir.
    """
    return carry_out(act, actor=actor, now=now)


@joins_transaction
def carry_out(act: Reorganise, *, actor: Actor, now: datetime) -> Reorganised:
    """The same within an action that decides about it. Raises: as `reorganise`."""
    saved, difference = _carry_out(act)
    record(
        action="organisations.reorganise",
        subject=str(saved.id),
        actor=actor,
        facts={"effective_on": str(act.effective_on), "moved": difference.rulings_moved},
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
        ended=len(difference.ended),
        moved=difference.rulings_moved,
        orphaned=len(difference.unruled),
    )


def _carry_out(act: Reorganise) -> tuple[Reorganisation, Difference]:
    _check_units(act)
    on, passings = act.effective_on, act.passings
    shifts = carrying.shifts_of(act.opens.rulings, {one.old_id for one in passings}, on)
    Unit.objects.filter(id__in={passing.old_id for passing in passings}).update(valid_to=on)
    carrying.close_ruled(act.opens.rulings, on)
    write_plan(act.opens)  # a new unit may carry the code of an old one
    parts = carrying.carry_parts(passings, on)
    passings += parts
    effect = carrying.effect_on_competence(passings, on)
    carrying.pass_competence(effect, on)
    posts = carrying.carry_posts(passings, on)
    heirs = work_heirs(passings)
    saved = _record_lines(act, passings, heirs)
    carrying.record_shifts(saved, shifts)
    renew_all()
    open_work = ports.open_work(effect.ending)
    opened = tuple(unit_id(unit.uid) for unit in act.opens.units)
    touched = {*effect.ending, *opened, *heirs.values(), *carrying.named_in(shifts)}
    names = Unit.objects.filter(id__in=touched).order_by("code", "valid_from")
    return saved, Difference(
        ended=effect.ending,
        opened=opened,
        parts=tuple(part.old_id for part in parts),
        heirs=tuple((old, heirs.get(old), open_work[old]) for old in effect.ending),
        rulings_moved=len(effect.moved),
        unruled=tuple(carrying.unruled(effect, on)),
        posts_moved=posts,
        names=tuple(names.values_list("id", "code", "name")),
        shifts=ports.affected(shifts, on),
    )


def _record_lines(
    act: Reorganise, passings: Sequence[Passing], heirs: Mapping[UUID, UUID]
) -> Reorganisation:
    saved = Reorganisation.objects.create(
        kind=act.kind.value,
        title=nfc(act.title),
        document=nfc(act.document),
        effective_on=act.effective_on,
        verified=bool(act.document),
        open_work=act.open_work.value,
    )
    ReorganisationLine.objects.bulk_create(
        ReorganisationLine(
            act=saved,
            old_id=passing.old_id,
            new_id=passing.new_id,
            partial=passing.partial,
            takes_work=heirs.get(passing.old_id) == passing.new_id is not None,
        )
        for passing in passings
    )
    return saved


@owns_transaction
def work_has_passed(act_ids: Sequence[UUID], *, now: datetime) -> None:
    """Whoever looked through all open work of the old units found nothing any more."""
    Reorganisation.objects.filter(id__in=act_ids).update(work_passed_at=now)
    record(
        action="organisations.work_has_passed",
        subject=", ".join(map(str, act_ids)),
        actor=SYSTEM,
    )


def _heirless(act: Reorganise) -> dict[UUID, int]:
    """Old units whose open work would go nowhere, with how much of it there is.

    A divided unit must name an heir although nothing is open now: something may come till the day.
    """
    heirs = work_heirs(act.passings)
    without = {passing.old_id for passing in act.passings} - heirs.keys()
    passed_on = {passing.old_id for passing in act.passings if passing.new_id}
    open_work = ports.open_work(without)
    return {
        unit: open_work[unit]
        for unit in sorted(without, key=str)
        if unit in passed_on or open_work[unit]
    }


def _check_units(act: Reorganise) -> None:
    lacking = _heirless(act)
    if lacking:
        codes = Unit.objects.filter(id__in=lacking).order_by("code").values_list("code", flat=True)
        raise WorkNeedsHeir(units=", ".join(codes))
    old = {passing.old_id for passing in act.passings}
    opened = {unit_id(unit.uid) for unit in act.opens.units}
    named = old | {passing.new_id for passing in act.passings if passing.new_id}
    named -= opened
    rows = {row.id: row for row in Unit.objects.select_for_update().filter(id__in=named)}
    if rows.keys() != named:
        raise UnitNotFound
    for row in rows.values():
        if not Period(row.valid_from, row.valid_to).contains(act.effective_on):
            raise UnitChangedAlready(unit=row.code)
    for ending in old:
        row = rows[ending]
        if row.valid_to is not None or row.valid_from == act.effective_on:
            raise UnitChangedAlready(unit=row.code)
