"""Nhập danh mục quốc gia: reference data, a batch at a time, never over what the city wrote.

A record whose procedure the city already publishes itself is only kept as a record. Any other
becomes a published version with source NATIONAL, completed by the generic form where it may be
filed online with an agency of this city, else for reading only with the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.procedures.actions.completing import generic_form
from motcua.contexts.procedures.actions.publishing import announce
from motcua.contexts.procedures.contracts import Definition, ImportOutcome, Source
from motcua.contexts.procedures.models import (
    NOT_GENERAL,
    NationalRecord,
    Procedure,
    ProcedureVersion,
)
from motcua.contexts.procedures.rules.writing import digest_of
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import joins_transaction, owns_transaction, record


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalEntry:
    """One record as read: its own content with digest, and the definition made of it.

    agencies: who handles it, in the words of the record.
    """

    content: Mapping[str, object]
    digest: str
    definition: Definition
    agencies: str = ""


@owns_transaction
def import_batch(entries: Sequence[NationalEntry], *, by: Actor, now: datetime) -> ImportOutcome:
    """Save the records of one batch; each code at most once in it. Repeating changes nothing,
    unless the generic form or the units of the city changed meanwhile."""
    completed = _completed(entries, now=now)
    codes = [entry.definition.code for entry in completed]
    known = dict(NationalRecord.objects.filter(code__in=codes).values_list("code", "digest"))
    ours = _ours(codes)
    said = _said(codes)
    news = [
        entry
        for entry in completed
        if known.get(entry.definition.code) != entry.digest
        or (
            entry.definition.code not in ours
            and said.get(entry.definition.code) != digest_of(entry.definition)
        )
    ]
    shown = [entry for entry in news if entry.definition.code not in ours]
    _keep_records(news, now=now)
    _publish(shown, by=by, now=now)
    outcome = ImportOutcome(
        created=sum(entry.definition.code not in known for entry in shown),
        changed=sum(entry.definition.code in known for entry in shown),
        unchanged=len(entries) - len(news),
        reference_only=len(news) - len(shown),
    )
    facts: dict[str, object] = {
        "created": outcome.created,
        "changed": outcome.changed,
        "reference_only": outcome.reference_only,
        "filed_here": sum(entry.definition.generic for entry in shown),
    }
    record(action="procedures.import", subject="national-catalogue", actor=by, facts=facts)
    if news:
        announce()
    return outcome


def _completed(entries: Sequence[NationalEntry], *, now: datetime) -> list[NationalEntry]:
    generic = generic_form(city_date(now))
    if generic is None:
        return list(entries)
    return [
        replace(entry, definition=generic.completed(entry.definition, entry.agencies))
        for entry in entries
    ]


def _ours(codes: Sequence[str]) -> frozenset[str]:
    versions = ProcedureVersion.objects.filter(procedure__code__in=codes)
    own = versions.exclude(source=Source.NATIONAL.value)
    return frozenset(own.values_list("procedure__code", flat=True))


def _said(codes: Sequence[str]) -> dict[str, str]:
    """The digest of the newest version of each, in force or withdrawn."""
    rows = ProcedureVersion.objects.filter(procedure__code__in=codes).exclude(state__in=NOT_GENERAL)
    return dict(rows.order_by("number").values_list("procedure__code", "digest"))


def _keep_records(news: Sequence[NationalEntry], *, now: datetime) -> None:
    NationalRecord.objects.bulk_create(
        [
            NationalRecord(
                code=entry.definition.code,
                digest=entry.digest,
                content=dict(entry.content),
                imported_at=now,
            )
            for entry in news
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["digest", "content", "imported_at"],
    )


@joins_transaction
def _publish(shown: Sequence[NationalEntry], *, by: Actor, now: datetime) -> None:
    today = city_date(now)
    processes = _processes(shown, by=by, now=now)
    procedures = _procedures([entry.definition.code for entry in shown], now=now)
    newest = _newest(list(procedures.values()))
    closing, opening = [], []
    for entry in shown:
        procedure = procedures[entry.definition.code]
        last = newest.get(procedure.pk)
        if last is not None and last.digest == digest_of(entry.definition) and not last.valid_to:
            continue
        version = ProcedureVersion.draft(
            procedure,
            entry.definition,
            number=last.number + 1 if last else 1,
            by=None,
            at=now,
        )
        process_id = processes.get(entry.definition.process_key)
        version.publish(valid_from=today, process_id=process_id, by=None, at=now)
        opening.append(version)
        if last is not None and last.valid_to is None:
            last.valid_to = max(today, last.valid_from or today)
            closing.append(last)
    ProcedureVersion.objects.bulk_update(closing, ["valid_to"])
    ProcedureVersion.objects.bulk_create(opening)


@joins_transaction
def _processes(shown: Sequence[NationalEntry], *, by: Actor, now: datetime) -> Mapping[str, UUID]:
    """The approved tables that these procedures share, each published once."""
    tables = {
        entry.definition.process_key: entry.definition.process
        for entry in shown
        if entry.definition.process
    }
    return {
        key: casework.publish_process(table, actor=by, now=now)
        for key, table in sorted(tables.items())
    }


def _procedures(codes: Sequence[str], *, now: datetime) -> dict[str, Procedure]:
    Procedure.objects.bulk_create(
        [Procedure(code=code, created_at=now) for code in codes], ignore_conflicts=True
    )
    rows = Procedure.objects.filter(code__in=codes).order_by("code").select_for_update()
    return {row.code: row for row in rows}


def _newest(procedures: Sequence[Procedure]) -> dict[object, ProcedureVersion]:
    rows = (
        ProcedureVersion.objects.filter(procedure__in=procedures)
        .exclude(state__in=NOT_GENERAL)
        .defer("content")
        .order_by("procedure", "number")
    )
    return {row.procedure_id: row for row in rows}
