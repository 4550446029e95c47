"""Nhập danh mục quốc gia: reference data, a batch at a time, never over what the city wrote.

A record whose procedure the city already publishes itself is only kept as a record. Any other
becomes a published version with source NATIONAL, which can be read but not filed here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.contexts.procedures.actions.publishing import announce
from motcua.contexts.procedures.contracts import Definition, ImportOutcome, Source, VersionState
from motcua.contexts.procedures.models import NationalRecord, Procedure, ProcedureVersion
from motcua.contexts.procedures.rules.writing import digest_of
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import joins_transaction, owns_transaction, record


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalEntry:
    """One record as read: its own content with digest, and the definition made of it."""

    content: Mapping[str, object]
    digest: str
    definition: Definition


@owns_transaction
def import_batch(entries: Sequence[NationalEntry], *, by: Actor, now: datetime) -> ImportOutcome:
    """Save the records of one batch; each code at most once in it. Repeating changes nothing."""
    codes = [entry.definition.code for entry in entries]
    known = dict(NationalRecord.objects.filter(code__in=codes).values_list("code", "digest"))
    news = [entry for entry in entries if known.get(entry.definition.code) != entry.digest]
    outcome = _save(news, known=frozenset(known), unchanged=len(entries) - len(news), now=now)
    facts: dict[str, object] = {
        "created": outcome.created,
        "changed": outcome.changed,
        "reference_only": outcome.reference_only,
    }
    record(action="procedures.import", subject="national-catalogue", actor=by, facts=facts)
    if news:
        announce()
    return outcome


@joins_transaction
def _save(
    news: Sequence[NationalEntry], *, known: frozenset[str], unchanged: int, now: datetime
) -> ImportOutcome:
    _keep_records(news, now=now)
    codes = [entry.definition.code for entry in news]
    ours = frozenset(
        ProcedureVersion.objects.filter(procedure__code__in=codes)
        .exclude(source=Source.NATIONAL.value)
        .values_list("procedure__code", flat=True)
    )
    shown = [entry for entry in news if entry.definition.code not in ours]
    _publish(shown, now=now)
    return ImportOutcome(
        created=sum(entry.definition.code not in known for entry in shown),
        changed=sum(entry.definition.code in known for entry in shown),
        unchanged=unchanged,
        reference_only=len(news) - len(shown),
    )


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


def _publish(shown: Sequence[NationalEntry], *, now: datetime) -> None:
    today = city_date(now)
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
        version.publish(valid_from=today, process_id=None, by=None, at=now)
        opening.append(version)
        if last is not None and last.valid_to is None:
            last.valid_to = max(today, last.valid_from or today)
            closing.append(last)
    ProcedureVersion.objects.bulk_update(closing, ["valid_to"])
    ProcedureVersion.objects.bulk_create(opening)


def _procedures(codes: Sequence[str], *, now: datetime) -> dict[str, Procedure]:
    Procedure.objects.bulk_create(
        [Procedure(code=code, created_at=now) for code in codes], ignore_conflicts=True
    )
    rows = Procedure.objects.filter(code__in=codes).order_by("code").select_for_update()
    return {row.code: row for row in rows}


def _newest(procedures: Sequence[Procedure]) -> dict[object, ProcedureVersion]:
    rows = (
        ProcedureVersion.objects.filter(procedure__in=procedures)
        .exclude(state=VersionState.DRAFT.value)
        .defer("content")
        .order_by("procedure", "number")
    )
    return {row.procedure_id: row for row in rows}
