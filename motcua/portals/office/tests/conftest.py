"""The administrator of the cast at a browser, and a queue with something wrong in it."""

import itertools
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from motcua.contexts.identity.testing import an_officer_account, signed_in
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel.models import LedgerHead, LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM
from motcua.kernel.testing.sealing import sealed_unasked

KEYS = itertools.count()
SUBSCRIBER = "motcua.contexts.payments.subscribers.ask_for_money"


def browser(name: str) -> Client:
    return signed_in(Client(), an_officer_account(name, officer_id=the_officer(name).id))


@pytest.fixture
def quynh(small_city) -> Client:
    return browser("quynh")


def text_of(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def post(client: Client, url: str, **data):
    return client.post(url, {"idempotency_key": f"office-{next(KEYS)}", **data})


@pytest.fixture
def dead(small_city) -> Callable[..., int]:
    """A job that used up its tries; returns its number."""

    def make(*, subscriber: str = SUBSCRIBER, subject: str = "H29.99-20261105-0000001") -> int:
        args = (
            f'{{"event": "dossiers.submitted", "subscriber": "{subscriber}",'
            f' "payload": {{"subject": "{subject}", "full_name": "Nguyễn Thị Ánh Tuyết"}}}}'
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)"
                " VALUES ('retry', 'motcua.kernel.jobs.deliver', %s, 'failed', 8) RETURNING id",
                [args],
            )
            return cursor.fetchone()[0]

    return make


def state_of(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        return cursor.fetchone()[0]


def sealed(*, below: int) -> LedgerHead:
    """A head over every leaf of an earlier transaction; the horizon of a server is not asked."""
    return sealed_unasked(now=MONDAY_9AM, below=below)


def leaves(action: str) -> int:
    return LedgerLeaf.objects.filter(action=action).count()
