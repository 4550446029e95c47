"""Nhận từ máy quét: what a scanner lays down in the folder of a unit is kept and shown at its desk.

A file is kept, and its arrival told, in one transaction; only then does it leave the folder. So a
process that dies loses nothing, and who comes after it, or beside it, finds the arrival told and
only clears away: the mark of an arrival is of the unit, the name, the moment and the bytes.
"""

import hashlib
import logging
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import connection

from motcua.contexts.documents import queries
from motcua.contexts.documents.actions import keeping
from motcua.contexts.documents.adapters.staging import CHUNK
from motcua.contexts.documents.contracts import DamagedFile, FileView, StoreUnavailable
from motcua.contexts.documents.contracts.digitised import ArrivalGone
from motcua.contexts.documents.models import ScannedArrival, StoredFile
from motcua.contexts.documents.queries.digitised import ARRIVALS_LIVE, ArrivalPolicy
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitNotFound
from motcua.kernel.access import SignInNeeded, visible
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.clock import city_date
from motcua.kernel.crypto import blind_index
from motcua.kernel.db import change, insert, joins_transaction, owns_transaction, record
from motcua.kernel.errors import DomainError

DONE, FAILED = "da-nhan", "khong-nhan"
SCOPE = "documents.scan"
SETTLED = timedelta(seconds=8)  # untouched so long a file is whole
STILL_COMING = timedelta(minutes=3)  # until then a damaged one may yet become whole
CLEARED_AWAY = timedelta(days=7)
AT_ONCE = 50
LONGEST_NAME = 255  # bytes, of most file systems
WHY = ".ly-do.txt"
PARTIAL = frozenset({".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", ".lck"})
log = logging.getLogger("motcua.documents")


class _ToldBefore(Exception):
    """Another worker was faster with the same file."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that nobody writes any more."""

    path: Path
    unit_id: UUID
    size: int
    changed: float

    @property
    def name(self) -> str:
        """As text: a scanner may write names in a coding that is not ours."""
        return os.fsencode(self.path.name).decode("utf-8", "replace")

    def age(self, now: datetime) -> timedelta:
        return timedelta(seconds=now.timestamp() - self.changed)


def pick_up(*, now: datetime) -> int:
    """Every finished file of every unit. Returns how many were kept or refused."""
    done = 0
    for found in _finished(settings.SCANNER_FOLDER, now):
        try:
            done += _taken_in(found, now)
        except (FileNotFoundError, _ToldBefore):
            continue  # somebody else was faster, and clears it away
        except (OSError, StoreUnavailable) as failure:
            log.warning("a scan waits for the next turn: %s", type(failure).__name__)
    return done


def _finished(place: Path | None, now: datetime) -> Iterator[_Found]:
    if place is None or not place.is_dir():
        return
    for folder in sorted(place.iterdir()):
        unit_id = _unit_of(folder, now) if folder.is_dir() else None
        if unit_id is None:
            continue
        files = sorted(folder.iterdir())[: 10 * AT_ONCE]
        settled = [one for one in (_found(path, unit_id) for path in files) if one]
        yield from [one for one in settled if one.age(now) >= SETTLED][:AT_ONCE]


def _unit_of(folder: Path, now: datetime) -> UUID | None:
    code = os.fsencode(folder.name).decode("utf-8", "replace")
    try:
        return organisations.unit(code, city_date(now)).id
    except UnitNotFound:
        log.warning("no unit bears the code of a folder of scans")
        return None


def _found(path: Path, unit_id: UUID) -> _Found | None:
    """Only plain files: a link could lead to whatever this process may read."""
    if path.name.startswith((".", "~")) or path.suffix.lower() in PARTIAL:
        return None
    try:
        told = path.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(told.st_mode) or not told.st_size:
        return None
    return _Found(path, unit_id, told.st_size, told.st_mtime)


def _taken_in(found: _Found, now: datetime) -> int:
    descriptor = os.open(found.path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as content:
        mark = _mark(found, content)
        if ScannedArrival.objects.filter(mark=mark).exists():
            _clear_away(found, DONE, now)
            return 0
        content.seek(0)
        refusal = _kept(found, content, mark, now)
    if refusal is None:
        _clear_away(found, DONE, now)
        return 1
    if isinstance(refusal, DamagedFile) and found.age(now) < STILL_COMING:
        return 0
    _record_refusal(found, mark, refusal.message, now=now)
    _clear_away(found, FAILED, now, why=refusal.message)
    return 1


def _mark(found: _Found, content: IO[bytes]) -> bytes:
    digest = hashlib.sha256()
    while chunk := content.read(CHUNK):
        digest.update(chunk)
    told = f"{found.unit_id}/{found.name}/{found.changed}/{digest.hexdigest()}"
    return blind_index(told, scope=SCOPE)


def _kept(found: _Found, content: IO[bytes], mark: bytes, now: datetime) -> DomainError | None:
    """The refusal, when it is not kept. Raises: StoreUnavailable."""
    try:
        kept = keeping.kept_bytes(
            content, filename=found.name, owner_person_id=None, by=SYSTEM, now=now
        )
    except StoreUnavailable:
        raise
    except DomainError as refusal:
        return refusal
    _record_arrival(found, kept, mark, now=now)
    return None


@owns_transaction
def _record_arrival(found: _Found, kept: keeping.Kept, mark: bytes, *, now: datetime) -> None:
    """Once for each mark, whoever comes first."""
    _alone(mark)
    file = keeping.insert_upload(kept, by=SYSTEM, now=now)
    _insert(found, mark, now, file=file)
    facts: dict[str, object] = {"unit": str(found.unit_id), "sha256": kept.sha256}
    record(action="documents.pick_up_scan", subject=f"file {file.pk}", actor=SYSTEM, facts=facts)


@owns_transaction
def _record_refusal(found: _Found, mark: bytes, sentence: str, *, now: datetime) -> None:
    _alone(mark)
    _insert(found, mark, now, refusal=sentence[:300])
    facts: dict[str, object] = {"unit": str(found.unit_id), "refused": True}
    record(action="documents.pick_up_scan", subject="file", actor=SYSTEM, facts=facts)


def _alone(mark: bytes) -> None:
    """This transaction alone tells of that mark. Raises: _ToldBefore when somebody else did."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"scan {mark.hex()}"]
        )
    if ScannedArrival.objects.filter(mark=mark).exists():
        raise _ToldBefore


def _insert(
    found: _Found, mark: bytes, now: datetime, *, file: StoredFile | None = None, refusal: str = ""
) -> None:
    insert(
        ScannedArrival(
            unit_id=found.unit_id,
            name=found.name[:200],
            mark=mark,
            file=file,
            refusal=refusal,
            arrived_at=now,
        )
    )


def _clear_away(found: _Found, where: str, now: datetime, *, why: str = "") -> None:
    """Out of the scanner's sight, but there for some days. Gone already is well."""
    place = found.path.parent / where
    place.mkdir(exist_ok=True, mode=0o700)
    name = _kept_name(found.path.name, now)
    try:
        found.path.rename(place / name)
    except FileNotFoundError:
        return
    if why:
        (place / f"{name}{WHY}").write_text(f"{why}\n", encoding="utf-8")


def _kept_name(name: str, now: datetime) -> str:
    """With its moment in front, and room for what is written beside it."""
    moment = f"{now:%Y%m%dT%H%M%S}-"
    room = LONGEST_NAME - len(moment) - len(WHY)
    return moment + os.fsdecode(os.fsencode(name)[-room:])


def forget_scans(*, now: datetime) -> int:
    """Arrivals nobody took, and what was cleared away, go after a week. Returns how many."""
    gone, _by_model = ScannedArrival.objects.filter(arrived_at__lt=now - ARRIVALS_LIVE).delete()
    place = settings.SCANNER_FOLDER
    if place is not None and place.is_dir():
        until = (now - CLEARED_AWAY).timestamp()
        for path in [*place.glob(f"*/{DONE}/*"), *place.glob(f"*/{FAILED}/*")]:
            told = path.lstat()
            if stat.S_ISREG(told.st_mode) and max(told.st_mtime, told.st_ctime) < until:
                path.unlink(missing_ok=True)
    return gone


@joins_transaction
def take_arrival(
    arrival_id: UUID, *, owner_person_id: UUID | None, by: Actor, now: datetime
) -> FileView:
    """It becomes a paper of somebody's; who takes it has scanned it. Raises: ArrivalGone."""
    if by.account_id is None:
        raise SignInNeeded
    fresh = ScannedArrival.objects.filter(taken_at=None, file__isnull=False)
    rows = visible(fresh, by, ArrivalPolicy, now=now).select_for_update(of=("self",))
    row = rows.filter(pk=arrival_id).first()
    if row is None or row.file is None:
        raise ArrivalGone
    file = row.file
    file.owner_person_id, file.uploaded_by = owner_person_id, by.account_id
    row.taken_at, row.taken_by = now, by.account_id
    change(file, "owner_person", "uploaded_by")
    change(row, "taken_at", "taken_by", expecting={"taken_at": None})
    facts: dict[str, object] = {"file": str(file.pk), "unit": str(row.unit_id)}
    record(action="documents.take_scan", subject=f"scan {row.pk}", actor=by, facts=facts)
    return queries.view_of(file)


@owns_transaction
def drop_arrival(arrival_id: UUID, *, by: Actor, now: datetime) -> None:
    """Nobody needs it; its file goes with the unused. Raises: ArrivalGone."""
    rows = visible(ScannedArrival.objects.filter(taken_at=None), by, ArrivalPolicy, now=now)
    row = rows.filter(pk=arrival_id).first()
    if row is None:
        raise ArrivalGone
    row.taken_at, row.taken_by = now, by.account_id
    change(row, "taken_at", "taken_by", expecting={"taken_at": None})
    record(action="documents.drop_scan", subject=f"scan {row.pk}", actor=by)
