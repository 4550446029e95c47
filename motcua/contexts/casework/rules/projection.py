"""Hình chiếu: where a case stands, told by its events alone.

The columns of a case are kept for speed; whatever they say must follow from here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from motcua.contexts.casework.contracts import ClockSpec, PauseReason, PauseSpan, Phase
from motcua.contexts.casework.rules import clock
from motcua.contexts.casework.rules.facts import ClockFacts
from motcua.kernel.calendar import WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One event, as far as the projection needs it."""

    serial: int
    kind: str
    at: datetime
    step: str
    status: int
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The projected columns of a case, under their names."""

    step: str
    phase: Phase
    status: int
    version: int
    started_at: datetime | None
    due_original: datetime | None
    due_at: datetime | None
    extended_to: datetime | None
    extended_at: datetime | None
    ended_at: datetime | None


@dataclass(slots=True)
class _Life:
    phase: Phase = Phase.INTAKE
    started_at: datetime | None = None
    promised: datetime | None = None
    extended_to: datetime | None = None
    extended_at: datetime | None = None
    ended_at: datetime | None = None
    pauses: list[PauseSpan] = field(default_factory=list)


def standing(
    events: Iterable[Happened], spec: ClockSpec, calendar: WorkingCalendar
) -> Standing | None:
    """Where the case stands after these events, oldest first; None without any."""
    life, last = _Life(), None
    for event in events:
        effect = _EFFECTS.get(event.kind)
        if effect:
            effect(life, event)
        last = event
    if last is None:
        return None
    facts = ClockFacts(
        started_at=life.started_at,
        pauses=life.pauses,
        extended_to=life.extended_to,
        extended_at=life.extended_at,
    )
    original = life.promised
    if original is None and life.started_at:
        original = clock.first_due(spec, life.started_at, calendar)
    due = clock.due_with_pauses(spec, facts, calendar)
    return Standing(
        step=last.step,
        phase=life.phase,
        status=last.status,
        version=last.serial,
        started_at=life.started_at,
        due_original=original,
        due_at=max(due, original) if due and original else due,
        extended_to=life.extended_to,
        extended_at=life.extended_at,
        ended_at=life.ended_at,
    )


def _open(life: _Life, event: Happened) -> None:
    """A case that nobody has to accept runs from its opening."""
    if event.facts.get("runs"):
        _accept(life, event)


def _accept(life: _Life, event: Happened) -> None:
    """The first move out of intake is the acceptance; later moves change no clock."""
    if life.phase is not Phase.INTAKE:
        return
    life.phase, life.started_at = Phase.RUNNING, event.at
    promised = event.facts.get("due")
    life.promised = datetime.fromisoformat(str(promised)) if promised else None


def _stand_still(life: _Life, event: Happened) -> None:
    """In intake no clock runs yet, so nothing stops."""
    if life.phase is not Phase.RUNNING:
        return
    life.phase = Phase.PAUSED
    reason = PauseReason.SUPPLEMENT if event.kind == "supplement" else PauseReason.FINANCIAL
    life.pauses.append(PauseSpan(reason=reason, started_at=event.at))


def _go_on(life: _Life, event: Happened) -> None:
    if life.phase is Phase.PAUSED:
        life.phase = Phase.RUNNING
        _close_pause(life, event)


def _close_pause(life: _Life, event: Happened) -> None:
    stood = life.pauses[-1]
    life.pauses[-1] = PauseSpan(reason=stood.reason, started_at=stood.started_at, ended_at=event.at)


def _extend(life: _Life, event: Happened) -> None:
    life.extended_to = datetime.fromisoformat(str(event.facts["after"]))
    life.extended_at = event.at


def _decide(life: _Life, event: Happened) -> None:
    life.phase, life.ended_at = Phase.DECIDED, event.at


def _end(life: _Life, event: Happened) -> None:
    """A result handed over keeps the moment of its decision as the end of the clock."""
    if life.phase is Phase.PAUSED:
        _close_pause(life, event)
    life.phase, life.ended_at = Phase.ENDED, life.ended_at or event.at


_EFFECTS: dict[str, Callable[[_Life, Happened], None]] = {
    "opened": _open,
    "move": _accept,
    "supplement": _stand_still,
    "obligation": _stand_still,
    "supplied": _go_on,
    "paid": _go_on,
    "extended": _extend,
    "issue": _decide,
    "decline": _end,
    "stop": _end,
    "stopped": _end,
    "return_result": _end,
}
