"""Chỗ trong bảng khác: which step of another table a case goes on at, and what forbids it."""

from motcua.contexts.casework.contracts import (
    ActionKind,
    Phase,
    ProcessTable,
    Seat,
    Step,
)
from motcua.contexts.casework.contracts.repinning import NoWay
from motcua.contexts.casework.rules.process import is_to_issue, ways_unsigned
from motcua.kernel.actors import Role


def target_of(new: ProcessTable, step: str, by_hand: dict[str, str]) -> Step | None:
    """The step that was named by hand, else the one of the same key."""
    key = by_hand.get(step, step)
    return next((one for one in new.steps if one.key == key), None)


def no_way(
    phase: Phase, here: str, old: ProcessTable, new: ProcessTable, target: Step
) -> NoWay | None:
    """What forbids going on at `target`, by the tables alone."""
    if phase is Phase.ENDED:
        return NoWay.ENDED
    if phase is Phase.DECIDED:
        return NoWay.DECIDED
    if old.intake != new.intake or _is_reception(old, here) != _is_reception(new, target.key):
        return NoWay.RECEPTION
    if ways_unsigned(new, target.key) and not ways_unsigned(old, here):
        return NoWay.SIGNATURE
    if is_to_issue(old, here) and not is_to_issue(new, target.key):
        return NoWay.SIGNATURE  # handed over what nobody issued
    if any(action.kind is ActionKind.SIGN for action in target.actions) and not _signs(target):
        return NoWay.SIGNATURE
    return None


def _is_reception(table: ProcessTable, step: str) -> bool:
    return table.intake and step == table.first.key


def _signs(step: Step) -> bool:
    return step.role is Role.SIGNER and step.seat is Seat.AUTHORITY
