"""Đồng hồ hồ sơ: a due date is derived, never typed and never counted down.

Start rule, duration of the pinned version, working calendar of the unit, every pause with its
reason, the one extension: `derive` turns them into a due date, a state, one Vietnamese sentence
and a timeline, as known at any moment.

Legal: Civil Code 147, 148 (first day, last day off); Decree 118/2025 (one-stop); facts 2.3.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from motcua.contexts.casework.contracts import (
    ClockDay,
    ClockSpec,
    DayKind,
    Derivation,
    PauseSpan,
    Timeliness,
    TimeUnit,
)
from motcua.contexts.casework.rules import wording
from motcua.contexts.casework.rules.facts import ClockFacts
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.clock import city_date, city_time

RECEIVE_HOURS = 8  # Decree 45/2020: an online dossier is answered within 8 working hours
SOON_DAYS = 3
_DAY_MINUTES = 480


def receive_due(submitted_at: datetime, calendar: WorkingCalendar) -> datetime:
    """The receive clock: one working day from the moment it came in."""
    return calendar.add_hours(submitted_at, RECEIVE_HOURS)


def first_due(spec: ClockSpec, start: datetime, calendar: WorkingCalendar) -> datetime | None:
    """The due date of an undisturbed case; None when the law gives words, not a number."""
    match spec.unit:
        case TimeUnit.HOUR:
            return calendar.add_hours(start, spec.value)
        case TimeUnit.WORKING_DAY:
            return _working_days(spec.value, start, calendar)
        case TimeUnit.CALENDAR_DAY:
            return calendar.add_calendar_days(start, int(spec.value))
        case TimeUnit.MONTH:
            return calendar.add_months(start, int(spec.value))
        case TimeUnit.SAME_DAY_15H:
            return calendar.same_day(start)
        case TimeUnit.RULE_TEXT:
            return None


def _working_days(days: float, start: datetime, calendar: WorkingCalendar) -> datetime:
    whole = int(days)
    due = calendar.add_working_days(start, whole) if whole else start
    half = days - whole
    return calendar.add_hours(due, half * 8) if half else due


def due_with_pauses(
    spec: ClockSpec, facts: ClockFacts, calendar: WorkingCalendar
) -> datetime | None:
    """The due date after every finished pause and the extension; neither shortens what is left."""
    if facts.started_at is None:
        return None
    due = first_due(spec, facts.started_at, calendar)
    for pause in sorted(facts.pauses, key=lambda p: p.started_at):
        if pause.ended_at is None:
            break
        due = _later(due, facts.extension_by(pause.ended_at))
        if due is None or pause.started_at >= due:
            continue  # it was late already; waiting for the party does not bring it back
        due = _resumed(spec, due, pause, calendar)
    return _later(due, facts.extended_to)


def _later(due: datetime | None, promised: datetime | None) -> datetime | None:
    if due is None or promised is None:
        return due or promised
    return max(due, promised)


def _resumed(
    spec: ClockSpec, due: datetime, pause: PauseSpan, calendar: WorkingCalendar
) -> datetime:
    assert pause.ended_at is not None
    if spec.restart:
        return max(first_due(spec, pause.ended_at, calendar) or due, due)
    if spec.unit in {TimeUnit.CALENDAR_DAY, TimeUnit.MONTH}:
        stood = city_date(pause.ended_at) - city_date(pause.started_at)
        return max(calendar.add_calendar_days(due, stood.days), due)
    left = calendar.working_minutes_between(pause.started_at, due)
    moved = calendar.add_hours(pause.ended_at, left / 60)
    if spec.unit is TimeUnit.HOUR:
        return max(moved, due)
    return max(calendar.end_of_day(city_date(moved)), due)


def derive(
    spec: ClockSpec, facts: ClockFacts, calendar: WorkingCalendar, *, as_of: datetime
) -> Derivation:
    """Everything about the due date, as known at `as_of`."""
    known = _known(facts, as_of)
    original = first_due(spec, known.started_at, calendar) if known.started_at else None
    due = due_with_pauses(spec, known, calendar)
    consumed, paused, nonworking = _accounts(known, calendar, as_of)
    left = _left(due, known, calendar, as_of)
    timeliness = _timeliness(due, known, left, as_of)
    return Derivation(
        as_of=as_of,
        started_at=known.started_at,
        due_original=original,
        due_at=due,
        extended=known.extended_to is not None,
        timeliness=timeliness,
        sentence=wording.sentence(spec, known, due, calendar),
        lines=tuple(wording.lines(spec, known, original, due)),
        consumed_minutes=consumed,
        paused_minutes=paused,
        nonworking_minutes=nonworking,
        left_minutes=left,
        left_text=wording.left_in_words(left, timeliness),
    )


def _known(facts: ClockFacts, as_of: datetime) -> ClockFacts:
    """The facts as they stood at `as_of`."""
    pauses = tuple(
        PauseSpan(
            reason=p.reason,
            started_at=p.started_at,
            ended_at=p.ended_at if p.ended_at and p.ended_at <= as_of else None,
            evidence=p.evidence,
            citation=p.citation,
        )
        for p in sorted(facts.pauses, key=lambda p: p.started_at)
        if p.started_at <= as_of
    )
    started = facts.started_at if facts.started_at and facts.started_at <= as_of else None
    ended = facts.ended_at if facts.ended_at and facts.ended_at <= as_of else None
    return ClockFacts(
        started_at=started,
        pauses=pauses,
        extended_to=facts.extension_by(as_of),
        extended_at=facts.extended_at,
        ended_at=ended,
    )


def _accounts(
    facts: ClockFacts, calendar: WorkingCalendar, as_of: datetime
) -> tuple[int, int, int]:
    """Minutes used, minutes paused, minutes nobody works; together the elapsed wall time."""
    if facts.started_at is None:
        return 0, 0, 0
    end = facts.ended_at or as_of
    elapsed = _minutes(facts.started_at, end)
    consumed, paused, at = 0, 0, facts.started_at
    for pause in facts.pauses:
        stop = min(pause.ended_at or end, end)
        consumed += calendar.working_minutes_between(at, max(at, pause.started_at))
        paused += max(_minutes(max(at, pause.started_at), stop), 0)
        at = max(at, stop)
    consumed += calendar.working_minutes_between(at, end)
    return consumed, paused, elapsed - consumed - paused


def _minutes(start: datetime, end: datetime) -> int:
    floor = timedelta(minutes=1)
    return (end.replace(second=0, microsecond=0) - start.replace(second=0, microsecond=0)) // floor


def _left(
    due: datetime | None, facts: ClockFacts, calendar: WorkingCalendar, as_of: datetime
) -> int | None:
    """Working minutes left (negative: late by); None without a due date or after the end."""
    if due is None or facts.ended_at:
        return None
    standing = next((p.started_at for p in facts.pauses if p.ended_at is None), None)
    at = standing or as_of
    if due >= at:
        return calendar.working_minutes_between(at, due)
    return -calendar.working_minutes_between(due, at)


def _timeliness(
    due: datetime | None, facts: ClockFacts, left: int | None, as_of: datetime
) -> Timeliness:
    if facts.ended_at:
        if due is None:
            return Timeliness.ON_TIME
        ended, promised = city_time(facts.ended_at).date(), city_time(due).date()
        if ended > promised:
            return Timeliness.LATE
        return Timeliness.EARLY if ended < promised else Timeliness.ON_TIME
    if due is None or left is None:
        return Timeliness.NOT_SET
    if any(p.ended_at is None for p in facts.pauses):
        return Timeliness.PAUSED
    if as_of > due:
        return Timeliness.OVERDUE
    return Timeliness.DUE_SOON if left <= SOON_DAYS * _DAY_MINUTES else Timeliness.RUNNING_OK


def days_of(
    derivation: Derivation,
    pauses: Sequence[PauseSpan],
    calendar: WorkingCalendar,
    *,
    today: date,
    limit: int = 70,
) -> tuple[ClockDay, ...]:
    """The calendar strip: one entry a day from start to due date, at most `limit` days."""
    if derivation.started_at is None or derivation.due_at is None:
        return ()
    first, due = city_time(derivation.started_at).date(), city_time(derivation.due_at).date()
    last = max(due, today) if derivation.timeliness is Timeliness.OVERDUE else due
    count = min((last - first).days + 1, limit)
    return tuple(
        ClockDay(on=day, kind=_kind(day, due, today, pauses, calendar))
        for day in (first + timedelta(days=n) for n in range(count))
    )


def _kind(
    day: date, due: date, today: date, pauses: Sequence[PauseSpan], calendar: WorkingCalendar
) -> DayKind:
    if day == due:
        return DayKind.DUE
    if day == today:
        return DayKind.TODAY
    if not calendar.is_working_day(day):
        return DayKind.OFF
    for pause in pauses:
        end = city_time(pause.ended_at).date() if pause.ended_at else today
        if city_time(pause.started_at).date() < day <= end:
            return DayKind.PAUSE
    return DayKind.USED if day < today else DayKind.LEFT
