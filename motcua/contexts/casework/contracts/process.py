"""Bảng các bước: the approved table of steps, and who sits where in a case."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.contexts.casework.contracts.refusals import ActionNotOffered
from motcua.kernel.actors import Role


class Seat(StrEnum):
    """Which of the units of a case does a step."""

    RECEIVING = "RECEIVING"
    DIVISION = "DIVISION"
    AUTHORITY = "AUTHORITY"
    RETURNING = "RETURNING"


@dataclass(frozen=True, slots=True)
class EarlierTable:
    """The table that a case went by until it was given another one."""

    process_id: UUID
    until: datetime


@dataclass(frozen=True, slots=True)
class CaseUnits:
    """With whom a case is. supporting: whoever helped to file it, if anybody."""

    receiving: UUID
    competent: UUID
    handling: UUID
    supporting: UUID | None

    def seat(self, seat: Seat) -> UUID:
        """Which unit sits there."""
        return {
            Seat.RECEIVING: self.receiving,
            Seat.DIVISION: self.handling,
            Seat.AUTHORITY: self.competent,
            Seat.RETURNING: self.receiving,
        }[seat]


class StepClock(StrEnum):
    """Which clock runs while somebody holds a step, as its designer promised it."""

    RECEIVING = "RECEIVING"
    RUNS = "RUNS"
    ENDED = "ENDED"


class ActionKind(StrEnum):
    """What an action of a step does to the case."""

    MOVE = "MOVE"
    ASSIGN = "ASSIGN"
    RETURN = "RETURN"
    SUPPLEMENT = "SUPPLEMENT"
    OBLIGATION = "OBLIGATION"
    CONSULT = "CONSULT"
    DECLINE = "DECLINE"
    STOP = "STOP"
    SIGN = "SIGN"
    ISSUE = "ISSUE"
    RETURN_RESULT = "RETURN_RESULT"


NEEDS_REASON = frozenset(
    {ActionKind.RETURN, ActionKind.SUPPLEMENT, ActionKind.DECLINE, ActionKind.STOP}
)


ENDS = frozenset({ActionKind.DECLINE, ActionKind.STOP, ActionKind.RETURN_RESULT})


class Silence(StrEnum):
    """What it means when an asked unit does not answer in time."""

    CONSENT = "CONSENT"
    NO_OPINION = "NO_OPINION"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAction:
    """One thing the holder of a step may do."""

    key: str
    label: str
    kind: ActionKind
    to: str = ""
    status: int = 0  # national status after it; 0 leaves it as it is
    units: tuple[str, ...] = ()  # CONSULT: agency keys asked unless others are chosen
    answer_hours: float = 16.0
    silence: Silence = Silence.CONSENT
    silence_law: str = ""  # what lets silence count as consent; "" where only the table says so
    silence_verified: bool = False  # compared with its source


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row of the approved table: who does what, within how many working hours."""

    key: str
    name: str
    citizen_name: str
    citizen_text: str
    seat: Seat
    role: Role
    hours: float
    actions: tuple[StepAction, ...]
    citizen_name_en: str = ""
    citizen_text_en: str = ""
    citizen_do: str = ""  # what the citizen must do meanwhile
    citizen_do_en: str = ""
    message: str = ""  # what they are told when the case comes here
    message_en: str = ""
    clock: StepClock | None = None
    visit: str = ""  # what to look at on a visit to the place, a thing a line

    def action(self, key: str) -> StepAction:
        """Raises: ActionNotOffered."""
        for offered in self.actions:
            if offered.key == key:
                return offered
        raise ActionNotOffered(f"Bước «{self.name}» không có thao tác «{key}».")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessTable:
    """Quy trình nội bộ: the chairman's approved table of steps is the definition.

    intake: somebody accepts the case before its clock runs. Where the law counts from the day
    it came, nobody accepts: it runs from its opening.
    """

    key: str
    name: str
    approved_by: str
    invented: bool
    steps: tuple[Step, ...]
    intake: bool = True

    @property
    def first(self) -> Step:
        return self.steps[0]

    def step(self, key: str) -> Step:
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def index(self, key: str) -> int:
        return [step.key for step in self.steps].index(key)
