"""Chạy thử: a case that exists nowhere goes through a table of steps.

The projection and the clock are those of real cases; only the rows are missing. A test lets the
same choices run here and through the actions and compares where they stand.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from motcua.contexts.casework.contracts import (
    ENDS,
    ActionKind,
    ActionNotOffered,
    CaseEnded,
    ClockSpec,
    Phase,
    ProcessTable,
    Step,
    StepAction,
    StepClock,
)
from motcua.contexts.casework.rules.projection import Happened, Standing, standing
from motcua.kernel.calendar import WorkingCalendar

BACK = "supplied"  # what a party does that is waited for
PAID = "paid"
_CLOCKS = {
    Phase.INTAKE: StepClock.RECEIVING,
    Phase.RUNNING: StepClock.RUNS,
    Phase.PAUSED: StepClock.RUNS,
    Phase.DECIDED: StepClock.ENDED,
}
StatusAfter = Callable[[int, int], int]  # (before, named by the action): after
WAYS = 2000  # of one table; more of them say nothing new
WALKED = 20_000  # places looked at on all ways together: most ways of a tangle lead to no end


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One thing that happened in a trial: to whom the task went, and where the clock stands."""

    at: datetime
    action: str
    label: str
    step: Step
    status: int
    phase: Phase
    due_at: datetime | None
    step_due_at: datetime | None
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trying:
    """A trial so far: what happened, oldest first, and what may be done now."""

    events: tuple[Happened, ...]
    past: tuple[Tried, ...]
    standing: Standing
    offered: tuple[StepAction, ...]
    waits_for_party: bool

    @property
    def ended(self) -> bool:
        return self.standing.phase is Phase.ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRun:
    """All ways through a table. dead_ends: where a case could stand with nothing to do."""

    ways: int
    shortest_hours: float
    longest_hours: float
    endings: tuple[str, ...]
    dead_ends: tuple[str, ...]
    clocks: dict[str, frozenset[StepClock]] = field(default_factory=dict)


def tried(
    table: ProcessTable,
    spec: ClockSpec,
    calendar: WorkingCalendar,
    *,
    start: datetime,
    status: int,
    choices: tuple[str, ...],
    after: StatusAfter = lambda before, named: named or before,
    resumed: int = 0,
) -> Trying:
    """The trial after these choices, each made when half the hours of its step are over.

    after: the status that an action leads to, by the rules of the kind of case; resumed: the one
    when a pause ends. Raises: ActionNotOffered, CaseEnded, or what `after` raises.
    """
    runs = {} if table.intake else {"runs": True}
    opened = Happened(
        serial=1, kind="opened", at=start, step=table.first.key, status=status, facts=runs
    )
    events, past = [opened], []
    waits = False
    past.append(_told("", "", events, table, spec, calendar, waits=False))
    for choice in choices:
        happened, label, waits = _next(
            events, table, spec, calendar, choice, waits=waits, after=after, resumed=resumed
        )
        events.append(happened)
        past.append(_told(choice, label, events, table, spec, calendar, waits=waits))
    now = _standing(events, spec, calendar)
    step = table.step(now.step)
    return Trying(
        events=tuple(events),
        past=tuple(past),
        standing=now,
        offered=() if waits or now.phase is Phase.ENDED else step.actions,
        waits_for_party=waits,
    )


def _next(
    events: list[Happened],
    table: ProcessTable,
    spec: ClockSpec,
    calendar: WorkingCalendar,
    choice: str,
    *,
    waits: bool,
    after: StatusAfter,
    resumed: int,
) -> tuple[Happened, str, bool]:
    now = _standing(events, spec, calendar)
    if now.phase is Phase.ENDED:
        raise CaseEnded
    step, last = table.step(now.step), events[-1]
    at = calendar.add_hours(last.at, step.hours / 2 if step.hours else 0.5)
    if waits:
        if choice not in {BACK, PAID}:
            raise ActionNotOffered("Hồ sơ đang chờ người nộp.")
        paused = now.phase is Phase.PAUSED
        came = Happened(
            serial=last.serial + 1,
            kind=choice,
            at=at,
            step=now.step,
            status=resumed if paused and resumed else now.status,
        )
        return came, "Người nộp đã làm phần của mình", False
    action = step.action(choice)
    happened = Happened(
        serial=last.serial + 1,
        kind=action.kind.lower(),
        at=at,
        step=action.to if action.to and action.kind not in ENDS else now.step,
        status=after(now.status, action.status),
    )
    waits_now = action.kind in {ActionKind.SUPPLEMENT, ActionKind.OBLIGATION}
    return happened, action.label, waits_now


def _standing(events: list[Happened], spec: ClockSpec, calendar: WorkingCalendar) -> Standing:
    found = standing(events, spec, calendar)
    assert found is not None  # there is always the opening
    return found


def _told(
    choice: str,
    label: str,
    events: list[Happened],
    table: ProcessTable,
    spec: ClockSpec,
    calendar: WorkingCalendar,
    *,
    waits: bool,
) -> Tried:
    now, at = _standing(events, spec, calendar), events[-1].at
    step = table.step(now.step)
    ended = now.phase is Phase.ENDED
    return Tried(
        at=at,
        action=choice,
        label=label,
        step=step,
        status=now.status,
        phase=now.phase,
        due_at=now.due_at,
        step_due_at=None if ended or waits else calendar.add_hours(at, step.hours),
        waits=waits,
    )


# ── every way at once ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Place:
    step: str
    phase: Phase


def run_all(table: ProcessTable) -> TableRun:
    """Walk every way, each action at most once in a way; tell where a case would be stuck."""
    seen: dict[_Place, None] = {}
    first = _Place(table.first.key, Phase.INTAKE if table.intake else Phase.RUNNING)
    waiting = [first]
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen[place] = None
        waiting += [after for _action, after in _after(table, place) if after is not None]
    dead = tuple(_stuck(table, list(seen)))
    hours, endings = _walked(table, first)
    clocks: dict[str, set[StepClock]] = {}
    for place in seen:
        clocks.setdefault(place.step, set()).add(_CLOCKS[place.phase])
    return TableRun(
        ways=len(hours),
        shortest_hours=min(hours, default=0),
        longest_hours=max(hours, default=0),
        endings=tuple(sorted(endings)),
        dead_ends=dead,
        clocks={step: frozenset(found) for step, found in clocks.items()},
    )


def _after(table: ProcessTable, place: _Place) -> Iterator[tuple[StepAction, _Place | None]]:
    """Each action that can be done there, and where it leads; None: the case has ended."""
    keys = {step.key for step in table.steps}
    for action in table.step(place.step).actions:
        if action.kind in ENDS:
            yield action, None
        elif action.kind in {ActionKind.SUPPLEMENT, ActionKind.OBLIGATION, ActionKind.CONSULT}:
            yield action, place
        elif action.to in keys:
            yield action, _Place(action.to, _phase_after(place.phase, action.kind))


def _phase_after(phase: Phase, kind: ActionKind) -> Phase:
    if kind is ActionKind.ISSUE:
        return Phase.DECIDED
    if phase is Phase.INTAKE and kind is ActionKind.MOVE:
        return Phase.RUNNING
    return phase


def _stuck(table: ProcessTable, places: list[_Place]) -> Iterator[str]:
    """Places from which no way leads to an end."""
    ways = {place: list(_after(table, place)) for place in places}
    good = {place for place, found in ways.items() if any(after is None for _a, after in found)}
    while True:
        more = {
            place
            for place, found in ways.items()
            if place not in good and any(after in good for _action, after in found)
        }
        if not more:
            break
        good |= more
    for place in places:
        if place not in good:
            name = table.step(place.step).name
            yield f"Từ bước «{name}» không thao tác nào đưa hồ sơ tới kết thúc."


def _walked(table: ProcessTable, first: _Place) -> tuple[list[float], set[str]]:
    """The hours of each way, and where the ways end; no action is done twice in one way."""
    hours: list[float] = []
    endings: set[str] = set()
    waiting: list[tuple[_Place, float, frozenset[tuple[str, str]]]] = [
        (first, table.first.hours, frozenset())
    ]
    walked = 0
    while waiting and len(hours) < WAYS and walked < WALKED:
        walked += 1
        place, spent, done = waiting.pop()
        step = table.step(place.step)
        for action, after in _after(table, place):
            if after is None:
                hours.append(spent)
                endings.add(f"{step.name}: {action.label}")
            elif after != place and (step.key, action.key) not in done:
                more = spent + table.step(after.step).hours
                waiting.append((after, more, done | {(step.key, action.key)}))
    return hours, endings
