"""Đóng gói: each closed dossier becomes a sealed bag of its own, one transaction each.

A job that was killed goes on with those that have no bag yet; asked again, nothing is packed twice.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO
from uuid import UUID

from motcua.contexts.archive.adapters.bagging import Bag
from motcua.contexts.archive.contracts import (
    AlreadyHanded,
    Asked,
    AskPackage,
    ClearNeedsReason,
    HandOver,
    HandOverMalformed,
    NothingToPack,
    PackageNotReady,
    PeriodMalformed,
)
from motcua.contexts.archive.models import Package, PackedDossier
from motcua.contexts.archive.queries import packages
from motcua.contexts.archive.queries.streaming import SOFTWARE
from motcua.contexts.archive.rules import layout
from motcua.contexts.archive.rules.writing import as_json
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import MediaType
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts.archiving import ClosedDossier, DossierRecord, RecordFile
from motcua.kernel import db, exports
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.db import owns_transaction
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.text import nfc

JOB, LANE, PRIORITY = "archive.pack", "default", -1
BATCH = 100


class NotSealedYet(Exception):
    """The ledger has not sealed a leaf that belongs into a bag; the job tries again."""


@owns_transaction
def ask_package(command: AskPackage, *, actor: Actor, now: datetime) -> Asked:
    """Raises: PeriodMalformed, ClearNeedsReason, NothingToPack."""
    why = nfc(command.why_clear)[:500]
    if command.first > command.last or command.last >= city_date(now):
        raise PeriodMalformed(field="last")
    if not command.sealed and not why:
        raise ClearNeedsReason(field="why_clear")
    row = Package(
        code=f"LT-{city_time(now):%Y%m%d-%H%M%S}",
        first=command.first,
        last=command.last,
        unit_id=command.unit_id,
        sealed=command.sealed,
        why_clear="" if command.sealed else why,
        asked_by=actor.account_id,
        asked_at=now,
    )
    row.dossiers = packages.count_wanted(row)
    if not row.dossiers:
        raise NothingToPack(field="first")
    db.insert(row)
    _defer(row)
    facts: dict[str, object] = {
        "first": row.first,
        "last": row.last,
        "unit": str(row.unit_id or ""),
        "sealed": row.sealed,
        "dossiers": row.dossiers,
    }
    db.record(action="archive.ask_package", subject=row.code, actor=actor, facts=facts)
    return Asked(code=row.code, package_id=row.pk, dossiers=row.dossiers)


def _defer(row: Package) -> None:
    arguments = json.dumps({"package_id": str(row.pk)})
    db.current().defer((LANE, JOB, PRIORITY, f"archive {row.pk}", None, arguments, None))


def pack(package_id: UUID, *, now: datetime) -> None:
    """What is not packed yet, then READY. Raises: NotSealedYet."""
    row = Package.objects.filter(pk=package_id, ready_at__isnull=True).first()
    if row is None:
        return
    for closed in _wanted(row):
        pack_one(row.pk, closed.case_id, now=now)
    make_ready(row.pk, now=now)


def _wanted(row: Package) -> Iterator[ClosedDossier]:
    after: tuple[datetime, UUID] | None = None
    while batch := packages.wanted(row, after=after, limit=BATCH):
        done = packages.packed_among(row, [one.code for one in batch])
        yield from (one for one in batch if one.code not in done)
        after = (batch[-1].ended_at, batch[-1].case_id)


@owns_transaction
def pack_one(package_id: UUID, case_id: UUID, *, now: datetime) -> None:
    """One dossier. What was disposed of in the meantime is left out. Raises: NotSealedYet."""
    row = Package.objects.select_for_update().get(pk=package_id)
    closed = dossiers.closed_by_id([case_id])
    facts: dict[str, object] = {"package": row.code}
    if not closed or packages.packed_among(row, [closed[0].code]):
        db.record(action="archive.leave_out", subject=row.code, actor=SYSTEM, facts=facts)
        return
    record = dossiers.dossier_record(closed[0].code)
    with tempfile.TemporaryFile() as file:
        files = write_bag(file, record, now=now)
        size = file.tell()
        file.seek(0)
        kept = documents.keep_stream(
            file,
            size=size,
            media_type=MediaType.ZIP,
            filename=f"{record.code}.zip",
            data_class=record.data_class,
            now=now,
        )
    db.insert(
        PackedDossier(
            package=row,
            case_id=record.case_id,
            code=record.code,
            sha256=kept.sha256,
            size=kept.size,
            files=files,
            file_id=kept.id,
            packed_at=now,
        )
    )
    subject = layout.pack_subject(row.code, record.code)
    facts |= {"bag": kept.sha256, "size": kept.size, "files": files}
    db.record(action="archive.pack", subject=subject, actor=SYSTEM, facts=facts)


def write_bag(target: IO[bytes], record: DossierRecord, *, now: datetime) -> int:
    """The bag of one dossier. Returns how many files. Raises: NotSealedYet."""
    with Bag(target, record.code, now=now) as bag:
        told = {
            **record.content,
            "data_class": record.data_class.value,
            "files": _put_files(bag, record),
            "ledger": _put_proofs(bag, record.code),
        }
        bag.put(layout.DOSSIER, as_json(told))
        bag.close(
            (
                ("External-Identifier", record.code),
                ("Source-Organization", record.unit_name),
                ("External-Description", record.procedure_name),
                ("Bagging-Date", city_date(now).isoformat()),
                ("Bag-Software-Agent", SOFTWARE),
            )
        )
        return bag.files


def _put_files(bag: Bag, record: DossierRecord) -> list[dict[str, object]]:
    listed = []
    for number, file in enumerate(record.files, start=1):
        path = layout.path_of(file.part.value, number, file.media_type)
        for _ in bag.add(path, documents.pieces_of(file.file_id)):
            pass
        listed.append(_about(path, file))
    return listed


def _put_proofs(bag: Bag, code: str) -> list[str]:
    paths = []
    for number, proof in enumerate(_proofs(code), start=1):
        paths.append(f"{layout.LEDGER}{number:03d}.json")
        bag.put(paths[-1], proof.encode())
    return paths


def _about(path: str, file: RecordFile) -> dict[str, object]:
    return {
        "path": path,
        "of": file.key,
        "part": file.part.value,
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "data_class": file.data_class.value,
    }


def _proofs(code: str) -> Iterator[str]:
    """Every leaf about the dossier, oldest first, with its way into the signed tree."""
    rows: Sequence[UUID] = list(
        LedgerLeaf.objects.filter(subject=code).order_by("xid", "id").values_list("id", flat=True)
    )
    for leaf_id in rows:
        proof = exports.proof_file(leaf_id)
        if proof is None:
            raise NotSealedYet(str(leaf_id))
        yield exports.as_text(proof)


@owns_transaction
def make_ready(package_id: UUID, *, now: datetime) -> None:
    row = Package.objects.select_for_update().get(pk=package_id)
    facts: dict[str, object] = {"dossiers": packages.packed_in(row)}
    if row.ready_at is None:
        row.ready_at = now
        db.change(row, "ready_at", expecting={"ready_at": None})
    db.record(action="archive.package_ready", subject=row.code, actor=SYSTEM, facts=facts)


@owns_transaction
def note_download(package_id: UUID, *, actor: Actor, now: datetime) -> None:
    row = packages.package_row(package_id, actor, now=now)
    if row.ready_at is None or not packages.is_proved(row):
        raise PackageNotReady
    facts: dict[str, object] = {"sealed": row.sealed}
    db.record(action="archive.download_package", subject=row.code, actor=actor, facts=facts)


@owns_transaction
def hand_over(command: HandOver, *, actor: Actor, now: datetime) -> None:
    row = packages.package_row(command.package_id, actor, now=now)
    to, note = nfc(command.to)[:200], nfc(command.note)[:500]
    if row.ready_at is None:
        raise PackageNotReady
    if row.handed_at is not None:
        raise AlreadyHanded
    if not to or not note:
        raise HandOverMalformed(field="to" if not to else "note")
    row.handed_at, row.handed_by = now, actor.account_id
    row.handed_to, row.handed_note = to, note
    fields = ("handed_at", "handed_by", "handed_to", "handed_note")
    db.change(row, *fields, expecting={"handed_at": None})
    db.record(action="archive.hand_over", subject=row.code, actor=actor)
