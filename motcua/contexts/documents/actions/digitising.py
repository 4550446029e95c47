"""Đọc và xác nhận giấy: a machine proposes with its place on the page, an officer decides.

The machine writes proposals and nothing else. A value counts once an officer confirmed or corrected
it; then it is evidence of the person, with who scanned, who confirmed, and where it stands.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from motcua.contexts.documents import queries
from motcua.contexts.documents.adapters import page_pictures, reading
from motcua.contexts.documents.adapters.tesseract import paper_reader
from motcua.contexts.documents.contracts import FileInfected, FileNotScannable, FileWaiting
from motcua.contexts.documents.contracts.digitised import (
    EvidenceNotFound,
    KindUnknown,
    NothingKept,
    NotToBeRead,
    OwnerUnknown,
    ReadDecision,
    ReadingClosed,
    ReadingNotFound,
    ReadingState,
    ReadValueView,
    StillOpen,
    ValueUnclear,
)
from motcua.contexts.documents.events import PaperDigitised, ProposalDecided, ValuesProposed
from motcua.contexts.documents.models import DigitisedPaper, PaperReading, ReadValue, StoredFile
from motcua.contexts.documents.ports import PaperReader, ReaderFailed, ReaderTrouble
from motcua.contexts.documents.queries import digitised
from motcua.contexts.documents.rules.limits import PAGES_READ
from motcua.contexts.documents.rules.paper_kinds import last_day, paper_kinds
from motcua.contexts.documents.rules.reading import Proposal, proposals
from motcua.contexts.documents.rules.values import said
from motcua.contexts.documents.rules.words import Line
from motcua.kernel import db
from motcua.kernel.access import SignInNeeded, visible
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import change, insert, joins_transaction, owns_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.jobs import READING

JOB = "documents.read_paper"
PRIORITY = 0
# What no machine could read, an officer reads and types.
DECIDED_IN = frozenset({ReadingState.READ.value, ReadingState.FAILED.value})
AFTERTHOUGHT = timedelta(days=30)  # so long it can be looked up why evidence was withdrawn


@joins_transaction
def ask_reading(
    file_id: UUID, kind: str, *, subject: str, unit_id: UUID | None, by: Actor, now: datetime
) -> UUID:
    """Let a machine read a paper; the same paper again is the same reading, now of who asks.

    Raises: KindUnknown, FileNotFound, NotToBeRead, ClearanceNeeded, SignInNeeded, and those of
    `check_scanned` but for a file that waits: that is read once it was looked into.
    """
    if kind not in paper_kinds():
        raise KindUnknown
    if by.account_id is None:
        raise SignInNeeded
    file = queries.file_for(file_id, by, now=now)
    queries.check_scanned(file, by.account_id)
    queries.check_cleared(file, by)
    if not page_pictures.readable(file):
        raise NotToBeRead
    StoredFile.objects.select_for_update().get(pk=file_id)  # of two who ask at once, one is first
    row = PaperReading.objects.filter(file_id=file_id, kind=kind).first()
    if row is None:
        row = PaperReading(file_id=file_id, kind=kind, subject=subject, unit_id=unit_id)
        row.state, row.asked_by, row.asked_at = ReadingState.ASKED.value, by.account_id, now
        insert(row)
        _defer(row)
    elif row.state != ReadingState.CLOSED:
        _asked_again(row, by.account_id, unit_id, now)
    record(
        action="documents.ask_reading",
        subject=f"reading {row.pk}",
        actor=by,
        facts={"file": str(file_id), "kind": kind, "about": subject},
    )
    return row.pk


def _asked_again(row: PaperReading, account_id: UUID, unit_id: UUID | None, now: datetime) -> None:
    """Whoever asks last decides; what failed is tried again."""
    row.asked_by, row.unit_id = account_id, unit_id
    fields = ["asked_by", "unit_id"]
    if row.state == ReadingState.FAILED:
        row.state, row.trouble, row.asked_at = ReadingState.ASKED.value, "", now
        fields += ["state", "trouble", "asked_at"]
        _defer(row)
    change(row, *fields)


def _defer(row: PaperReading) -> None:
    arguments = json.dumps({"reading_id": str(row.pk)})
    db.current().defer((READING, JOB, PRIORITY, f"reading {row.pk}", None, arguments, None))


def read(reading_id: UUID, *, now: datetime, by: PaperReader | None = None) -> None:
    """Read what was asked for; read already, nothing happens. by: a reader of one's own choice.

    Raises: FileWaiting, so that the job tries again once a scanner looked into the file.
    """
    row = PaperReading.objects.filter(pk=reading_id, state=ReadingState.ASKED.value).first()
    if row is None:
        return
    reader = by or paper_reader()
    try:
        name, (lines, shapes) = reader.name(), _lines(row, reader)
    except ReaderFailed as failed:
        _record_failure(row, failed.trouble, now=now)
        return
    except (FileInfected, FileNotScannable):
        _record_failure(row, ReaderTrouble.NO_PICTURE, now=now)
        return
    found = proposals(paper_kinds()[row.kind], lines, today=city_date(now))
    _record_reading(row, found, name, shapes, now=now)


def _lines(row: PaperReading, reader: PaperReader) -> tuple[tuple[Line, ...], list[int]]:
    """The lines of all pages, and the shape of each page."""
    file = queries.file_by_id(row.file_id)
    if file.is_waiting:
        raise FileWaiting
    queries.check_scanned(file)
    lines: list[Line] = []
    shapes: list[int] = []
    with reading.checked(file.sha256) as content:
        for drawn in page_pictures.pages(content, file, PAGES_READ):
            lines.extend(reader.lines(drawn.picture, page=drawn.page))
            shapes.append(drawn.shape)
    return tuple(lines), shapes


@owns_transaction
def _record_failure(row: PaperReading, trouble: ReaderTrouble, *, now: datetime) -> None:
    row.state, row.trouble = ReadingState.FAILED.value, trouble.value
    change(row, "state", "trouble", expecting={"state": ReadingState.ASKED.value})
    _insert_values(row, ())
    facts: dict[str, object] = {"trouble": trouble.value}
    record(action="documents.read_paper", subject=f"reading {row.pk}", actor=SYSTEM, facts=facts)


@owns_transaction
def _record_reading(
    row: PaperReading, found: Sequence[Proposal], name: str, shapes: list[int], *, now: datetime
) -> None:
    """Raises: Stale when another worker read it first."""
    row.state, row.reader, row.shapes, row.read_at = ReadingState.READ.value, name, shapes, now
    change(
        row, "state", "reader", "shapes", "read_at", expecting={"state": ReadingState.ASKED.value}
    )
    _insert_values(row, found)
    record(
        action="documents.read_paper",
        subject=f"reading {row.pk}",
        actor=SYSTEM,
        facts={"reader": name, "proposed": sorted(one.key for one in found)},
    )
    publish(ValuesProposed(occurred_at=now, subject=str(row.pk), proposed=len(found)))


def _insert_values(row: PaperReading, found: Sequence[Proposal]) -> None:
    """A line for each field; what was decided at an earlier try stays."""
    before = ReadValue.objects.filter(reading=row)
    before.filter(decision=ReadDecision.OPEN).delete()
    decided = set(before.values_list("key", flat=True))
    by_key = {one.key: one for one in found}
    insert(
        *(
            _value_row(row, place, field.key, by_key.get(field.key))
            for place, field in enumerate(paper_kinds()[row.kind].fields)
            if field.key not in decided
        )
    )


def _value_row(row: PaperReading, place: int, key: str, found: Proposal | None) -> ReadValue:
    if found is None:
        return ReadValue(reading=row, place=place, key=key)
    box = found.box
    return ReadValue(
        reading=row,
        place=place,
        key=key,
        proposed=found.value,
        sure=found.sure,
        doubtful=found.doubtful,
        page=found.page,
        left=box.left,
        top=box.top,
        width=box.width,
        height=box.height,
    )


@owns_transaction
def decide(
    reading_id: UUID, key: str, decision: ReadDecision, *, typed: str = "", by: Actor, now: datetime
) -> None:
    """One field: as proposed, as typed, or not at all. Until it is kept, it may be said anew.

    Raises: ReadingNotFound, ReadingClosed, ValueUnclear, Stale.
    """
    row = _open_reading(reading_id, by, now)
    value = ReadValue.objects.filter(reading=row, key=key).first()
    if value is None or by.account_id is None:
        raise ReadingNotFound
    before = value.decision
    value.value = _decided(row, value, decision, typed)
    same = decision is ReadDecision.CORRECTED and value.value == value.proposed
    value.decision = (ReadDecision.CONFIRMED if same else decision).value
    value.decided_by, value.decided_at = by.account_id, now
    change(value, "value", "decision", "decided_by", "decided_at", expecting={"decision": before})
    record(
        action="documents.decide_proposal",
        subject=f"reading {row.pk}",
        actor=by,
        facts={"key": key, "decision": value.decision},
    )
    told = ProposalDecided(
        occurred_at=now, subject=str(row.pk), key=key, decision=value.decision
    )  # fmt: skip
    publish(told)


def _open_reading(reading_id: UUID, by: Actor, now: datetime) -> PaperReading:
    row = digitised.reading_row(reading_id, by, now=now)
    queries.check_cleared(queries.view_of(row.file), by)
    if row.state not in DECIDED_IN:
        raise ReadingClosed
    return row


def _decided(row: PaperReading, value: ReadValue, decision: ReadDecision, typed: str) -> str | None:
    """Raises: ValueUnclear."""
    if decision is ReadDecision.DISMISSED:
        return None
    if decision is ReadDecision.CONFIRMED:
        if value.proposed is None:
            raise ValueUnclear
        return str(value.proposed)
    field = paper_kinds()[row.kind].field(value.key)
    read = said(field.kind, typed, pattern=field.pattern) if field else None
    if not read:
        raise ValueUnclear
    return read


@joins_transaction
def close_reading(reading_id: UUID, *, by: Actor, now: datetime) -> UUID:
    """Keep what was confirmed as evidence of the person. Returns its id.

    Raises: ReadingNotFound, ReadingClosed, StillOpen, NothingKept, OwnerUnknown, Stale.
    """
    row = _open_reading(reading_id, by, now)
    view = digitised.reading_view(row)
    owner = row.file.owner_person_id
    if owner is None or by.account_id is None:
        raise OwnerUnknown
    if view.waits:
        raise StillOpen
    if not view.kept:
        raise NothingKept
    values = {one.key: _kept(one) for one in view.values if one.value is not None}
    evidence = _evidence_row(row, values, owner, by.account_id, now=now)
    insert(evidence)
    before, row.state, row.closed_at = row.state, ReadingState.CLOSED.value, now
    change(row, "state", "closed_at", expecting={"state": before})
    record(
        action="documents.keep_evidence",
        subject=f"evidence {evidence.pk}",
        actor=by,
        facts={"reading": str(row.pk), "file": str(row.file_id), "keys": sorted(values)},
    )
    publish(
        PaperDigitised(
            occurred_at=now,
            subject=str(evidence.pk),
            kind=row.kind,
            about=row.subject,
            owner_person_id=owner,
        )
    )
    return evidence.pk


def _kept(value: ReadValueView) -> dict[str, object]:
    """Where on the page it stands belongs to the evidence."""
    place = value.region
    told: dict[str, object] = {"value": value.value, "decision": value.decision.value}
    if place is not None:
        told |= {"page": place.page, "place": [place.left, place.top, place.width, place.height]}
    return told


def _evidence_row(
    row: PaperReading,
    values: dict[str, dict[str, object]],
    owner_person_id: UUID,
    account_id: UUID,
    *,
    now: datetime,
) -> DigitisedPaper:
    plain = {key: str(told["value"]) for key, told in values.items()}
    return DigitisedPaper(
        owner_person_id=owner_person_id,
        kind=row.kind,
        file_id=row.file_id,
        subject=row.subject,
        values=values,
        unit_id=row.unit_id,
        scanned_by=row.file.uploaded_by,
        confirmed_by=account_id,
        confirmed_at=now,
        last_day=last_day(paper_kinds()[row.kind], plain, city_date(now)),
    )


@owns_transaction
def withdraw_evidence(evidence_id: UUID, *, by: Actor, now: datetime) -> None:
    """It was wrong, or its owner wants it gone: from now on it answers for nothing.

    Raises: EvidenceNotFound.
    """
    living = DigitisedPaper.objects.filter(withdrawn_at=None)
    rows = visible(living, by, digitised.EvidencePolicy, now=now)
    row = rows.filter(pk=evidence_id).first()
    if row is None:
        raise EvidenceNotFound
    row.withdrawn_at = now
    change(row, "withdrawn_at", expecting={"withdrawn_at": None})
    record(action="documents.withdraw_evidence", subject=f"evidence {evidence_id}", actor=by)


def forget_evidence(*, now: datetime) -> int:
    """What is over goes, and with it what kept the file. No action of a person."""
    over = Q(last_day__lt=city_date(now)) | Q(withdrawn_at__lt=now - AFTERTHOUGHT)
    gone, _by_model = DigitisedPaper.objects.filter(over).delete()
    return gone
