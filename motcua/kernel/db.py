"""Giao dịch: one action, one transaction, as few statements as the rows allow.

`insert` does not talk to the database at once. Rows wait in the unit of work and leave as ONE
statement with everything else (rows of all contexts, the ledger leaf, the stored result of the
idempotency key, the jobs) at the end of the action, or before the next query of the action, so
that an action always reads its own writes. Measured reason: eleven rows one by one through the
ORM cost eleven times the database's own limit.
"""

import functools
import inspect
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

import psycopg
from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    IntegrityError,
    OperationalError,
    connections,
    models,
    transaction,
)
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import DatabaseDefault
from django.db.models.options import Options
from psycopg import sql

from motcua.kernel import idempotency
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, DomainError

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)


def _here() -> BaseDatabaseWrapper:
    """The connection itself; Django's proxy looks it up anew for every attribute it is asked."""
    return connections[DEFAULT_DB_ALIAS]


def uuid7() -> UUID:
    """Time-ordered identifier (RFC 9562), made here because older servers cannot."""
    milliseconds = time.time_ns() // 1_000_000
    raw = bytearray(milliseconds.to_bytes(6, "big") + os.urandom(10))
    raw[6] = (raw[6] & 0x0F) | 0x70
    raw[8] = (raw[8] & 0x3F) | 0x80
    return UUID(bytes=bytes(raw))


class ActionWithoutLeaf(RuntimeError):
    """A programming mistake: an action ended without a ledger leaf."""


class Stale(Conflict):
    """A row is not any more as the caller saw it: somebody was faster."""


@dataclass(slots=True)
class Change:
    """An UPDATE of one row that must still be as expected (compare-and-set)."""

    row: models.Model
    fields: tuple[str, ...]
    expecting: dict[str, object]

    def parameters(self) -> list[object]:
        meta = self.row._meta
        found = []
        for name in self.fields:
            field = _field(meta, name)
            found.append(field.get_db_prep_save(field.pre_save(self.row, False), _here()))
        found.append(self.row.pk)
        for name, value in self.expecting.items():
            found.append(_field(meta, name).get_db_prep_save(value, _here()))
        return found


class UnitOfWork:
    """What one action will write."""

    def __init__(self, name: str, now: datetime) -> None:
        self.name = name
        self.now = now
        self.recorded = False
        self.statements: list[tuple[str, list[object]]] = []  # read by the bench
        self._rows: dict[type[models.Model], list[models.Model]] = {}
        self._ready: dict[type[models.Model], list[tuple[object, ...]]] = {}
        self._changes: dict[int, Change] = {}
        self._jobs: list[tuple[object, ...]] = []

    def add(self, row: models.Model) -> None:
        self._rows.setdefault(type(row), []).append(row)

    def add_ready(self, model: type[models.Model], values: tuple[object, ...]) -> None:
        """A row as the driver takes it, in the order of the model's columns."""
        self._ready.setdefault(model, []).append(values)

    def change(
        self, row: models.Model, fields: tuple[str, ...], expecting: dict[str, object]
    ) -> None:
        if row in self._rows.get(type(row), ()):
            return  # not inserted yet: its values are read when the statement leaves
        waiting = self._changes.get(id(row))
        if waiting:
            fields = tuple(dict.fromkeys(waiting.fields + fields))
            expecting = waiting.expecting | expecting
        self._changes[id(row)] = Change(row, fields, expecting)

    def defer(self, job: tuple[object, ...]) -> None:
        self._jobs.append(job)

    def flush(self) -> None:
        """Send every waiting row, change and job as one statement.

        Raises: Stale when a changed row is not as expected any more, or somebody was faster.
        """
        if not self._rows and not self._ready and not self._jobs and not self._changes:
            return
        rows, ready = self._rows, self._ready
        jobs, changes = self._jobs, [*self._changes.values()]
        self._rows, self._ready, self._jobs, self._changes = {}, {}, [], {}
        counts = [(model, len(group)) for model, group in rows.items()]
        counts += [(model, len(group)) for model, group in ready.items()]
        statement = _statement(
            tuple(counts),
            tuple((type(c.row), c.fields, tuple(c.expecting)) for c in changes),
            len(jobs),
        )
        wrapper = _here()
        parameters = [
            value
            for model, group in rows.items()
            for row in group
            for value in _values(model, row, wrapper)
        ]
        parameters.extend(value for group in ready.values() for row in group for value in row)
        parameters.extend(value for change in changes for value in change.parameters())
        parameters.extend(value for job in jobs for value in job)
        self.statements.append((statement, parameters))
        try:
            touched = _send(statement, parameters)
        except (IntegrityError, OperationalError) as refused:
            if _is_lost_race(refused, changes):
                raise Stale from refused
            raise
        for change, count in zip(changes, touched, strict=False):
            if count != 1:
                raise Stale(row=type(change.row).__name__)
        for group in rows.values():
            for row in group:
                row._state.adding = False
                row._state.db = DEFAULT_DB_ALIAS

    def before_query(
        self, execute: Any, statement: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Django execute wrapper: an action reads its own writes."""
        self.flush()
        return execute(statement, params, many, context)


def _is_lost_race(refused: DatabaseError, changes: list[Change]) -> bool:
    """Two at once: the faster one's rows may be met before the row that was to be compared."""
    cause = refused.__cause__
    if isinstance(cause, psycopg.errors.UniqueViolation):
        return any(change.expecting for change in changes)
    return isinstance(cause, psycopg.errors.DeadlockDetected)


_current: ContextVar[UnitOfWork | None] = ContextVar("unit_of_work", default=None)


def current() -> UnitOfWork:
    """The unit of work in force. Raises RuntimeError outside an action."""
    unit = _current.get()
    if unit is None:
        raise RuntimeError("this writes, so it belongs inside an action (@owns_transaction)")
    return unit


def inside_action() -> bool:
    """Whether writes join an action that runs already."""
    return _current.get() is not None


def insert(*rows: models.Model) -> None:
    """Insert rows at the end of the action, in one statement with all its other rows."""
    unit = current()
    for row in rows:
        unit.add(row)


def change(row: models.Model, *fields: str, expecting: dict[str, object] | None = None) -> None:
    """Write the named fields of a loaded row at the end of the action, if it still is as expected.

    Raises (when the statement leaves): Stale.
    """
    current().change(row, fields, expecting or {})


def read(statement: str, *parameters: object) -> list[tuple[Any, ...]]:
    """One prepared query with $1, $2 …, for the few that every action of a kind repeats.

    Inside an action it reads the action's own writes, like any query.
    """

    def execute(text: str, values: Any, many: bool, context: Any) -> list[tuple[Any, ...]]:
        with _raw_cursor(text) as cursor:
            return cursor.execute(text, values, prepare=_prepares()).fetchall()

    whole: Callable[..., list[tuple[Any, ...]]] = execute
    here = _here()
    for wrapper in reversed(here.execute_wrappers):
        whole = functools.partial(wrapper, whole)
    return whole(statement, parameters, False, {"connection": here})


def load(model: type[M], where: str, *parameters: object) -> list[M]:
    """Whole rows by a prepared query; `where` in SQL with $1, $2 …, its order and lock included.

    For the rows that every action of a kind begins with: to compose such a statement anew each
    time costs more than to run it.
    """
    head, names, converters = _reading(model)
    here = _here()
    found = []
    for row in read(f"{head} {where}", *parameters):
        values = list(row)
        for at, field, convert in converters:
            values[at] = convert(values[at], field.cached_col, here)
        found.append(model.from_db(here.alias, names, values))
    return found


@functools.cache
def _reading(
    model: type[models.Model],
) -> "tuple[str, list[str], list[tuple[int, models.Field[Any, Any], Callable[..., Any]]]]":
    fields = model._meta.concrete_fields
    columns = sql.SQL(", ").join(_column(field) for field in fields)
    head = sql.SQL("SELECT {} FROM {}").format(columns, sql.Identifier(model._meta.db_table))
    converters = [
        (at, field, convert)
        for at, field in enumerate(fields)
        for convert in field.get_db_converters(_here())
    ]
    return head.as_string(), [field.attname for field in fields], converters


def record(
    *, action: str, subject: str, actor: Actor, facts: dict[str, object] | None = None
) -> None:
    """Add the ledger leaf of this action. `facts`: codes, ids, numbers; no personal data."""
    from motcua.kernel.ledger import leaf_values
    from motcua.kernel.models import LedgerLeaf

    unit = current()
    noted = leaf_values(action=action, subject=subject, actor=actor, facts=facts, at=unit.now)
    unit.add_ready(LedgerLeaf, noted)
    unit.recorded = True


def owns_transaction(action: Callable[P, R]) -> Callable[P, R]:
    """The action opens the transaction: all of it happens or nothing.

    The action takes `now` by keyword, records at least one ledger leaf, and returns None or a
    frozen dataclass of plain values: with an idempotency key in force that answer is stored in
    the same transaction and given again to every repetition.
    """
    name = (
        f"{action.__module__.removeprefix('motcua.').removeprefix('contexts.')}.{action.__name__}"
    )
    signature = inspect.signature(action)

    @functools.wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        now = kwargs.get("now")
        if not isinstance(now, datetime):
            raise TypeError(f"{name} needs now=")
        if _current.get() is not None:
            raise RuntimeError(f"{name} owns its transaction and cannot run inside another action")
        claim = idempotency.claim(name, signature, args, kwargs)
        try:
            return _run(action, name, now, claim, args, kwargs)
        except (IntegrityError, DomainError):
            earlier = claim.earlier_result() if claim else None
            if earlier is None:
                raise
            return cast(R, earlier.value)

    return run


def _run(
    action: Callable[..., R],
    name: str,
    now: datetime,
    claim: "idempotency.Claim | None",
    args: Any,
    kwargs: Any,
) -> R:
    unit = UnitOfWork(name, now)
    token = _current.set(unit)
    try:
        with transaction.atomic():
            with _here().execute_wrapper(unit.before_query):
                result = action(*args, **kwargs)
                if not unit.recorded:
                    raise ActionWithoutLeaf(name)
                if claim:
                    unit.add(claim.row(result, now))
            unit.flush()
        _watch(unit)
        return result
    finally:
        _current.reset(token)


def joins_transaction(function: Callable[P, R]) -> Callable[P, R]:
    """The function writes within the action that called it."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        current()
        return function(*args, **kwargs)

    return run


watchers: list[Callable[[UnitOfWork], None]] = []  # the bench listens here; empty otherwise


def _watch(unit: UnitOfWork) -> None:
    for watcher in watchers:
        watcher(unit)


@functools.cache
def _columns(model: type[models.Model]) -> "tuple[tuple[models.Field[Any, Any], ...], str]":
    fields = tuple(
        f
        for f in model._meta.local_concrete_fields
        if not f.generated and f.db_default is models.NOT_PROVIDED
    )
    head = sql.SQL("INSERT INTO {} ({}) VALUES ").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(_column(f) for f in fields),
    )
    return fields, head.as_string()


# What these fields hold goes to the driver as it is, when it is of exactly this type.
_PLAIN: dict[type, type] = {
    models.CharField: str,
    models.TextField: str,
    models.UUIDField: UUID,
    models.BooleanField: bool,
    models.DateTimeField: datetime,
}


def _is_complete(value: object) -> bool:
    return not isinstance(value, datetime) or value.tzinfo is not None


@functools.cache
def _readers(
    model: type[models.Model],
) -> "tuple[tuple[models.Field[Any, Any], str, type | None], ...]":
    """The fields of an insert with the type that needs no conversion; None: always convert."""
    found = []
    for field in _columns(model)[0]:
        held = field.target_field if isinstance(field, models.ForeignKey) else field
        sets_itself = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        plain = None if sets_itself else _PLAIN.get(type(held))
        found.append((field, field.attname, plain))
    return tuple(found)


def _values(
    model: type[models.Model], row: models.Model, wrapper: "BaseDatabaseWrapper"
) -> list[object]:
    found = []
    held = row.__dict__
    for field, name, plain in _readers(model):
        value = held.get(name, field)
        if plain and (value is None or (type(value) is plain and _is_complete(value))):
            found.append(value)
            continue
        value = field.pre_save(row, add=True)
        if isinstance(value, DatabaseDefault):
            raise TypeError(f"{model.__name__}.{field.name} has no value")
        found.append(field.get_db_prep_save(value, wrapper))
    return found


_JOB = "(%s,%s,%s,%s,%s,%s::jsonb,%s)::procrastinate_job_to_defer_v1"


_Inserts = tuple[tuple[type[models.Model], int], ...]
_Changes = tuple[tuple[type[models.Model], tuple[str, ...], tuple[str, ...]], ...]


@functools.lru_cache(maxsize=512)
def _statement(inserts: _Inserts, changes: _Changes, jobs: int) -> str:
    parts: list[str] = []
    answers: list[str] = []
    for model, count in inserts:
        fields, head = _columns(model)
        group = "(" + ", ".join(["%s"] * len(fields)) + ")"
        parts.append(f"w{len(parts)} AS ({head}{', '.join([group] * count)})")
    for model, names, expected in changes:
        touched = sql.SQL("(SELECT count(*) FROM {})").format(sql.Identifier(f"w{len(parts)}"))
        answers.append(touched.as_string())
        parts.append(f"w{len(parts)} AS ({_update(model, names, expected)})")
    if jobs:
        deferred = ", ".join([_JOB] * jobs)
        answers.append(f"procrastinate_defer_jobs_v1(ARRAY[{deferred}])")
    select = "SELECT " + ", ".join(answers or ["1"])
    return _numbered("WITH " + ", ".join(parts) + " " + select if parts else select)


def _numbered(statement: str) -> str:
    """`%s` to `$1`, `$2` …; the statement has no other percent sign."""
    pieces = statement.split("%s")
    return "".join(f"{piece}${n}" for n, piece in enumerate(pieces[:-1], start=1)) + pieces[-1]


def _column(field: "models.Field[Any, Any]") -> sql.Identifier:
    return sql.Identifier(str(field.column))


def _field(meta: "Options[Any]", name: str) -> "models.Field[Any, Any]":
    field = meta.get_field(name)
    assert isinstance(field, models.Field)
    return field


def _update(model: type[models.Model], names: tuple[str, ...], expected: tuple[str, ...]) -> str:
    meta = model._meta
    assert meta.pk is not None

    def column(name: str) -> sql.Identifier:
        return _column(_field(meta, name))

    update = sql.SQL("UPDATE {} SET {} WHERE {} = %s{} RETURNING 1").format(
        sql.Identifier(meta.db_table),
        sql.SQL(", ").join(sql.SQL("{} = %s").format(column(name)) for name in names),
        _column(meta.pk),
        sql.SQL("").join(
            sql.SQL(" AND {} IS NOT DISTINCT FROM %s").format(column(name)) for name in expected
        ),
    )
    return update.as_string()


def _send(statement: str, parameters: list[object]) -> tuple[Any, ...]:
    with _raw_cursor(statement) as cursor:
        return cursor.execute(statement, parameters, prepare=_prepares()).fetchone() or ()


@contextmanager
def _raw_cursor(statement: str) -> "Iterator[psycopg.RawCursor[tuple[Any, ...]]]":
    """Takes $1, $2 … as the server does: nothing to parse on the way."""
    here = _here()
    here.ensure_connection()
    here.validate_no_broken_transaction()
    raw: psycopg.Connection[Any] = here.connection
    started = time.monotonic()
    with here.wrap_database_errors, psycopg.RawCursor(raw) as cursor:
        yield cursor
    if here.queries_logged:
        seconds = f"{time.monotonic() - started:.6f}"
        here.queries_log.append({"sql": statement, "time": seconds})


def _prepares() -> bool:
    return bool(_here().settings_dict.get("PREPARE_WRITES", True))
