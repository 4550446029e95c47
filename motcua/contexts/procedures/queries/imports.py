"""Các lần nhập danh mục quốc gia, và căn cứ pháp lý mà bản ghi của nó nêu."""

from uuid import UUID

from django.db import connection

from motcua.contexts.procedures.contracts import (
    ImportNotFound,
    ImportOutcome,
    ImportRunView,
    NationalBasis,
    RowRemark,
    Source,
)
from motcua.contexts.procedures.models import ImportRemark, ImportRun
from motcua.contexts.procedures.queries.snapshot import snapshot

_national: dict[UUID | None, tuple[NationalBasis, ...]] = {}


def runs(*, limit: int) -> tuple[ImportRunView, ...]:
    """The newest first."""
    return tuple(_view(row) for row in ImportRun.objects.order_by("-started_at", "-id")[:limit])


def run(run_id: UUID) -> ImportRunView:
    """Raises: ImportNotFound."""
    row = ImportRun.objects.filter(id=run_id).order_by("id").first()
    if row is None:
        raise ImportNotFound(run=str(run_id))
    return _view(row)


def remarks(run_id: UUID, *, unreadable: bool, after: int, limit: int) -> tuple[RowRemark, ...]:
    """Rows of one run in the order of the file, after a row."""
    rows = ImportRemark.objects.filter(run_id=run_id, unreadable=unreadable, row__gt=after)
    return tuple(
        RowRemark(row=row.row, code=row.code, why=row.why, unreadable=row.unreadable)
        for row in rows.order_by("row", "id")[:limit]
    )


def national_bases() -> tuple[NationalBasis, ...]:
    """Documents named by records of the national catalogue, most named first.

    Read once per edition: it goes through the whole catalogue.
    """
    token = snapshot().token
    if token not in _national:
        found = _named()
        _national.clear()
        _national[token] = found
    return _national[token]


def _named() -> tuple[NationalBasis, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT law->>'document', count(DISTINCT procedure_id)"
            " FROM procedures_procedureversion, jsonb_array_elements(content->'legal') law"
            " WHERE source = %s AND state = 'PUBLISHED' AND valid_to IS NULL"
            " GROUP BY 1 ORDER BY 2 DESC, 1",
            [Source.NATIONAL.value],
        )
        rows = cursor.fetchall()
    return tuple(NationalBasis(document=name, procedures=count) for name, count in rows)


def _view(row: ImportRun) -> ImportRunView:
    return ImportRunView(
        id=row.id,
        file=row.file,
        started_at=row.started_at,
        ended_at=row.ended_at,
        read=row.read,
        outcome=ImportOutcome(
            created=row.created,
            changed=row.changed,
            unchanged=row.unchanged,
            reference_only=row.reference_only,
        ),
        unreadable=row.unreadable,
    )
