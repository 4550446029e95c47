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
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

import psycopg
from django.db import IntegrityError, connection, models, transaction
from django.db.models.expressions import DatabaseDefault

from motcua.kernel import idempotency
from motcua.kernel.actors import Actor
from motcua.kernel.errors import DomainError

P = ParamSpec("P")
R = TypeVar("R")


def uuid7() -> UUID:
    """Time-ordered identifier (RFC 9562), made here because older servers cannot."""
    milliseconds = time.time_ns() // 1_000_000
    raw = bytearray(milliseconds.to_bytes(6, "big") + os.urandom(10))
    raw[6] = (raw[6] & 0x0F) | 0x70
    raw[8] = (raw[8] & 0x3F) | 0x80
    return UUID(bytes=bytes(raw))


class ActionWithoutLeaf(RuntimeError):
    """A programming mistake: an action ended without a ledger leaf."""


class UnitOfWork:
    """What one action will write."""

    def __init__(self, name: str, now: datetime) -> None:
        self.name = name
        self.now = now
        self.recorded = False
        self.statements: list[tuple[str, list[object]]] = []  # read by the bench
        self._rows: dict[type[models.Model], list[models.Model]] = {}
        self._jobs: list[tuple[object, ...]] = []

    def add(self, row: models.Model) -> None:
        self._rows.setdefault(type(row), []).append(row)

    def defer(self, job: tuple[object, ...]) -> None:
        self._jobs.append(job)

    def flush(self) -> None:
        """Send every waiting row and job as one statement."""
        if not self._rows and not self._jobs:
            return
        rows, jobs = self._rows, self._jobs
        self._rows, self._jobs = {}, []
        shape = (tuple((model, len(group)) for model, group in rows.items()), len(jobs))
        sql = _statement(*shape)
        parameters = [
            value
            for model, group in rows.items()
            for row in group
            for value in _values(model, row)
        ]
        parameters.extend(value for job in jobs for value in job)
        self.statements.append((sql, parameters))
        _send(sql, parameters)
        for group in rows.values():
            for row in group:
                row._state.adding = False
                row._state.db = connection.alias

    def before_query(
        self, execute: Any, sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Django execute wrapper: an action reads its own writes."""
        self.flush()
        return execute(sql, params, many, context)


_current: ContextVar[UnitOfWork | None] = ContextVar("unit_of_work", default=None)


def current() -> UnitOfWork:
    """The unit of work in force. Raises RuntimeError outside an action."""
    unit = _current.get()
    if unit is None:
        raise RuntimeError(
            "this writes, so it belongs inside an action (@owns_transaction)"
        )
    return unit


def insert(*rows: models.Model) -> None:
    """Insert rows at the end of the action, in one statement with all its other rows."""
    unit = current()
    for row in rows:
        unit.add(row)


def record(
    *, action: str, subject: str, actor: Actor, facts: dict[str, object] | None = None
) -> None:
    """Add the ledger leaf of this action. `facts`: codes, ids, numbers; no personal data."""
    from motcua.kernel.ledger import new_leaf

    unit = current()
    unit.add(
        new_leaf(action=action, subject=subject, actor=actor, facts=facts, at=unit.now)
    )
    unit.recorded = True


def owns_transaction(action: Callable[P, R]) -> Callable[P, R]:
    """The action opens the transaction: all of it happens or nothing.

    The action takes `now` by keyword, records at least one ledger leaf, and returns None or a
    frozen dataclass of plain values: with an idempotency key in force that answer is stored in
    the same transaction and given again to every repetition.
    """
    name = f"{action.__module__.removeprefix('motcua.').removeprefix('contexts.')}.{action.__name__}"
    signature = inspect.signature(action)

    @functools.wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        now = kwargs.get("now")
        if not isinstance(now, datetime):
            raise TypeError(f"{name} needs now=")
        if _current.get() is not None:
            raise RuntimeError(
                f"{name} owns its transaction and cannot run inside another action"
            )
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
            with connection.execute_wrapper(unit.before_query):
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


watchers: list[
    Callable[[UnitOfWork], None]
] = []  # the bench listens here; empty otherwise


def _watch(unit: UnitOfWork) -> None:
    for watcher in watchers:
        watcher(unit)


@functools.cache
def _columns(
    model: type[models.Model],
) -> "tuple[tuple[models.Field[Any, Any], ...], str]":
    fields = tuple(
        f
        for f in model._meta.local_concrete_fields
        if not f.generated and f.db_default is models.NOT_PROVIDED
    )
    names = ", ".join(f'"{f.column}"' for f in fields)
    return fields, f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES '


def _values(model: type[models.Model], row: models.Model) -> list[object]:
    fields, _ = _columns(model)
    found = []
    for field in fields:
        value = field.pre_save(row, add=True)
        if isinstance(value, DatabaseDefault):
            raise TypeError(f"{model.__name__}.{field.name} has no value")
        found.append(field.get_db_prep_save(value, connection))
    return found


_JOB = "(%s,%s,%s,%s,%s,%s::jsonb,%s)::procrastinate_job_to_defer_v1"


@functools.lru_cache(maxsize=512)
def _statement(shape: tuple[tuple[type[models.Model], int], ...], jobs: int) -> str:
    parts = []
    for model, count in shape:
        fields, head = _columns(model)
        group = "(" + ", ".join(["%s"] * len(fields)) + ")"
        parts.append(head + ", ".join([group] * count))
    if jobs:
        deferred = (
            f"SELECT procrastinate_defer_jobs_v1(ARRAY[{', '.join([_JOB] * jobs)}])"
        )
        parts.append(deferred)
    if len(parts) == 1:
        return parts[0]
    named = ", ".join(f"w{i} AS ({part})" for i, part in enumerate(parts[:-1]))
    return f"WITH {named} {parts[-1]}"


def _send(sql: str, parameters: list[object]) -> None:
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    raw: psycopg.Connection[Any] = connection.connection
    prepare = bool(connection.settings_dict.get("PREPARE_WRITES", True))
    started = time.monotonic()
    with connection.wrap_database_errors, psycopg.Cursor(raw) as cursor:
        cursor.execute(sql, parameters, prepare=prepare)
    if connection.queries_logged:
        connection.queries_log.append(
            {"sql": sql, "time": f"{time.monotonic() - started:.6f}"}
        )
