"""Nộp nhiều hồ sơ: a table comes in, each line is checked as a form is, good lines become drafts.

The work goes part by part, each part in a transaction of its own: a killed worker loses nothing
and does nothing twice. The file itself is not kept.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions import drafts, sandbox
from motcua.contexts.dossiers.actions.submission import checked_answers
from motcua.contexts.dossiers.contracts import (
    AnswersIncomplete,
    BulkBrought,
    BulkNotChecked,
    NotYourDossier,
    ReturnForm,
    Source,
)
from motcua.contexts.dossiers.events import BulkArrived, BulkAsked, BulkChecked
from motcua.contexts.dossiers.models import BulkFiling, BulkLine, BulkPart, Draft
from motcua.contexts.dossiers.queries import bulk as reading
from motcua.contexts.dossiers.rules import bulk as rules
from motcua.contexts.dossiers.rules.place import competent_ward
from motcua.contexts.notifications import public as notifications
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel import db, events
from motcua.kernel.actors import SYSTEM, Act, Actor
from motcua.kernel.clock import city_date
from motcua.kernel.codes import WardCode
from motcua.kernel.crypto import blind_index
from motcua.kernel.db import owns_transaction
from motcua.kernel.forms import FieldError, attributed, sheet_table
from motcua.kernel.workbooks import Line, NotReadable, Table, read_table

LINES_OF_A_PART = 200
KEPT = timedelta(days=7)
Stored = dict[str, object]


@owns_transaction
def bring_table(
    procedure_code: str, content: bytes, *, ward_code: str, actor: Actor, now: datetime
) -> BulkBrought:
    """Take a table in; a job checks its lines.

    Raises: NotReadable (saying what to do with the file), ProcedureNotFound, ProcedureNotOpen,
    ProcedureNotRunnable, NotYourDossier, AssuranceTooLow, MandateRefused, MalformedCode.
    """
    return _bring(procedure_code, read_table(content), ward_code, actor, now)


@owns_transaction
def bring_rows(
    procedure_code: str,
    rows: Sequence[Mapping[str, object]],
    *,
    ward_code: str,
    actor: Actor,
    now: datetime,
) -> BulkBrought:
    """The same for answers by key of question, one mapping a dossier. Raises: as `bring_table`."""
    return _bring(procedure_code, rules.table_of(rows), ward_code, actor, now)


def _bring(
    procedure_code: str, table: Table, ward_code: str, actor: Actor, now: datetime
) -> BulkBrought:
    drafts.check_level(actor)
    version = queries.runnable_version(procedure_code, city_date(now), ward_code)
    drafts.check_mandate(actor, Act.DRAFT, version, now=now)
    account_id, party_id = drafts.account_of(actor), actor.party_id
    if party_id is None:
        raise NotYourDossier
    columns = rules.columns_of(version.form, reading.places(now), rows=rules.MOST_ROWS)
    known, strange, lacking = rules.matched(columns, table.heads)
    if lacking:
        raise NotReadable(
            _("Bảng thiếu cột: %(names)s. Bạn dùng tệp mẫu của thủ tục này.")
            % {"names": "; ".join(lacking[:5])}
        )
    unread = [_("Cột «%(name)s» không có trong mẫu nên không được đọc.") % {"name": name}
              for name in strange[:10]]  # fmt: skip
    filing = BulkFiling(
        account_id=account_id,
        applicant_person_id=party_id,
        procedure_version_id=version.id,
        ward_code=WardCode(ward_code),
        columns=[[at, column.path] for at, column in known.items()],
        notices=[*table.notices, *unread],
        lines=len(table.lines),
        sandbox=actor.sandbox,
        created_at=now,
    )
    db.insert(filing, *_parts(filing, table))
    events.publish(BulkArrived(occurred_at=now, subject=str(filing.id)))
    facts: dict[str, object] = {
        "procedure": procedure_code,
        "lines": filing.lines,
        "sandbox": filing.sandbox,
    }
    db.record(action="dossiers.bulk_bring", subject=str(filing.id), actor=actor, facts=facts)
    return BulkBrought(bulk_id=filing.id)


def _parts(filing: BulkFiling, table: Table) -> list[BulkPart]:
    lines = [_stored(line, table.merged.get(line.number, ())) for line in table.lines]
    return [
        BulkPart(filing_id=filing.id, number=number, lines=lines[at : at + LINES_OF_A_PART])
        for number, at in enumerate(range(0, len(lines), LINES_OF_A_PART))
    ]


def _stored(line: Line, merged: tuple[str, ...]) -> Stored:
    cells = {str(at): [cell.text, cell.kind] for at, cell in line.cells.items()}
    return {"n": line.number, "cells": cells, "merged": list(merged)}


def check_lines(bulk_id: UUID, *, now: datetime) -> None:
    """Every part that is not checked yet; called again it goes on where it stopped."""
    for part_id in reading.parts_to_check(bulk_id):
        _check_part(part_id, now=now)


@owns_transaction
def _check_part(part_id: UUID, *, now: datetime) -> None:
    part = reading.part(part_id)
    filing = part.filing
    version = procedures.version(filing.procedure_version_id)
    known = reading.columns_read(filing, version, now)
    seen = reading.marks_before(part)
    lines: list[Stored] = []
    for stored in part.lines:
        checked, mark = _checked(stored, version, known, seen, filing.ward_code, now)
        lines.append(checked)
        if mark:
            seen[mark] = str(stored["n"])
    part.lines = lines
    part.marks = [line["mark"] for line in lines if line.get("mark")]
    part.checked_at = now
    there = reading.made_already(filing, part.marks)
    filing.checked += len(lines)
    filing.wrong += sum(1 for line in lines if line["errors"])
    filing.again += len(there)
    if filing.checked == filing.lines:
        filing.checked_at = now
        events.publish(
            BulkChecked(
                occurred_at=now,
                subject=str(filing.id),
                applicant_person_id=filing.applicant_person_id,
                sandbox=filing.sandbox,
            )
        )
    db.change(part, "lines", "marks", "checked_at", expecting={"checked_at": None})
    db.change(filing, "checked", "wrong", "again", "checked_at")
    facts: dict[str, object] = {"part": part.number, "wrong": filing.wrong}
    db.record(action="dossiers.bulk_check", subject=str(filing.id), actor=SYSTEM, facts=facts)


def _checked(
    stored: Stored,
    version: VersionView,
    known: Mapping[int, rules.BulkColumn],
    seen: Mapping[str, str],
    ward: str,
    now: datetime,
) -> tuple[Stored, str]:
    """The line with its errors, or with cleaned answers and its mark.

    ward: decides where no answer does. A commune may be trying out another version.
    """
    raw, errors = rules.answers_of(reading.line_of(stored), known)
    found = list(errors)
    answers: dict[str, object] = {}
    version = queries.version_for(version, raw, ward, city_date(now))
    try:
        answers = checked_answers(version, raw, now)
    except AnswersIncomplete as refusal:
        named = refusal.facts.get("errors")
        refused = {error.path.split(".")[0] for error in errors}
        told = named if isinstance(named, tuple) else ()
        found += [e for e in told if e.path.split(".")[0] not in refused]
    merged = stored.get("merged")
    if isinstance(merged, list) and merged:
        sentence = _("Có ô gộp %(range)s. Bạn bỏ gộp ô rồi điền từng ô.") % {"range": merged[0]}
        found.append(FieldError("", "merged", sentence))
    mark = "" if found else _mark(version, answers)
    if mark in seen:
        sentence = _("Giống hệt dòng %(line)s. Bạn xóa một dòng.") % {"line": seen[mark]}
        found, mark = [FieldError("", "repeated", sentence)], ""
    told_errors = [[rules.column_of(e.path, e.code, known), e.message] for e in found]
    kept = {"answers": answers, "mark": mark} if mark else {}
    return {**stored, **kept, "errors": told_errors}, mark


def _mark(version: VersionView, answers: Mapping[str, object]) -> str:
    said = json.dumps([version.procedure_code, answers], sort_keys=True, ensure_ascii=False)
    return blind_index(said, scope="dossiers.bulk_line").hex()


@owns_transaction
def ask_drafts(bulk_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Let the good lines become drafts; a job makes them.

    Raises: BulkNotFound, BulkNotChecked, AssuranceTooLow, MandateRefused.
    """
    filing = reading.filing_row(bulk_id, actor, now=now)
    drafts.check_level(actor)
    version = procedures.version(filing.procedure_version_id)
    drafts.check_mandate(actor, Act.DRAFT, version, about=told_of(filing), now=now)
    if filing.checked_at is None:
        raise BulkNotChecked
    if filing.asked_at is None:
        filing.asked_at = now
        db.change(filing, "asked_at", expecting={"asked_at": None})
        events.publish(BulkAsked(occurred_at=now, subject=str(filing.id)))
    db.record(action="dossiers.bulk_ask", subject=str(filing.id), actor=actor)


def told_of(filing: BulkFiling) -> str:
    """What a principal is told about; of a trial nobody hears."""
    return "" if filing.sandbox else str(filing.id)


def make_drafts(bulk_id: UUID, *, now: datetime) -> None:
    """Every part whose drafts are not made yet, then tell whose they are."""
    for part_id in reading.parts_to_make(bulk_id):
        _make_part(part_id, now=now)
    _finish(bulk_id, now=now)


@owns_transaction
def _make_part(part_id: UUID, *, now: datetime) -> None:
    part = reading.part(part_id)
    filing = part.filing
    version = procedures.version(filing.procedure_version_id)
    there = reading.made_already(filing, part.marks)
    wanted = [line for line in part.lines if line.get("mark") and line["mark"] not in there]
    if filing.sandbox:
        db.insert(*(sandbox.a_draft(filing, line, now) for line in wanted))
    else:
        _make_lines(filing, wanted, version, now)
    part.made_at = now
    filing.made += len(wanted)
    db.change(part, "made_at", expecting={"made_at": None})
    db.change(filing, "made")
    facts: dict[str, object] = {"part": part.number, "drafts": len(wanted)}
    db.record(action="dossiers.bulk_make", subject=str(filing.id), actor=SYSTEM, facts=facts)


def _make_lines(
    filing: BulkFiling, wanted: Sequence[Stored], version: VersionView, now: datetime
) -> None:
    for line in wanted:
        answers, mark = line["answers"], line["mark"]
        assert isinstance(answers, Mapping)
        assert isinstance(mark, str)
        draft = _draft(filing, version, answers, now)
        line_made = BulkLine(
            applicant_person_id=filing.applicant_person_id,
            mark=bytes.fromhex(mark),
            draft_id=draft.id,
        )
        db.insert(draft, line_made)


def _draft(
    filing: BulkFiling, version: VersionView, answers: Mapping[str, object], now: datetime
) -> Draft:
    fitting = queries.version_for(version, answers, filing.ward_code, city_date(now))
    return Draft(
        account_id=filing.account_id,
        applicant_person_id=filing.applicant_person_id,
        procedure_version_id=fitting.id,
        ward_code=competent_ward(version.form, answers, otherwise=filing.ward_code),
        source=Source.CITY_APP,
        sheet=sheet_table(attributed(answers, known={}, at=now)),
        typed={},
        return_form=ReturnForm.ELECTRONIC,
        created_at=now,
        saved_at=now,
    )


@owns_transaction
def _finish(bulk_id: UUID, *, now: datetime) -> None:
    filing = reading.filing_by_id(bulk_id)
    if filing.done_at is None:
        filing.done_at = now
        db.change(filing, "done_at", expecting={"done_at": None})
    if filing.done_at == now and not filing.sandbox:
        version = procedures.version(filing.procedure_version_id)
        notifications.notify(
            person_id=filing.applicant_person_id,
            template="bulk_done",
            subject=str(filing.id),
            params={"procedure": version.name, "answer": str(filing.made)},
            now=now,
        )
    facts: dict[str, object] = {"drafts": filing.made}
    db.record(action="dossiers.bulk_finish", subject=str(filing.id), actor=SYSTEM, facts=facts)


@owns_transaction
def forget_bulk(*, now: datetime) -> None:
    """Tables older than a week go; the drafts they became stay."""
    old: QuerySet[BulkFiling] = BulkFiling.objects.filter(created_at__lt=now - KEPT)
    ids: Sequence[UUID] = list(old.order_by("id").values_list("id", flat=True)[:1000])
    BulkPart.objects.filter(filing__in=ids).delete()
    BulkFiling.objects.filter(pk__in=ids).delete()
    facts: dict[str, object] = {"tables": len(ids)}
    db.record(action="dossiers.bulk_forget", subject="dossiers", actor=SYSTEM, facts=facts)
