"""Tiêu hủy theo lịch: in small steps, each whole by itself, so that a killed run goes on.

A step erases, writes tombstones and its leaf in one transaction. What was erased is not due any
more, so repeating a step does nothing; a run without an end is taken up by the next night.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from motcua.contexts.documents import public as documents
from motcua.contexts.organisations import public as organisations
from motcua.contexts.privacy.actions import certificate
from motcua.contexts.privacy.contracts import (
    HoldExists,
    HoldMalformed,
    HoldNotFound,
    PlaceHold,
)
from motcua.contexts.privacy.models import DisposalRun, Hold, Tombstone
from motcua.contexts.privacy.queries import retention as queries
from motcua.contexts.privacy.rules import rights
from motcua.contexts.privacy.rules.words import GROUNDS
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.db import owns_transaction
from motcua.kernel.holdings import Ending, disposals, releases
from motcua.kernel.text import nfc

BATCH = 200
MOST = 2000  # a night; the certificate lists every record
INTRO = "Dữ liệu dưới đây đã hết thời hạn lưu giữ và được xóa."


def run(*, now: datetime) -> None:
    """One night: what is past its period goes, kind by kind; then the certificate."""
    run_id = _open(now)
    done = Tombstone.objects.filter(run_id=run_id).count()
    for kind in disposals():
        while done < MOST and (count := _gone(kind, run_id, now)):
            done += count
    note_contents(run_id, documents.sweep_bytes(now=now), now=now)
    finish(run_id, now=now)


def _open(now: datetime) -> UUID:
    """The run that was begun and not ended, else a new one."""
    unfinished = DisposalRun.objects.filter(ended_at__isnull=True).first()
    if unfinished is None:
        begin(now=now)
        unfinished = DisposalRun.objects.get(ended_at__isnull=True)
    return unfinished.id


def _gone(kind: str, run_id: UUID, now: datetime) -> int:
    before = Tombstone.objects.filter(run_id=run_id, kind=kind).count()
    step(kind, run_id, now=now)
    return Tombstone.objects.filter(run_id=run_id, kind=kind).count() - before


@owns_transaction
def begin(*, now: datetime) -> None:
    code = f"TH-{city_time(now):%Y%m%d-%H%M%S}"
    db.insert(DisposalRun(code=code, started_at=now))
    db.record(action="privacy.begin_disposal", subject=code, actor=SYSTEM)


@owns_transaction
def step(kind: str, run_id: UUID, *, now: datetime) -> None:
    """Dispose of one batch of one kind: nothing when nothing is due."""
    due = _due(kind, now)
    ids = [one.id for one in due]
    files = disposals()[kind].erase(ids, now=now)
    release = releases().get(kind)
    if release is not None and ids:
        run = DisposalRun.objects.get(pk=run_id)
        files += release.gone(ids, run=run.code, now=now)
    db.insert(
        *(
            Tombstone(
                kind=kind,
                record=one.id,
                code=one.code,
                digest=one.digest,
                run_id=run_id,
                erased_at=now,
            )
            for one in due
        )
    )
    grown = {"records": F("records") + len(due), "files": F("files") + files}
    DisposalRun.objects.filter(pk=run_id).update(**grown)
    facts: dict[str, object] = {"kind": kind, "records": len(due), "files": files}
    db.record(action="privacy.dispose", subject=str(run_id), actor=SYSTEM, facts=facts)


def _due(kind: str, now: datetime) -> Sequence[Ending]:
    """Holds are asked at the very moment."""
    held = queries.held_codes(city_date(now))
    return queries.due(kind, now, limit=BATCH, without=held)


@owns_transaction
def note_contents(run_id: UUID, removed: int, *, now: datetime) -> None:
    """How many contents the sweep after the steps took out of the store."""
    DisposalRun.objects.filter(pk=run_id).update(contents=F("contents") + removed)
    facts: dict[str, object] = {"contents": removed}
    db.record(action="privacy.sweep", subject=str(run_id), actor=SYSTEM, facts=facts)


@owns_transaction
def finish(run_id: UUID, *, now: datetime) -> None:
    """Sign the certificate of a run that disposed of something, and end it."""
    row, gone = DisposalRun.objects.get(pk=run_id), queries.gone_in(run_id)
    row.ended_at = now
    if gone:
        row.certificate_id = _certificate(row, gone, now)
    db.change(row, "ended_at", "certificate", expecting={"ended_at": None})
    facts: dict[str, object] = {"records": len(gone)}
    db.record(action="privacy.end_disposal", subject=row.code, actor=SYSTEM, facts=facts)


def _certificate(row: DisposalRun, gone: tuple[Tombstone, ...], now: datetime) -> UUID:
    """Signed by the agency itself: nobody pressed a button."""
    unit = organisations.unit(rights.office_code(), city_date(now))
    held = [(one.code, one.ground.value, one.until) for one in queries.held_back(now)]
    told = certificate.Disposed(
        code=row.code,
        intro=INTRO,
        gone=gone,
        files=row.files,
        contents=f"{row.contents} nội dung đã xóa khỏi kho",
        held=tuple((code, GROUNDS[ground], f"{until:%d/%m/%Y}") for code, ground, until in held),
        kept=queries.kept_by_law(),
    )
    by = Actor(kind=SYSTEM.kind, name=unit.name)
    return certificate.issue(told, position=unit.name, owner_person_id=None, by=by, now=now)


@owns_transaction
def place_hold(command: PlaceHold, *, actor: Actor, now: datetime) -> None:
    """Raises: HoldMalformed, HoldExists."""
    code, reason = nfc(command.code), nfc(command.reason)
    if not code or not reason or command.until <= city_date(now):
        raise HoldMalformed(field="code" if not code else "reason" if not reason else "until")
    same = Hold.objects.filter(code=code, ground=command.ground, lifted_at__isnull=True)
    if same.exists():
        raise HoldExists
    db.insert(
        Hold(
            code=code[:80],
            ground=command.ground,
            reason=reason[:1000],
            until=command.until,
            placed_at=now,
            placed_by=actor.account_id,
        )
    )
    facts: dict[str, object] = {"ground": command.ground.value, "until": str(command.until)}
    db.record(action="privacy.place_hold", subject=code[:80], actor=actor, facts=facts)


@owns_transaction
def lift_hold(hold_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Raises: HoldNotFound."""
    row = Hold.objects.filter(pk=hold_id, lifted_at__isnull=True).first()
    if row is None:
        raise HoldNotFound
    row.lifted_at = now
    db.change(row, "lifted_at", expecting={"lifted_at": None})
    db.record(action="privacy.lift_hold", subject=row.code, actor=actor)
