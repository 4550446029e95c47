"""Làm theo yêu cầu: what granting each right does, within the decision."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity import public as identity
from motcua.contexts.privacy.actions import certificate, consents, packing, papers
from motcua.contexts.privacy.contracts import KeptByLaw, Outcome, Right
from motcua.contexts.privacy.models import DataRequest, ProcessingMark, Tombstone
from motcua.contexts.privacy.queries.held import correctable, held_about
from motcua.contexts.privacy.queries.requests import is_stopped
from motcua.contexts.privacy.queries.retention import held_codes, holds
from motcua.contexts.privacy.rules.words import GROUNDS
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import joins_transaction
from motcua.kernel.holdings import (
    DisposalPort,
    Ending,
    Processing,
    corrections,
    disposals,
)

INTRO = "Theo yêu cầu của chủ dữ liệu, những mục dưới đây đã được xóa."
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


def _erase(row: DataRequest, actor: Actor, now: datetime) -> Outcome:
    """What no duty keeps goes now; a signed paper says what went, what stays and by which law."""
    held = held_codes(city_date(now))
    found = {kind: _free(port, row.person_id, held) for kind, port in disposals().items()}
    if not any(found.values()):
        raise KeptByLaw
    files, gone = 0, []
    for kind, endings in found.items():
        files += disposals()[kind].erase([one.id for one in endings], now=now)
        gone += [_tombstone(kind, one, row, now) for one in endings]
    db.insert(*gone)
    row.package_id = _certificate(row, tuple(gone), files, actor, now)
    db.change(row, "package")
    return Outcome.GRANTED


def _free(port: DisposalPort, person_id: UUID, held: Collection[str]) -> list[Ending]:
    """Of every row of the human being, each record once."""
    rows = identity.rows_of_person(person_id)
    found = {one.id: one for row in rows for one in port.of_person(row) if one.code not in held}
    return list(found.values())


def _tombstone(kind: str, one: Ending, row: DataRequest, now: datetime) -> Tombstone:
    return Tombstone(
        kind=kind, record=one.id, code=one.code, digest=one.digest, request=row, erased_at=now
    )


def _certificate(
    row: DataRequest, gone: tuple[Tombstone, ...], files: int, actor: Actor, now: datetime
) -> UUID:
    kept = [group.activity for group in held_about(row.person_id) if group.activity.kept_by_law]
    told = certificate.Disposed(
        code=row.code,
        intro=INTRO,
        gone=gone,
        files=files,
        contents="nội dung ra khỏi kho chậm nhất sau một ngày",
        held=tuple(_held_back(row.person_id, now)),
        kept=tuple((one.name, one.period, one.law) for one in kept),
    )
    return certificate.issue(
        told, position=papers.POSITION, owner_person_id=row.person_id, by=actor, now=now
    )


def _held_back(person_id: UUID, now: datetime) -> Iterator[tuple[str, str, str]]:
    """Records of the person that a hold alone keeps."""
    codes = {one.code for port in disposals().values() for one in _free(port, person_id, ())}
    for one in holds(now):
        if one.code in codes:
            yield one.code, GROUNDS[one.ground], f"{one.until:%d/%m/%Y}"


def _take_back(row: DataRequest, actor: Actor, now: datetime) -> Outcome:
    consents.end(row.target, row.person_id, actor=actor, now=now)
    return Outcome.GRANTED


EFFECTS: dict[Right, Effect] = {
    Right.ACCESS: _give_copy,
    Right.CORRECT: _correct,
    Right.RESTRICT: _stop,
    Right.OBJECT: _stop,
    Right.DELETE: _erase,
    Right.WITHDRAW: _take_back,
}
