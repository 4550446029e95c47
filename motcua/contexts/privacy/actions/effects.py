"""Làm theo yêu cầu: what granting each right does, within the decision."""

from collections.abc import Callable
from datetime import datetime

from motcua.contexts.privacy.actions import packing
from motcua.contexts.privacy.contracts import KeptByLaw, Outcome, Right
from motcua.contexts.privacy.models import DataRequest, ProcessingMark, Tombstone
from motcua.contexts.privacy.queries.held import correctable
from motcua.contexts.privacy.queries.requests import is_stopped
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.db import joins_transaction
from motcua.kernel.holdings import Processing, consents, corrections, disposals

Effect = Callable[[DataRequest, Actor, datetime], Outcome]


@joins_transaction
def carry_out(row: DataRequest, *, actor: Actor, now: datetime) -> Outcome:
    """Do what was granted. Raises: KeptByLaw, what a context says of a wrong value."""
    return EFFECTS[Right(row.right)](row, actor, now)


def _give_copy(row: DataRequest, actor: Actor, now: datetime) -> Outcome:
    made = packing.pack(row, actor=actor, now=now)
    row.package_id, row.package_data_id = made.paper_id, made.data_id
    db.change(row, "package", "package_data")
    return Outcome.GRANTED


def _correct(row: DataRequest, actor: Actor, now: datetime) -> Outcome:
    """Ours: changed, with before and after kept sealed. A copy: its source has to change."""
    field = next(one for one in correctable(row.person_id) if one.key == row.target)
    if field.source:
        return Outcome.FORWARDED
    context, _, key = row.target.partition(":")
    wanted = row.wanted or ""
    corrections()[context].correct(key, wanted, row.person_id, actor=actor, now=now)
    row.change = {"before": field.value, "after": wanted}
    db.change(row, "change")
    return Outcome.GRANTED


def _stop(row: DataRequest, _actor: Actor, now: datetime) -> Outcome:
    """A mark that whoever does this processing obeys from now on."""
    processing = Processing(row.target)
    if not is_stopped(processing, row.person_id):
        db.insert(
            ProcessingMark(person_id=row.person_id, processing=processing, request=row, since=now)
        )
    return Outcome.GRANTED


def _erase(row: DataRequest, _actor: Actor, now: datetime) -> Outcome:
    """What no duty keeps goes now; a tombstone says that it was here."""
    found = {kind: port.of_person(row.person_id) for kind, port in disposals().items()}
    if not any(found.values()):
        raise KeptByLaw
    for kind, endings in found.items():
        if not endings:
            continue
        disposals()[kind].erase([one.id for one in endings], now=now)
        db.insert(
            *(
                Tombstone(
                    kind=kind,
                    record=one.id,
                    code=one.code,
                    digest=one.digest,
                    request=row,
                    erased_at=now,
                )
                for one in endings
            )
        )
    return Outcome.GRANTED


def _take_back(row: DataRequest, actor: Actor, now: datetime) -> Outcome:
    context, _, key = row.target.partition(":")
    consents()[context].take_back(key, row.person_id, actor=actor, now=now)
    return Outcome.GRANTED


EFFECTS: dict[Right, Effect] = {
    Right.ACCESS: _give_copy,
    Right.CORRECT: _correct,
    Right.RESTRICT: _stop,
    Right.OBJECT: _stop,
    Right.DELETE: _erase,
    Right.WITHDRAW: _take_back,
}
