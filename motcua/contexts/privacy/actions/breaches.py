"""Xử lý sự cố: record, assess, tell the authority and the persons, close. Each step is dated."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from motcua.contexts.documents.contracts import IssuedKind
from motcua.contexts.privacy.actions import papers
from motcua.contexts.privacy.actions.papers import Paper
from motcua.contexts.privacy.contracts import (
    BreachMalformed,
    BreachStep,
    DoneBefore,
    NotToldYet,
    ProofMissing,
    RecordBreach,
    Recorded,
)
from motcua.contexts.privacy.models import Breach, BreachEvent
from motcua.contexts.privacy.queries import breaches as queries
from motcua.contexts.privacy.rules.activities import activities
from motcua.contexts.privacy.rules.breaches import HOURS, LAW
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_time
from motcua.kernel.db import joins_transaction, owns_transaction
from motcua.kernel.privacy import CLASS_NAMES, DataClass
from motcua.kernel.text import nfc

TITLE = "Thông báo vi phạm quy định về bảo vệ dữ liệu cá nhân"
LONGEST = 4000


@owns_transaction
def record_breach(command: RecordBreach, *, actor: Actor, now: datetime) -> Recorded:
    """Write a breach down; its clock has run since it was found. Raises: BreachMalformed."""
    found_at = _found_at(command, now)
    row = Breach(
        code=f"SC-{city_time(now):%Y%m%d-%H%M%S}",
        found_at=found_at,
        recorded_at=now,
        recorded_by=actor.account_id,
        story=nfc(command.story)[:LONGEST],
        classes=list(command.classes),
        activities=list(command.activities),
        affected=command.affected,
        tells_persons=command.tells_persons,
    )
    db.insert(row)
    _happened(row, BreachStep.RECORDED, "", actor, now)
    return Recorded(code=row.code)


def _found_at(command: RecordBreach, now: datetime) -> datetime:
    """Raises: BreachMalformed, with every field and its sentence in `facts["errors"]`."""
    wrong = tuple(_wrong(command, now))
    if wrong or command.found_at is None:
        raise BreachMalformed(field=wrong[0][0], errors=wrong)
    return command.found_at


def _wrong(command: RecordBreach, now: datetime) -> Iterator[tuple[str, str]]:
    if command.found_at is None or command.found_at > now:
        yield "found_at", "Bạn ghi ngày giờ phát hiện, không ở tương lai."
    if not nfc(command.story):
        yield "story", "Bạn ghi chuyện gì đã xảy ra."
    if not command.classes or not set(command.classes) <= {one.value for one in DataClass}:
        yield "classes", "Bạn chọn ít nhất một loại dữ liệu."
    if not set(command.activities) <= {one.key for one in activities()}:
        yield "activities", "Bạn chọn hoạt động trong danh sách."


@owns_transaction
def assess(
    code: str,
    *,
    affected: int | None,
    tells_persons: bool,
    note: str,
    actor: Actor,
    now: datetime,
) -> None:
    """More is known. Raises: BreachNotFound, DoneBefore (closed), BreachMalformed."""
    row = _open_row(code, actor, now)
    if not nfc(note):
        raise BreachMalformed("Bạn ghi điều mới biết về sự cố.", field="note")
    row.affected, row.tells_persons = affected, tells_persons
    db.change(row, "affected", "tells_persons", expecting={"closed_at": None})
    _happened(row, BreachStep.ASSESSED, note, actor, now)


@owns_transaction
def write_letter(code: str, *, actor: Actor, now: datetime) -> None:
    """The letter to the authority as a signed PDF, sent by hand until the neighbour is known.

    Raises: BreachNotFound, DoneBefore.
    """
    row = _open_row(code, actor, now)
    row.letter_id = _letter(row, actor, now)
    db.change(row, "letter", expecting={"closed_at": None})
    db.record(action="privacy.write_breach_letter", subject=code, actor=actor)


@owns_transaction
def authority_told(code: str, *, proof: str, actor: Actor, now: datetime) -> None:
    """A05 has the notice. Raises: BreachNotFound, DoneBefore, ProofMissing."""
    row = _open_row(code, actor, now)
    if row.authority_told_at is not None:
        raise DoneBefore
    row.authority_told_at, row.authority_proof = now, _proof(proof)
    db.change(row, "authority_told_at", "authority_proof", expecting={"authority_told_at": None})
    _happened(row, BreachStep.AUTHORITY_TOLD, proof, actor, now)


@owns_transaction
def persons_told(code: str, *, proof: str, actor: Actor, now: datetime) -> None:
    """Those concerned know. Raises: BreachNotFound, DoneBefore, ProofMissing."""
    row = _open_row(code, actor, now)
    if row.persons_told_at is not None:
        raise DoneBefore
    row.persons_told_at, row.persons_proof = now, _proof(proof)
    db.change(row, "persons_told_at", "persons_proof", expecting={"persons_told_at": None})
    _happened(row, BreachStep.PERSONS_TOLD, proof, actor, now)


@owns_transaction
def close(code: str, *, note: str, actor: Actor, now: datetime) -> None:
    """Nothing is left to tell. Raises: BreachNotFound, DoneBefore, NotToldYet."""
    row = _open_row(code, actor, now)
    if row.authority_told_at is None or (row.tells_persons and row.persons_told_at is None):
        raise NotToldYet
    row.closed_at = now
    db.change(row, "closed_at", expecting={"closed_at": None})
    _happened(row, BreachStep.CLOSED, note, actor, now)


def _open_row(code: str, actor: Actor, now: datetime) -> Breach:
    row = queries.row(code, actor, now=now)
    if row.closed_at is not None:
        raise DoneBefore("Sự cố đã đóng, không ghi thêm được.")
    return row


def _proof(text: str) -> str:
    if not nfc(text):
        raise ProofMissing(field="proof")
    return nfc(text)[:200]


@joins_transaction
def _happened(row: Breach, step: BreachStep, note: str, actor: Actor, now: datetime) -> None:
    db.insert(
        BreachEvent(
            breach=row,
            at=now,
            step=step,
            actor_account_id=actor.account_id,
            note=nfc(note)[:LONGEST] or None,
        )
    )
    action = f"privacy.breach_{step.value.lower()}"
    db.record(action=action, subject=row.code, actor=actor)


def _letter(row: Breach, actor: Actor, now: datetime) -> UUID:
    names = {one.key: one.name for one in activities()}
    body = {
        "facts": [
            ["Phát hiện lúc", f"{city_time(row.found_at):%H:%M %d/%m/%Y}"],
            ["Loại dữ liệu", ", ".join(CLASS_NAMES[DataClass(one)] for one in row.classes)],
            ["Hoạt động", ", ".join(names[one] for one in row.activities)],
            ["Số người bị ảnh hưởng", "chưa rõ" if row.affected is None else str(row.affected)],
            ["Hạn thông báo", f"{HOURS} giờ từ lúc phát hiện"],
            ["Căn cứ", LAW],
        ],
        "story": row.story,
    }
    paper = Paper(
        kind=IssuedKind.BREACH_NOTICE, form="breach", title=TITLE, code=row.code, body=body
    )
    return papers.issue(paper, by=actor, now=now)
