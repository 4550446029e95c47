"""Bàn đông việc: one desk with many open tasks, for as long as a measurement takes.

Copies of one dossier, made by the database and rolled back afterwards; the history stays as it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction
from psycopg import sql

from motcua.contexts.casework.models import Case, CaseEvent, Task
from motcua.contexts.dossiers.models import Dossier, DossierPaper

CROWD = "CREATE TEMP TABLE crowd ON COMMIT DROP AS SELECT gen_random_uuid() AS id, n \
FROM generate_series(1, %s) AS n"
ANALYSE = "ANALYZE casework_case, casework_task, dossiers_dossier"
CODE = "'H29.99-20010101-' || lpad(n::text, 7, '0')"
SPREAD = "t.due_at + (n - 5000) * interval '1 minute'"  # some are late, some due today
COPIES: tuple[tuple[type[models.Model], str, dict[str, str]], ...] = (
    (Case, "id", {"id": "crowd.id", "code": CODE}),
    (Dossier, "case_id", {"case_id": "crowd.id", "code": CODE}),
    (Task, "case_id", {"id": "gen_random_uuid()", "case_id": "crowd.id", "due_at": SPREAD}),
    (CaseEvent, "case_id", {"id": "gen_random_uuid()", "case_id": "crowd.id"}),
    (DossierPaper, "dossier_id", {"id": "gen_random_uuid()", "dossier_id": "crowd.id"}),
)


@contextmanager
def crowded(code: str, tasks: int) -> Iterator[None]:
    """So many copies of this dossier wait at its desk, to be listed: a sealed sheet opens in its
    own row alone, so what is opened is some other dossier."""
    base = Case.objects.get(code=code).pk
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(CROWD, [tasks])
            for model, key, other in COPIES:
                cursor.execute(_copy(model, key, other), [base])
            cursor.execute(ANALYSE)
        yield
        transaction.set_rollback(True)


def _copy(model: type[models.Model], key: str, other: dict[str, str]) -> Any:
    names = [str(field.column) for field in model._meta.concrete_fields]
    taken = [sql.SQL(other[n]) if n in other else sql.Identifier("t", n) for n in names]
    table = sql.Identifier(model._meta.db_table)
    return sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} t, crowd WHERE t.{} = %s").format(
        table,
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join(taken),
        table,
        sql.Identifier(key),
    )
