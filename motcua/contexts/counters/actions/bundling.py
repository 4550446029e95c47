"""Bàn giao giấy tờ: listed, given, taken line by line; what is missing is named."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from motcua.contexts.counters.contracts.bundles import (
    Arrival,
    BundleEmpty,
    BundleMade,
    BundleMoved,
    BundleState,
    Carrier,
    LineState,
    LineUntold,
    NoteNeeded,
    NotHeldHere,
    NotTheirUnit,
    TrackingMissing,
    WrongDestination,
)
from motcua.contexts.counters.models import Bundle, BundleLine
from motcua.contexts.counters.policies import SERVING
from motcua.contexts.counters.queries import bundles
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts.on_paper import PaperDossier
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction

LONGEST = 200


def make_bundle(
    items: Sequence[tuple[str, str]],
    *,
    to_unit_id: UUID,
    carrier: Carrier,
    reference: str = "",
    actor: Actor,
    now: datetime,
) -> BundleMade:
    """List papers (code, item) of the actor's desk for the unit that works on them.

    Raises: BundleEmpty, NotTheirUnit, WrongDestination, NotHeldHere, TrackingMissing.
    """
    try:
        return _make(
            tuple(items),
            to_unit_id=to_unit_id,
            carrier=carrier,
            reference=reference,
            actor=actor,
            now=now,
        )
    except IntegrityError:  # another list took a paper at the same moment
        raise NotHeldHere from None


@owns_transaction
def _make(
    items: tuple[tuple[str, str], ...],
    *,
    to_unit_id: UUID,
    carrier: Carrier,
    reference: str,
    actor: Actor,
    now: datetime,
) -> BundleMade:
    if not items:
        raise BundleEmpty
    if actor.officer_id is None:
        raise NotTheirUnit
    if carrier is Carrier.POST and not reference.strip():
        raise TrackingMissing(field="reference")
    found = dossiers.on_paper_of(sorted({code for code, _ in items}), actor, now=now)
    unit_id = _from_unit(found, items, to_unit_id, actor)
    row = Bundle(
        unit_id=unit_id,
        to_unit_id=to_unit_id,
        borderless=_is_borderless(unit_id, to_unit_id),
        carrier=carrier,
        reference=reference.strip()[:40],
        made_at=now,
        made_by_id=actor.officer_id,
    )
    db.insert(row, *_lines(row, found, items))
    facts: dict[str, object] = {"papers": len(items), "to": str(to_unit_id), "carrier": carrier}
    db.record(action="counters.make_bundle", subject=str(row.id), actor=actor, facts=facts)
    return BundleMade(bundle_id=row.id)


def _from_unit(
    found: Sequence[PaperDossier],
    items: Iterable[tuple[str, str]],
    to_unit_id: UUID,
    actor: Actor,
) -> UUID:
    """The one desk where all of it lies. Raises: NotTheirUnit, WrongDestination, NotHeldHere."""
    if {one.code for one in found} != {code for code, _ in items}:
        raise NotHeldHere
    desks = {one.receiving_unit_id for one in found}
    if len(desks) != 1 or not desks <= actor.unit_ids(*SERVING):
        raise NotTheirUnit
    if {one.handling_unit_id for one in found} != {to_unit_id}:
        raise WrongDestination
    return desks.pop()


def _lines(
    row: Bundle, found: Sequence[PaperDossier], items: Sequence[tuple[str, str]]
) -> list[BundleLine]:
    """Raises: NotHeldHere for what is no paper of the dossier, or left the desk before."""
    names = {(one.code, paper.id): paper.name for one in found for paper in one.papers}
    wanted = list(dict.fromkeys(items))
    if not set(wanted) <= set(names) or bundles.moved_items(item for _, item in wanted):
        raise NotHeldHere
    return [
        BundleLine(
            bundle=row,
            item=item,
            code=code,
            title=names[code, item][:LONGEST],
            first_unit_id=row.unit_id,
            state=LineState.ON_WAY,
        )
        for code, item in wanted
    ]


def _is_borderless(unit_id: UUID, to_unit_id: UUID) -> bool:
    """Of another committee or department: nothing above one is above the other, but the city."""
    places = organisations.units_by_id([unit_id, to_unit_id])
    wards = {one.ward_code for one in places.values()}
    return len(wards) > 1


@owns_transaction
def drop_bundle(bundle_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Not given yet: the list was wrong.

    Raises: BundleNotFound, NotTheirUnit, BundleMoved, Stale.
    """
    row = _of_giver(bundle_id, actor, now)
    db.change(row, "given_at", expecting={"given_at": None})  # given this moment, it stays
    lines = bundles.line_rows(row)
    db.record(action="counters.drop_bundle", subject=str(row.id), actor=actor,
              facts={"papers": len(lines)})  # fmt: skip
    row.delete()


@owns_transaction
def give_bundle(bundle_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Người giao ký: from now on it is on its way.

    Raises: BundleNotFound, NotTheirUnit, BundleMoved, Stale.
    """
    row = _of_giver(bundle_id, actor, now)
    row.given_at, row.given_by_id = now, actor.officer_id
    db.change(row, "given_at", "given_by_id", expecting={"given_at": None})
    db.record(action="counters.give_bundle", subject=str(row.id), actor=actor)


def _of_giver(bundle_id: UUID, actor: Actor, now: datetime) -> Bundle:
    row = bundles.bundle_row(bundle_id, actor, now=now)
    if row.unit_id not in actor.unit_ids(*SERVING):
        raise NotTheirUnit
    if bundles.state_of(row) is not BundleState.PACKED:
        raise BundleMoved
    return row


@owns_transaction
def take_bundle(
    bundle_id: UUID, arrivals: Iterable[Arrival], *, actor: Actor, now: datetime
) -> None:
    """Người nhận ký: how each paper arrived. What is missing stays with whoever carried it.

    Raises: BundleNotFound, NotTheirUnit, BundleMoved, LineUntold, NoteNeeded, Stale.
    """
    row = bundles.bundle_row(bundle_id, actor, now=now)
    if row.to_unit_id not in actor.unit_ids():
        raise NotTheirUnit
    if bundles.state_of(row) is not BundleState.GIVEN:
        raise BundleMoved
    told = {one.line_id: one for one in arrivals}
    lines = bundles.line_rows(row)
    for line in lines:
        _arrive(line, told.get(line.id))
    row.taken_at, row.taken_by_id = now, actor.officer_id
    db.change(row, "taken_at", "taken_by_id", expecting={"taken_at": None})
    missing = sum(1 for line in lines if line.state == LineState.MISSING)
    facts: dict[str, object] = {"papers": len(lines), "missing": missing}
    db.record(action="counters.take_bundle", subject=str(row.id), actor=actor, facts=facts)


@owns_transaction
def find_paper(bundle_id: UUID, arrival: Arrival, *, actor: Actor, now: datetime) -> None:
    """What was missing has turned up at the receiver.

    Raises: BundleNotFound, NotTheirUnit, BundleMoved, NoteNeeded, Stale.
    """
    row = bundles.bundle_row(bundle_id, actor, now=now)
    if row.to_unit_id not in actor.unit_ids():
        raise NotTheirUnit
    line = next((one for one in bundles.line_rows(row) if one.id == arrival.line_id), None)
    if line is None or line.state != LineState.MISSING:
        raise BundleMoved
    if arrival.state is LineState.MISSING:
        raise LineUntold
    _arrive(line, arrival)
    db.record(action="counters.find_paper", subject=str(row.id), actor=actor)


def _arrive(line: BundleLine, told: Arrival | None) -> None:
    if told is None or told.state is LineState.ON_WAY:
        raise LineUntold
    note = told.note.strip()[:LONGEST]
    if told.state is not LineState.ARRIVED and not note:
        raise NoteNeeded
    before, line.state, line.note = line.state, told.state, note
    line.is_open = told.state is LineState.MISSING
    db.change(line, "state", "note", "is_open", expecting={"state": before})
