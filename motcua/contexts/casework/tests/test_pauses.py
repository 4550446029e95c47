"""Pauses: what stops the clock, what starts it again, and that nobody loses time by it."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.casework import public
from motcua.contexts.casework.contracts import (
    CaseEnded,
    CasePaused,
    ClockSpec,
    ExtensionRefused,
    NotPaused,
    PauseReason,
    PauseSpan,
    Phase,
    ReasonNeeded,
    TaskState,
    Timeliness,
    TimeUnit,
)
from motcua.contexts.casework.models import Pause
from motcua.contexts.casework.rules import clock
from motcua.contexts.casework.rules.clock import ClockFacts
from motcua.contexts.casework.testing import CODE, a_case, done, owned
from motcua.contexts.casework.tests.test_clock import CALENDAR, histories, moments, specs
from motcua.kernel.actors import SYSTEM
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.clock import CITY_TZ, city_date
from motcua.kernel.testing import MONDAY_9AM

WEDNESDAY, THURSDAY = MONDAY_9AM + timedelta(days=2), MONDAY_9AM + timedelta(days=3)
NEXT_WEEK = MONDAY_9AM + timedelta(days=9)


def received() -> None:
    a_case()
    done(CODE, "khue", "receive", hours=0.5)


def resumed(reason: PauseReason, now: datetime) -> None:
    owned(
        lambda: public.resume(
            case_code=CODE, reason=reason, status=4, note="Đã gửi", actor=SYSTEM, now=now
        ),
        now=now,
    )


def extended(new_due: datetime, *, now: datetime, reason: str = "Chờ xác minh") -> None:
    owned(
        lambda: public.extend(
            case_code=CODE, new_due=new_due, reason=reason, actor=SYSTEM, now=now
        ),
        now=now,
    )


def step_task():
    return next(t for t in public.tasks_of(public.case(CODE)) if t.closed_at is None)


@pytest.mark.usefixtures("small_city")
@pytest.mark.parametrize(
    ("action", "reason", "kind"),
    [
        ("supplement", PauseReason.SUPPLEMENT, "supplied"),
        ("oblige", PauseReason.FINANCIAL, "paid"),
    ],
)
def test_the_clock_stands_still_until_the_party_has_done_its_part(action, reason, kind):
    received()
    before = public.case(CODE).due_at
    done(CODE, "bao", action, reason="Còn thiếu", citation="Nghị định 123/2015", evidence="PYC-1")
    waiting = step_task()

    resumed(reason, NEXT_WEEK)

    case = public.case(CODE)
    (pause,) = public.pauses_of(case.id)
    derived, _ = public.clock_of(CODE, as_of=NEXT_WEEK)
    assert waiting.state is TaskState.WAITING
    assert step_task().state is TaskState.OPEN
    assert (pause.reason, pause.evidence, pause.citation) == (
        reason,
        "PYC-1",
        "Nghị định 123/2015",
    )
    assert case.phase is Phase.RUNNING
    assert case.due_at and before and case.due_at > before
    assert case.due_at == derived.due_at
    assert public.events_of(case)[-1].kind == kind


@pytest.mark.usefixtures("small_city")
def test_while_it_waits_no_step_is_done():
    received()
    done(CODE, "bao", "supplement", reason="Còn thiếu")

    with pytest.raises(CasePaused):
        done(CODE, "bao", "propose", hours=2)


@pytest.mark.usefixtures("small_city")
def test_paying_does_not_answer_a_request_for_papers():
    received()
    done(CODE, "bao", "supplement", reason="Còn thiếu")

    with pytest.raises(NotPaused):
        resumed(PauseReason.FINANCIAL, THURSDAY)


@pytest.mark.usefixtures("small_city")
def test_sent_twice_it_goes_on_once():
    received()
    done(CODE, "bao", "supplement", reason="Còn thiếu")
    resumed(PauseReason.SUPPLEMENT, THURSDAY)

    with pytest.raises(NotPaused):
        resumed(PauseReason.SUPPLEMENT, THURSDAY)

    assert [p.ended_at for p in public.pauses_of(public.case(CODE).id)] == [THURSDAY]


@pytest.mark.usefixtures("small_city")
def test_asked_at_intake_no_clock_runs_so_none_stops():
    a_case()
    done(CODE, "khue", "supplement", reason="Thiếu trang")
    with pytest.raises(CasePaused):
        done(CODE, "khue", "receive", hours=2)
    resumed(PauseReason.SUPPLEMENT, WEDNESDAY)
    done(CODE, "khue", "receive", hours=49)

    case = public.case(CODE)
    assert public.pauses_of(case.id) == ()
    assert case.started_at == MONDAY_9AM + timedelta(hours=49)


@pytest.mark.usefixtures("small_city")
def test_withdrawn_while_waiting_the_pause_ends_with_the_case():
    received()
    done(CODE, "bao", "supplement", reason="Còn thiếu")
    owned(
        lambda: public.ask_withdrawal(
            case_code=CODE, reason="Thôi", asked=7, actor=SYSTEM, now=THURSDAY
        ),
        now=THURSDAY,
    )
    owned(
        lambda: public.stop_withdrawn(case_code=CODE, stopped=8, actor=SYSTEM, now=THURSDAY),
        now=THURSDAY,
    )

    case = public.case(CODE)
    derived, _ = public.clock_of(CODE, as_of=NEXT_WEEK)
    assert [p.ended_at for p in public.pauses_of(case.id)] == [THURSDAY]
    assert derived.due_at == case.due_at
    assert derived.timeliness is Timeliness.EARLY
    assert all(t.closed_at for t in public.tasks_of(case))


@pytest.mark.usefixtures("small_city")
def test_a_new_date_is_promised_once_and_the_first_stays_recorded():
    received()
    first = public.case(CODE).due_original
    new_due = MONDAY_9AM + timedelta(days=14)

    extended(new_due, now=WEDNESDAY)

    case = public.case(CODE)
    then, _ = public.clock_of(CODE, as_of=WEDNESDAY - timedelta(minutes=1))
    now, _ = public.clock_of(CODE, as_of=WEDNESDAY)
    assert (case.due_at, case.due_original) == (new_due, first)
    assert (then.due_at, then.extended) == (first, False)
    assert (now.due_at, now.extended) == (new_due, True)
    with pytest.raises(ExtensionRefused):
        extended(new_due + timedelta(days=1), now=THURSDAY)


@pytest.mark.usefixtures("small_city")
def test_a_new_date_needs_a_reason_and_a_running_clock():
    received()
    with pytest.raises(ReasonNeeded):
        extended(NEXT_WEEK, now=WEDNESDAY, reason=" ")
    with pytest.raises(ExtensionRefused):
        extended(WEDNESDAY, now=WEDNESDAY)
    done(CODE, "bao", "stop", reason="Trùng hồ sơ", hours=60)

    with pytest.raises(CaseEnded):
        extended(NEXT_WEEK, now=THURSDAY)


@pytest.mark.usefixtures("small_city")
def test_waiting_after_the_new_date_was_promised_takes_nothing_from_it():
    received()
    extended(MONDAY_9AM + timedelta(days=14), now=WEDNESDAY)
    before, _ = public.clock_of(CODE, as_of=THURSDAY)
    done(CODE, "bao", "supplement", reason="Còn thiếu", hours=72)

    resumed(PauseReason.SUPPLEMENT, THURSDAY + timedelta(days=7))

    after, _ = public.clock_of(CODE, as_of=THURSDAY + timedelta(days=7))
    assert before.left_minutes and after.left_minutes
    assert after.left_minutes >= before.left_minutes
    assert after.due_at == public.case(CODE).due_at


@pytest.mark.usefixtures("small_city")
def test_the_database_refuses_two_open_pauses_and_pauses_without_grounds():
    received()
    done(CODE, "bao", "supplement", reason="Còn thiếu")
    case_id = public.case(CODE).id

    def a_pause(**change) -> Pause:
        grounds = {"evidence": "PYC-1", "citation": "Luật"} | change
        return Pause(case_id=case_id, reason="SUPPLEMENT", started_at=THURSDAY, **grounds)

    for wrong in (a_pause(), a_pause(ended_at=NEXT_WEEK, citation="")):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save(force_insert=True)


def test_a_made_up_saturday_counts_after_a_pause():
    saturday = date(2026, 11, 28)
    calendar = WorkingCalendar("làm bù", made_up=frozenset({saturday}))
    friday = datetime(2026, 11, 27, 16, 0, tzinfo=CITY_TZ)
    spec = ClockSpec(unit=TimeUnit.WORKING_DAY, value=1)
    pause = PauseSpan(
        reason=PauseReason.SUPPLEMENT, started_at=friday - timedelta(hours=3), ended_at=friday
    )
    facts = ClockFacts(started_at=friday - timedelta(days=1), pauses=[pause])

    due = clock.due_with_pauses(spec, facts, calendar)

    assert due == datetime.combine(saturday, time(17), CITY_TZ)


def test_calendar_days_stand_still_by_days_not_by_full_24_hours():
    spec = ClockSpec(unit=TimeUnit.CALENDAR_DAY, value=10)
    pause = PauseSpan(
        reason=PauseReason.SUPPLEMENT,
        started_at=MONDAY_9AM.replace(hour=16),
        ended_at=WEDNESDAY.replace(hour=8),
    )
    facts = ClockFacts(started_at=MONDAY_9AM, pauses=[pause])
    undisturbed = clock.first_due(spec, MONDAY_9AM, CALENDAR)

    due = clock.due_with_pauses(spec, facts, CALENDAR)

    assert due and undisturbed
    assert (city_date(due) - city_date(undisturbed)).days >= 2


def left(spec: ClockSpec, due: datetime, at: datetime) -> int:
    """What is left in the unit the law counts in."""
    if spec.unit in {TimeUnit.CALENDAR_DAY, TimeUnit.MONTH}:
        return max((city_date(due) - city_date(at)).days, 0)
    return CALENDAR.working_minutes_between(at, due)


@given(specs, histories())
def test_no_pause_takes_any_of_the_time_that_was_left(spec, facts):
    for number, pause in enumerate(facts.pauses):
        if pause.ended_at is None:
            return
        before = ClockFacts(started_at=facts.started_at, pauses=facts.pauses[:number])
        after = ClockFacts(started_at=facts.started_at, pauses=facts.pauses[: number + 1])
        due_before = clock.due_with_pauses(spec, before, CALENDAR)
        due_after = clock.due_with_pauses(spec, after, CALENDAR)

        if pause.started_at < due_before:
            left_before = left(spec, due_before, pause.started_at)
            assert left(spec, due_after, pause.ended_at) >= left_before
        else:
            assert due_after == due_before


@given(specs, histories(), st.integers(0, 30_000), st.integers(1, 60_000))
def test_an_extension_is_kept_whatever_pauses_surround_it(spec, facts, minutes, more):
    at = facts.started_at + timedelta(minutes=minutes)
    known = ClockFacts(
        started_at=facts.started_at,
        pauses=[p for p in facts.pauses if p.ended_at and p.ended_at <= at],
    )
    new_due = clock.due_with_pauses(spec, known, CALENDAR) + timedelta(minutes=more)
    with_it = ClockFacts(
        started_at=facts.started_at, pauses=facts.pauses, extended_to=new_due, extended_at=at
    )

    assert clock.due_with_pauses(spec, with_it, CALENDAR) >= new_due
    assert clock.due_with_pauses(spec, with_it, CALENDAR) >= clock.due_with_pauses(
        spec, facts, CALENDAR
    )


@given(specs, histories(), st.integers(0, 60_000), st.integers(0, 60_000))
def test_the_due_date_as_known_never_moves_back(spec, facts, first, second):
    earlier, later = sorted((first, second))
    then, now = (
        clock.derive(spec, facts, CALENDAR, as_of=facts.started_at + timedelta(minutes=m))
        for m in (earlier, later)
    )

    assert then.due_original == now.due_original
    assert now.due_at >= then.due_at
    assert now.consumed_minutes >= then.consumed_minutes
    assert now.paused_minutes >= then.paused_minutes


@given(specs, moments)
def test_the_strip_of_days_ends_on_the_due_day(spec, start):
    derived = clock.derive(spec, ClockFacts(started_at=start), CALENDAR, as_of=start)

    days = clock.days_of(derived, (), CALENDAR, today=city_date(start), limit=400)

    assert days[0].on == city_date(start)
    assert days[-1].on == city_date(derived.due_at)


@given(specs, histories(), st.integers(0, 20_000))
def test_starting_later_is_never_due_earlier(spec, facts, minutes):
    later = facts.started_at + timedelta(minutes=minutes)

    assert clock.first_due(spec, later, CALENDAR) >= clock.first_due(
        spec, facts.started_at, CALENDAR
    )
