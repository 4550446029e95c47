"""People of the cast signed in to the small city."""

import itertools
from collections.abc import Callable

import pytest
from django.test import Client

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import Shortcoming, TakeStep
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import a_citizen_account, a_person, signed_in, the_actor
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.web import FIELD

BIRTH, HOUSE, PLAIN = "1.001193", "1.013225", "1.004884"
PASSPORT = "1.001456"  # of a ministry, followed here only
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


ASKED = Shortcoming(
    component_key="giay_chung_sinh",
    what="Giấy chứng sinh",
    why="Ảnh mờ.",
    how="Chụp lại đủ bốn góc.",
    law="Luật Hộ tịch 60/2014/QH13",
)


def step(code: str, who: str, action: str, **more) -> None:
    now = clock.now()
    officer = acting(who, now.date())
    seen = dossiers.desk_view(code, officer, now=now).dossier.version_seen
    command = TakeStep(code=code, action=action, seen_version=seen, **more)
    dossiers.take_step(command, actor=officer, now=now)


def assigned(code: str) -> str:
    step(code, "ngan", "receive")
    step(code, "nghia", "assign", assignee_id=the_officer("bao").id)
    return code


@pytest.fixture
def asked(submitted) -> str:
    """A dossier that waits for its applicant."""
    code = assigned(submitted())
    step(code, "bao", "supplement", reason="Ảnh mờ", items=(ASKED,))
    return code


@pytest.fixture
def decided(submitted) -> str:
    code = assigned(submitted())
    for who, action in (("bao", "propose"), ("nghia", "approve"), ("van", "sign"), ("ha", "issue")):
        step(code, who, action)
    return code


def text_of(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")
