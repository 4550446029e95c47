"""Cổng nối: who else may see a bill, said by the contexts above that know why."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.db.models import Q

from motcua.contexts.payments.contracts.closing import TillShift
from motcua.kernel.actors import Actor

SubjectRule = Callable[[Actor, datetime], Q]


class Recheck(Protocol):
    """Ask a register again whether the exemption on a dossier's bill still holds."""

    def __call__(self, code: str, *, actor: Actor, now: datetime) -> None: ...


class Till(Protocol):
    """Told of cash within the transaction that books it; a refusal stops the booking.

    amount_dong: below zero when it goes out. unit_id: the desk, where payments knows it.
    """

    def __call__(
        self,
        reference: str,
        amount_dong: int,
        *,
        unit_id: UUID | None,
        actor: Actor,
        now: datetime,
    ) -> None: ...


class Shifts(Protocol):
    """The shifts of the tills of a unit on a day, as they stand."""

    def __call__(self, unit_id: UUID, day: date) -> tuple[TillShift, ...]: ...


_shifts: list[Shifts] = []
_rules: list[SubjectRule] = []
_rechecks: list[Recheck] = []
_tills: list[Till] = []


def share_with(rule: SubjectRule) -> None:
    """Let more people see bills. `rule` answers a condition on the field `subject` (dossier code),
    for example `Q(subject__in=…)`, or `Q(pk__in=[])` for nobody.
    """
    if rule not in _rules:
        _rules.append(rule)


def withdraw(rule: SubjectRule) -> None:
    """Take a rule back; for tests and for a context that is switched off."""
    _rules.remove(rule)


def shared(actor: Actor, now: datetime) -> Q:
    """Everything the registered rules allow together."""
    allowed = Q(pk__in=[])
    for rule in _rules:
        allowed |= rule(actor, now)
    return allowed


def recheck_with(ask: Recheck) -> None:
    """Who asks a register again whether an exemption still holds, by the code of the dossier."""
    if ask not in _rechecks:
        _rechecks.append(ask)


def recheck(subject: str, actor: Actor, now: datetime) -> None:
    """Outside any transaction: a register may be slow."""
    for ask in _rechecks:
        ask(subject, actor=actor, now=now)


def keep_tills(till: Till) -> None:
    """Who keeps the tills of the desks: no cash is taken or given past them."""
    if till not in _tills:
        _tills.append(till)


def count_tills(shifts: Shifts) -> None:
    """Who knows the shifts, for the closing of a day."""
    if shifts not in _shifts:
        _shifts.append(shifts)


def shifts_of(unit_id: UUID, day: date) -> tuple[TillShift, ...]:
    """Every shift of that unit and day, of whoever keeps tills."""
    return tuple(one for shifts in _shifts for one in shifts(unit_id, day))


def without_tills() -> tuple[list[Till], list[Shifts]]:
    """Take all tills and who counts them away, and say which; for tests of payments alone."""
    taken = list(_tills), list(_shifts)
    _tills.clear()
    _shifts.clear()
    return taken


def through_till(
    reference: str, amount_dong: int, *, unit_id: UUID | None, actor: Actor, now: datetime
) -> None:
    """Inside the action that books it. Raises: what the keeper of the till refuses."""
    for till in _tills:
        till(reference, amount_dong, unit_id=unit_id, actor=actor, now=now)
