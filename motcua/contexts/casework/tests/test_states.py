"""The ten national states, each with what it does to the clock (facts 1.4)."""

from datetime import timedelta

import pytest

from motcua.contexts.casework import public
from motcua.contexts.casework.contracts import (
    ActionNotOffered,
    CaseEnded,
    CaseMoved,
    NotYourStep,
    Phase,
    ReasonNeeded,
    Timeliness,
)
from motcua.contexts.casework.testing import CODE, a_case, done, owned
from motcua.kernel.actors import SYSTEM
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city")
LATER = MONDAY_9AM + timedelta(days=2)


def received(code: str = CODE) -> None:
    done(code, "khue", "receive", hours=0.5)


def issued(code: str = CODE) -> None:
    received(code)
    done(code, "bao", "propose", hours=1)
    done(code, "van", "sign", hours=2)
    done(code, "ha", "issue", hours=3)


def withdrawal_asked() -> None:
    received()
    now = MONDAY_9AM + timedelta(hours=1)
    owned(
        lambda: public.ask_withdrawal(
            case_code=CODE, reason="Nộp nhầm", asked=7, actor=SYSTEM, now=now
        ),
        now=now,
    )


def stopped_on_request() -> None:
    withdrawal_asked()
    now = MONDAY_9AM + timedelta(hours=1)
    owned(lambda: public.stop_withdrawn(case_code=CODE, stopped=8, actor=SYSTEM, now=now), now=now)


def proposed() -> None:
    received()
    done(CODE, "bao", "propose")


def asked_for_more(action: str):
    def ask() -> None:
        received()
        done(CODE, "bao", action, reason="Còn thiếu")

    return ask


def returned() -> None:
    issued()
    done(CODE, "khue", "return_result", hours=4)


def stopped_by_the_authority() -> None:
    received()
    done(CODE, "bao", "stop", reason="Người nộp đã mất")


STORIES = [
    (1, Phase.INTAKE, Timeliness.NOT_SET, lambda: None),
    (2, Phase.RUNNING, Timeliness.RUNNING_OK, received),
    (3, Phase.ENDED, Timeliness.ON_TIME, lambda: done(CODE, "khue", "decline", reason="Sai nơi")),
    (4, Phase.RUNNING, Timeliness.RUNNING_OK, proposed),
    (5, Phase.PAUSED, Timeliness.PAUSED, asked_for_more("supplement")),
    (6, Phase.PAUSED, Timeliness.PAUSED, asked_for_more("oblige")),
    (7, Phase.RUNNING, Timeliness.RUNNING_OK, withdrawal_asked),
    (8, Phase.ENDED, Timeliness.EARLY, stopped_on_request),
    (8, Phase.ENDED, Timeliness.EARLY, stopped_by_the_authority),
    (9, Phase.DECIDED, Timeliness.EARLY, issued),
    (10, Phase.ENDED, Timeliness.EARLY, returned),
]
RUNS = {2, 4, 7}


@pytest.mark.parametrize(("status", "phase", "timeliness", "story"), STORIES)
def test_each_state_has_its_effect_on_the_clock(status, phase, timeliness, story):
    a_case()

    story()

    case = public.case(CODE)
    soon, _ = public.clock_of(CODE, as_of=MONDAY_9AM + timedelta(hours=5))
    later, _ = public.clock_of(CODE, as_of=LATER)
    assert (case.status, case.phase) == (status, phase)
    assert soon.timeliness is timeliness
    assert (later.consumed_minutes > soon.consumed_minutes) is (status in RUNS)
    assert soon.due_at == case.due_at


def test_the_receive_clock_ends_eight_working_hours_after_sending():
    case = a_case()

    assert case.receive_due_at == MONDAY_9AM.replace(hour=9) + timedelta(days=2)
    assert case.started_at is None


def test_the_first_promise_stays_when_the_date_moves():
    a_case()
    asked_for_more("supplement")()
    promised = public.case(CODE).due_original

    supplied_on_thursday()

    case = public.case(CODE)
    assert case.due_original == promised
    assert case.due_at and promised and case.due_at > promised


def supplied_on_thursday() -> None:
    now = MONDAY_9AM + timedelta(days=3)
    owned(
        lambda: public.resume(
            case_code=CODE,
            reason=public.pauses_of(public.case(CODE).id)[0].reason,
            status=4,
            note="",
            actor=SYSTEM,
            now=now,
        ),
        now=now,
    )


@pytest.mark.parametrize("story", [returned, stopped_on_request, stopped_by_the_authority])
def test_nothing_happens_after_the_end(story):
    a_case()
    story()

    for who, action in (("khue", "receive"), ("bao", "propose"), ("van", "sign")):
        with pytest.raises(CaseEnded):
            done(CODE, who, action, hours=9)
    with pytest.raises(CaseEnded):
        owned(
            lambda: public.ask_withdrawal(
                case_code=CODE, reason="", asked=7, actor=SYSTEM, now=LATER
            ),
            now=LATER,
        )


@pytest.mark.parametrize("story", [issued, returned])
def test_nobody_withdraws_after_the_decision(story):
    a_case()
    story()

    with pytest.raises(CaseEnded, match="đã có kết quả"):
        owned(
            lambda: public.ask_withdrawal(
                case_code=CODE, reason="", asked=7, actor=SYSTEM, now=LATER
            ),
            now=LATER,
        )


def test_the_signer_sends_a_case_back_and_its_history_tells():
    a_case()
    proposed()

    done(CODE, "van", "return", hours=2, reason="Tờ trình thiếu căn cứ")
    done(CODE, "bao", "propose", hours=3)

    case = public.case(CODE)
    events = public.events_of(case)
    shown = public.events_of(case, party_only=True)
    assert case.step == "sign"
    assert [e.kind for e in events] == ["opened", "move", "move", "return", "move"]
    assert "return" not in {e.kind for e in shown}
    assert events[3].note == "Tờ trình thiếu căn cứ"
    assert [t.step for t in public.tasks_of(case)] == [
        "receive",
        "appraise",
        "sign",
        "appraise",
        "sign",
    ]


@pytest.mark.parametrize(
    ("who", "action"), [("ngan", "receive"), ("bao", "receive"), ("van", "receive")]
)
def test_a_wrong_role_is_refused_and_told_whose_step_it_is(who, action):
    a_case()

    with pytest.raises(NotYourStep, match="Bước này thuộc cán bộ tiếp nhận của"):
        done(CODE, who, action)


@pytest.mark.parametrize("action", ["decline", "supplement"])
def test_a_refusal_without_a_reason_is_not_written(action):
    a_case()

    with pytest.raises(ReasonNeeded):
        done(CODE, "khue", action, reason="  ")

    assert public.case(CODE).version == 1


def test_an_action_of_another_step_is_not_offered():
    a_case()

    with pytest.raises(ActionNotOffered, match="không có thao tác «sign»"):
        done(CODE, "khue", "sign")


def test_whoever_saw_an_older_version_is_told():
    a_case()
    received()

    with pytest.raises(CaseMoved):
        done(CODE, "bao", "propose", seen_version=1)


def test_a_move_is_one_statement(statements):
    a_case()
    del statements[:]

    received()

    assert len(statements) == 1


def test_a_late_step_is_marked_but_does_not_move_the_promise():
    a_case()
    done(CODE, "khue", "receive", hours=30)

    move = public.events_of(public.case(CODE))[-1]
    assert move.facts["late"] is True
