"""People of the cast signed in to the small city."""

import itertools
from collections.abc import Callable

import pytest
from django.test import Client

from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import a_citizen_account, a_person, signed_in, the_actor
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.web import FIELD

BIRTH, HOUSE, PLAIN = "1.001193", "1.013225", "1.004884"
KEYS = itertools.count()


class Browser(Client):
    """A client that sends a fresh idempotency key with every form, as pages do."""

    def send(self, url: str, data: dict | None = None, *, key: str = "", **more):
        key = key or f"test-{next(KEYS)}"
        return self.post(url, {**(data or {}), FIELD: key}, **more)


@pytest.fixture
def stranger(small_city: None) -> Browser:
    return Browser()


@pytest.fixture
def account(small_city: None):
    return a_citizen_account()


@pytest.fixture
def tuyet(account) -> Browser:
    return signed_in(Browser(), account)


@pytest.fixture
def khoa(small_city: None) -> Browser:
    person = a_person("Lê Minh Khoa", personal_number="079188999002", sex="nam")
    return signed_in(Browser(), a_citizen_account(person))


@pytest.fixture
def actor(account) -> Actor:
    return the_actor(account)


@pytest.fixture
def draft_id(tuyet: Browser) -> str:
    """A birth registration just begun."""
    answer = tuyet.send(f"/nop/{BIRTH}", {"ward": "26740", "consent": "no"})
    return answer.headers["Location"].rsplit("/", 1)[-1]


@pytest.fixture
def submitted(actor: Actor) -> Callable[[], str]:
    """Sends one more birth registration."""
    return lambda: a_submitted_birth(actor, now=clock.now())


def text_of(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")
