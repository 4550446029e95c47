"""Opinions asked side by side: answered, or taken as silent when the time is over."""

from datetime import timedelta

import pytest

from motcua.contexts.casework import public
from motcua.contexts.casework.contracts import (
    AlreadyAnswered,
    LongerAskedBefore,
    LongerNotAsked,
    NobodyAsked,
    NotYourStep,
    OpinionsOutstanding,
    OpinionState,
    Phase,
    ReasonNeeded,
    Silence,
    TaskKind,
    TaskState,
    Verdict,
)
from motcua.contexts.casework.tasks import apply_silence, remind_of_opinions
from motcua.contexts.casework.testing import CODE, a_case, done, owned, signed_in
from motcua.contexts.casework.tests.test_projection import asked_units
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import Role
from motcua.kernel.testing import MONDAY_9AM

TODAY = MONDAY_9AM.date()


@pytest.fixture
def asked(small_city):
    """Two units were asked at 10:00; each has 16 working hours, the 24th is a holiday."""
    a_case()
    done(CODE, "khue", "receive", hours=0.5)
    done(CODE, "bao", "consult", note="Có vướng gì?", asked=asked_units())
    return public.opinions_of(public.case(CODE).id)


def answer(opinion, verdict=Verdict.AGREE, *, text="", hours=2.0, who="") -> None:
    holder = who or organisations.holders_of(opinion.unit_id, Role.CONSULTED, TODAY)[0].staff_no
    now = MONDAY_9AM + timedelta(hours=hours)
    owned(
        lambda: public.answer_opinion(
            case_code=CODE,
            opinion_id=opinion.id,
            verdict=verdict,
            text=text,
            actor=signed_in(holder, MONDAY_9AM),
            now=now,
        ),
        now=now,
    )


def states() -> list[OpinionState]:
    return [o.state for o in public.opinions_of(public.case(CODE).id)]


def asking_task():
    tasks = public.tasks_of(public.case(CODE))
    return next(t for t in tasks if t.kind is TaskKind.STEP and t.closed_at is None)


def test_each_asked_unit_gets_a_task_of_its_own(asked):
    tasks = [t for t in public.tasks_of(public.case(CODE)) if t.kind is TaskKind.OPINION]

    assert {t.unit_id for t in tasks} == {a.unit_id for a in asked_units()}
    assert [t.role for t in tasks] == [Role.CONSULTED] * 2
    assert [o.due_at for o in asked] == [MONDAY_9AM + timedelta(days=3, hours=1)] * 2
    assert asking_task().state is TaskState.WAITING


def test_while_answers_are_out_the_step_waits_and_the_clock_runs(asked):
    with pytest.raises(OpinionsOutstanding):
        done(CODE, "bao", "propose", hours=3)

    assert public.case(CODE).phase is Phase.RUNNING


def test_one_answers_one_is_silent_and_the_case_goes_on_at_the_deadline(asked):
    first, _ = asked
    answer(first, Verdict.COMMENT, text="Nhà có lộ giới 12 m.")
    apply_silence(first.due_at)
    assert states() == [OpinionState.ANSWERED, OpinionState.ASKED]

    apply_silence(first.due_at + timedelta(minutes=1))

    silent = public.opinions_of(public.case(CODE).id)[1]
    assert states() == [OpinionState.ANSWERED, OpinionState.SILENT]
    assert silent.silence is Silence.CONSENT
    assert asking_task().state is TaskState.OPEN
    done(CODE, "bao", "propose", hours=80)
    kinds = [e.kind for e in public.events_of(public.case(CODE))]
    assert kinds == ["opened", "move", "consult", "opinion", "silence", "move"]


def test_the_rule_of_silence_applied_twice_has_one_effect(asked):
    late = asked[0].due_at + timedelta(minutes=1)

    apply_silence(late)
    apply_silence(late + timedelta(minutes=1))

    assert states() == [OpinionState.SILENT] * 2
    assert public.case(CODE).version == 5


def test_after_the_deadline_the_answer_comes_too_late(asked):
    apply_silence(asked[0].due_at + timedelta(minutes=1))

    with pytest.raises(AlreadyAnswered):
        answer(asked[0], hours=90)


def test_when_all_have_answered_the_asking_step_opens_at_once(asked):
    for opinion in asked:
        answer(opinion)

    assert asking_task().state is TaskState.OPEN
    assert states() == [OpinionState.ANSWERED] * 2


def test_nobody_answers_twice_or_for_another_unit(asked):
    answer(asked[0])

    with pytest.raises(AlreadyAnswered):
        answer(asked[0])
    with pytest.raises(NotYourStep, match="Ý kiến này dành cho"):
        answer(asked[1], who="khue")


def test_a_no_needs_its_reason(asked):
    with pytest.raises(ReasonNeeded):
        answer(asked[0], Verdict.DISAGREE, text=" ")

    assert states() == [OpinionState.ASKED] * 2


def test_answers_are_not_shown_to_the_party(asked):
    answer(asked[0], Verdict.DISAGREE, text="Không đồng ý")

    shown = public.events_of(public.case(CODE), party_only=True)

    assert "opinion" not in {e.kind for e in shown}


def test_asking_nobody_is_refused(small_city):
    a_case()
    done(CODE, "khue", "receive", hours=0.5)

    with pytest.raises(NobodyAsked):
        done(CODE, "bao", "consult", asked=())


def test_a_case_that_is_stopped_asks_nobody_any_more(asked):
    done(CODE, "bao", "stop", reason="Người nộp rút", hours=3)

    assert states() == [OpinionState.WITHDRAWN] * 2
    assert all(t.closed_at for t in public.tasks_of(public.case(CODE)))


def change(act, opinion, who: str, *, hours: float = 2.0, **more) -> None:
    now = MONDAY_9AM + timedelta(hours=hours)
    actor = signed_in(who, MONDAY_9AM)
    owned(lambda: act(case_code=CODE, opinion_id=opinion.id, actor=actor, now=now, **more), now=now)


def consulted(opinion) -> str:
    return organisations.holders_of(opinion.unit_id, Role.CONSULTED, TODAY)[0].staff_no


def test_an_asked_unit_is_reminded_once_before_its_time_is_over(asked):
    nearly = asked[0].due_at - timedelta(hours=3)

    early = public.opinions_due_soon(MONDAY_9AM + timedelta(hours=4))
    soon = public.opinions_due_soon(nearly)
    remind_of_opinions(nearly)

    assert early == ()
    assert set(soon) == {opinion.id for opinion in asked}
    assert public.opinions_due_soon(nearly) == ()


def test_a_question_is_taken_back_by_who_asked_and_the_step_goes_on(asked):
    first, second = asked

    with pytest.raises(NotYourStep):
        change(public.withdraw_opinion, first, "khue", reason="Không cần nữa")
    with pytest.raises(ReasonNeeded):
        change(public.withdraw_opinion, first, "bao", reason=" ")
    change(public.withdraw_opinion, first, "bao", reason="Không cần nữa")
    waiting = asking_task().state
    answer(second)

    assert waiting is TaskState.WAITING
    assert asking_task().state is TaskState.OPEN
    assert states() == [OpinionState.WITHDRAWN, OpinionState.ANSWERED]
    with pytest.raises(AlreadyAnswered):
        answer(first, hours=3)


def test_more_time_is_asked_for_once_and_moves_no_clock_of_the_case(asked):
    opinion, due = asked[0], public.case(CODE).due_at
    who = consulted(opinion)

    with pytest.raises(LongerNotAsked):
        change(public.answer_longer, opinion, "bao", grants=True)
    with pytest.raises(NotYourStep):
        change(public.ask_longer, opinion, "khue", reason="Chờ bản đồ", wanted=8)
    change(public.ask_longer, opinion, who, reason="Chờ bản đồ", wanted=8)
    change(public.answer_longer, opinion, "bao", grants=True)

    after = public.opinions_of(public.case(CODE).id)[0]
    assert after.due_at > opinion.due_at
    assert public.case(CODE).due_at == due
    with pytest.raises(LongerAskedBefore):
        change(public.ask_longer, opinion, who, reason="Nữa", wanted=8)


def test_an_answer_after_the_deadline_is_kept_and_changes_nothing(asked):
    late = asked[0].due_at + timedelta(hours=1)
    apply_silence(late)
    hours = (late - MONDAY_9AM).total_seconds() / 3600 + 1

    who = consulted(asked[0])
    said = {"verdict": Verdict.DISAGREE, "text": "Đất có tranh chấp."}
    change(public.answer_late, asked[0], who, hours=hours, **said)

    first = public.opinions_of(public.case(CODE).id)[0]
    assert (first.state, first.verdict) == (OpinionState.SILENT, Verdict.DISAGREE)
    with pytest.raises(AlreadyAnswered):
        change(public.answer_late, asked[0], who, hours=hours + 1, **said)
    assert public.deviating_codes([public.case(CODE).id]) == []
