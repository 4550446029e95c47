"""Mười trạng thái quốc gia: which may follow which, and what that does to the clock.

Source: facts 1.4 (TrangThaiHoSo); invariants 15.3.1.
"""

from motcua.contexts.casework.contracts import Step, StepAction
from motcua.contexts.dossiers.contracts import NationalStatus, StatusNotAllowed

S = NationalStatus

NEXT: dict[NationalStatus, frozenset[NationalStatus]] = {
    S.REGISTERED: frozenset({S.RECEIVED, S.NOT_RECEIVED, S.WITHDRAWAL_ASKED}),
    S.RECEIVED: frozenset(
        {
            S.IN_PROCESS,
            S.SUPPLEMENT_ASKED,
            S.OBLIGATION_ASKED,
            S.WITHDRAWAL_ASKED,
            S.STOPPED,
            S.DONE,
        }
    ),
    S.IN_PROCESS: frozenset(
        {S.SUPPLEMENT_ASKED, S.OBLIGATION_ASKED, S.WITHDRAWAL_ASKED, S.STOPPED, S.DONE}
    ),
    S.SUPPLEMENT_ASKED: frozenset({S.IN_PROCESS, S.RECEIVED, S.WITHDRAWAL_ASKED, S.STOPPED}),
    S.OBLIGATION_ASKED: frozenset({S.IN_PROCESS, S.RECEIVED, S.WITHDRAWAL_ASKED, S.STOPPED}),
    S.WITHDRAWAL_ASKED: frozenset({S.STOPPED}),
    S.DONE: frozenset({S.RETURNED}),
    S.NOT_RECEIVED: frozenset(),
    S.STOPPED: frozenset(),
    S.RETURNED: frozenset(),
}
TERMINAL = frozenset(status for status, after in NEXT.items() if not after)
WITHDRAWABLE = frozenset(status for status, after in NEXT.items() if S.WITHDRAWAL_ASKED in after)
RUNNING = frozenset({S.RECEIVED, S.IN_PROCESS})
ENDED_FOR_REASONS = frozenset({S.NOT_RECEIVED, S.STOPPED})
PAUSED = frozenset({S.SUPPLEMENT_ASKED, S.OBLIGATION_ASKED})


def check_transition(before: NationalStatus, after: NationalStatus) -> None:
    """A status may stay as it is, or go one allowed way. Raises: StatusNotAllowed."""
    if after != before and after not in NEXT[before]:
        raise StatusNotAllowed(before=int(before), after=int(after))


def status_after(before: NationalStatus, named: int) -> NationalStatus:
    """Where an action leads whose step names this status (0: none).

    A dossier that came back to the desk is already accepted: received once more it stays where it
    is, and what is asked then stops the clock that runs. Raises: StatusNotAllowed.
    """
    if before is S.WITHDRAWAL_ASKED:
        raise StatusNotAllowed("Người nộp đã xin rút hồ sơ này, nên không xử lý tiếp được.")
    after = NationalStatus(named) if named else before
    if before in RUNNING and after is S.REGISTERED:
        after = S.SUPPLEMENT_ASKED
    if before is S.IN_PROCESS and after is S.RECEIVED:
        after = before
    check_transition(before, after)
    return after


def open_actions(step: Step, status: NationalStatus) -> tuple[StepAction, ...]:
    """The actions of a step that this status allows."""
    return tuple(action for action in step.actions if _is_allowed(status, action.status))


def _is_allowed(before: NationalStatus, named: int) -> bool:
    try:
        status_after(before, named)
    except StatusNotAllowed:
        return False
    return True
