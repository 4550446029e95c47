"""Tại thực địa: what was noted comes once, however often it is sent; then the minutes are signed.

A note has an id that its maker gave it. What does not agree with what the city has by now waits,
whole, until an officer chooses; nothing that was noted is thrown away.
"""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers.actions.minutes import issue_minutes
from motcua.contexts.dossiers.contracts.fieldwork import (
    FieldVisitNotFound,
    FieldVisitState,
    FieldVisitView,
    FindingNeeded,
    LinesOpen,
    NotesWait,
    SiteNoteAnswer,
    SiteNoteChanged,
    SiteNoteKind,
    SiteNoteMalformed,
    SiteNoteSettled,
    SiteNoteState,
    SiteNoteView,
    SiteOdd,
    Spot,
    TakeSiteNote,
    VisitIsOver,
)
from motcua.contexts.dossiers.events import FieldVisitProgressed
from motcua.contexts.dossiers.models import FieldVisit, SiteNote
from motcua.contexts.dossiers.queries import fieldwork as visits
from motcua.kernel import db, events
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction
from motcua.kernel.text import nfc

LONGEST = 2000
LONGEST_NAME = 120
SKEW = timedelta(minutes=2)  # between the clock of a device in order and ours
EARLIEST = timedelta(days=120)
LATE_AT_MOST = timedelta(days=7)  # that a picture chosen on a page is older than its sending
FARTHEST_M = 100_000  # an accuracy worse than that says nothing
SENTENCES = {
    SiteNoteState.KEPT: "Đã ghi vào buổi xác minh.",
    SiteNoteState.WAITING: "Khác với bản ở máy chủ, chờ đối chiếu.",
    SiteNoteState.ASIDE: "Đã đối chiếu: giữ bản kia, bản này còn đọc được.",
    SiteNoteState.ADDED: "Đã đối chiếu: ghi vào biên bản bổ sung.",
}


@owns_transaction
def take_note(command: TakeSiteNote, *, actor: Actor, now: datetime) -> SiteNoteAnswer:
    """Note something, or hear again what became of it.

    Raises: FieldVisitNotFound, NotAtThisVisit, SiteNoteMalformed, SiteNoteChanged, VisitIsOver
    (of a cancelled visit nothing more is noted).
    """
    row = visits.visit_row(command.visit_id, actor, now=now, locked=True)
    visits.check_goes(row, actor, now=now)
    digest = _digest(command)
    before = SiteNote.objects.filter(pk=command.id).first()
    if before is not None:
        if before.visit_id != row.pk or bytes(before.digest) != digest:
            raise SiteNoteChanged
        db.record(action="dossiers.site_note", subject=row.dossier.code, actor=actor)
        return answer_of(before)
    if row.state == FieldVisitState.CANCELLED:
        raise VisitIsOver
    body = _body(command, row, now)
    note = SiteNote(
        id=command.id,
        visit=row,
        kind=command.kind,
        key=command.key if command.kind is SiteNoteKind.ANSWER else "",
        body=body,
        digest=digest,
        file_id=command.file_id,
        happened_at=min(command.happened_at, now),
        recorded_at=now,
        by=actor.account_id,
    )
    _place(note, row, command.base, actor, now)
    db.insert(note)
    facts: dict[str, object] = {"visit": str(row.id), "note": str(note.id), "state": note.state}
    db.record(action="dossiers.site_note", subject=row.dossier.code, actor=actor, facts=facts)
    return answer_of(note)


def check_may_note(row: FieldVisit, actor: Actor, *, now: datetime) -> None:
    """Before a file is kept for a note. Raises: NotAtThisVisit, VisitIsOver."""
    visits.check_goes(row, actor, now=now)
    if row.state == FieldVisitState.CANCELLED:
        raise VisitIsOver


def _place(note: SiteNote, row: FieldVisit, base: UUID | None, actor: Actor, now: datetime) -> None:
    """Whether it stands, takes the place of what its maker saw, or waits for somebody to choose."""
    if row.state == FieldVisitState.CLOSED:
        note.state, note.odd = SiteNoteState.WAITING, SiteOdd.CLOSED
        return
    note.state = SiteNoteState.KEPT
    if note.kind != SiteNoteKind.ANSWER:
        return
    stands = _standing(row, note.key)
    if stands is None:
        return
    if stands.id != base and stands.by != actor.account_id:
        note.state, note.odd = SiteNoteState.WAITING, SiteOdd.ANSWERED
        return
    _put_aside(stands, actor, now)


def _standing(row: FieldVisit, key: str) -> SiteNote | None:
    kept = SiteNote.objects.filter(visit=row, key=key, kind=SiteNoteKind.ANSWER)
    return kept.filter(state=SiteNoteState.KEPT).first()


def _put_aside(stands: SiteNote, actor: Actor, now: datetime) -> None:
    """At once, so that the one that takes its place meets no second one that stands."""
    SiteNote.objects.filter(pk=stands.pk, state=SiteNoteState.KEPT).update(
        state=SiteNoteState.ASIDE, settled_by=actor.account_id, settled_at=now
    )


def _body(command: TakeSiteNote, row: FieldVisit, now: datetime) -> dict[str, object]:
    """Raises: SiteNoteMalformed."""
    lines = {line.key for line in visits.lines_in(row)}
    told = nfc(command.text)[:LONGEST]
    name = nfc(command.name)[:LONGEST_NAME]
    whole = {
        SiteNoteKind.ANSWER: command.key in lines and command.mark is not None,
        SiteNoteKind.PHOTO: command.file_id is not None,
        SiteNoteKind.PERSON: bool(name),
    }
    in_time = now - EARLIEST < command.happened_at <= now + SKEW
    if not whole[command.kind] or not in_time:
        raise SiteNoteMalformed
    return {
        "mark": command.mark.value if command.mark else "",
        "text": told,
        "name": name,
        "capacity": nfc(command.capacity)[:LONGEST_NAME],
        "spot": _spot(command.spot),
    }


def _spot(spot: Spot) -> dict[str, object]:
    """Raises: SiteNoteMalformed for a point that is not on the earth."""
    place: dict[str, object] = {"words": nfc(spot.words)[:LONGEST_NAME]}
    if spot.lat is None or spot.lng is None:
        return place
    if not (-90 <= spot.lat <= 90 and -180 <= spot.lng <= 180):
        raise SiteNoteMalformed
    place |= {"lat": round(spot.lat, 6), "lng": round(spot.lng, 6)}
    if spot.accuracy_m is not None and 0 <= spot.accuracy_m < FARTHEST_M:
        place["accuracy_m"] = spot.accuracy_m
    return place


def _digest(command: TakeSiteNote) -> bytes:
    """Of what was signed, if a device signed it; else of what it says, apart from the file that
    the city kept of it, which is another one each time.
    """
    said = [str(command.visit_id), command.kind, command.key, command.digest]
    if not command.digest:
        words = [command.mark, command.text, command.name, command.capacity, asdict(command.spot)]
        said.append(json.dumps(words, ensure_ascii=False))
    return hashlib.sha256("\n".join(said).encode()).digest()


def is_noted(note_id: UUID) -> bool:
    """Whether a note of this id has come; its content is compared when it is taken."""
    return SiteNote.objects.filter(pk=note_id).exists()


def answer_of(note: SiteNote) -> SiteNoteAnswer:
    state = SiteNoteState(note.state)
    return SiteNoteAnswer(id=note.id, state=state, sentence=SENTENCES[state])


@owns_transaction
def settle_note(note_id: UUID, *, takes: bool, actor: Actor, now: datetime) -> SiteNoteAnswer:
    """Choose between what was noted and what the city has. takes: the waiting one stands.

    After the minutes were signed it is told in an addendum; they stay as they were signed.
    Raises: FieldVisitNotFound, NotAtThisVisit, SiteNoteSettled, StoreUnavailable.
    """
    of_visit = SiteNote.objects.filter(pk=note_id).values_list("visit_id", flat=True).first()
    if of_visit is None:
        raise FieldVisitNotFound
    row = visits.visit_row(of_visit, actor, now=now, locked=True)
    visits.check_goes(row, actor, now=now)
    note = SiteNote.objects.filter(pk=note_id, state=SiteNoteState.WAITING).first()
    if note is None:
        raise SiteNoteSettled
    note.settled_by, note.settled_at = actor.account_id, now
    note.state = SiteNoteState.ASIDE
    if takes and row.state == FieldVisitState.CLOSED:
        note.state = SiteNoteState.ADDED
        _issue(row, visits.note_views([note]), actor, now)
    elif takes:
        stands = _standing(row, note.key)
        if stands is not None:
            _put_aside(stands, actor, now)
        note.state = SiteNoteState.KEPT
    fields = ("state", "settled_by", "settled_at")
    db.change(note, *fields, expecting={"state": SiteNoteState.WAITING})
    facts: dict[str, object] = {"visit": str(row.id), "note": str(note.id), "state": note.state}
    db.record(action="dossiers.settle_note", subject=row.dossier.code, actor=actor, facts=facts)
    return answer_of(note)


@owns_transaction
def close_visit(visit_id: UUID, finding: str, *, actor: Actor, now: datetime) -> FieldVisitView:
    """Chốt biên bản: everything was looked at, the minutes are set, signed and kept.

    Raises: FieldVisitNotFound, NotAtThisVisit, VisitIsOver, NotesWait, LinesOpen, FindingNeeded,
    StoreUnavailable.
    """
    row = visits.visit_row(visit_id, actor, now=now, locked=True)
    visits.check_goes(row, actor, now=now)
    if row.state != FieldVisitState.PLANNED:
        raise VisitIsOver
    notes = visits.notes_of(row.id)
    if visits.waiting(notes):
        raise NotesWait
    answered = {one.key for one in visits.standing(notes, SiteNoteKind.ANSWER)}
    if any(line.key not in answered for line in visits.lines_in(row)):
        raise LinesOpen
    said = nfc(finding)[:LONGEST]
    if not said:
        raise FindingNeeded(field="finding")
    row.state, row.finding = FieldVisitState.CLOSED, said
    row.closed_at, row.closed_by = now, actor.account_id
    _issue(row, notes, actor, now)
    fields = ("state", "finding", "closed_at", "closed_by")
    db.change(row, *fields, expecting={"state": FieldVisitState.PLANNED})
    _told(row, actor, now)
    return visits.view_of(row)


def _issue(row: FieldVisit, notes: tuple[SiteNoteView, ...], actor: Actor, now: datetime) -> None:
    code = issue_minutes(row, notes, actor=actor, now=now)
    row.minutes = [*row.minutes, code]
    db.change(row, "minutes")


def _told(row: FieldVisit, actor: Actor, now: datetime) -> None:
    code, what = row.dossier.code, "visit_closed"
    facts: dict[str, object] = {"visit": str(row.id), "minutes": row.minutes[-1]}
    casework.note_event(
        case_code=code, kind=what, actor=actor, now=now, note="", unit_id=row.unit_id, facts=facts
    )
    events.publish(
        FieldVisitProgressed(occurred_at=now, subject=code, visit_id=row.id, progress=what)
    )
    db.record(action=f"dossiers.{what}", subject=code, actor=actor, facts=facts)
