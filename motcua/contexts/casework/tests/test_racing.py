"""Several people in the same second: one effect, one winner, everybody told."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from motcua.contexts.casework import public
from motcua.contexts.casework.contracts import Act, OpinionState, TaskKind, TaskState, Verdict
from motcua.contexts.casework.models import Case, Task
from motcua.contexts.casework.testing import CODE, a_case, act, done, owned, signed_in
from motcua.contexts.casework.tests.test_projection import asked_units
from motcua.contexts.organisations import public as organisations
from motcua.kernel import idempotency
from motcua.kernel.actors import Role
from motcua.kernel.errors import Conflict
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city_for_threads")
NOW = MONDAY_9AM + timedelta(hours=2)
WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
ROOM = ("bao", "26740.2-cv2", "26740.2-cv3")


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """What each answered, or the refusal it met.

    The case and its tasks are held until every job has read them and waits to write: nobody is
    first by luck.
    """

    def run(job: Callable[[], object]) -> object:
        try:
            return job()
        except Conflict as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        with transaction.atomic():
            list(Case.objects.select_for_update().order_by("pk"))
            list(Task.objects.select_for_update().order_by("pk"))
            answers = [pool.submit(run, job) for job in jobs]
            until_waiting(len(jobs))
        return [answer.result(timeout=30) for answer in answers]


def until_waiting(many: int) -> None:
    until, pause = time.monotonic() + 30, threading.Event()
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone() == (many,):
                return
        pause.wait(0.02)
    raise TimeoutError("not everybody came to write")


def refusals(answers: list[object]) -> int:
    return sum(isinstance(answer, Conflict) for answer in answers)


def received() -> None:
    a_case()
    done(CODE, "khue", "receive", hours=0.5)


def propose(who: str) -> Callable[[], object]:
    command = Act(case_code=CODE, action="propose", seen_version=2)
    return lambda: act(command, actor=signed_in(who, NOW), now=NOW)


def test_of_three_officers_at_once_one_acts_and_the_others_are_told():
    received()

    answers = at_once(*(propose(who) for who in ROOM))

    case = public.case(CODE)
    assert refusals(answers) == 2
    assert (case.step, case.version) == ("sign", 3)
    assert [e.serial for e in public.events_of(case)] == [1, 2, 3]
    assert Counter(t.state for t in public.tasks_of(case))[TaskState.OPEN] == 1
    assert LedgerLeaf.objects.filter(action="tests.act", subject=CODE).count() == 2


def test_a_double_click_has_one_effect_and_both_get_the_same_answer():
    received()

    def click() -> object:
        with idempotency.using("the-same-form"):
            return propose("bao")()

    first, second = at_once(click, click)

    assert first == second
    assert public.case(CODE).version == 3
    assert click() == first


def test_of_three_who_claim_at_once_one_gets_it():
    received()
    task = next(t for t in public.tasks_of(public.case(CODE)) if t.closed_at is None)

    answers = at_once(
        *(
            lambda who=who: public.claim_task(task.id, actor=signed_in(who, NOW), now=NOW)
            for who in ROOM
        )
    )

    assert refusals(answers) == 2


def answer(opinion) -> Callable[[], object]:
    holder = organisations.holders_of(opinion.unit_id, Role.CONSULTED, NOW.date())[0]
    return lambda: owned(
        lambda: public.answer_opinion(
            case_code=CODE,
            opinion_id=opinion.id,
            verdict=Verdict.AGREE,
            text="",
            actor=signed_in(holder.staff_no, NOW),
            now=NOW,
        ),
        now=NOW,
    )


def test_two_units_that_answer_in_the_same_second_are_both_heard():
    received()
    done(CODE, "bao", "consult", note="Có vướng gì?", asked=asked_units())
    first, second = public.opinions_of(public.case(CODE).id)

    answers = at_once(answer(first), answer(second))

    states = [o.state for o in public.opinions_of(public.case(CODE).id)]
    (asking,) = (t for t in public.tasks_of(public.case(CODE)) if t.closed_at is None)
    assert refusals(answers) == 0
    assert states == [OpinionState.ANSWERED] * 2
    assert (asking.kind, asking.state) == (TaskKind.STEP, TaskState.OPEN)


def test_an_answer_and_the_silence_of_the_same_opinion_do_not_both_count():
    received()
    done(CODE, "bao", "consult", note="Có vướng gì?", asked=asked_units())
    first, _ = public.opinions_of(public.case(CODE).id)
    late = first.due_at + timedelta(seconds=1)

    answers = at_once(answer(first), lambda: public.fall_silent(opinion_id=first.id, now=late))

    kinds = [e.kind for e in public.events_of(public.case(CODE))]
    assert refusals(answers) == 1
    assert kinds.count("opinion") + kinds.count("silence") == 1
