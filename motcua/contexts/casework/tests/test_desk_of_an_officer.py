"""What an officer keeps at the desk: undone hands, snoozed tasks, looks, views, keys."""

from datetime import timedelta
from uuid import UUID

import pytest

from motcua.contexts.casework import public
from motcua.contexts.casework.contracts import (
    AssigneeNotInUnit,
    CaseMoved,
    InboxOrder,
    NotYourStep,
    TaskView,
)
from motcua.contexts.casework.contracts.desk import (
    SnoozeNeedsEnd,
    ViewNameNeeded,
    ViewNameTaken,
    ViewNotFound,
)
from motcua.contexts.casework.testing import CODE, Case, a_case, done, signed_in, the_division
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Actor, Role
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city")
NOW = MONDAY_9AM + timedelta(hours=1)
COLLEAGUE = "26740.2-cv2"


def who(staff_no: str) -> Actor:
    return signed_in(staff_no, NOW)


def officer(staff_no: str) -> UUID:
    return the_officer(staff_no).id


def to_appraise(code: str = CODE, *, hours: float = 0.5) -> TaskView:
    a_case(code)
    done(code, "khue", "receive", hours=hours)
    return task_of(code)


def task_of(code: str = CODE) -> TaskView:
    return next(t for t in public.tasks_of(public.case(code)) if t.closed_at is None)


def asked(**more) -> public.InboxQuery:
    seats = ((the_division().id, Role.CASE_OFFICER),)
    return public.InboxQuery(seats=seats, kind="dossier", now=NOW, **more)


def codes(**more) -> list[str]:
    return [task.case_code for task in public.inbox(asked(**more))]


def test_a_claim_is_undone_by_who_made_it_and_by_nobody_of_the_same_rank():
    task = to_appraise()
    public.claim_task(task.id, actor=who("bao"), now=NOW)

    with pytest.raises(NotYourStep):
        public.return_task(task.id, held_by=officer("bao"), actor=who(COLLEAGUE), now=NOW)
    public.return_task(task.id, held_by=officer("bao"), actor=who("bao"), now=NOW)

    assert task_of().assignee_id is None


def test_what_changed_hands_since_is_not_undone():
    task = to_appraise()
    public.claim_task(task.id, actor=who("bao"), now=NOW)
    public.assign_task(task.id, officer_id=officer(COLLEAGUE), actor=who("nghia"), now=NOW)

    with pytest.raises(CaseMoved, match="sang tay người khác"):
        public.return_task(task.id, held_by=officer("bao"), actor=who("bao"), now=NOW)

    assert task_of().assignee_id == officer(COLLEAGUE)


def test_a_head_gives_back_to_whom_it_was_taken_from_if_they_still_sit_there():
    task = to_appraise()
    public.claim_task(task.id, actor=who("bao"), now=NOW)
    public.assign_task(task.id, officer_id=officer(COLLEAGUE), actor=who("nghia"), now=NOW)
    given = {"held_by": officer(COLLEAGUE), "actor": who("nghia"), "now": NOW}

    with pytest.raises(AssigneeNotInUnit):
        public.return_task(task.id, to=officer("khue"), **given)
    public.return_task(task.id, to=officer("bao"), **given)

    assert task_of().assignee_id == officer("bao")


def test_a_snoozed_task_leaves_one_list_alone_and_comes_back_by_itself():
    task, bao, other = to_appraise(), officer("bao"), officer(COLLEAGUE)

    public.snooze_task(task.id, until=NOW + timedelta(hours=2), actor=who("bao"), now=NOW)

    assert codes(awake_for=bao) == []
    assert codes(asleep_for=bao) == codes(awake_for=other) == [CODE]
    later = asked(awake_for=bao)
    assert public.inbox(public.InboxQuery(**_fields(later) | {"now": NOW + timedelta(hours=3)}))


def _fields(query: public.InboxQuery) -> dict[str, object]:
    return {name: getattr(query, name) for name in query.__slots__}


def test_a_snooze_moves_no_date_and_no_figure():
    task = to_appraise()
    before = Case.objects.filter(code=CODE).values().get()

    public.snooze_task(task.id, until=task.due_at + timedelta(days=2), actor=who("bao"), now=NOW)

    assert task_of() == task
    assert Case.objects.filter(code=CODE).values().get() == before
    late = task.due_at + timedelta(minutes=1)
    assert public.inbox_count(asked(), due_before=late) == 1


def test_a_snooze_ends_ahead_within_a_month_and_is_for_who_holds_the_step():
    task = to_appraise()

    for until in (NOW, NOW - timedelta(hours=1), NOW + timedelta(days=31)):
        with pytest.raises(SnoozeNeedsEnd):
            public.snooze_task(task.id, until=until, actor=who("bao"), now=NOW)
    with pytest.raises(NotYourStep):
        public.snooze_task(task.id, until=NOW + timedelta(hours=1), actor=who("khue"), now=NOW)
    public.snooze_task(task.id, until=NOW + timedelta(hours=1), actor=who("bao"), now=NOW)
    public.snooze_task(task.id, until=NOW + timedelta(hours=5), actor=who("bao"), now=NOW)
    public.wake_task(task.id, actor=who("bao"), now=NOW)

    assert codes(awake_for=officer("bao")) == [CODE]


def test_a_look_is_written_seldom_and_told_to_others_while_it_lasts():
    task, bao = to_appraise(), officer("bao")
    look = {"officer_id": bao, "version": 2}

    first = public.note_look(task.case_id, now=NOW, **look)
    soon = public.note_look(task.case_id, now=NOW + timedelta(seconds=5), **look)
    form = public.note_look(task.case_id, now=NOW + timedelta(seconds=9), deciding=True, **look)

    assert (first, soon, form) == (True, False, True)
    at = NOW + timedelta(seconds=30)
    (seen,) = public.watchers_of(task.case_id, standing=2, since=NOW, now=at)
    assert (seen.name, seen.deciding) == ("Lê Quốc Bảo", True)
    assert public.watchers_of(task.case_id, standing=2, since=at, now=at) == ()
    (gone_on,) = public.watchers_of(task.case_id, standing=3, since=NOW, now=at)
    assert not gone_on.deciding
    assert public.seen_versions([task.case_id], bao) == {task.case_id: 2}


def test_a_view_is_ones_own_until_it_is_shared_with_ones_unit():
    bao, division = who("bao"), the_division().id
    public.save_view("  Khai   sinh ", "thu-tuc=1.001193", actor=bao, now=NOW)
    (mine,) = public.saved_views(bao, now=NOW)

    assert (mine.name, mine.asked, mine.shared) == ("Khai sinh", "thu-tuc=1.001193", False)
    assert public.saved_views(who(COLLEAGUE), now=NOW) == ()
    with pytest.raises(ViewNotFound):
        public.drop_view(mine.id, actor=who(COLLEAGUE), now=NOW)

    public.share_view(mine.id, unit_id=division, actor=bao, now=NOW)

    (theirs,) = public.saved_views(who(COLLEAGUE), now=NOW)
    assert (theirs.id, theirs.mine, theirs.shared) == (mine.id, False, True)
    assert public.saved_views(who("khue"), now=NOW) == ()
    with pytest.raises(ViewNotFound):
        public.drop_view(mine.id, actor=who(COLLEAGUE), now=NOW)
    public.drop_view(mine.id, actor=bao, now=NOW)
    assert public.saved_views(who(COLLEAGUE), now=NOW) == ()


def test_a_view_wants_a_name_of_its_own_and_a_unit_of_ones_own():
    bao = who("bao")
    public.save_view("Tuần này", "", actor=bao, now=NOW)

    for name in ("", "  ", "x" * 61):
        with pytest.raises(ViewNameNeeded):
            public.save_view(name, "", actor=bao, now=NOW)
    with pytest.raises(ViewNameTaken):
        public.save_view("Tuần này", "han=tuan-nay", actor=bao, now=NOW)
    with pytest.raises(WrongRole):
        public.save_view("Khác", "", unit_id=UUID(int=7), actor=bao, now=NOW)


def test_unwanted_keys_are_kept_for_the_officer():
    bao = who("bao")

    public.choose_keys({"D", "B"}, actor=bao, now=NOW)
    public.choose_keys({"D"}, actor=bao, now=NOW)

    assert public.keys_off(officer("bao")) == {"D"}
    assert public.keys_off(officer("khue")) == frozenset()


def test_another_order_pages_there_and_back_over_the_same_rows():
    made = [f"H29.99-20261123-{n:07d}" for n in range(1, 8)]
    for number, code in enumerate(made):
        to_appraise(code, hours=0.5 + number % 3)

    for order in InboxOrder:
        whole = public.inbox(asked(order=order))
        pages, after = [], None
        while part := public.inbox(asked(order=order, after=after, limit=3)):
            pages += part
            after = (
                part[-1].due_at if order is InboxOrder.DUE else part[-1].opened_at,
                part[-1].id,
            )
        first = whole[4]
        key = (first.due_at if order is InboxOrder.DUE else first.opened_at, first.id)
        assert pages == list(whole)
        assert public.inbox(asked(order=order, before=key, limit=2)) == whole[2:4]
    newest = [task.opened_at for task in public.inbox(asked(order=InboxOrder.NEWEST))]
    assert newest == sorted(newest, reverse=True)


def test_the_list_is_narrowed_by_what_the_case_says():
    to_appraise()

    assert codes(subjects=("1.001193",), step="appraise", unassigned=True) == [CODE]
    for wrong in ({"subjects": ("2.000815",)}, {"step": "sign"}, {"source": "COUNTER"},
                  {"field": "dat_dai"}, {"assignee_id": officer("bao")}):  # fmt: skip
        assert codes(**wrong) == []
    due = task_of().due_at
    assert public.counts_by_due(asked(), (due, due + timedelta(minutes=1))) == (0, 1, 1)
    (kind,) = public.kinds_in(asked())
    assert (kind.step, kind.step_name) == ("appraise", "Bước appraise")


@pytest.mark.parametrize("name", ["\u200b", "\u202e \u00ad", "\u2066"])
def test_a_view_has_a_name_that_can_be_seen(name):
    with pytest.raises(ViewNameNeeded):
        public.save_view(name, "", actor=who("bao"), now=NOW)


def test_looks_of_ended_cases_and_old_ones_are_forgotten():
    open_one, ended = to_appraise(), to_appraise("H29.99-20260105-0000002")
    look = {"officer_id": officer("bao"), "version": 3}
    for task in (open_one, ended):
        public.note_look(task.case_id, now=NOW, **look)
    done(ended.case_code, "bao", "stop", reason="Người nộp đã rút.", hours=2)

    kept = public.forget_looks(now=NOW + timedelta(days=29))
    after_the_end = public.forget_looks(now=NOW + timedelta(days=31))
    old = public.forget_looks(now=NOW + timedelta(days=181))

    assert (kept, after_the_end, old) == (0, 1, 1)
