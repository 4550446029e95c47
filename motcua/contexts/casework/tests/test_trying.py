"""A trial goes the same way as a real case, and tells where a case would be stuck."""

import copy
from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.contexts.casework import public
from motcua.contexts.casework.contracts import (
    ActionNotOffered,
    CaseEnded,
    PauseReason,
    StepClock,
)
from motcua.contexts.casework.testing import CODE, FIVE_DAYS, a_case, a_table, done, owned
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import SYSTEM
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.testing import MONDAY_9AM

HOLDERS = {
    "RECEIVER": "khue", "CASE_OFFICER": "bao", "SIGNER": "van", "CLERK": "ha", "RETURNER": "khue",
}  # fmt: skip
WAYS = [
    ("receive", "propose", "sign", "issue", "return_result"),
    ("receive", "supplement", "supplied", "propose", "return", "propose", "sign", "issue"),
    ("supplement", "supplied", "receive", "oblige", "paid", "stop"),
    ("decline",),
]


def tried(*choices: str, calendar: WorkingCalendar, table: dict | None = None):
    return public.tried(
        public.parse_table(table or a_table()),
        FIVE_DAYS,
        calendar,
        start=MONDAY_9AM,
        status=1,
        choices=choices,
        resumed=4,
    )


@pytest.fixture
def calendar(small_city) -> WorkingCalendar:
    return organisations.calendar_of(organisations.committee_of("26740").id)


@pytest.mark.parametrize("way", WAYS)
def test_a_trial_stands_where_a_real_case_would(calendar, way):
    a_case()

    for length, choice in enumerate(way, start=1):
        trial = tried(*way[:length], calendar=calendar)
        before, told = trial.past[-2], trial.past[-1]
        really(choice, before, told)
        case = public.case(CODE)
        assert (told.step.key, told.status, told.phase) == (case.step, case.status, case.phase)
        assert told.due_at == case.due_at


def really(choice: str, before, told) -> None:
    """The same choice at the same moment, on rows."""
    hours = (told.at - MONDAY_9AM) / timedelta(hours=1)
    if choice in {"supplied", "paid"}:
        reason = PauseReason.SUPPLEMENT if choice == "supplied" else PauseReason.FINANCIAL
        owned(
            lambda: public.resume(
                case_code=CODE,
                reason=reason,
                status=told.status,
                note="",
                actor=SYSTEM,
                now=told.at,
            ),
            now=told.at,
        )
        return
    done(CODE, HOLDERS[before.step.role], choice, hours=hours, reason="thử", evidence="thử")


def test_a_trial_writes_nothing(calendar, statements):
    tried("receive", "propose", calendar=calendar)

    assert statements == []


def test_only_what_a_step_offers_can_be_chosen(calendar):
    with pytest.raises(ActionNotOffered):
        tried("issue", calendar=calendar)
    with pytest.raises(ActionNotOffered):
        tried("supplement", "receive", calendar=calendar)
    with pytest.raises(CaseEnded):
        tried("decline", "receive", calendar=calendar)


def test_all_ways_tell_how_long_how_they_end_and_which_clock_runs():
    run = public.run_all(public.parse_table(a_table()))

    assert run.dead_ends == ()
    assert run.shortest_hours == 2
    assert run.longest_hours >= 10
    assert "Bước return: return_result" in run.endings
    assert run.clocks["receive"] == {StepClock.RECEIVING}
    assert run.clocks["return"] == {StepClock.ENDED}


def test_a_step_from_which_nothing_ends_is_a_dead_end():
    table = copy.deepcopy(a_table())
    appraise = next(step for step in table["step"] if step["key"] == "appraise")
    appraise["action"] = [a for a in appraise["action"] if a["kind"] != "STOP"]
    good = public.parse_table(table)
    sign = good.step("sign")
    circle = [a for a in sign.actions if a.key == "return"]

    stuck = replace(
        good,
        steps=tuple(
            replace(step, actions=tuple(circle)) if step.key == "sign" else step
            for step in good.steps
        ),
    )

    assert len(public.run_all(stuck).dead_ends) == 2


def test_a_tangle_is_not_walked_for_ever():
    table = copy.deepcopy(a_table())
    keys = [f"b{n}" for n in range(14)]
    moves = [{"key": f"to_{key}", "label": key, "kind": "MOVE", "to": key} for key in keys]
    first = table["step"][0]
    table["step"] = [first | {"key": key, "name": key, "action": moves} for key in keys]
    table["step"][0]["action"] = [{"key": "no", "label": "no", "kind": "DECLINE"}, *moves]

    run = public.run_all(public.parse_table(table))

    assert 0 < run.ways <= 2000
    assert run.dead_ends == ()
