"""Who does a task: the assigned, their substitute, whoever claims it; never nobody."""

from datetime import date, timedelta

import pytest

from motcua.contexts.casework import public
from motcua.contexts.casework.contracts import (
    AssigneeNotInUnit,
    CaseMoved,
    CaseView,
    NotYourStep,
    TaskView,
)
from motcua.contexts.casework.testing import CODE, a_case, done, signed_in
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city")
TODAY = MONDAY_9AM.date()
BACK = TODAY + timedelta(days=3)
COLLEAGUE, OTHER = "26740.2-cv2", "26740.2-cv3"


def to_appraise(assignee: str = "") -> TaskView:
    a_case()
    done(CODE, "khue", "receive", hours=0.5)
    if assignee:
        public.assign_task(
            the_task().id,
            officer_id=the_officer(assignee).id,
            actor=signed_in("nghia", MONDAY_9AM),
            now=MONDAY_9AM,
        )
    return the_task()


def the_task() -> TaskView:
    return next(t for t in public.tasks_of(public.case(CODE)) if t.closed_at is None)


def leave(absent: str, substitute: str = "", *, back_on: date = BACK, by: str = "nghia") -> None:
    organisations.grant_substitution(
        absent_id=the_officer(absent).id,
        substitute_id=the_officer(substitute).id if substitute else None,
        first_on=TODAY,
        back_on=back_on,
        reason="Nghỉ phép",
        actor=acting(by, TODAY),
        now=MONDAY_9AM,
    )


def inbox_of(staff_no: str, on: date = TODAY) -> list[str]:
    actor = acting(staff_no, on)
    seats = tuple(dict.fromkeys((post.unit_id, post.role) for post in actor.posts))
    return [t.case_code for t in public.inbox(public.InboxQuery(seats=seats, kind="dossier"))]


def propose(staff_no: str, *, hours: float = 2) -> CaseView:
    done(CODE, staff_no, "propose", hours=hours)
    return public.case(CODE)


def test_a_task_given_to_one_is_not_done_by_a_colleague():
    to_appraise("bao")

    with pytest.raises(NotYourStep, match="Việc này đã giao cho Lê Quốc Bảo"):
        propose(COLLEAGUE)

    assert propose("bao").step == "sign"


def test_the_substitute_of_the_same_room_does_the_task_of_the_absent():
    to_appraise("bao")
    leave("bao", COLLEAGUE)
    with pytest.raises(NotYourStep):
        propose(OTHER)

    assert inbox_of(COLLEAGUE) == [CODE]
    assert propose(COLLEAGUE).step == "sign"

    assert public.events_of(public.case(CODE))[-1].on_behalf_of == the_officer("bao").id


def test_the_substitute_of_another_room_sees_it_only_while_it_lasts():
    to_appraise("bao")
    leave("bao", "phat")

    assert inbox_of("phat") == [CODE]
    assert inbox_of("phat", BACK) == []
    with pytest.raises(NotYourStep):
        propose("phat", hours=24 * 3)
    assert propose("bao", hours=24 * 3).step == "sign"


def test_without_a_named_substitute_the_head_does_it():
    to_appraise("bao")
    leave("bao")

    assert propose("nghia").step == "sign"

    assert public.events_of(public.case(CODE))[-1].on_behalf_of == the_officer("bao").id


def test_one_who_comes_in_on_a_day_of_leave_may_act():
    to_appraise("bao")
    leave("bao", COLLEAGUE)

    assert propose("bao").step == "sign"


def test_what_a_substitute_was_given_is_open_to_all_when_the_absent_is_back():
    to_appraise()
    leave("bao", "phat")
    public.assign_task(
        the_task().id,
        officer_id=the_officer("phat").id,
        actor=signed_in("nghia", MONDAY_9AM),
        now=MONDAY_9AM,
    )
    with pytest.raises(NotYourStep):
        propose(COLLEAGUE)

    assert propose(COLLEAGUE, hours=24 * 3).step == "sign"


@pytest.mark.parametrize("away", [(), ("bao",), ("bao", COLLEAGUE), ("bao", COLLEAGUE, OTHER)])
@pytest.mark.parametrize("head_away", [False, True])
def test_at_no_instant_is_a_task_without_somebody_who_can_do_it(away, head_away):
    task = to_appraise("bao")
    for staff_no in away:
        leave(staff_no)
    if head_away:
        leave("nghia", by="van")

    for day in (TODAY, BACK - timedelta(days=1), BACK):
        able = [
            officer.staff_no
            for officer in organisations.holders_of(task.unit_id, task.role, day)
            if public.post_for(task, acting(officer.staff_no, day), on=day)
        ]
        assert able, day


def test_claiming_is_for_one_and_the_second_is_told():
    task = to_appraise()

    public.claim_task(task.id, actor=signed_in("bao", MONDAY_9AM), now=MONDAY_9AM)
    public.claim_task(task.id, actor=signed_in("bao", MONDAY_9AM), now=MONDAY_9AM)
    with pytest.raises(CaseMoved, match="vừa có người khác nhận"):
        public.claim_task(task.id, actor=signed_in(COLLEAGUE, MONDAY_9AM), now=MONDAY_9AM)

    assert the_task().assignee_id == the_officer("bao").id


def test_only_holders_claim_only_heads_assign_only_to_the_able():
    task = to_appraise()

    with pytest.raises(NotYourStep):
        public.claim_task(task.id, actor=signed_in("khue", MONDAY_9AM), now=MONDAY_9AM)
    with pytest.raises(NotYourStep, match="Chỉ trưởng đơn vị"):
        public.assign_task(
            task.id,
            officer_id=the_officer("bao").id,
            actor=signed_in("bao", MONDAY_9AM),
            now=MONDAY_9AM,
        )
    with pytest.raises(AssigneeNotInUnit):
        public.assign_task(
            task.id,
            officer_id=the_officer("khue").id,
            actor=signed_in("nghia", MONDAY_9AM),
            now=MONDAY_9AM,
        )


def test_a_task_that_is_done_is_not_claimed():
    task = to_appraise()
    propose("bao")

    with pytest.raises(CaseMoved):
        public.claim_task(task.id, actor=signed_in("bao", MONDAY_9AM), now=MONDAY_9AM)
