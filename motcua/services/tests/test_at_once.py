"""Two people, or one impatient person, in the same second: one effect, and everybody is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from motcua.contexts.casework.contracts import CaseMoved
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import Receipt, StepTaken, SubmitDossier, TakeStep
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.testing import ANSWERS, BIRTH
from motcua.contexts.identity.testing import a_person
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import acting
from motcua.kernel import idempotency, reading
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict
from motcua.kernel.forms import visible
from motcua.kernel.reading import Scope
from motcua.kernel.testing import MONDAY_9AM, citizen, stable_id
from motcua.services.tests.journey import a_birth, papers_for, seen

pytestmark = pytest.mark.usefixtures("small_city_for_threads")
NOW = MONDAY_9AM
MANY = 4


@pytest.fixture
def tuyet(small_city_for_threads: None) -> Actor:
    return citizen(person=a_person().id)


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """What each answered, or the refusal it met; all set off together."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        try:
            start.wait(timeout=30)
            with reading.within(Scope(address="test")):
                return job()
        except Conflict as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def a_full_draft(by: Actor):
    draft = dossiers.begin_draft(
        BIRTH, ward_code="26740", actor=by, now=NOW, ask_registers=False
    ).draft_id
    for page in visible(dossiers.draft(draft, by, now=NOW).version.form, ANSWERS):
        raw = {q.key: ANSWERS[q.key] for q in page.questions if q.key in ANSWERS}
        dossiers.save_page(draft, page.key, raw, actor=by, now=NOW)
    for paper in papers_for(BIRTH, ANSWERS, by, now=NOW):
        dossiers.attach_paper(draft, paper.component_key, paper.file_id, actor=by, now=NOW)
    return draft


def test_a_draft_sent_from_several_phones_is_one_dossier_with_one_receipt(tuyet):
    draft = a_full_draft(tuyet)

    answers = at_once(
        *[lambda: dossiers.submit_draft(draft, actor=tuyet, now=NOW) for _ in range(MANY)]
    )

    assert all(isinstance(answer, Receipt) for answer in answers)
    assert len({answer.code for answer in answers}) == 1
    assert Dossier.objects.count() == 1


def test_an_application_pressed_twice_under_one_key_is_one_dossier(tuyet):
    command = SubmitDossier(
        procedure_code=BIRTH,
        ward_code="26740",
        applicant_person_id=tuyet.person_id,
        answers=ANSWERS,
        papers=papers_for(BIRTH, ANSWERS, tuyet, now=NOW),
    )

    def send() -> Receipt:
        with idempotency.using("bam-hai-lan"):
            return dossiers.submit(command, actor=tuyet, now=NOW)

    answers = at_once(*[send] * MANY)

    assert len({answer.code for answer in answers}) == 1
    assert Dossier.objects.count() == 1


def test_of_two_receivers_one_receives_and_the_other_is_told_who_was_faster(tuyet):
    code = a_birth(tuyet)
    desk = organisations.one_stop_desk("26743").id
    able = organisations.holders_of(desk, Role.RECEIVER, NOW.date())[:2]
    both = [
        replace(acting(one.staff_no, NOW.date()), account_id=stable_id(one.staff_no))
        for one in able
    ]
    command = TakeStep(code=code, action="receive", seen_version=seen(code, now=NOW).version_seen)

    answers = at_once(
        *[lambda a=actor: dossiers.take_step(command, actor=a, now=NOW) for actor in both]
    )

    taken = [answer for answer in answers if isinstance(answer, StepTaken)]
    refused = [answer for answer in answers if isinstance(answer, Conflict)]
    assert (len(taken), len(refused)) == (1, 1)
    assert isinstance(refused[0], CaseMoved), refused[0].message
    later = NOW + timedelta(minutes=1)
    assert [e.kind for e in seen(code, now=later).events] == ["opened", "move"]
