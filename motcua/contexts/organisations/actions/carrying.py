"""What an act carries over: parts of a unit, its posts with their people, its competence."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from motcua.contexts.organisations.actions.founding import standing_units, unit_id
from motcua.contexts.organisations.contracts import Shift, UnitNotCompetent
from motcua.contexts.organisations.models import (
    Competence,
    CompetenceShift,
    Post,
    PostHolding,
    Reorganisation,
    SigningAuthority,
    Unit,
    UnitCalendar,
)
from motcua.contexts.organisations.queries import competence
from motcua.contexts.organisations.rules.plan import PlannedRuling
from motcua.contexts.organisations.rules.succession import (
    Effect,
    HeldRuling,
    Passing,
    effect_of,
    whole_heirs,
)
from motcua.kernel.db import uuid7
from motcua.kernel.period import Period

Held = TypeVar("Held", PostHolding, SigningAuthority)


def carry_parts(passings: Sequence[Passing], on: date) -> tuple[Passing, ...]:
    """Each living part of a unit that passes whole goes on below the heir, under its own code,
    unless the act names it. Returns the passings of these parts.
    """
    named = {passing.old_id for passing in passings}
    found: list[Passing] = []
    wave = dict(whole_heirs(passings))
    while wave:
        rows = Unit.objects.filter(parent__in=wave, valid_to__isnull=True).exclude(id__in=named)
        parts = list(rows.exclude(id__in=wave.values()).order_by("code"))
        copies = [_copy(part, wave[part.parent_id], on) for part in parts if part.parent_id]
        Unit.objects.filter(id__in=[part.id for part in parts]).update(valid_to=on)
        Unit.objects.bulk_create(copies)
        wave = {part.id: copy.id for part, copy in zip(parts, copies, strict=True)}
        found += [Passing(old, new) for old, new in wave.items()]
    return tuple(found)


def _copy(part: Unit, parent_id: UUID, on: date) -> Unit:
    return Unit(
        id=uuid7(), code=part.code, name=part.name, short_name=part.short_name, kind=part.kind,
        parent_id=parent_id, ward_code=part.ward_code, address=part.address, phone=part.phone,
        invented=part.invented, valid_from=on,
    )  # fmt: skip


def carry_posts(passings: Sequence[Passing], on: date) -> int:
    """Posts of a unit that passes whole go on at the heir, with holders, signing and hours.

    Returns how many.
    """
    heirs = whole_heirs(passings)
    living = Post.objects.filter(unit__in=heirs, valid_to__isnull=True).order_by("id")
    later = list(living.filter(valid_from__gte=on))
    for post in later:  # they have not begun: they begin at the heir
        post.unit_id = heirs[post.unit_id]
    Post.objects.bulk_update(later, ["unit"])
    begun = list(living.exclude(valid_from__gte=on))
    anew = {
        post.id: Post(
            id=uuid7(), unit_id=heirs[post.unit_id], role=post.role, title=post.title,
            rank=post.rank, valid_from=on,
        )
        for post in begun
    }  # fmt: skip
    Post.objects.bulk_create(anew.values())
    _carry(PostHolding, anew, on, ("officer_id",))
    _carry(SigningAuthority, anew, on, ("capacity", "lines", "document"))
    Post.objects.filter(id__in=anew).update(valid_to=on)
    _carry_hours(heirs, on)
    return len(anew) + len(later)


def _carry(
    model: type[Held], anew: Mapping[UUID, Post], on: date, columns: tuple[str, ...]
) -> None:
    """What hangs on a post goes on at the new one; the old row ends that day."""
    rows = list(model.objects.filter(post__in=anew, valid_to__isnull=True).order_by("id"))
    later = [row for row in rows if row.valid_from >= on]
    begun = [row for row in rows if row.valid_from < on]
    for row in later:
        row.post_id = anew[row.post_id].id
    model.objects.bulk_update(later, ["post"])
    model.objects.filter(id__in=[row.id for row in begun]).update(valid_to=on)
    model.objects.bulk_create(
        model(
            post_id=anew[row.post_id].id,
            valid_from=on,
            **{column: getattr(row, column) for column in columns},
        )
        for row in begun
    )


def _carry_hours(heirs: dict[UUID, UUID], on: date) -> None:
    """An heir without hours of its own keeps those of the first unit that had some."""
    kept = set(UnitCalendar.objects.filter(unit__in=heirs.values()).values_list("unit", "purpose"))
    for row in UnitCalendar.objects.filter(unit__in=heirs, valid_to__isnull=True).order_by("id"):
        place = (heirs[row.unit_id], row.purpose)
        if place not in kept:
            kept.add(place)
            UnitCalendar.objects.create(
                unit_id=place[0], purpose=row.purpose, shifts=row.shifts, valid_from=on
            )


def effect_on_competence(passings: Iterable[Passing], on: date) -> Effect:
    passings = tuple(passings)
    old = [passing.old_id for passing in passings]
    rows = Competence.objects.filter(Q(authority__in=old) | Q(division__in=old)).order_by("id")
    rulings = [
        HeldRuling(row.id, row.authority_id, row.division_id, Period(row.valid_from, row.valid_to))
        for row in rows
    ]
    return effect_of(passings, rulings, on)


def shifts_of(
    rulings: Iterable[PlannedRuling], ending: Collection[UUID], on: date
) -> tuple[Shift, ...]:
    """What the rulings of an act take from units that go on; asked before they are written.

    What a unit that ends was competent for follows its succession.
    """
    found, standing = [], standing_units()
    for ruling in rulings:
        place = (ruling.key, ruling.level, ruling.ward_code)
        try:
            before = competence.competent(
                subject=ruling.procedure_code, level=place[1], key=place[0], ward=place[2], on=on
            )
        except UnitNotCompetent:
            continue  # nobody decided this before
        old = (before.authority.id, before.division.id)
        new = tuple(standing.get(u) or unit_id(u) for u in (ruling.authority, ruling.division))
        if old != new and old[0] not in ending:
            found.append(Shift(
                agency_key=place[0], level=place[1], ward_code=place[2],
                procedure_code=ruling.procedure_code, old_authority=old[0], old_division=old[1],
                new_authority=new[0], new_division=new[1],
            ))  # fmt: skip
    return tuple(found)


def record_shifts(act: Reorganisation, shifts: Iterable[Shift]) -> None:
    CompetenceShift.objects.bulk_create(
        CompetenceShift(
            act=act, agency_key=one.agency_key, level=one.level, ward_code=one.ward_code,
            procedure_code=one.procedure_code, old_authority_id=one.old_authority,
            old_division_id=one.old_division, new_authority_id=one.new_authority,
            new_division_id=one.new_division,
        )
        for one in shifts
    )  # fmt: skip


def named_in(shifts: Iterable[Shift]) -> set[UUID]:
    return {
        unit
        for one in shifts
        for unit in (one.old_authority, one.old_division, one.new_authority, one.new_division)
    }


def close_ruled(rulings: Iterable[PlannedRuling], on: date) -> None:
    """Rulings of the act replace what was in force for the same place."""
    for ruling in rulings:
        rows = Competence.objects.filter(
            agency_key=ruling.key, level=ruling.level, ward_code=ruling.ward_code,
            procedure_code=ruling.procedure_code, valid_to__isnull=True,
        )  # fmt: skip
        rows.filter(valid_from__gte=on).delete()
        rows.update(valid_to=on)


def unruled(effect: Effect, on: date) -> Iterator[tuple[str, str, str]]:
    """(key, level, ward) that somebody decided before the act and nobody does after it."""
    for row in Competence.objects.filter(id__in=effect.orphaned).order_by("id"):
        place = (row.agency_key, row.level, row.ward_code)
        after = Competence.objects.filter(
            agency_key=row.agency_key, level=row.level, ward_code=row.ward_code,
            procedure_code=row.procedure_code,
        ).filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on))  # fmt: skip
        if not after.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).exists():
            yield place


def pass_competence(effect: Effect, on: date) -> None:
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
