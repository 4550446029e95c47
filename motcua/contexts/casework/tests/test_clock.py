"""The clock: derived, explained, and never unjust. Invariants 3 and 4 of the facts."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.casework.contracts import (
    ClockSpec,
    DayKind,
    PauseReason,
    PauseSpan,
    Timeliness,
    TimeUnit,
)
from motcua.contexts.casework.rules import clock
from motcua.contexts.casework.rules.clock import ClockFacts
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.testing import MONDAY_9AM

HOLIDAY = datetime(2026, 11, 24, tzinfo=CITY_TZ).date()
CALENDAR = WorkingCalendar("thử", off=frozenset({HOLIDAY}))
SEVEN_DAYS = ClockSpec(unit=TimeUnit.WORKING_DAY, value=7)

FIRST = datetime(2026, 1, 1, tzinfo=CITY_TZ)
moments = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
specs = st.one_of(
    st.builds(ClockSpec, unit=st.just(TimeUnit.WORKING_DAY), value=st.integers(1, 40)),
    st.builds(ClockSpec, unit=st.just(TimeUnit.HOUR), value=st.integers(1, 80)),
    st.builds(ClockSpec, unit=st.just(TimeUnit.CALENDAR_DAY), value=st.integers(1, 60)),
    st.builds(ClockSpec, unit=st.just(TimeUnit.MONTH), value=st.integers(1, 6)),
    st.just(ClockSpec(unit=TimeUnit.SAME_DAY_15H)),
)


@st.composite
def histories(draw: st.DrawFn) -> ClockFacts:
    """A start and up to three pauses in order, the last one perhaps still open."""
    start = draw(moments)
    at, pauses = start, []
    for _ in range(draw(st.integers(0, 3))):
        begin = at + timedelta(minutes=draw(st.integers(1, 20_000)))
        at = begin + timedelta(minutes=draw(st.integers(1, 20_000)))
        pauses.append(PauseSpan(reason=PauseReason.SUPPLEMENT, started_at=begin, ended_at=at))
    if pauses and draw(st.booleans()):
        last = pauses.pop()
        pauses.append(PauseSpan(reason=last.reason, started_at=last.started_at))
    return ClockFacts(started_at=start, pauses=pauses)


def test_seven_working_days_skip_the_weekend_and_the_holiday():
    due = clock.first_due(SEVEN_DAYS, MONDAY_9AM, CALENDAR)

    assert due == datetime(2026, 12, 3, 17, 0, tzinfo=CITY_TZ)


def test_received_after_three_is_due_the_next_working_day():
    spec = ClockSpec(unit=TimeUnit.SAME_DAY_15H)

    before = clock.first_due(spec, MONDAY_9AM, CALENDAR)
    after = clock.first_due(spec, MONDAY_9AM.replace(hour=15, minute=30), CALENDAR)

    assert before and before.date() == MONDAY_9AM.date()
    assert after and after.date() == date(2026, 11, 25)


def test_the_sentence_names_what_was_not_counted():
    facts = ClockFacts(started_at=MONDAY_9AM)

    told = clock.derive(SEVEN_DAYS, facts, CALENDAR, as_of=MONDAY_9AM).sentence

    assert told == (
        "Hẹn trả 17:00, thứ Năm 03/12/2026: 7 ngày làm việc kể từ ngày sau ngày nhận "
        "(23/11/2026); không tính thứ Bảy, Chủ nhật và ngày nghỉ lễ 24/11."
    )


def test_what_was_known_then_is_not_what_is_known_now():
    wednesday = MONDAY_9AM + timedelta(days=2)
    pause = PauseSpan(
        reason=PauseReason.SUPPLEMENT,
        started_at=wednesday,
        ended_at=wednesday + timedelta(days=2),
    )
    facts = ClockFacts(started_at=MONDAY_9AM, pauses=[pause])

    then = clock.derive(SEVEN_DAYS, facts, CALENDAR, as_of=wednesday - timedelta(hours=1))
    during = clock.derive(SEVEN_DAYS, facts, CALENDAR, as_of=wednesday + timedelta(days=1))
    now = clock.derive(SEVEN_DAYS, facts, CALENDAR, as_of=wednesday + timedelta(days=5))

    assert then.due_at == during.due_at == then.due_original
    assert during.timeliness is Timeliness.PAUSED
    assert now.due_at and then.due_at and now.due_at > then.due_at


def test_a_restart_counts_the_whole_time_again():
    spec = ClockSpec(unit=TimeUnit.WORKING_DAY, value=7, restart=True)
    end = MONDAY_9AM + timedelta(days=4)
    pause = PauseSpan(
        reason=PauseReason.SUPPLEMENT, started_at=MONDAY_9AM + timedelta(days=2), ended_at=end
    )
    facts = ClockFacts(started_at=MONDAY_9AM, pauses=[pause])

    assert clock.due_with_pauses(spec, facts, CALENDAR) == clock.first_due(spec, end, CALENDAR)


def test_the_strip_of_days_marks_pause_today_and_due():
    facts = ClockFacts(started_at=MONDAY_9AM)
    as_of = MONDAY_9AM + timedelta(days=3)
    derived = clock.derive(SEVEN_DAYS, facts, CALENDAR, as_of=as_of)

    days = clock.days_of(derived, (), CALENDAR, today=as_of.date())

    kinds = [day.kind for day in days]
    assert kinds[0] is DayKind.USED
    assert kinds[1] is DayKind.OFF
    assert kinds[3] is DayKind.TODAY
    assert kinds[-1] is DayKind.DUE


@given(specs, histories())
def test_pauses_never_shorten_what_is_left(spec, facts):
    undisturbed = clock.first_due(spec, facts.started_at, CALENDAR)

    due = clock.due_with_pauses(spec, facts, CALENDAR)

    assert due >= undisturbed


@given(specs, histories(), st.integers(0, 60_000))
def test_used_paused_and_unworked_make_the_elapsed_time(spec, facts, minutes):
    as_of = facts.started_at + timedelta(minutes=minutes)

    derived = clock.derive(spec, facts, CALENDAR, as_of=as_of)

    parts = (derived.consumed_minutes, derived.paused_minutes, derived.nonworking_minutes)
    assert sum(parts) == minutes
    assert min(parts) >= 0


@given(specs, histories(), st.integers(0, 20_000))
def test_a_longer_wait_for_the_party_never_brings_the_date_nearer(spec, facts, more):
    ended = [p for p in facts.pauses if p.ended_at]
    if not ended:
        return
    last = ended[-1]
    longer = PauseSpan(
        reason=last.reason,
        started_at=last.started_at,
        ended_at=last.ended_at + timedelta(minutes=more),
    )
    before = ClockFacts(started_at=facts.started_at, pauses=ended)
    after = ClockFacts(started_at=facts.started_at, pauses=[*ended[:-1], longer])

    due_before = clock.due_with_pauses(spec, before, CALENDAR)
    due_after = clock.due_with_pauses(spec, after, CALENDAR)

    assert due_after >= due_before


@given(specs, moments)
def test_without_the_holiday_it_is_never_due_later(spec, start):
    free = WorkingCalendar("không nghỉ lễ")

    assert clock.first_due(spec, start, free) <= clock.first_due(spec, start, CALENDAR)


@given(moments)
def test_the_receive_clock_ends_within_working_hours(start):
    due = clock.receive_due(start, CALENDAR)

    assert CALENDAR.is_working_day(due.date())
    assert time(7, 30) <= due.timetz().replace(tzinfo=None) <= time(17, 0)
