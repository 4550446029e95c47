"""A case is what its events say: columns follow from them, and they never change."""

import io
import json
import random
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from motcua.contexts.casework import public
from motcua.contexts.casework.contracts import (
    Act,
    ActionKind,
    AskedUnit,
    CaseView,
    ClockSpec,
    OpinionState,
    PauseReason,
    Phase,
    TaskState,
    TimeUnit,
    Verdict,
)
from motcua.contexts.casework.models import Case, CaseEvent
from motcua.contexts.casework.testing import CODE, a_case, act, done, owned, signed_in
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.clock import city_date
from motcua.kernel.errors import Conflict
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city")
WHO = {"receive": "khue", "appraise": "bao", "sign": "van", "issue": "ha", "return": "khue"}
SPECS = [
    ClockSpec(unit=TimeUnit.WORKING_DAY, value=5),
    ClockSpec(unit=TimeUnit.HOUR, value=12),
    ClockSpec(unit=TimeUnit.CALENDAR_DAY, value=7),
    ClockSpec(unit=TimeUnit.MONTH, value=1, restart=True),
    ClockSpec(unit=TimeUnit.SAME_DAY_15H),
    ClockSpec(unit=TimeUnit.RULE_TEXT, text="theo kế hoạch"),
]


def asked_units() -> tuple[AskedUnit, ...]:
    """Two divisions of Sài Gòn's committee that have somebody to answer."""
    authority = organisations.committee_of("26740")
    found = [
        unit.id
        for unit in organisations.units_below(authority.id, MONDAY_9AM.date())
        if organisations.holders_of(unit.id, Role.CONSULTED, MONDAY_9AM.date())
    ]
    return tuple(AskedUnit(unit_id=unit, question="Có vướng gì?") for unit in found[:2])


class Walk:
    """A case lived at random, every move through the door it would come by."""

    def __init__(self, dice: random.Random, spec: ClockSpec) -> None:
        self.dice, self.now = dice, MONDAY_9AM
        self.statuses = [1]
        a_case(clock=spec)

    @property
    def case(self) -> CaseView:
        return public.case(CODE)

    def go(self, steps: int) -> None:
        for _ in range(steps):
            if self.case.phase is Phase.ENDED:
                break
            self.now += timedelta(minutes=self.dice.randint(1, 4000))
            self._one()
            self.statuses.append(self.case.status)

    def _one(self) -> None:
        case, roll = self.case, self.dice.random()
        task = next(t for t in public.tasks_of(case) if t.closed_at is None and t.step == case.step)
        running = case.phase in {Phase.RUNNING, Phase.PAUSED}
        if roll < 0.05 and running:
            self._withdraw()
        elif roll < 0.15 and running and case.due_at:
            self._extend(case.due_at)
        elif task.state is TaskState.WAITING:
            self._answer(case)
        else:
            self._act(case)

    def _act(self, case: CaseView) -> None:
        actions = public.process_table(case.process_id).step(case.step).actions
        action = self.dice.choice(actions)
        if action.kind in {ActionKind.STOP, ActionKind.DECLINE} and self.dice.random() < 0.8:
            action = actions[0]
        command = Act(
            case_code=CODE,
            action=action.key,
            seen_version=case.version,
            reason="Có lý do",
            asked=asked_units() if action.kind is ActionKind.CONSULT else (),
        )
        act(command, actor=signed_in(WHO[case.step], self.now), now=self.now)

    def _answer(self, case: CaseView) -> None:
        asked = [o for o in public.opinions_of(case.id) if o.state is OpinionState.ASKED]
        if asked:
            self._give_opinion(asked[0])
            return
        reason = PauseReason.FINANCIAL if case.status == 6 else PauseReason.SUPPLEMENT
        status = 1 if case.phase is Phase.INTAKE else 4
        owned(
            lambda: public.resume(
                case_code=CODE, reason=reason, status=status, note="", actor=SYSTEM, now=self.now
            ),
            now=self.now,
        )

    def _give_opinion(self, opinion) -> None:
        if self.now > opinion.due_at:
            public.fall_silent(opinion_id=opinion.id, now=self.now)
            return
        holder, *_ = organisations.holders_of(opinion.unit_id, Role.CONSULTED, city_date(self.now))
        owned(
            lambda: public.answer_opinion(
                case_code=CODE,
                opinion_id=opinion.id,
                verdict=Verdict.AGREE,
                text="",
                actor=signed_in(holder.staff_no, self.now),
                now=self.now,
            ),
            now=self.now,
        )

    def _extend(self, due: datetime) -> None:
        new_due = max(due, self.now) + timedelta(days=self.dice.randint(1, 9))
        try:
            owned(
                lambda: public.extend(
                    case_code=CODE, new_due=new_due, reason="Chờ", actor=SYSTEM, now=self.now
                ),
                now=self.now,
            )
        except Conflict:
            assert self.case.due_at == due

    def _withdraw(self) -> None:
        owned(
            lambda: public.ask_withdrawal(
                case_code=CODE, reason="", asked=7, actor=SYSTEM, now=self.now
            ),
            now=self.now,
        )
        self.statuses.append(7)
        owned(
            lambda: public.stop_withdrawn(case_code=CODE, stopped=8, actor=SYSTEM, now=self.now),
            now=self.now,
        )


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.unit)
def test_however_a_case_lives_its_columns_follow_from_its_events(spec):
    for seed in range(8):
        with transaction.atomic():
            walk = Walk(random.Random(seed), spec)
            walk.go(25)

            case = walk.case
            derived, _ = public.clock_of(CODE, as_of=walk.now)
            assert public.deviating_codes([case.id]) == []
            assert derived.due_at == case.due_at
            assert derived.due_original == case.due_original
            assert [e.serial for e in public.events_of(case)] == list(range(1, case.version + 1))
            check_states(walk.statuses, case)
            check_tasks(case)
            transaction.set_rollback(True)


def check_states(statuses: list[int], case: CaseView) -> None:
    """Facts 15.3, 1: 10 only after 9; 3, 8, 10 are the last; 7 leads to 8."""
    if 10 in statuses:
        assert 9 in statuses[: statuses.index(10)]
    for end in (3, 8, 10):
        assert end not in statuses[:-1]
    assert (case.phase is Phase.ENDED) == (statuses[-1] in {3, 8, 10})
    if 7 in statuses:
        assert statuses[-1] == 8


def check_tasks(case: CaseView) -> None:
    """A living case always has exactly one step to do, an ended one nothing."""
    alive = [t for t in public.tasks_of(case) if t.closed_at is None]
    steps = [t for t in alive if t.kind == "STEP"]
    assert len(steps) == (0 if case.phase is Phase.ENDED else 1)
    if case.phase is Phase.ENDED:
        assert alive == []


@pytest.fixture
def tampered():
    a_case()
    done(CODE, "khue", "receive", hours=0.5)
    done(CODE, "bao", "supplement", reason="Còn thiếu")
    good = Case.objects.filter(code=CODE).values().get()
    Case.objects.filter(code=CODE).update(
        status=4, phase=Phase.RUNNING, due_at=good["due_at"] + timedelta(days=30), step="sign"
    )
    return good


def test_a_column_that_was_written_by_hand_is_found_and_mended(tampered):
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("rebuild_cases", "--check", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"cases": 1, "differing": [CODE]}

    call_command("rebuild_cases", stdout=out)

    assert Case.objects.filter(code=CODE).values().get() == tampered
    assert "1 vụ việc, 1 chỗ đã dựng lại." in out.getvalue()
    call_command("rebuild_cases", "--check", stdout=out)


@pytest.mark.parametrize(
    "change",
    [
        lambda: CaseEvent.objects.update(status=9),
        lambda: CaseEvent.objects.all().delete(),
        lambda: CaseEvent.objects.filter(serial=2).update(kind="OTHER"),
    ],
)
def test_events_are_never_changed(change):
    a_case()
    done(CODE, "khue", "receive", hours=0.5)

    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        change()

    assert [e.status for e in public.events_of(public.case(CODE))] == [1, 2]


def test_the_clock_of_the_past_is_not_rewritten_by_a_later_pause():
    a_case()
    done(CODE, "khue", "receive", hours=0.5)
    as_of = MONDAY_9AM + timedelta(hours=2)
    then, _ = public.clock_of(CODE, as_of=as_of)

    done(CODE, "bao", "supplement", hours=26, reason="Còn thiếu")

    again, _ = public.clock_of(CODE, as_of=as_of)
    assert (again.due_at, again.timeliness, again.consumed_minutes, again.sentence) == (
        then.due_at,
        then.timeliness,
        then.consumed_minutes,
        then.sentence,
    )
