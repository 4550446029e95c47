"""Đổi khóa: every sealed value gets the key in force, while the city goes on reading and writing.

Only data keys are wrapped anew, never the values; each value is replaced if it still is what was
read, so that a change meanwhile wins. A run that is killed goes on where it was: what already has
the key in force is not asked for again.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, Model
from psycopg import sql

from motcua.kernel import crypto
from motcua.kernel.fields import BlindIndex, Sealed

BATCH = 500
SealedModel = tuple[type[Model], tuple[Sealed, ...]]


def sealed_models() -> Iterator[SealedModel]:
    for model in apps.get_models():
        fields = tuple(f for f in model._meta.local_concrete_fields if isinstance(f, Sealed))
        if fields:
            yield model, fields


@dataclass(frozen=True, slots=True)
class _Column:
    """A sealed column, in SQL."""

    field: Sealed
    table: sql.Identifier
    key: sql.Identifier
    name: sql.Identifier
    indexes: tuple[BlindIndex, ...]  # made of its values, so they change with the key


def _columns() -> Iterator[_Column]:
    for model, fields in sealed_models():
        meta = model._meta
        blind = [f for f in meta.local_concrete_fields if isinstance(f, BlindIndex)]
        for field in fields:
            yield _Column(
                field=field,
                table=sql.Identifier(meta.db_table),
                key=_identifier(meta.pk),
                name=_identifier(field),
                indexes=tuple(index for index in blind if index.of == field.name),
            )


def _identifier(field: "Field[object, object] | None") -> sql.Identifier:
    assert field is not None and field.column is not None
    return sql.Identifier(field.column)


_NUMBER = sql.SQL("CASE get_byte({name}, 0) WHEN 1 THEN 0 ELSE get_byte({name}, 1) END")


def uses() -> dict[int, int]:
    """How many values each master key seals; 0: values of version 1. Reads every sealed table."""
    found: Counter[int] = Counter()
    for column in _columns():
        number = _NUMBER.format(name=column.name)
        counting = sql.SQL(
            "SELECT {number}, count(*) FROM {table} WHERE {name} IS NOT NULL GROUP BY 1"
        ).format(number=number, table=column.table, name=column.name)
        with connection.cursor() as cursor:
            cursor.execute(counting.as_string())
            for key, count in cursor.fetchall():
                found[key] += count
    return dict(found)


def rewrap(on_value: Callable[[int], object]) -> int:
    """Wrap what other keys than the one in force seal. Returns how many values changed.

    Raises: SealBroken, naming the place of a value that does not open.
    """
    return sum(_rewrap_column(column, on_value) for column in _columns())


def _rewrap_column(column: _Column, on_value: Callable[[int], object]) -> int:
    changed = 0
    after: UUID | None = None
    while batch := _next(column, after):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('motcua.rewrapped', %s, true)", [_touched(column)])
            for row, sealed in batch:
                changed += _replace(cursor, column, row, sealed)
        on_value(len(batch))
        after = batch[-1][0]
    return changed


def _touched(column: _Column) -> str:
    return ",".join(str(f.column) for f in (column.field, *column.indexes))


def _next(column: _Column, after: UUID | None) -> list[tuple[UUID, bytes]]:
    """The next values, by key, that another master key seals."""
    asking = sql.SQL(
        "SELECT {key}, {name} FROM {table} WHERE {number} <> %s {after} ORDER BY {key} LIMIT {most}"
    ).format(
        key=column.key, name=column.name, table=column.table, most=sql.Literal(BATCH),
        number=_NUMBER.format(name=column.name),
        after=sql.SQL("AND {} > %s").format(column.key) if after is not None else sql.SQL(""),
    )  # fmt: skip
    parameters: list[int | UUID] = [crypto.ring().sealing, *([] if after is None else [after])]
    with connection.cursor() as cursor:
        cursor.execute(asking.as_string(), parameters)
        return [(row, bytes(sealed)) for row, sealed in cursor.fetchall()]


def _replace(cursor: CursorWrapper, column: _Column, row: UUID, sealed: bytes) -> int:
    field = column.field
    fresh = crypto.rewrapped(sealed, place=field.place, row=row)
    changes: list[tuple[sql.Identifier, bytes]] = [(column.name, fresh)]
    if column.indexes:
        plain = field.from_bytes(crypto.unseal(sealed, place=field.place))
        changes += [(_identifier(index), index.made_of(plain)) for index in column.indexes]
    statement = sql.SQL("UPDATE {table} SET {changes} WHERE {key} = %s AND {name} = %s").format(
        table=column.table, key=column.key, name=column.name,
        changes=sql.SQL(", ").join(sql.SQL("{} = %s").format(name) for name, _ in changes),
    )  # fmt: skip
    cursor.execute(statement.as_string(), [*(value for _, value in changes), row, sealed])
    return int(cursor.rowcount)
