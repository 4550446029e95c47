"""The cast of these tests and neighbours that play mail server and SMS gateway."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.contexts.exchange.contracts import NeighbourDown
from motcua.contexts.exchange.ports import Operation
from motcua.contexts.exchange.testing import registry
from motcua.contexts.identity import testing as identity
from motcua.kernel import clock, events

# In the past of any clock, so that what is handed over then is due now.
NOW = (clock.now() - timedelta(days=3)).replace(hour=9, minute=0, second=0, microsecond=0)


def a_person(name: str, *, email: str = "tuyet@example.vn", phone: str = "0900000001") -> UUID:
    return identity.a_person(name, email=email, phone=phone).id


def run_jobs() -> None:
    """Deliver every waiting event, as the worker does, until none waits."""
    waiting = ProcrastinateJob.objects.filter(status="todo", task_name=events.DELIVER)
    while jobs := list(waiting.order_by("id")):
        for job in jobs:
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.id])
            events.deliver(**job.args)


class Gateway:
    """A mail server or SMS gateway that keeps each key once and may be dead."""

    operations: Mapping[str, Operation] = {"send": Operation(seconds=1.0)}

    def __init__(self, name: str) -> None:
        self.name = name
        self.dead = False
        self.kept: dict[str, Mapping[str, object]] = {}

    def call(
        self, operation: str, payload: Mapping[str, object], *, key: str, seconds: float
    ) -> Mapping[str, object]:
        if self.dead:
            raise NeighbourDown(reason="dead", connector=self.name)
        self.kept.setdefault(key, payload)
        return {"id": key}


@pytest.fixture
def tuyet(db: None) -> UUID:
    return a_person("Nguyễn Thị Ánh Tuyết")


@pytest.fixture
def sms() -> Iterator[Gateway]:
    gateway = Gateway("sms")
    with registry.registered(gateway):
        yield gateway


@pytest.fixture
def mail() -> Iterator[Gateway]:
    gateway = Gateway("mail")
    with registry.registered(gateway):
        yield gateway
