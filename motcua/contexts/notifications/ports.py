"""Cổng nối: whom a message's subject concerns, said by who knows the subjects."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from motcua.kernel.actors import Actor

SubjectRule = Callable[[Actor, datetime], Q]
_rules: list[SubjectRule] = []


def reach_by(rule: SubjectRule) -> None:
    """`rule` answers a condition on the field `subject` (a dossier's code)."""
    if rule not in _rules:
        _rules.append(rule)


def reached(actor: Actor, now: datetime) -> Q:
    """Everything the registered rules allow together."""
    allowed = Q(pk__in=[])
    for rule in _rules:
        allowed |= rule(actor, now)
    return allowed


DeskRule = Callable[[str], UUID | None]
_desks: list[DeskRule] = []


def deliver_by(rule: DeskRule) -> None:
    """`rule` answers which desk brings paper about a subject; None when it is not its own."""
    if rule not in _desks:
        _desks.append(rule)


def desk_of(subject: str) -> UUID | None:
    return next((desk for rule in _desks if (desk := rule(subject))), None)
