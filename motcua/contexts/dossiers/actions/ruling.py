"""Nhận giá trị nguồn: an officer decides a difference between the applicant and a register.

Both values stay: in the row of the decision, and the answers as they were in `DossierPast`.
"""

from collections.abc import Mapping
from datetime import datetime

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.contracts.rulings import (
    NothingDiffers,
    RuleValue,
    Ruling,
    RulingReasonNeeded,
    RulingReasonTooLong,
    ValueRuled,
)
from motcua.contexts.dossiers.models import Dossier, DossierPast, ValueRuling
from motcua.contexts.dossiers.queries.comparing import differing
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction
from motcua.kernel.forms import Answer, read_sheet, sheet_table
from motcua.kernel.text import nfc

LONGEST = 1000


@owns_transaction
def rule_value(
    command: RuleValue,
    known: Mapping[str, Mapping[str, object]],
    *,
    actor: Actor,
    now: datetime,
) -> ValueRuled:
    """known: what the register says at this moment, by register and field.

    Raises: DossierNotFound, NotYourStep, CaseMoved, NothingDiffers, RulingReasonNeeded,
    RulingReasonTooLong.
    """
    dossier = queries.dossier_row(command.code, actor, now=now)
    task = queries.check_holds_step(dossier, actor, now=now)
    case = casework.case_by_id(dossier.case_id)
    if case.version != command.seen_version:
        raise queries.moved_meanwhile(case)
    reason = nfc(command.reason).strip()
    if not reason:
        raise RulingReasonNeeded(field="reason")
    if len(reason) > LONGEST:
        raise RulingReasonTooLong(field="reason")
    found = differing(dossier, known, actor, now=now).get(command.question_key)
    if found is None or found.mark != command.mark:
        raise NothingDiffers
    db.insert(_row(command, dossier, found.declared, found.registered, reason, actor, now))
    if command.ruling is Ruling.TAKEN:
        _take(dossier, command.question_key, found.registered, actor, now)
    version = casework.note_event(
        case_code=dossier.code,
        kind=f"value_{command.ruling.lower()}",
        actor=actor,
        now=now,
        note=reason,
        unit_id=task.unit_id,
        facts={"question": command.question_key},
    )
    db.record(
        action="dossiers.rule_value",
        subject=dossier.code,
        actor=actor,
        facts={
            "question": command.question_key,
            "ruling": command.ruling,
            "source": found.registered.provenance.source,
            "version": version,
        },
    )
    did = "Đã nhận giá trị nguồn" if command.ruling is Ruling.TAKEN else "Đã giữ điều đã khai"
    return ValueRuled(sentence=f"{did}: {found.label}. Người nộp đọc được ở trang theo dõi.")


def _row(
    command: RuleValue,
    dossier: Dossier,
    declared: Answer,
    registered: Answer,
    reason: str,
    actor: Actor,
    now: datetime,
) -> ValueRuling:
    assert actor.account_id is not None
    return ValueRuling(
        dossier_id=dossier.pk,
        question_key=command.question_key,
        ruling=command.ruling,
        source=registered.provenance.source,
        pair={"declared": declared.value, "registered": registered.value},
        reason=reason,
        decided_by=actor.account_id,
        decided_at=now,
    )


def _take(dossier: Dossier, key: str, registered: Answer, actor: Actor, now: datetime) -> None:
    past = DossierPast(dossier_id=dossier.pk, until=now, by=actor.account_id)
    past.sheet = dossier.sheet
    db.insert(past)
    dossier.sheet = sheet_table({**read_sheet(dossier.sheet), key: registered})
    db.change(dossier, "sheet")
