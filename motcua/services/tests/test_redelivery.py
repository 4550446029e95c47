"""At least once means perhaps twice: every event delivered again changes nothing any more."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.testing import signed_in
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import Shortcoming, StepTaken, TakeStep
from motcua.contexts.dossiers.testing import SETTLED_ELSEWHERE, a_submitted_birth
from motcua.contexts.identity.testing import a_person
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel.actors import Actor
from motcua.kernel.events import DELIVER
from motcua.kernel.testing import MONDAY_9AM, citizen

ITEM = Shortcoming(
    component_key="giay_chung_sinh",
    what="Giấy chứng sinh",
    why="Ảnh mờ, không đọc được số.",
    how="Chụp lại thẳng góc, đủ sáng.",
    law="Nghị định 123/2015/NĐ-CP",
)


@pytest.fixture
def tuyet(small_city) -> Actor:
    return citizen(person=a_person().id)


@pytest.fixture
def code(tuyet) -> str:
    return a_submitted_birth(tuyet, now=MONDAY_9AM, desk_ward="26743")


def step(code: str, who: str, action: str, *, minutes: int, **more: object) -> StepTaken:
    now = MONDAY_9AM + timedelta(minutes=minutes)
    seen = casework.case(code).version
    command = TakeStep(code=code, action=action, seen_version=seen, **more)
    return dossiers.take_step(command, actor=signed_in(who, now), now=now)


def assigned(code: str) -> None:
    step(code, "khue", "receive", minutes=30)
    step(code, "nghia", "assign", minutes=40, assignee_id=the_officer("bao").id)


def issued(code: str, tuyet: Actor) -> None:
    assigned(code)
    for minutes, who, action in (
        (60, "bao", "propose"),
        (70, "nghia", "approve"),
        (80, "van", "sign"),
        (90, "ha", "issue"),
    ):
        step(code, who, action, minutes=minutes)


def declined(code: str, tuyet: Actor) -> None:
    step(code, "khue", "decline", minutes=30, items=(SETTLED_ELSEWHERE,))


def asked_for_more(code: str, tuyet: Actor) -> None:
    assigned(code)
    step(code, "bao", "supplement", minutes=60, reason="Ảnh mờ", items=(ITEM,))


def withdrawn(code: str, tuyet: Actor) -> None:
    assigned(code)
    dossiers.withdraw(code, "Nhầm", actor=tuyet, now=MONDAY_9AM + timedelta(hours=2))


def rows() -> dict[str, int]:
    """How many rows every table of the contexts has; the ledger may note a repetition."""
    tables = {model._meta.db_table for model in apps.get_models()}
    counted = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            if not table.startswith(("kernel_", "procrastinate_", "django_")):
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                counted[table] = cursor.fetchone()[0]
    return counted


def deliver_again() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'todo'"
            " WHERE task_name = %s AND status = 'succeeded'",
            [DELIVER],
        )
        return cursor.rowcount


@pytest.mark.parametrize("story", [issued, declined, asked_for_more, withdrawn])
def test_every_event_of_a_dossier_may_come_twice(story, code, tuyet, deliveries):
    story(code, tuyet)
    deliveries()
    before, case = rows(), casework.case(code)

    again = deliver_again()

    assert deliveries() >= again > 0
    assert rows() == before
    assert casework.case(code) == case
