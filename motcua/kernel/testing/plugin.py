"""Tripwires: mistakes that pass unseen in production fail every test here.

Warnings are errors (pyproject), no socket leaves the machine, a queryset without an order comes
back shuffled, a template variable must exist, a page needs a title and a language.
"""

import json
import random
import socket
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.template.base import Variable, VariableDoesNotExist
from hypothesis import HealthCheck, settings

from motcua.kernel import events, reading
from motcua.kernel.db import UnitOfWork, watchers

# A machine with much else to do is no mistake of the code.
settings.register_profile("city", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("city")

LOOPBACK = ("127.", "::1", "localhost")


class OutsideWorld(RuntimeError):
    """A test tried to reach something that is not this machine."""


@pytest.fixture(autouse=True)
def no_outside_world(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise OutsideWorld(str(address))
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def readings_of_the_test() -> Iterator[None]:
    """A test may look at what it made; what the city reads for a request is still logged."""
    with reading.within(reading.Scope(address="test")):
        yield


@pytest.fixture(autouse=True)
def unordered_is_shuffled(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the database may return in any order, it returns in any order."""
    fetch = QuerySet._fetch_all

    def shuffled(self: QuerySet[Any]) -> None:
        fresh = self._result_cache is None
        fetch(self)
        if fresh and not self.ordered and not self.query.combinator:
            random.shuffle(self._result_cache or [])

    monkeypatch.setattr(QuerySet, "_fetch_all", shuffled)


@pytest.fixture(autouse=True)
def template_variables_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable of ours that does not exist fails, except in `{% if %}` and with `default`."""
    resolve: Callable[[Variable, Any], Any] = vars(Variable)["_resolve_lookup"]

    def strict(self: Variable, context: Any) -> Any:
        try:
            return resolve(self, context)
        except VariableDoesNotExist as missing:
            template = getattr(context, "template", None)
            origin = str(getattr(getattr(template, "origin", None), "name", ""))
            if "/motcua/" in origin and not _is_tolerated():
                raise AssertionError(f"{origin}: no variable «{self.var}»") from missing
            raise

    monkeypatch.setattr(Variable, "_resolve_lookup", strict)


def _is_tolerated() -> bool:
    """Asked inside `{% if %}`, `{% firstof %}` or with `|default`: absence is a fair answer."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_name in {"eval", "render"}:
            owner = type(frame.f_locals.get("self")).__name__
            if owner in {"TemplateLiteral", "IfNode", "FirstOfNode"}:
                return True
            if frame.f_code.co_name == "render":
                return False
        if frame.f_code.co_name == "resolve":
            expression = frame.f_locals.get("self")
            filters = getattr(expression, "filters", ())
            if any(
                getattr(f[0], "__name__", "") in {"default", "default_if_none"} for f in filters
            ):
                return True
        frame = frame.f_back
    return False


@pytest.fixture
def statements(db: None) -> Iterator[list[str]]:
    """The SQL that actions sent, one entry per statement of their unit of work."""
    sent: list[str] = []

    def watch(unit: UnitOfWork) -> None:
        sent.extend(sql for sql, _ in unit.statements)

    watchers.append(watch)
    yield sent
    watchers.remove(watch)


@pytest.fixture
def deliveries(db: None) -> Callable[[], int]:
    """Run every waiting event job, and those they make, as the worker would. Returns how many."""

    def run() -> int:
        done = 0
        while jobs := _waiting_jobs():
            for number, args in jobs:
                events.deliver(**args)
                _finish(number)
                done += 1
        return done

    return run


def _waiting_jobs() -> list[tuple[int, dict[str, Any]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, args FROM procrastinate_jobs"
            " WHERE status = 'todo' AND task_name = %s ORDER BY id",
            [events.DELIVER],
        )
        rows = cursor.fetchall()
    return [(n, json.loads(a) if isinstance(a, str) else a) for n, a in rows]


def _finish(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [number])
