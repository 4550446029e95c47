"""Quên: sealed values of rows that only grow become null, and nothing else of the row changes.

The database refuses every other change of such a table (`kernel.partitions.GUARD`). An envelope
has a data key of its own, so with the envelope goes the only key to the value; the ledger keeps
ids and codes, and its proofs hold as before.
"""

from typing import Any

from django.db import connection
from django.db.models import QuerySet

from motcua.kernel.db import joins_transaction


@joins_transaction
def empty(rows: "QuerySet[Any]", *fields: str) -> None:
    """Null these fields of the rows. Joins the action, which writes the leaf."""
    columns = ",".join(str(rows.model._meta.get_field(name).column) for name in fields)
    _may_be_emptied(columns)
    rows.update(**dict.fromkeys(fields))
    _may_be_emptied("")


def _may_be_emptied(columns: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('motcua.emptied', %s, true)", [columns])
